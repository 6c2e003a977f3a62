"""A few random histories of outages, restarts and clock changes; `python -m tests.histories`: 1,000."""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.histories.account import Fates, Watched
from tests.histories.broken import BROKEN
from tests.histories.living import folder, live

SEEDS = range(1, 9)


@pytest.fixture(scope="module")
def where() -> Iterator[Path]:
    """Where the databases are."""
    with folder() as found:
        yield found


@pytest.fixture(scope="module")
def lived(where: Path) -> dict[int, Fates]:
    """What came of each history, by its seed."""
    return {seed: live(Watched, where, seed) for seed in SEEDS}


@pytest.mark.parametrize("seed", SEEDS)
def test_through_outages_and_wrong_clocks_all_is_told_once_or_recorded(
    lived: dict[int, Fates], seed: int
) -> None:
    assert lived[seed].is_clean, str(lived[seed])


def test_the_histories_hold_every_kind_of_message_told_and_lapsed(lived: dict[int, Fates]) -> None:
    """Without them they would prove nothing."""
    found = functools.reduce(operator.add, lived.values())
    kinds = {"digest", "reminder", "nudge"}
    assert kinds <= set(found.told), str(found)
    assert kinds <= set(found.skipped), str(found)


@pytest.mark.parametrize("kind", BROKEN)
def test_a_bot_that_is_wrong_about_time_is_given_away(where: Path, kind: type[Watched]) -> None:
    assert any(getattr(live(kind, where, seed), BROKEN[kind]) for seed in SEEDS)
