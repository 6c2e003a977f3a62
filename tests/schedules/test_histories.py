"""Made-up years of outages and leaping clocks: nothing doubled, nothing missed, nothing forgotten."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schedules.digests.occasions import digest_key
from schedules.hours import HOUR, speaking
from schedules.listening import take_up
from schedules.reminding_days import is_reminder_day
from schedules.scene import read_stage
from schedules.scheduler import Speaker
from store import outbox
from store.acts import By
from store.db import Connections, writing
from store.fiscal import TOKYO
from store.plan import Plan
from store.quiet import Quiet, set_quiet
from store.snoozes import snooze
from store.workdays import first_of_week, is_working_day, on_or_after
from tests.schedules.city import CHANNEL, PLANNER, found_city, give, returned
from tests.schedules.stand_in import Clock, FakeSlack, moment


class History:
    """A bot that goes down and comes up, with a clock that is now and then wrong by hours.

    Slack's clock is always right. `may_speak` are the moments of ticks at which all was well.
    """

    start, days = moment("2025-08-20 12:00"), 300

    def __init__(self, folder: Path, plan: Plan, seed: int) -> None:
        self.chance = random.Random(seed)
        self.ours = Clock(self.start.timestamp())
        self.truth = Clock(self.start.timestamp())
        self.slack = FakeSlack(self.truth)
        self.connections = Connections(folder / f"{seed}.db")
        found_city(self.connections(), plan)
        self.may_speak: list[datetime] = []

    def run(self) -> None:
        end = self.start.timestamp() + self.days * 86400
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
        mondays = (date(2025, 8, 25) + timedelta(weeks=n) for n in range(self.days // 7))
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


class Collection(History):
    """The same through R6's collection, in which departments give and hold back at random."""

    start, days = moment("2025-05-01 12:00"), 150

    def __init__(self, folder: Path, plan: Plan, seed: int) -> None:
        super().__init__(folder, plan, seed)
        self.plan, self.given = plan, 0
        first = date(2025, 5, 20) + timedelta(days=self.chance.randrange(60))
        self.quiet = Quiet("議会", first, first + timedelta(days=self.chance.randrange(25)))
        with writing(self.connections()) as db:
            set_quiet(db, By(PLANNER, self.start, "test"), self.quiet)

    def _pass(self, seconds: float) -> None:
        super()._pass(seconds)
        if self.chance.random() < 0.04:
            self._somebody_acts()

    def _somebody_acts(self) -> None:
        db, now = self.connections(), self.truth.now
        stage = read_stage(db, now.date())
        assert stage is not None
        owed = [s for s in stage.outlook.standings.values() if s.outstanding and s.department]
        if not owed:
            return
        department = self.chance.choice([s.department for s in owed if s.department])
        if self.chance.random() < 0.3:
            until = on_or_after(now.date() + timedelta(days=self.chance.randrange(1, 8)))
            with writing(db):
                snooze(db, By("U0", now, "test"), self.plan.id, 2024, department.id, until)
            return
        for each in owed:
            if each.department == department and self.chance.random() < 0.7:
                self.given += 1
                series = {s.name: str(self.given) for s in each.indicator.series}
                given = give(db, self.plan, each.indicator.id, 2024, series, now)
                if self.chance.random() < 0.2:
                    returned(db, given, "確認してください", now)


@pytest.mark.parametrize("seed", range(6))
def test_through_a_collection_reminders_come_once_a_day_in_hours_or_are_recorded(
    tmp_path: Path, plan: Plan, seed: int
) -> None:
    history = Collection(tmp_path, plan, seed)
    history.run()
    kept = outbox.messages(history.connections(), like="remind:%")
    first_said = [m for m in kept if m.edits is None]
    posted = [p for p in history.slack.posted if p.key.startswith("remind:")]
    days = Counter((datetime.fromtimestamp(p.at, TOKYO).date(), p.channel) for p in posted)
    fates = {m.key: m.state for m in first_said}
    assert all(history.slack.counts[key] == (state == "sent") for key, state in fates.items())
    assert max(days.values()) == 1
    assert all(m.error for m in first_said if m.state == "skipped")
    assert set(fates.values()) == {"sent", "skipped"}
    for each in posted:
        said = datetime.fromtimestamp(each.at, TOKYO)
        assert speaking(said)
        assert not history.quiet.covers(said.date())
        assert each.key.startswith(f"remind:{said.date()}:")


@pytest.mark.parametrize("seed", range(3))
def test_every_weekly_reminder_of_a_department_that_never_gives_is_told_or_recorded(
    tmp_path: Path, plan: Plan, seed: int
) -> None:
    """Nobody acts: each day on which something is due is in the ledger, once."""
    history = Collection(tmp_path, plan, seed)
    history._somebody_acts = lambda: None  # type: ignore[method-assign]
    history.run()
    kept = outbox.messages(history.connections(), like="remind:%:U0CITY")
    due = [
        day
        for n in range(history.days)
        if is_working_day(day := history.start.date() + timedelta(days=n))
        and is_reminder_day(day, date(2025, 6, 12))
        and day >= date(2025, 5, 12)
    ]
    ends = history.may_speak[-1].date() - timedelta(days=7)
    told = {m.key.split(":")[1]: m.state for m in kept}
    assert {str(day) for day in due if day < ends} <= set(told)
    for day in due:
        up = any(t.date() == day and speaking(t) and t.hour >= 9 for t in history.may_speak)
        if up and not history.quiet.covers(day):
            assert told[str(day)] == "sent", day


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
