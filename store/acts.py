"""Who acted, when and from where: what every row of history carries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from store import numbering


@dataclass(frozen=True)
class By:
    """The acting user (a Slack id, or `shell:NAME`), the time, the surface and the reason given."""

    actor: str
    at: datetime
    surface: str
    reason: str | None = None

    def because(self, reason: str) -> By:
        """The same act with a reason."""
        return replace(self, reason=reason)

    @property
    def row(self) -> dict[str, str | None]:
        """The columns that every row of history has."""
        return {
            "at": self.at.isoformat(timespec="seconds"),
            "actor": self.actor,
            "surface": self.surface,
            "reason": self.reason,
        }


def append(db: Database, table: str, by: By, **columns: Any) -> int:
    """Append one row to a table of history and return its number."""
    row = {**columns, **by.row}
    if beyond := numbering.floor(db):
        newest = db.execute(f"SELECT max(id) FROM {table}").fetchone()[0] or 0
        row = {"id": max(newest, beyond) + 1, **row}
    names = ", ".join(row)
    marks = ", ".join("?" for _ in row)
    cursor = db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))
    return int(cursor.lastrowid or 0)


def record(db: Database, by: By, act: str, subject: str, outcome: str) -> None:
    """Append one row to the audit: an act `done` that has no table of its own, or one `denied`."""
    append(db, "audit", by, act=act, subject=subject, outcome=outcome)


def rows(db: Database, sql: str, args: Sequence[Any] = ()) -> list[dict[str, Any]]:
    """All rows of a SELECT at once, so that no reader stays open. Each column has a name of its own.

    `Database.query` would put two more statements around it, those of a savepoint.
    """
    cursor = db.execute(sql, args)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def returned(db: Database, sql: str, args: Sequence[Any] = ()) -> list[dict[str, Any]]:
    """All rows that a statement changed and gives back (RETURNING)."""
    return list(db.query(sql, args))
