"""比較値: what others report, with its source; the newest entry holds and none is lost."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from sqlite_utils import Database
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from store import comparisons
from store.acts import By, rows
from store.comparisons import Comparison
from store.db import writing
from store.errors import Stale

Act = Callable[..., By]
ONE = ("kitamoto-2", "1-1b")


def record(
    db: Database, by: By, place: str, period: str, source: str = "県の資料", **values: str
) -> None:
    """Values by series; `_` is the only one of an indicator without series."""
    with writing(db):
        read = {None if name == "_" else name: Decimal(text) for name, text in values.items()}
        comparisons.record(db, by, *ONE, place, period, read, source)


def places(found: tuple[Comparison, ...]) -> list[tuple[str, str]]:
    return [(each.place, each.period) for each in found]


def test_the_newest_period_comes_first_and_places_keep_their_order(db: Database, by: Act) -> None:
    record(db, by(), "県平均", "FY2023", _="20")
    record(db, by(), "全国平均", "FY2024", _="7.50")
    record(db, by(), "県平均", "FY2024", _="8")
    found = comparisons.of(db, *ONE)
    assert places(found) == [("県平均", "FY2024"), ("全国平均", "FY2024"), ("県平均", "FY2023")]
    assert str(found[1].values[None]) == "7.50"
    assert (found[0].source, found[0].actor) == ("県の資料", "U0CHILD")
    assert comparisons.of(db, "kitamoto-2", "1-1a") == ()
    assert comparisons.places(db, "kitamoto-2") == ("県平均", "全国平均")


def test_a_mended_value_holds_and_the_old_one_stays_in_history(db: Database, by: Act) -> None:
    record(db, by(), "県平均", "FY2024", _="8")
    record(db, by("U0PLANNER"), "県平均", "FY2024", "県の確報", _="9")
    (found,) = comparisons.of(db, *ONE)
    assert (found.values[None], found.source, found.actor) == (Decimal(9), "県の確報", "U0PLANNER")
    assert len(rows(db, "SELECT * FROM comparisons")) == 2
    for change in ("UPDATE comparisons SET value = '1'", "DELETE FROM comparisons"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"), writing(db):
            db.execute(change)


def test_the_same_again_is_refused_to_the_digit(db: Database, by: Act) -> None:
    record(db, by(), "県平均", "FY2024", _="8")
    with pytest.raises(Stale):
        record(db, by(), "県平均", "FY2024", _="8")
    record(db, by(), "県平均", "FY2024", _="8.0")
    assert str(comparisons.of(db, *ONE)[0].values[None]) == "8.0"


def test_a_series_that_is_left_out_is_taken_back(db: Database, by: Act) -> None:
    record(db, by(), "県平均", "FY2024", 男性="18", 女性="20")
    record(db, by(), "県平均", "FY2024", 女性="21")
    (found,) = comparisons.of(db, *ONE)
    assert found.values == {"女性": Decimal(21)}


def test_what_is_taken_back_is_gone_once_and_can_come_again(db: Database, by: Act) -> None:
    record(db, by(), "県平均", "FY2024", _="8")
    with writing(db):
        comparisons.take_back(db, by(), *ONE, "県平均", "FY2024")
    assert comparisons.of(db, *ONE) == ()
    with pytest.raises(Stale), writing(db):
        comparisons.take_back(db, by(), *ONE, "県平均", "FY2024")
    record(db, by(), "県平均", "FY2024", _="8")
    assert places(comparisons.of(db, *ONE)) == [("県平均", "FY2024")]


def test_no_value_is_kept_without_its_source(db: Database, by: Act) -> None:
    for source in ("", None):
        with pytest.raises(sqlite3.IntegrityError), writing(db):
            db.execute(
                """INSERT INTO comparisons(plan, indicator, series, place, period, value, source,
                   at, actor, surface) VALUES ('p', 'i', '', '県平均', 'FY2024', '1', ?, 't', 'u', 's')""",
                [source],
            )
