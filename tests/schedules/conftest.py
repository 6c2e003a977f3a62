"""A clock that stands still, a Slack that can fail, and a poster between them and a real database."""

from __future__ import annotations

import pytest

from schedules.delivery import Poster
from tests.schedules.stand_in import Clock, FakeSlack, moment

TUESDAY_NOON = "2026-06-02 12:00"


@pytest.fixture
def clock() -> Clock:
    return Clock(moment(TUESDAY_NOON).timestamp())


@pytest.fixture
def slack(clock: Clock) -> FakeSlack:
    return FakeSlack(clock)


@pytest.fixture
def poster(slack: FakeSlack, clock: Clock) -> Poster:
    return Poster(slack, clock)
