"""Indicators of the plan before this one that nothing continues: asked by name, told as finished."""

from __future__ import annotations

from datetime import date

from answers.ask import tidy
from answers.content import Content
from answers.framing import framed
from answers.intention import Intention
from answers.layout import compose, quiet
from answers.matching import Hit, names_of
from answers.meant import of_hit
from answers.shared import ACTION, without
from answers.spans import line
from store.documented import phase
from store.fiscal import find_year
from store.plan import Plan

# What is under an indicator leads to the current plan, where this one is not.
ELSEWHERE = ("ask:", "chart:", "follow:", "ledger:", "open_form")


def finished(found: Intention, plan: Plan, earlier: Plan | None, today: date) -> Intention | None:
    """The indicator of `earlier` that the words name, where nothing of `plan` is named by them.

    Only spelled out, as an id, a name or a part of one name: a likeness is the current plan's.
    None for what the current plan takes up again, and for all that it answers itself.
    """
    if earlier is None or not (found.kind == "unsure" or found.likened):
        return None
    or_part = found.kind == "unsure" and not found.declined
    _, said = find_year(tidy(found.typed), today)
    spelled = (_named(words, earlier, or_part) for words in (said, framed(said, plan)))
    hits = next((hits for hits in spelled if hits), ())
    taken_up = {each.continues for each in plan.indicators}
    if len(hits) != 1 or hits[0].thing != "indicator" or hits[0].id in taken_up:
        return None
    meant = of_hit(hits[0], earlier)
    return Intention("indicator", meant.ids, meant.ids, None, meant.understood, found.typed)


def _named(words: str, plan: Plan, or_part: bool) -> tuple[Hit, ...]:
    names = names_of(plan)
    if (called := names.called(words)) or not or_part or names.widens(words):
        return called
    return names.containing(words)


def as_finished(said: Content, plan: Plan, earlier: Plan) -> Content:
    """The answer with what it is of. Of its buttons, which lead to the current plan, 共有 stays."""
    note = compose(
        (
            quiet(
                line(f"{phase(earlier)}（{earlier.title}）の指標です。"),
                line(f"{phase(plan)}にはないため、公表された最終の値と判定をお答えします。"),
            ),
        )
    )
    others = {e["action_id"] for b in said.blocks if b["type"] == "actions" for e in b["elements"]}
    leading = tuple(action for action in others if not action.startswith(ACTION))
    blocks = without(leading, said.blocks)
    return Content(f"{note.text}\n\n{said.text}", (*note.blocks, *blocks))
