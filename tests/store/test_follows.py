"""What people follow: their newest choice holds, and every choice stays in history."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlite_utils import Database
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from store.acts import By
from store.db import writing
from store.follows import Subject, follow, followed, followers, named, subjects_of
from store.plan import Plan

ONE: Subject = ("indicator", "1-1b")
POLICY: Subject = ("policy", "1-1")


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
    assert db.table("follows").count == 3


def test_followers_are_reached_by_each_of_their_subjects(
    db: Database, by: Callable[..., By], plan: Plan
) -> None:
    with writing(db):
        follow(db, by("U1"), plan.id, POLICY)
        follow(db, by("U1"), plan.id, ONE)
        follow(db, by("U2"), plan.id, ("goal", "3"))
        follow(db, by("U3"), plan.id, ("indicator", "1-1a"))
        follow(db, by("U4"), plan.id, ONE)
        follow(db, by("U4"), plan.id, ONE, active=False)
    subjects = subjects_of(plan, plan.by_id["1-1b"])
    assert followers(db, plan.id, subjects) == {"U1": [ONE, POLICY], "U2": [("goal", "3")]}


def test_everything_of_the_plan_has_a_name_and_nothing_else(plan: Plan) -> None:
    for indicator in plan.indicators:
        assert all(named(plan, subject) for subject in subjects_of(plan, indicator))
    for subject in (("indicator", "9-9z"), ("policy", "1-1b"), ("goal", "1-1")):
        assert named(plan, subject) is None


@pytest.mark.parametrize("change", ["UPDATE follows SET active = 0", "DELETE FROM follows"])
def test_a_choice_is_never_changed(
    db: Database, by: Callable[..., By], plan: Plan, change: str
) -> None:
    with writing(db):
        follow(db, by("U1"), plan.id, ONE)
    with pytest.raises(sqlite3.DatabaseError, match="append-only"):
        db.execute(change)
