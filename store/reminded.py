"""Which reminder told an audience of what, so that it can be changed where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from store.acts import rows
from store.manners import BY_WISH

# What a department is told of what it gives: that it is asked, and what it still owes.
OWED = ("opens", "owed")
STAGE = "stage"
_MARKED = ("submissions", "decisions", "locks", "assignments", "plan_versions")


@dataclass(frozen=True)
class Told:
    """One section of a reminder: the matter, and the department it is about (may be empty)."""

    matter: str
    department: str


@dataclass(frozen=True)
class Standing:
    """A department's newest reminder to one audience, by its key in the outbox."""

    key: str
    audience: str
    title: str
    channel: str | None
    ts: str | None


def keep(db: Database, key: str, plan: str, collection: int, told: Sequence[Told]) -> None:
    """The message with this key says these things, in this order, of a plan's collection."""
    for place, each in enumerate(told):
        db.execute(
            """INSERT INTO reminded(key, place, matter, department, plan, collection)
               VALUES (?, ?, ?, ?, ?, ?)""",
            [key, place, each.matter, each.department, plan, collection],
        )


def told_in(db: Database, key: str) -> list[Told]:
    """What the message with this key says."""
    found = rows(db, "SELECT matter, department FROM reminded WHERE key = ? ORDER BY place", [key])
    return [Told(row["matter"], row["department"]) for row in found]


def newest(db: Database, plan: str, collection: int, department: str) -> list[Standing]:
    """The last message to each audience that told of what a department owes."""
    found = rows(
        db,
        """SELECT o.key, o.audience, o.title, o.channel, o.ts, max(o.rowid)
           FROM outbox o JOIN reminded r USING (key)
           WHERE r.plan = ? AND r.collection = ? AND r.matter IN (?, ?) AND r.department = ?
             AND o.edits IS NULL AND o.state IN ('due', 'sending', 'sent')
           GROUP BY o.audience ORDER BY o.rowid""",
        [plan, collection, *OWED, department],
    )
    return [
        Standing(row["key"], row["audience"], row["title"], row["channel"], row["ts"])
        for row in found
    ]


def departments(db: Database, plan: str, collection: int) -> list[str]:
    """The departments that were reminded in a collection."""
    found = rows(
        db,
        """SELECT DISTINCT department FROM reminded
           WHERE plan = ? AND collection = ? AND matter IN (?, ?) ORDER BY department""",
        [plan, collection, *OWED],
    )
    return [row["department"] for row in found]


def anybody(db: Database) -> bool:
    """Was any department ever reminded of what it gives?"""
    asked = "SELECT EXISTS (SELECT 1 FROM reminded WHERE matter IN (?, ?))"
    return bool(db.execute(asked, OWED).fetchone()[0])


def announced(db: Database, plan: str) -> set[tuple[int, str, str]]:
    """The stages that were announced: collection, stage, audience.

    What lapsed in the outbox was not; what somebody wants on Home only stands there.
    """
    found = rows(
        db,
        """SELECT DISTINCT r.collection, iif(r.matter = ?2, r.department, r.matter) AS stage,
             o.audience
           FROM reminded r JOIN outbox o USING (key)
           WHERE r.plan = ?1 AND r.matter IN (?2, ?3)
             AND (o.state <> 'skipped' OR instr(o.error, ?4) = 1)""",
        [plan, STAGE, OWED[0], BY_WISH],
    )
    return {(row["collection"], row["stage"], row["audience"]) for row in found}


def ledger_mark(db: Database) -> str:
    """Changes whenever something was submitted, decided, locked, assigned or loaded."""
    newest = (f"(SELECT coalesce(max(rowid), 0) FROM {table})" for table in _MARKED)
    joined = " || ':' || ".join(newest)
    return str(db.execute(f"SELECT {joined}").fetchone()[0])
