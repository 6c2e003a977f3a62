"""Made-up years of outages and leaping clocks: no digest doubled, none missed, none forgotten."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schedules.listening import take_up
from schedules.occasions import HOUR, digest_key, speaking
from schedules.scheduler import Speaker
from store import outbox
from store.db import Connections
from store.fiscal import TOKYO
from store.plan import Plan
from store.workdays import first_of_week
from tests.schedules.city import CHANNEL, found_city
from tests.schedules.stand_in import Clock, FakeSlack, moment

START = moment("2025-08-20 12:00")
DAYS = 300


class History:
    """A bot that goes down and comes up, with a clock that is now and then wrong by hours.

    Slack's clock is always right. `may_speak` are the moments of ticks at which all was well.
    """

    def __init__(self, folder: Path, plan: Plan, seed: int) -> None:
        self.chance = random.Random(seed)
        self.ours = Clock(START.timestamp())
        self.truth = Clock(START.timestamp())
        self.slack = FakeSlack(self.truth)
        self.connections = Connections(folder / f"{seed}.db")
        found_city(self.connections(), plan)
        self.may_speak: list[datetime] = []

    def run(self) -> None:
        end = START.timestamp() + DAYS * 86400
        self._up_for(3600, 0)
        while self.truth() < end:
            self._pass(self.chance.choice([0, 0, 0, 3600, 20 * 3600, 40 * 3600, 9 * 86400]))
            error = self.chance.choice([0, 0, 0, 0, -7200, 7200, 86400])
            self._up_for(self.chance.uniform(1, 96) * 3600, error)

    def _pass(self, seconds: float) -> None:
        self.truth.tick(seconds)

    def _up_for(self, seconds: float, error: float) -> None:
        speaker = Speaker(self.connections, self.slack, lambda: self.ours.now)
        until = self.truth() + seconds
        while self.truth() < until:
            self.ours.at = self.truth() + error
            speaker.tick()
            if error == 0:
                self.may_speak.append(self.truth.now)
            if self.chance.random() < 0.02:
                error = self.chance.choice([0, 0, -7200, 7200])
            self._pass(self.chance.uniform(600, 5400))

    def digests(self) -> list[tuple[str, datetime]]:
        """Every digest there should be, with its moment."""
        mondays = (date(2025, 8, 25) + timedelta(weeks=n) for n in range(DAYS // 7))
        firsts = filter(None, map(first_of_week, mondays))
        return [(digest_key(day, CHANNEL), datetime.combine(day, HOUR)) for day in firsts]

    def in_window(self, due: datetime) -> bool:
        last = due + timedelta(days=1)
        return any(due <= now <= last and speaking(now) for now in self.may_speak)


@pytest.mark.parametrize("seed", range(8))
def test_through_outages_and_wrong_clocks_each_digest_is_told_once_or_recorded(
    tmp_path: Path, plan: Plan, seed: int
) -> None:
    history = History(tmp_path, plan, seed)
    history.run()
    posted, ends = history.slack.counts, history.may_speak[-1]
    states = {m.key: m.state for m in outbox.messages(history.connections())}
    fates = Counter[str]()
    for key, due in history.digests():
        if due + timedelta(days=4) > ends:
            continue
        fates["doubled"] += posted[key] > 1
        fates["missed in window"] += history.in_window(due) and posted[key] == 0
        fates["forgotten"] += key not in states
        fates["told"] += posted[key] == 1
        fates["lapsed"] += states.get(key) == "skipped"
    assert (fates["doubled"], fates["missed in window"], fates["forgotten"]) == (0, 0, 0)
    assert fates["told"] > 10
    assert all(count == 1 for count in posted.values())


def test_the_histories_hold_outages_that_make_digests_lapse(tmp_path: Path, plan: Plan) -> None:
    """Without lapses the histories would prove nothing about them."""
    lapsed = 0
    for seed in range(100, 102):
        history = History(tmp_path, plan, seed)
        history.run()
        lapsed += len(outbox.messages(history.connections(), "skipped", "digest:%"))
    assert lapsed > 0


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
