"""履歴: everything that was done to a plan's figures, read from the tables that keep it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal, get_args

from sqlite_utils import Database

from store.acts import rows
from store.departments import NAME_ON
from store.submitted import Submission, select

What = Literal[
    "submit",
    "correct",
    "confirm",
    "approve",
    "return",
    "withdraw",
    "supersede",
    "compare",
    "card",
    "assign",
    "lock",
    "publish",
    "effort",
    "opinion",
    "answer",
    "revise",
    "setting",
    "stage",
]
WHATS: tuple[What, ...] = get_args(What)


@dataclass(frozen=True)
class Event:
    """One thing that somebody did. `subject` is an indicator's id, a policy's code or nothing.

    To submit what was approved before is to `correct` it. `submission` is the one that was given or
    decided on, as it stands now. `details` are the columns of what is no submission: place and
    period, and so on. `entries` are what was entered at once: fields of a card, series of a
    comparison (None: taken back). `department_name` is what the department was called at the time: on
    the day of the submission, or from the day on which an assignment took effect.
    """

    what: What
    number: int
    subject: str
    collection: int | None
    department: str | None
    at: str
    actor: str
    surface: str
    reason: str | None
    submission: Submission | None = None
    details: Mapping[str, str | None] = field(default_factory=dict)
    entries: tuple[tuple[str, str | None], ...] = ()
    department_name: str | None = None


@dataclass(frozen=True)
class Wanted:
    """Which events: all of a plan, or those for which everything that is given holds.

    `subjects` are indicators and policies; `department` takes in what it submitted itself, and all
    of `owned`, which is its own today. Days are inclusive.
    """

    plan: str
    subjects: tuple[str, ...] = ()
    department: str | None = None
    owned: tuple[str, ...] = ()
    actor: str | None = None
    first: date | None = None
    last: date | None = None
    collection: int | None = None
    whats: frozenset[What] = frozenset()


_EVENTS = """
  SELECT CASE WHEN corrects IS NOT NULL OR EXISTS (
           SELECT 1 FROM submissions p JOIN decisions d ON d.submission = p.id
           WHERE p.plan = s.plan AND p.indicator = s.indicator AND p.collection = s.collection
             AND p.id < s.id AND d.kind = 'approve' AND d.at <= s.at) THEN 'correct' ELSE 'submit'
         END AS what, id AS number, plan, indicator AS subject, collection, department, at,
         actor, surface, reason, id AS submission, 1 AS rank,
         NULL AS one, NULL AS two, NULL AS three, NULL AS entries FROM submissions s
  UNION ALL
  SELECT 'confirm', c.id, s.plan, s.indicator, s.collection, s.department, c.at, c.actor,
         c.surface, c.reason, s.id, 2, c.for_lead, NULL, NULL, NULL
    FROM confirmations c JOIN submissions s ON s.id = c.submission
  UNION ALL
  SELECT d.kind, d.id, s.plan, s.indicator, s.collection, s.department, d.at, d.actor, d.surface,
         d.reason, s.id, 3, d.new_due, NULL, NULL, NULL
    FROM decisions d JOIN submissions s ON s.id = d.submission
  UNION ALL
  SELECT 'compare', max(id), plan, indicator, NULL, NULL, at, actor, surface, reason, NULL, 4,
         place, period, max(source), json_group_array(json_array(series, value) ORDER BY id)
    FROM comparisons GROUP BY plan, indicator, place, period, at, actor, surface
  UNION ALL
  SELECT 'card', max(id), plan, indicator, NULL, NULL, at, actor, surface, reason, NULL, 5,
         NULL, NULL, NULL, json_group_array(json_array(field, value) ORDER BY id)
    FROM cards GROUP BY plan, indicator, at, actor, surface
  UNION ALL
  SELECT 'assign', id, plan, subject, NULL, department, at, actor, surface, reason, NULL, 6,
         effective_from, NULL, NULL, NULL FROM assignments
  UNION ALL
  SELECT 'lock', id, plan, '', collection, NULL, at, actor, surface, reason, NULL, 7,
         kind, NULL, NULL, NULL FROM locks
  UNION ALL
  SELECT 'publish', id, plan, '', collection, NULL, at, actor, surface, reason, NULL, 8,
         kind, NULL, NULL, NULL FROM publications
  UNION ALL
  SELECT 'effort', id, plan, iif(kind = 'indicator', subject, ''), collection, department, at,
         actor, surface, reason, NULL, 9, work, factors, direction, NULL FROM efforts
  UNION ALL
  SELECT 'opinion', id, plan, iif(kind = 'indicator', subject, ''), collection, department, at,
         actor, surface, reason, NULL, 10, body,
         CASE WHEN gone = 1 THEN 'gone' WHEN opinion IS NULL THEN 'enter' ELSE 'mend' END, text,
         NULL FROM opinions
  UNION ALL
  SELECT 'answer', a.id, o.plan, iif(o.kind = 'indicator', o.subject, ''), o.collection,
         a.department, a.at, a.actor, a.surface, a.reason, NULL, 11, a.text, a.opinion, NULL, NULL
    FROM opinion_answers a JOIN opinions o ON o.id = a.opinion
  UNION ALL
  SELECT 'revise', id, plan, indicator, NULL, NULL, at, actor, surface, reason, NULL, 12,
         'propose', from_year, after, NULL FROM revision_proposals
  UNION ALL
  SELECT 'revise', s.id, p.plan, p.indicator, NULL, NULL, s.at, s.actor, s.surface, s.reason,
         NULL, 13, s.kind, p.from_year, p.after, NULL
    FROM revision_settlements s JOIN revision_proposals p ON p.id = s.proposal
  UNION ALL
  SELECT 'setting', id,
         iif(key LIKE 'cycle.%', substr(key, 7, instr(substr(key, 7), '.') - 1), '*'), '',
         iif(key LIKE 'cycle.%',
             CAST(substr(key, 7 + instr(substr(key, 7), '.')) AS INTEGER), NULL), NULL,
         at, actor, surface, reason, NULL, 13, key, value, NULL, NULL
    FROM settings WHERE key NOT LIKE 'own.%' AND key NOT LIKE 'digest.since.%'
  UNION ALL
  SELECT 'setting', id, '*', '', NULL, NULL, at, actor, surface, reason, NULL, 15,
         'digest.' || channel, iif(active = 1, rhythm, NULL), NULL, NULL FROM subscriptions
  UNION ALL
  SELECT 'stage', id, plan, '', collection, NULL, at, actor, surface, reason, NULL, 14,
         change, stage, CAST(overruled AS TEXT), NULL FROM stage_closings"""

_DETAILS: Mapping[What, tuple[str, ...]] = {
    "confirm": ("for_lead",),
    "return": ("new_due",),
    "compare": ("place", "period", "source"),
    "assign": ("effective_from",),
    "lock": ("kind",),
    "publish": ("kind",),
    "effort": ("work", "factors", "direction"),
    "opinion": ("body", "kind", "text"),
    "answer": ("text",),
    "revise": ("kind", "from_year", "after"),
    "setting": ("key", "value"),
    "stage": ("kind", "stage", "overruled"),
}
_NAME = NAME_ON.format(
    department="e.department",
    day="""substr(CASE what WHEN 'assign' THEN one
      ELSE coalesce((SELECT at FROM submissions s WHERE s.id = e.submission), at) END, 1, 10)""",
)
_COLUMNS = ("one", "two", "three")


def count(db: Database, wanted: Wanted) -> int:
    """How many events there are."""
    where, args = _where(wanted)
    found = db.execute(f"SELECT count(*) FROM ({_EVENTS}) WHERE {where}", args).fetchone()
    return int(found[0])


def events(
    db: Database, wanted: Wanted, limit: int | None = None, offset: int = 0
) -> tuple[Event, ...]:
    """The events, the newest first; at most `limit` of them after the first `offset`."""
    where, args = _where(wanted)
    found = rows(
        db,
        f"""SELECT *, {_NAME} AS department_name FROM ({_EVENTS}) e WHERE {where}
            ORDER BY at DESC, rank DESC, number DESC LIMIT ? OFFSET ?""",
        [*args, -1 if limit is None else limit, offset],
    )
    given = _submissions(db, {row["submission"] for row in found if row["submission"]})
    return tuple(_event(row, given) for row in found)


def _where(wanted: Wanted) -> tuple[str, list[Any]]:
    parts: list[tuple[str, list[Any]]] = [("plan IN (?, '*')", [wanted.plan]), *_narrowed(wanted)]
    return " AND ".join(part for part, _ in parts), [a for _, args in parts for a in args]


def _narrowed(wanted: Wanted) -> Iterator[tuple[str, list[Any]]]:
    if wanted.subjects:
        yield _among("subject", wanted.subjects)
    if wanted.department is not None:
        owned, args = _among("subject", wanted.owned)
        yield f"(department = ? OR (department IS NULL AND {owned}))", [wanted.department, *args]
    if wanted.actor is not None:
        yield "actor = ?", [wanted.actor]
    if wanted.first is not None:
        yield "at >= ?", [wanted.first.isoformat()]
    if wanted.last is not None:
        yield "at < ?", [(wanted.last + timedelta(days=1)).isoformat()]
    if wanted.collection is not None:
        yield "collection = ?", [wanted.collection]
    if wanted.whats:
        yield _among("what", sorted(wanted.whats))


def _among(column: str, values: tuple[str, ...] | list[str]) -> tuple[str, list[Any]]:
    return f"{column} IN ({', '.join('?' for _ in values)})", list(values)


def _submissions(db: Database, numbers: set[int]) -> dict[int, Submission]:
    if not numbers:
        return {}
    found = select(db, f"id IN ({', '.join(str(int(n)) for n in sorted(numbers))})", [])
    return {each.id: each for each in found}


def _event(row: dict[str, Any], given: Mapping[int, Submission]) -> Event:
    names = _DETAILS.get(row["what"], ())
    return Event(
        row["what"],
        row["number"],
        row["subject"],
        row["collection"],
        row["department"],
        row["at"],
        row["actor"],
        row["surface"],
        row["reason"],
        given.get(row["submission"]),
        dict(zip(names, (row[column] for column in _COLUMNS), strict=False)),
        tuple((name, value) for name, value in json.loads(row["entries"] or "[]")),
        row["department_name"],
    )
