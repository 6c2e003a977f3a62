"""What people call a meeting, a department and what an opinion is about, in lists, sheets and words."""

from __future__ import annotations

from collections.abc import Iterable

from answers.matching import names_of
from store.departments import Department
from store.plan import Plan
from store.remarks import BODIES, Body, Subject, body_name
from store.spelling import key

LEAST = 3


def body_in(word: str, plan: Plan) -> Body | None:
    """A body by its name, or by a telling part of it: 有識者, 経営会議."""
    wanted = key(word)
    found = [b for b in BODIES if wanted in key(body_name(b, plan.labels))]
    return found[0] if len(found) == 1 and len(wanted) >= LEAST else None


def department_in(word: str, departments: Iterable[Department]) -> str | None:
    """The id of a department by its name, with or without what stands in brackets behind it."""
    wanted = key(word)
    return next(
        (
            d.id
            for d in departments
            if wanted in map(key, (d.id, d.name, d.name.partition("（")[0]))
        ),
        None,
    )


def subject_in(word: str, plan: Plan) -> Subject | None:
    """The one indicator or goal that is called exactly this."""
    hits = names_of(plan).called(word)
    found = [
        Subject("goal" if hit.thing == "goal" else "indicator", hit.id)
        for hit in hits
        if hit.thing in {"goal", "indicator"}
    ]
    return found[0] if len(found) == 1 else None
