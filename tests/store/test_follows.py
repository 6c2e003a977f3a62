"""What people and channels follow: their newest choice holds, and every choice stays in history."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlite_utils import Database
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from store import welcomes
from store.acts import By, rows
from store.db import writing
from store.departments import Department
from store.follows import (
    Subject,
    channels,
    end_all,
    follow,
    followed,
    followers,
    in_order,
    named,
    subjects_of,
)
from store.migrations import migrations
from store.plan import Plan

ONE: Subject = ("indicator", "1-1b")
POLICY: Subject = ("policy", "1-1")
GOAL: Subject = ("goal", "3")
CARE: Subject = ("department", "children")
KODOMO = Department("children", "こども課")


def test_the_newest_choice_holds_and_repeating_it_writes_nothing(
    db: Database, by: Callable[..., By], plan: Plan
) -> None:
    with writing(db):
        assert follow(db, by("U1"), plan.id, ONE)
        assert not follow(db, by("U1"), plan.id, ONE)
        assert follow(db, by("U1"), plan.id, POLICY)
        assert follow(db, by("U1"), plan.id, ONE, active=False)
        assert not follow(db, by("U1"), plan.id, ONE, active=False)
        assert not follow(db, by("U2"), plan.id, ONE, active=False)
    assert followed(db, "U1", plan.id) == {POLICY}
    assert followed(db, "U1", "another") == frozenset()
    assert db.table("followings").count == 3


def test_a_channel_follows_apart_from_who_made_it_follow(
    db: Database, by: Callable[..., By], plan: Plan
) -> None:
    """Anybody there may end it, and the history says who did what."""
    with writing(db):
        assert follow(db, by("U1"), plan.id, ONE, follower="C1")
        assert follow(db, by("U2"), plan.id, ONE)
    assert followed(db, "U1", plan.id) == frozenset()
    assert followed(db, "C1", plan.id) == {ONE}
    assert followers(db, plan.id, [ONE]) == {"C1": [ONE], "U2": [ONE]}
    assert channels(db) == ("C1",)
    with writing(db):
        assert follow(db, by("U2"), plan.id, ONE, False, "C1")
    assert channels(db) == ()
    told = rows(db, "SELECT actor FROM followings WHERE follower = 'C1' ORDER BY id")
    assert [row["actor"] for row in told] == ["U1", "U2"]


def test_a_channel_that_is_left_follows_nothing_in_any_plan(
    db: Database, by: Callable[..., By], plan: Plan
) -> None:
    with writing(db):
        follow(db, by("U1"), plan.id, ONE, follower="C1")
        follow(db, by("U1"), "another", CARE, follower="C1")
        follow(db, by("U1"), plan.id, ONE)
        assert end_all(db, by("shell:x"), "C1") == 2
        assert end_all(db, by("shell:x"), "C1") == 0
    assert followers(db, plan.id, [ONE]) == {"U1": [ONE]}


def test_followers_are_reached_by_each_of_their_subjects(
    db: Database, by: Callable[..., By], plan: Plan
) -> None:
    with writing(db):
        follow(db, by("U1"), plan.id, POLICY)
        follow(db, by("U1"), plan.id, ONE)
        follow(db, by("U2"), plan.id, GOAL)
        follow(db, by("U3"), plan.id, ("indicator", "1-1a"))
        follow(db, by("U4"), plan.id, ONE)
        follow(db, by("U4"), plan.id, ONE, active=False)
        follow(db, by("U5"), plan.id, CARE)
    subjects = subjects_of(plan, plan.by_id["1-1b"], KODOMO)
    reached = {"U1": [ONE, POLICY], "U2": [GOAL], "U5": [CARE]}
    assert followers(db, plan.id, subjects) == reached


def test_everything_of_the_plan_has_a_name_and_nothing_else(plan: Plan) -> None:
    known = {KODOMO.id: KODOMO}
    for indicator in plan.indicators:
        assert all(named(plan, each, known) for each in subjects_of(plan, indicator, KODOMO))
    for subject in (
        ("indicator", "9-9z"),
        ("policy", "1-1b"),
        ("goal", "1-1"),
        ("department", "x"),
    ):
        assert named(plan, subject, known) is None


def test_what_is_followed_is_listed_as_the_plan_has_it(plan: Plan) -> None:
    """Whatever of it is no more comes last."""
    gone: Subject = ("indicator", "9-9z")
    mixed: list[Subject] = [CARE, gone, ("indicator", "2-1a"), ONE, POLICY, GOAL]
    assert in_order(plan, mixed) == [GOAL, POLICY, ONE, ("indicator", "2-1a"), CARE, gone]


@pytest.mark.parametrize("change", ["UPDATE followings SET active = 0", "DELETE FROM followings"])
def test_a_choice_is_never_changed(
    db: Database, by: Callable[..., By], plan: Plan, change: str
) -> None:
    with writing(db):
        follow(db, by("U1"), plan.id, ONE)
    with pytest.raises(sqlite3.DatabaseError, match="append-only"):
        db.execute(change)


def test_what_people_followed_before_channels_could_is_kept(tmp_path: Path) -> None:
    """With who chose it, when and where; and whoever had opened Home is not greeted as a stranger."""
    db = Database(tmp_path / "kpibot.db")
    migrations.apply(db, stop_before="006-channel-follows")
    old = "INSERT INTO follows(plan, kind, subject, active, at, actor, surface) VALUES "
    db.execute(f"{old} ('p', 'goal', '3', 1, '2025-06-03T10:00:00+09:00', 'U1', 'button')")
    db.execute(f"{old} ('p', 'policy', '1-1', 1, '2025-06-03T10:01:00+09:00', 'U2', 'button')")
    db.execute(f"{old} ('p', 'policy', '1-1', 0, '2025-06-03T10:02:00+09:00', 'U2', 'button')")
    db.execute("INSERT INTO homes(user, opened_at) VALUES ('U1', '2025-06-03T10:00:00+09:00')")
    db.conn.commit()
    migrations.apply(db)
    assert followed(db, "U1", "p") == {GOAL}
    assert followed(db, "U2", "p") == frozenset()
    kept = rows(db, "SELECT at, actor, follower, surface FROM followings ORDER BY id")
    assert kept[0] == {
        "at": "2025-06-03T10:00:00+09:00",
        "actor": "U1",
        "follower": "U1",
        "surface": "button",
    }
    assert len(kept) == 3
    assert welcomes.greeted(db, "U1")
    assert not welcomes.greeted(db, "U2")


def test_somebody_is_greeted_once(db: Database, by: Callable[..., By]) -> None:
    with writing(db):
        assert welcomes.greet(db, "U1", by("U1").at)
        assert not welcomes.greet(db, "U1", by("U1").at)
    assert welcomes.greeted(db, "U1")
    assert not welcomes.greeted(db, "U2")
