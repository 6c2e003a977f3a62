"""履歴: everything that was done to a plan's figures, read from the tables that keep it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlite_utils import Database

from store.acts import rows
from store.departments import NAME_ON
from store.ledger_rows import DETAILS, EVENTS, What
from store.submitted import Submission, select


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


_NAME = NAME_ON.format(
    department="e.department",
    day="""substr(CASE what WHEN 'assign' THEN one
      ELSE coalesce((SELECT at FROM submissions s WHERE s.id = e.submission), at) END, 1, 10)""",
)
_COLUMNS = ("one", "two", "three")


def count(db: Database, wanted: Wanted) -> int:
    """How many events there are."""
    where, args = _where(wanted)
    found = db.execute(f"SELECT count(*) FROM ({EVENTS}) WHERE {where}", args).fetchone()
    return int(found[0])


def events(
    db: Database, wanted: Wanted, limit: int | None = None, offset: int = 0
) -> tuple[Event, ...]:
    """The events, the newest first; at most `limit` of them after the first `offset`."""
    where, args = _where(wanted)
    found = rows(
        db,
        f"""SELECT *, {_NAME} AS department_name FROM ({EVENTS}) e WHERE {where}
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
    names = DETAILS.get(row["what"], ())
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
