"""What a figure is of when nobody says so, and what the first of April belongs to."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import UnreadableValue
from store.lags import belongs_to, counting_day, fitting_period, lags, plausible_periods
from store.periods import read_period, show_period


@pytest.mark.parametrize(
    ("as_of", "day"),
    [
        ("10月1日", "2024-10-01"),
        ("4月1日", "2025-04-01"),
        ("翌年度4月1日", "2025-04-01"),
        ("当該年度4月1日", "2024-04-01"),
        ("年度当初", "2024-04-01"),
        ("年度末", "2025-03-31"),
        ("3月31日現在", "2025-03-31"),
        ("1月1日", "2025-01-01"),
        ("13月40日", None),
        ("調査の日", None),
        (None, None),
    ],
)
def test_a_counting_day_is_a_day_of_its_collection(as_of: str | None, day: str | None) -> None:
    assert counting_day(as_of, 2024) == day


def test_the_counting_day_settles_what_the_first_of_april_belongs_to() -> None:
    """R7.4.1現在 is the end of R6, unless the indicator counts when its year opens."""
    for closing in (None, "4月1日", "翌年度4月1日"):
        assert belongs_to("2025-04-01", closing) == 2024
        assert fitting_period("2025-04-01", 2024, closing) == "2025-04-01"
    for opening in ("年度当初", "当該年度4月1日"):
        assert belongs_to("2025-04-01", opening) == 2025
        assert belongs_to("2024-04-01", opening) == 2024
        assert fitting_period("2024-04-01", 2024, opening) == "2024-04-01"
        with pytest.raises(UnreadableValue, match="R7の値") as refusal:
            fitting_period("2025-04-01", 2024, opening)
        assert "`R6.4.1`" in str(refusal.value)


def test_what_lagged_once_is_the_likeliest_again() -> None:
    assert plausible_periods(2024, ("FY2022", 2023))[:2] == ("FY2023", "FY2024")
    assert plausible_periods(2024, ("CY2022", 2023))[0] == "CY2023"
    assert plausible_periods(2024, ("2024-04-01", 2023))[0] == "2025-04-01"
    assert plausible_periods(2024, ("FY2018..2020", 2023))[0] == "FY2019..2021"
    assert plausible_periods(2024, ("FY2023", 2023))[0] == "FY2024"
    assert plausible_periods(2024)[0] == "FY2024"
    assert "2024-10-01" in plausible_periods(2024, as_of="10月1日")
    assert lags(("FY2022", 2023))
    assert not lags(("FY2023", 2023))
    assert not lags(None)


PERIODS = st.one_of(
    st.integers(2000, 2030).map("FY{}".format),
    st.integers(2000, 2030).map("CY{}".format),
    st.dates(date(2000, 1, 1), date(2030, 12, 31)).map(date.isoformat),
    st.integers(2000, 2030).map(lambda year: f"FY{year}..{year + 2}"),
)


@given(st.integers(2010, 2040), PERIODS, st.sampled_from([None, "4月1日", "年度当初", "10月1日"]))
def test_whatever_is_plausible_can_be_reported_and_typed(
    collection: int, before: str, as_of: str | None
) -> None:
    """Each once, the collection's own year among them."""
    found = plausible_periods(collection, (before, collection - 1), as_of)
    assert len(found) == len(set(found)) <= 12
    assert f"FY{collection}" in found
    for period in found:
        assert fitting_period(period, collection, as_of) == period
        assert read_period(show_period(period), date(2025, 6, 3)) == period
