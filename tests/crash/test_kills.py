"""A few kills at each step, and the broken ways of working that the same kills give away."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future

import pytest

from tests.crash.account import Toll
from tests.crash.lanes import CONTROLS, is_clean, lanes
from tests.crash.steps import STEPS

TIMES = 2
LANES = 8
PATIENCE_SECONDS = 300.0
MESSAGES = {"request", "outcome", "digest"}
MAY_BE_OUT = {"posted", "uncommitted", "recovering", "looked-up"}

Tolls = dict[str, Future[Toll]]


@pytest.fixture(scope="module")
def tolls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tolls]:
    """What came of killing the bot, by step and by broken way; they go on side by side."""
    with lanes(tmp_path_factory.mktemp("crash"), LANES) as kill:
        controls = {way: kill(step, TIMES, way) for way, (step, _) in CONTROLS.items()}
        yield {step: kill(step, TIMES, None) for step in STEPS} | controls


@pytest.mark.parametrize("step", STEPS)
def test_a_bot_killed_at_any_step_loses_and_doubles_nothing(tolls: Tolls, step: str) -> None:
    toll = tolls[step].result(PATIENCE_SECONDS)
    assert is_clean(toll, TIMES), str(toll)


@pytest.mark.parametrize("step", [step for step in STEPS if STEPS[step].scene in MESSAGES])
def test_what_was_posted_and_not_recorded_is_found_and_not_posted_again(
    tolls: Tolls, step: str
) -> None:
    toll = tolls[step].result(PATIENCE_SECONDS)
    assert toll.looked_up == (TIMES if STEPS[step].name in MAY_BE_OUT else 0)


@pytest.mark.parametrize("way", CONTROLS)
def test_a_broken_way_of_working_shows(tolls: Tolls, way: str) -> None:
    toll = tolls[way].result(PATIENCE_SECONDS)
    assert getattr(toll, CONTROLS[way][1]) >= TIMES, str(toll)
