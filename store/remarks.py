"""What is said about a year beside its figures: 取組内容 by departments, 意見 by the plan's bodies.

The types, and how they are read. They are written by `store.efforts` and `store.opinions`. Every
row stays; the newest of an effort, of an opinion and of the answers to one is what counts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from sqlite_utils import Database

from store import shelf
from store.acts import rows
from store.plan import Labels, Plan

Direction = Literal["expand", "continue", "review", "end"]
DIRECTIONS: dict[Direction, str] = {
    "expand": "拡充",
    "continue": "継続",
    "review": "見直し",
    "end": "廃止",
}
Body = Literal["executive_meeting", "panel"]
BODIES: tuple[Body, ...] = get_args(Body)
Kind = Literal["whole", "goal", "indicator"]


@dataclass(frozen=True)
class Subject:
    """What something is said about: an indicator or a goal by its id, or the whole plan (no id)."""

    kind: Kind
    id: str = ""


WHOLE = Subject("whole")


@dataclass(frozen=True)
class Effort:
    """取組内容 (`work`), 要因 (`factors`) and 今後の方向性 of a subject in a collection.

    What was not written is None. `department` is the id of whoever answered for it at the time,
    None for a goal, which the planning section writes about.
    """

    number: int
    collection: int
    subject: Subject
    department: str | None
    work: str | None
    factors: str | None
    direction: Direction | None
    actor: str
    at: str


@dataclass(frozen=True)
class Answer:
    """対応: what was done about an opinion. `department` is whose word it is (None: planners)."""

    number: int
    text: str
    department: str | None
    actor: str
    at: str


@dataclass(frozen=True)
class Opinion:
    """意見 of a body, given on a day about a collection: who is to answer for it, and by when.

    `number` names it however often it is mended; `version` is the row that holds. Without a
    `department` it is for the planning section; without `due` no day was set. `answers` are all
    that were given, oldest first.
    """

    number: int
    version: int
    plan: str
    collection: int
    body: Body
    held_on: date
    subject: Subject
    text: str
    department: str | None
    due: date | None
    actor: str
    at: str
    answers: tuple[Answer, ...] = ()

    @property
    def answer(self) -> Answer | None:
        """The answer that counts; None while the opinion is open."""
        return self.answers[-1] if self.answers else None


def body_name(body: Body, labels: Labels) -> str:
    """What the plan calls a body."""
    return labels.executive_meeting if body == "executive_meeting" else labels.panel


def efforts(
    db: Database, plan: str, collection: int, until: str | None = None
) -> Mapping[Subject, Effort]:
    """What was written about a collection and holds, or held at a moment, by indicator and goal."""
    found = rows(
        db,
        """SELECT * FROM efforts WHERE id IN (
             SELECT max(id) FROM efforts WHERE plan = ?1 AND collection = ?2
               AND (?3 IS NULL OR at <= ?3) GROUP BY kind, subject)
           AND coalesce(work, factors, direction) IS NOT NULL ORDER BY id""",
        [plan, collection, until],
    )
    return {made.subject: made for made in map(_effort, found)}


def efforts_of(db: Database, plan: str, subject: Subject) -> tuple[Effort, ...]:
    """What was written about an indicator or a goal and holds, the newest collection first."""
    found = rows(
        db,
        """SELECT * FROM efforts WHERE id IN (
             SELECT max(id) FROM efforts WHERE plan = ? AND kind = ? AND subject = ?
             GROUP BY collection)
           AND coalesce(work, factors, direction) IS NOT NULL ORDER BY collection DESC""",
        [plan, subject.kind, subject.id],
    )
    return tuple(map(_effort, found))


def opinions(db: Database, plan: str, collection: int | None = None) -> tuple[Opinion, ...]:
    """The opinions about a collection (of all, without one) with their answers.

    By collection, day, body and the order in which they were entered.
    """
    one = "" if collection is None else " AND collection = ?"
    args = [plan, *([] if collection is None else [collection])]
    return _opinions(db, f"plan = ?{one}", args)


def opinions_on(db: Database, plan: str, subject: Subject) -> tuple[Opinion, ...]:
    """The opinions about one subject, of all collections, in the same order."""
    args = [plan, subject.kind, subject.id]
    return _opinions(db, "plan = ? AND kind = ? AND subject = ?", args)


def opinions_waiting(db: Database) -> tuple[Opinion, ...]:
    """The opinions that nobody has answered yet, in the same order: of every plan, since one that is
    over still owes its answers.
    """
    answered = "EXISTS (SELECT 1 FROM opinion_answers a WHERE a.opinion = c.number)"
    return _opinions(db, f"NOT {answered}", [])


def others_of(db: Database, plan: Plan, found: Iterable[Opinion]) -> Mapping[str, Plan]:
    """The plans but this one that these opinions are about, each as it ended, by id."""
    return {each: shelf.ended(db, each) for each in {o.plan for o in found} - {plan.id}}


def opinion(db: Database, number: int) -> Opinion | None:
    """One opinion by its number; None for one that never was or was taken back."""
    return next(iter(_opinions(db, "number = ?", [number])), None)


def opinions_before(db: Database, plan: Plan, collection: int) -> tuple[Opinion, ...]:
    """昨年度の意見と対応: what was said about the collection before this one.

    In a plan's first year these are the opinions about the last year of the plan before it.
    """
    if plan.first_year is None or collection > plan.first_year:
        return opinions(db, plan.id, collection - 1)
    earlier = shelf.predecessor(db, plan)
    return opinions(db, earlier.id, collection - 1) if earlier else ()


def _opinions(db: Database, where: str, args: list[Any]) -> tuple[Opinion, ...]:
    found = rows(
        db,
        f"""SELECT *, (SELECT json_group_array(json_array(id, text, department, actor, at)
                 ORDER BY id) FROM opinion_answers a WHERE a.opinion = c.number) AS answers
            FROM current_opinions c WHERE {where}
            ORDER BY collection, held_on, body, number""",
        args,
    )
    return tuple(map(_opinion, found))


def _effort(row: dict[str, Any]) -> Effort:
    return Effort(
        row["id"],
        row["collection"],
        Subject(row["kind"], row["subject"]),
        row["department"],
        row["work"],
        row["factors"],
        row["direction"],
        row["actor"],
        row["at"],
    )


def _opinion(row: dict[str, Any]) -> Opinion:
    return Opinion(
        number=row["number"],
        version=row["id"],
        plan=row["plan"],
        collection=row["collection"],
        body=row["body"],
        held_on=date.fromisoformat(row["held_on"]),
        subject=Subject(row["kind"], row["subject"]),
        text=row["text"],
        department=row["department"],
        due=date.fromisoformat(row["due"]) if row["due"] else None,
        actor=row["actor"],
        at=row["at"],
        answers=tuple(Answer(*each) for each in json.loads(row["answers"])),
    )
