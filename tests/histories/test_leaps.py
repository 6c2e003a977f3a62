"""The sandbox's clock is set again and again, and Slack's with it: nothing is doubled."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schedules.listening import take_up
from schedules.scheduler import Speaker
from store.db import Connections
from store.fiscal import TOKYO
from store.plan import Plan
from tests.schedules.city import found_city
from tests.schedules.stand_in import Clock, FakeSlack, moment

LEAPS = st.lists(
    st.tuples(st.integers(-40 * 24 * 60, 40 * 24 * 60), st.integers(1, 30)), min_size=1, max_size=30
)


@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(LEAPS)
def test_however_the_sandboxs_clock_is_set_nothing_is_doubled(
    tmp_path_factory: pytest.TempPathFactory, plan: Plan, leaps: list[tuple[int, int]]
) -> None:
    """Slack's clock leaps with ours, as in the sandbox, by up to forty days either way."""
    connections = Connections(tmp_path_factory.mktemp("leaps") / "kpibot.db")
    found_city(connections(), plan)
    clock = Clock(moment("2025-06-02 08:59").timestamp())
    slack = FakeSlack(clock)
    speaker = Speaker(connections, slack, lambda: clock.now)
    for minutes, ticks in leaps:
        for _ in range(ticks):
            speaker.tick()
            clock.tick(37)
        clock.tick(minutes * 60)
    assert all(count == 1 for count in slack.counts.values())
    assert take_up(connections(), slack, datetime.fromtimestamp(clock(), TOKYO)) is not None
