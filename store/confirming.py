"""課長確認: which departments want a member's figures confirmed by their lead first (a setting)."""

from __future__ import annotations

from sqlite_utils import Database

from store import settings
from store.acts import By

_KEY = "lead_confirms."


def wanted(db: Database, department: str) -> bool:
    """Whether the department's lead confirms before planners are asked."""
    return settings.get(db, _KEY + department) is not None


def departments_that_want(db: Database) -> frozenset[str]:
    """The departments that do."""
    return frozenset(key.removeprefix(_KEY) for key in settings.under(db, _KEY))


def want(db: Database, by: By, department: str, wanted_from_now: bool) -> None:
    """Begin or end it for what is submitted from now on."""
    settings.put(db, by, _KEY + department, "1" if wanted_from_now else None)
