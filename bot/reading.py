"""A question as it is read now: what it asks, of which plan, and how that stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlite_utils import Database

from answers.ask import understand
from answers.asked import NOTHING, Beside
from answers.compared import on_record
from answers.content import Content
from answers.finished import as_finished, finished
from answers.intention import Intention
from answers.reply import answer
from store import (
    aliases,
    cards,
    comparisons,
    cycle,
    departments,
    directory,
    follows,
    remarks,
    revisions,
    shelf,
)
from store.continuing import continued
from store.people import Who
from store.plan import Plan
from store.remarks import Subject
from store.standing import Outlook, outlook

# 自分の担当, うちの課, 自課: the department of whoever asks.
MINE = re.compile(
    r"^\s*(?:自分|わたし|私|うち|当課|自課)(?:たち)?の?(?:担当|課|ところ|部署)?(?:課|分)?(?=$|[\s　の])"
)


@dataclass(frozen=True)
class Read:
    """An intention with the outlook that answers it; `plan` is the current one, whatever is asked."""

    intention: Intention
    outlook: Outlook
    plan: Plan
    earlier: Plan | None


def read(db: Database, words: str, today: date) -> Read:
    """Read by the names of the current plan, by what was taught, then by names of the plan before.

    Raises UnknownWords for a year that the plan does not report on.
    """
    plan = shelf.running_on(db, today)
    earlier = shelf.predecessor(db, plan)
    known = departments.departments(db, today).values()
    asked = understand(words, aliases.reading(db, plan), known, today)
    found = on_record(
        asked, plan, comparisons.of(db, plan.id, asked.ids[0]) if asked.elsewhere else ()
    )
    if earlier and (gone := finished(found, plan, earlier, today)):
        return Read(gone, outlook(db, earlier, today, None, gone.scope), plan, earlier)
    seen = outlook(db, plan, today, found.year, found.scope)
    return Read(found, continued(db, seen, earlier), plan, earlier)


def as_mine(words: str, person: Who) -> str:
    """Words that begin with 自分の担当 or the like, with the name of the person's department instead.

    Left as they are for somebody who belongs to none; of several departments the first.
    """
    if not person.departments:
        return words
    return MINE.sub(lambda _: person.departments[0].name, words, count=1)


def told(db: Database, found: Read, person: Who) -> Content:
    """The answer for this person."""
    names, seen = directory.names(db), found.outlook
    if seen.plan is not found.plan:
        return as_finished(answer(found.intention, seen, person, names), found.plan, seen.plan)
    followed = follows.followed(db, person.user, found.plan.id)
    held = beside(db, found)
    return answer(found.intention, seen, person, names, found.earlier, followed, held)


def beside(db: Database, found: Read) -> Beside:
    """What stands beside the figures of the one indicator or goal that is asked for."""
    kind, plan = found.intention.kind, found.plan
    if kind == "goal":
        return Beside(**_remarks(db, plan, Subject("goal", found.intention.ids[0])))
    if kind != "indicator" and not found.intention.elsewhere:
        return NOTHING
    indicator = plan.by_id[found.intention.ids[0]]
    return Beside(
        cards.card(db, plan, indicator),
        comparisons.of(db, plan.id, indicator.id),
        cycle.ahead(db, plan, found.outlook.cycle),
        **_remarks(db, plan, Subject("indicator", indicator.id)),
        **_revisions(db, found),
    )


def _revisions(db: Database, found: Read) -> dict[str, Any]:
    """How the indicator was revised, and what departments are called where that matters."""
    if not found.plan.revised:
        return {}
    there = revisions.of(db, found.plan.id, found.intention.ids[0])
    names = directory.department_names(db, found.outlook.today) if there else {}
    return {"revisions": there, "departments": names}


def _remarks(db: Database, plan: Plan, subject: Subject) -> dict[str, Any]:
    return {
        "efforts": remarks.efforts_of(db, plan.id, subject),
        "opinions": remarks.opinions_on(db, plan.id, subject),
    }
