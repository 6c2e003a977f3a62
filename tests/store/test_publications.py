"""公開の決定 in the store: two planners, one lock, and a reason to stop."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlite_utils import Database
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from store import locks, publications
from store.acts import By, append
from store.errors import BadInput, NotAllowed, Stale


def lock(db: Database, by: Callable[..., By], change: locks.Change = "lock") -> int:
    made = locks.propose(db, by("U1", reason="見本"), "p", 2024, change)
    _, row = locks.settle(db, by("U2"), made.id, agreed=True)
    return row


def publish(db: Database, by: Callable[..., By]) -> None:
    made = publications.propose(db, by("U1"), "p", 2024)
    publications.settle(db, by("U2"), made.id, agreed=True)


def test_nobody_publishes_alone(db: Database, by: Callable[..., By]) -> None:
    """Neither by the verb nor by a row; a second planner does."""
    number = lock(db, by)
    made = publications.propose(db, by("U1"), "p", 2024)
    with pytest.raises(NotAllowed, match="ご自身の公開の提案"):
        publications.settle(db, by("U1"), made.id, agreed=True)
    entry = {"plan": "p", "collection": 2024, "lock": number, "kind": "publish"}
    with pytest.raises(sqlite3.IntegrityError, match="a second planner confirms"):
        append(db, "publications", by("U1"), **entry, proposal=made.id)
    with pytest.raises(Stale, match="提案済み"):
        publications.propose(db, by("U2"), "p", 2024)
    assert publications.decision_of(db, "p", 2024) is None
    publications.settle(db, by("U2"), made.id, agreed=True)
    assert publications.decided(db, "p").keys() == {2024}
    with pytest.raises(Stale, match="すでに決定しています"):
        publications.propose(db, by("U1"), "p", 2024)
    with pytest.raises(Stale, match="すでに処理されています"):
        publications.settle(db, by("U2"), made.id, agreed=True)


def test_what_is_not_locked_is_not_published(db: Database, by: Callable[..., By]) -> None:
    """Not by a row either, and not with the lock of another year."""
    with pytest.raises(Stale, match="締められていない"):
        publications.propose(db, by("U1"), "p", 2024)
    number = lock(db, by)
    entry = {"plan": "p", "collection": 2023, "lock": number, "kind": "propose"}
    with pytest.raises(sqlite3.IntegrityError, match="only a locked collection"):
        append(db, "publications", by("U1"), **entry)


def test_a_decision_holds_as_long_as_its_lock(db: Database, by: Callable[..., By]) -> None:
    """Once unlocked it is gone for good; what is locked anew is decided anew."""
    lock(db, by)
    publish(db, by)
    lock(db, by, "unlock")
    assert publications.decided(db, "p") == {}
    lock(db, by)
    assert publications.decided(db, "p") == {}
    publish(db, by)
    assert publications.decided(db, "p").keys() == {2024}


def test_a_proposal_about_a_lock_that_was_undone_waits_no_more(
    db: Database, by: Callable[..., By]
) -> None:
    lock(db, by)
    made = publications.propose(db, by("U1"), "p", 2024)
    lock(db, by, "unlock")
    with pytest.raises(Stale, match="すでに処理されています"):
        publications.settle(db, by("U2"), made.id, agreed=True)


def test_one_planner_stops_it_with_a_reason(db: Database, by: Callable[..., By]) -> None:
    """The schema insists; all that was decided stays on record."""
    lock(db, by)
    publish(db, by)
    with pytest.raises(BadInput, match="理由"):
        publications.revoke(db, by("U1", reason=" "), "p", 2024)
    held = publications.decided(db, "p")[2024]
    entry = {"plan": "p", "collection": 2024, "lock": held.lock, "kind": "revoke"}
    for reason in (None, "", " "):
        with pytest.raises(sqlite3.IntegrityError):
            append(db, "publications", by("U1", reason=reason), **entry)
    publications.revoke(db, by("U1", reason="数値の誤り"), "p", 2024)
    assert publications.decided(db, "p") == {}
    with pytest.raises(Stale, match="決定していません"):
        publications.revoke(db, by("U1", reason="もう一度"), "p", 2024)
    kinds = [row["kind"] for row in db.query("SELECT kind FROM publications ORDER BY id")]
    assert kinds == ["propose", "publish", "revoke"]


def test_a_proposal_can_be_dropped(db: Database, by: Callable[..., By]) -> None:
    lock(db, by)
    made = publications.propose(db, by("U1"), "p", 2024)
    publications.settle(db, by("U1"), made.id, agreed=False)
    assert publications.proposal_of(db, "p", 2024) is None
    assert publications.decided(db, "p") == {}


def test_decisions_are_append_only(db: Database, by: Callable[..., By]) -> None:
    lock(db, by)
    publish(db, by)
    for change in ("UPDATE publications SET actor = 'U9'", "DELETE FROM publications"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            db.execute(change)
