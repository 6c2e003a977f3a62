"""What the schema itself keeps of 締め, 課長確認 and four eyes, whoever writes."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from sqlite_utils import Database
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from store import locks, submissions
from store.acts import By, append
from store.errors import NotAllowed, Stale
from store.schema.approval import HISTORY
from store.submissions import Proposal


def figure(value: str) -> Proposal:
    return Proposal("p", "1-1b", 2024, values={None: Decimal(value)}, period="FY2024")


def test_nobody_locks_alone(db: Database, by: Callable[..., By]) -> None:
    """Neither by the verb nor by a row."""
    made = locks.propose(db, by("U1"), "p", 2024, "lock")
    with pytest.raises(NotAllowed, match="ご自身の締めの提案"):
        locks.settle(db, by("U1"), made.id, agreed=True)
    with pytest.raises(sqlite3.IntegrityError, match="a second planner confirms"):
        append(db, "locks", by("U1"), plan="p", collection=2024, kind="lock", proposal=made.id)
    with pytest.raises(Stale, match="提案済み"):
        locks.propose(db, by("U2"), "p", 2024, "lock")
    locks.settle(db, by("U2"), made.id, agreed=True)
    assert locks.lock_of(db, "p", 2024) is not None
    with pytest.raises(Stale, match="すでに締められています"):
        locks.propose(db, by("U1"), "p", 2024, "lock")


def test_a_locked_collection_takes_no_row_but_a_correction(
    db: Database, by: Callable[..., By]
) -> None:
    """A planner's, with its reason."""
    made = locks.propose(db, by("U1"), "p", 2024, "lock")
    locks.settle(db, by("U2"), made.id, agreed=True)
    with pytest.raises(sqlite3.IntegrityError, match="locked"):
        submissions.submit(db, by(), figure("12"), "children")
    with pytest.raises(sqlite3.IntegrityError, match="locked"):
        submissions.submit(db, by(), figure("12"), "children", proxy=True)
    assert submissions.submit(db, by(reason="訂正"), figure("12"), "children", proxy=True).open


def test_unlocking_has_a_reason(db: Database, by: Callable[..., By]) -> None:
    """The schema insists."""
    made = locks.propose(db, by("U1"), "p", 2024, "lock")
    locks.settle(db, by("U2"), made.id, agreed=True)
    with pytest.raises(sqlite3.IntegrityError):
        locks.propose(db, by("U1"), "p", 2024, "unlock")


def test_no_row_passes_over_the_lead(db: Database, by: Callable[..., By]) -> None:
    """Nor does whoever submitted confirm."""
    made = submissions.submit(db, by(), figure("12"), "children", needs_lead=True)
    with pytest.raises(sqlite3.IntegrityError, match="the lead confirms"):
        append(db, "decisions", by("U1"), submission=made.id, kind="approve")
    with pytest.raises(sqlite3.IntegrityError, match="their own"):
        append(db, "confirmations", by(), submission=made.id)
    submissions.confirm(db, by("U2"), made.id)
    with pytest.raises(Stale, match="課長確認済み"):
        submissions.confirm(db, by("U3"), made.id)
    assert submissions.approve(db, by("U1"), made.id).decision is not None


def test_whoever_put_it_right_approves_it_by_no_row(db: Database, by: Callable[..., By]) -> None:
    """Also when somebody put that right again; a reason is always there."""
    first = submissions.submit(db, by(), figure("12"), "children")
    with pytest.raises(sqlite3.IntegrityError, match="has a reason"):
        submissions.submit(db, by("U1"), figure("21"), "children", corrects=first.id, proxy=True)
    why: dict[str, Any] = {"corrects": first.id, "proxy": True}
    second = submissions.submit(db, by("U1", reason="a"), figure("21"), "children", **why)
    why = {"corrects": second.id, "proxy": True}
    third = submissions.submit(db, by("U2", reason="b"), figure("22"), "children", **why)
    for user in ("U1", "U2"):
        with pytest.raises(sqlite3.IntegrityError, match="nobody approves"):
            append(db, "decisions", by(user), submission=third.id, kind="approve")
    assert submissions.approve(db, by("U3"), third.id).decision is not None


@pytest.mark.parametrize("table", HISTORY)
def test_history_is_append_only(db: Database, table: str) -> None:
    """Triggers refuse to change or delete."""
    triggers = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type='trigger'")}
    assert {f"{table}_no_update", f"{table}_no_delete"} <= triggers


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_a_return_has_a_reason(db: Database, by: Callable[..., By], reason: str | None) -> None:
    """By the verb and by a row."""
    made = submissions.submit(db, by(), figure("12"), "children")
    with pytest.raises(sqlite3.IntegrityError):
        submissions.send_back(db, by("U1", reason=reason), made.id)
    assert submissions.submission(db, made.id).open
