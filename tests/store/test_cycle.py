"""The yearly cycle: defaults until somebody sets a date, and the collection that is current."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
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
