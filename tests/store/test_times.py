"""The times at which the bot speaks, as planners change them: from the next day on, with history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlite_utils import Database

from store.acts import By
from store.db import writing
from store.errors import BadInput
from store.times import DEFAULTS, Times, change, changes, timetable, version
from tests.schedules.stand_in import moment

LATER = replace(DEFAULTS, hour=time(10, 30))
Changing = Callable[[str, Times], bool]


@pytest.fixture
def says(db: Database) -> Changing:
    """A planner changes the times at a moment."""

    def change_at(when: str, wanted: Times) -> bool:
        with writing(db):
            return change(db, By("U0PLANNER", moment(when), "test", "朝礼のため"), wanted)

    return change_at


def on(db: Database, *days: int) -> list[str]:
    """The hour on each of some days of June 2026."""
    table = timetable(db)
    return [f"{table.on(date(2026, 6, day)).hour:%H:%M}" for day in days]


def test_a_change_holds_from_the_next_day_on_and_what_was_before_stays(
    db: Database, says: Changing
) -> None:
    assert on(db, 1) == ["09:00"]
    assert says("2026-06-03 08:30", LATER)
    assert on(db, 2, 3, 4, 30) == ["09:00", "09:00", "10:30", "10:30"]
    assert says("2026-06-10 23:59", replace(LATER, hour=time(8)))
    assert on(db, 3, 4, 10, 11) == ["09:00", "10:30", "10:30", "08:00"]


def test_of_two_words_on_one_day_the_later_holds(db: Database, says: Changing) -> None:
    says("2026-06-03 08:30", LATER)
    says("2026-06-03 09:30", replace(DEFAULTS, weekly=timedelta(hours=6)))
    assert on(db, 3, 4) == ["09:00", "09:00"]
    assert timetable(db).on(date(2026, 6, 4)).weekly == timedelta(hours=6)
    assert [(each.name, f"{each.first_day:%m-%d}") for each in changes(db)] == [
        ("hour", "06-04"),
        ("hour", "06-04"),
        ("weekly", "06-04"),
    ]


def test_a_word_said_after_the_clock_was_set_back_holds_over_one_for_later_days(
    db: Database, says: Changing
) -> None:
    says("2026-06-20 10:00", LATER)
    says("2026-06-03 10:00", replace(DEFAULTS, hour=time(8)))
    assert on(db, 3, 4, 30) == ["09:00", "08:00", "08:00"]


def test_what_holds_anyway_is_not_written_again(db: Database, says: Changing) -> None:
    assert not says("2026-06-03 10:00", DEFAULTS)
    assert version(db) == 0
    says("2026-06-03 10:00", LATER)
    seen = version(db)
    assert not says("2026-06-09 10:00", LATER)
    assert version(db) == seen


def test_every_change_says_who_when_and_why(db: Database, says: Changing) -> None:
    says("2026-06-03 10:00", replace(LATER, mornings=4, until=time(17)))
    assert [(e.name, e.value, e.actor, e.at[:16], e.reason) for e in changes(db)] == [
        ("hour", time(10, 30), "U0PLANNER", "2026-06-03T10:00", "朝礼のため"),
        ("until", time(17), "U0PLANNER", "2026-06-03T10:00", "朝礼のため"),
        ("mornings", 4, "U0PLANNER", "2026-06-03T10:00", "朝礼のため"),
    ]


@pytest.mark.parametrize(
    "wanted",
    [
        replace(DEFAULTS, hour=time(22, 30)),
        replace(DEFAULTS, hour=time(9, 10)),
        replace(DEFAULTS, until=time(3)),
        replace(DEFAULTS, weekly=timedelta(days=9)),
        replace(DEFAULTS, mornings=-1),
    ],
)
def test_no_reminder_is_wanted_at_night_nor_a_digest_after_the_next(
    db: Database, says: Changing, wanted: Times
) -> None:
    with pytest.raises(BadInput):
        says("2026-06-03 10:00", wanted)
    assert changes(db) == []
