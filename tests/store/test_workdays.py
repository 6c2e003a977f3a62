"""Working days of the city hall."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.workdays import (
    add_working_days,
    first_of_week,
    is_working_day,
    on_or_after,
    on_or_before,
    working_days_between,
)

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 5, 6),  # 振替休日
        date(2026, 9, 22),  # 国民の休日
        date(2027, 3, 22),  # 振替休日
        date(2026, 6, 13),  # 土曜
        date(2026, 6, 14),  # 日曜
        date(2026, 12, 29),
        date(2026, 12, 31),
        date(2028, 1, 3),
    ],
)
def test_the_city_hall_is_closed_on_weekends_holidays_and_at_new_year(day: date) -> None:
    assert not is_working_day(day)


@pytest.mark.parametrize("day", [date(2026, 5, 7), date(2026, 12, 28), date(2027, 1, 4)])
def test_the_days_around_them_are_working_days(day: date) -> None:
    assert is_working_day(day)


def test_days_move_over_the_golden_week() -> None:
    assert on_or_before(date(2026, 5, 6)) == date(2026, 5, 1)
    assert on_or_after(date(2026, 5, 2)) == date(2026, 5, 7)
    assert add_working_days(date(2026, 5, 1), 1) == date(2026, 5, 7)
    assert add_working_days(date(2026, 5, 7), -1) == date(2026, 5, 1)


def test_the_days_left_are_counted_without_today() -> None:
    assert working_days_between(date(2026, 6, 1), date(2026, 6, 12)) == 9
    assert working_days_between(date(2026, 6, 12), date(2026, 6, 12)) == 0
    assert working_days_between(date(2026, 6, 12), date(2026, 6, 1)) == 0


def test_a_week_begins_on_its_first_working_day() -> None:
    assert first_of_week(date(2026, 6, 4)) == date(2026, 6, 1)
    assert first_of_week(date(2026, 5, 10)) == date(2026, 5, 7)


def test_the_week_of_new_year_may_have_no_working_day() -> None:
    assert first_of_week(date(2025, 12, 31)) is None


@given(DAYS)
@settings(deadline=None)
def test_the_nearest_working_days_enclose_a_day(day: date) -> None:
    before, after = on_or_before(day), on_or_after(day)
    assert before <= day <= after
    assert is_working_day(before)
    assert is_working_day(after)
    assert (before == day == after) == is_working_day(day)


@given(DAYS, st.integers(0, 30))
@settings(deadline=None)
def test_as_many_days_as_were_added_lie_between(day: date, count: int) -> None:
    assert working_days_between(day, add_working_days(day, count)) == count


@given(DAYS, st.integers(0, 40), st.integers(0, 40))
@settings(deadline=None)
def test_counts_of_two_spans_add_up(day: date, first: int, second: int) -> None:
    middle = day + timedelta(days=first)
    end = middle + timedelta(days=second)
    parts = working_days_between(day, middle) + working_days_between(middle, end)
    assert working_days_between(day, end) == parts
