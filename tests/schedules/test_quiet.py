"""Quiet periods as planners set them."""

from __future__ import annotations

from datetime import date

import pytest
from sqlite_utils import Database

from store.acts import By
from store.db import writing
from store.errors import BadInput
from store.quiet import Quiet, drop_quiet, quiet_periods, set_quiet
from tests.schedules.stand_in import moment

BY = By("U0PLANNER", moment("2025-05-01 09:00"), "test")
BUDGET = Quiet("予算査定", date(2026, 1, 7), date(2026, 1, 30))
ASSEMBLY = Quiet("6月議会", date(2025, 6, 4), date(2025, 6, 20))


def test_periods_are_listed_by_day_replaced_by_name_and_taken_back(db: Database) -> None:
    with writing(db):
        for each in (BUDGET, ASSEMBLY):
            set_quiet(db, BY, each)
    assert quiet_periods(db) == (ASSEMBLY, BUDGET)
    longer = Quiet("6月議会", ASSEMBLY.first_day, date(2025, 6, 27))
    with writing(db):
        set_quiet(db, BY, longer)
        drop_quiet(db, BY, "予算査定")
        drop_quiet(db, BY, "9月議会")
    assert quiet_periods(db) == (longer,)


def test_both_its_days_are_in_a_period() -> None:
    covered = [date(2025, 6, n) for n in (3, 4, 20, 21) if ASSEMBLY.covers(date(2025, 6, n))]
    assert covered == [ASSEMBLY.first_day, ASSEMBLY.last_day]


@pytest.mark.parametrize(
    ("period", "said"),
    [
        (Quiet("議会", date(2025, 6, 5), date(2025, 6, 4)), "終わりが始まりより前です"),
        (Quiet(" ", date(2025, 6, 4), date(2025, 6, 4)), "1〜30字"),
        (Quiet("議" * 31, date(2025, 6, 4), date(2025, 6, 4)), "1〜30字"),
    ],
)
def test_what_is_no_period_is_refused_in_words(db: Database, period: Quiet, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        set_quiet(db, BY, period)
    assert quiet_periods(db) == ()
