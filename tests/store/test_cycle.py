"""The yearly cycle: defaults until somebody sets a date, and the collection that is current."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from store import cycle, settings
from store.acts import By
from store.plan import Plan
from store.workdays import is_working_day


@pytest.mark.parametrize(
    ("today", "collection"),
    [
        (date(2022, 4, 1), 2022),  # nothing has opened yet: the first to come
        (date(2023, 5, 11), 2022),
        (date(2025, 5, 11), 2023),  # a Sunday: the default moves to Monday
        (date(2025, 5, 12), 2024),
        (date(2026, 5, 11), 2025),
        (date(2029, 1, 1), 2025),  # the plan has ended: its last collection stays
    ],
)
def test_the_current_collection_is_the_newest_that_opened(
    plan: Plan, today: date, collection: int
) -> None:
    assert cycle.current({}, plan, today).collection == collection


def test_a_date_nobody_set_is_a_default_and_says_so(
    db: Database, by: Callable[..., By], plan: Plan
) -> None:
    settings.put(db, by(), cycle.key(plan.id, 2024, "due"), "2025-06-20")
    dates = cycle.cycle(cycle.held(db, plan.id), plan.id, 2024)
    assert dates.due == date(2025, 6, 20)
    assert dates.opens == date(2025, 5, 12)
    assert "opens" in dates.defaults
    assert "due" not in dates.defaults


def test_defaults_fall_on_working_days(plan: Plan) -> None:
    for collection in range(2022, 2026):
        dates = cycle.cycle({}, plan.id, collection)
        found = [getattr(dates, stage) for stage in cycle.DEFAULTS]
        assert all(map(is_working_day, found))
        assert found == sorted(found)


def test_a_setting_taken_back_falls_back_to_the_default(
    db: Database, by: Callable[..., By], plan: Plan
) -> None:
    key = cycle.key(plan.id, 2024, "due")
    settings.put(db, by(), key, "2025-06-20")
    settings.put(db, by(), key, None)
    assert cycle.cycle(cycle.held(db, plan.id), plan.id, 2024).due == date(2025, 6, 12)


DAYS = st.dates(date(2025, 4, 1), date(2026, 3, 31))


@given(st.lists(DAYS, min_size=6, max_size=6))
def test_dates_are_in_order_unless_one_lies_before_the_one_before_it(days: list[date]) -> None:
    given_days = dict(zip(cycle.DEFAULTS, days, strict=True))
    wrong = cycle.misordered(given_days)
    in_order = all(one <= two for one, two in combinations(days, 2))
    assert (not wrong) == in_order
    assert all(given_days[later] < given_days[before] for later, before in wrong.items())


@given(DAYS, st.sampled_from(sorted(cycle.DEFAULTS)))
def test_a_day_off_moves_deadlines_back_and_everything_else_on(day: date, stage: str) -> None:
    moved = cycle.moved(stage, day)
    assert is_working_day(moved)
    assert moved == day if is_working_day(day) else (moved < day) == (stage in cycle.DEADLINES)


def test_who_set_a_date_is_told_with_the_reason(
    db: Database, by: Callable[..., By], plan: Plan
) -> None:
    """The newest; taking it back is told too. A number grows with each change, and only then."""
    days = {"due": date(2025, 6, 20), "opens": None}
    assert cycle.version(db, plan.id, 2024) == 0
    assert cycle.set_dates(db, by("U1", reason="議会日程"), plan.id, 2024, days)
    first = cycle.version(db, plan.id, 2024)
    assert not cycle.set_dates(db, by("U2"), plan.id, 2024, days)
    assert cycle.version(db, plan.id, 2024) == first > 0
    told = cycle.dates_set(db, plan.id, 2024)
    assert (told["due"].day, told["due"].actor, told["due"].reason) == (
        date(2025, 6, 20),
        "U1",
        "議会日程",
    )
    assert set(told) == {"due"}
    cycle.set_dates(db, by("U2"), plan.id, 2024, {"due": None})
    taken = cycle.dates_set(db, plan.id, 2024)["due"]
    assert (taken.day, taken.actor) == (None, "U2")
    assert cycle.version(db, plan.id, 2024) > first
    assert cycle.version(db, plan.id, 2023) == 0


def test_the_dates_of_the_next_collection_can_be_set_ahead(plan: Plan) -> None:
    today = date(2024, 6, 1)
    assert list(cycle.collections(plan, today)) == [2022, 2023, 2024, 2025]
    endless = plan.model_copy(update={"last_year": None})
    assert max(cycle.collections(endless, today)) == 2024
