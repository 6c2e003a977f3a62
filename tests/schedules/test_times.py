"""Planners choose the hour of the morning's message, and how late what was kept back still goes out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from schedules.announcing.occasions import said
from schedules.delivery import Poster
from schedules.due import Debt, Lapsed, Occasion, Scene, StageDay, Topic
from schedules.occasions import occasions
from schedules.scheduler import Speaker
from schedules.slack import TooMany
from schedules.timely import may_go
from schedules.upcoming import ahead
from store import outbox
from store.acts import By
from store.db import Connections, writing
from store.plan import Plan
from store.snoozes import Snooze
from store.subscriptions import Subscription
from store.times import CHOICES, DEFAULTS, Times, Timetable, change
from tests.schedules.city import PLANNER, found_city
from tests.schedules.stand_in import Clock, FakeSlack, moment

CHILDREN = Debt("children", "こども課", ("U1",), frozenset({date(2026, 6, 12)}))
DUE = StageDay(2025, "due", date(2026, 6, 12), (("U9", Topic("stage", "due", "提出期限")),))
CITY = Scene(
    "p",
    2025,
    date(2026, 5, 11),
    digests=(Subscription("C1"), Subscription("C2", rhythm="monthly", day=5)),
    debts=(CHILDREN,),
)
ALWAYS = date(2026, 1, 1)


def holding(since: date = ALWAYS, **times: object) -> Timetable:
    """A timetable with these times from a day on."""
    return Timetable(((since, replace(DEFAULTS, **times)),))  # type: ignore[arg-type]


def hours(scene: Scene, first: str, last: str) -> list[str]:
    """When something falls due, day and hour."""
    return [f"{e.due:%m-%d %H:%M}" for e in occasions(scene, moment(first), moment(last))]


def test_reminders_come_at_the_hour_that_holds_on_their_day() -> None:
    scene = replace(CITY, digests=(), times=holding(date(2026, 6, 5), hour=time(10, 30)))
    assert hours(scene, "2026-05-28 00:00", "2026-06-10 00:00") == [
        "05-29 09:00",
        "06-05 10:30",
        "06-09 10:30",
    ]
    assert hours(scene, "2026-06-05 00:00", "2026-06-05 10:29") == []


def test_what_comes_next_is_told_with_the_new_hour_where_it_holds() -> None:
    """A digest keeps its own hour."""
    scene = replace(CITY, times=holding(date(2026, 6, 6), hour=time(8)))
    found = ahead(scene, moment("2026-06-04 12:00"), 5)
    assert [(each.kind, f"{each.due:%m-%d %H:%M}") for each in found] == [
        ("digest", "06-05 09:00"),
        ("reminder", "06-05 09:00"),
        ("digest", "06-08 09:00"),
        ("reminder", "06-09 08:00"),
    ]


def test_a_snooze_before_the_hour_holds_back_that_mornings_reminder() -> None:
    held = Snooze(date(2026, 6, 8), moment("2026-06-05 10:00"), "U1")
    debts = (replace(CHILDREN, snooze=held),)
    late = Scene("p", 2025, date(2026, 5, 11), debts=debts, times=holding(hour=time(10, 30)))
    week = ("2026-06-04 00:00", "2026-06-09 00:00")
    assert hours(late, *week) == ["06-08 10:30"]
    assert hours(replace(late, times=holding()), *week) == ["06-05 09:00", "06-08 09:00"]


def at_the_poster(each: Occasion, now: datetime, table: Timetable) -> bool:
    """Whether the poster drops it as too late."""
    try:
        may_go(each.key, now.timestamp(), each.due.timestamp(), table)
    except Lapsed:
        return True
    return False


@pytest.mark.parametrize(
    ("times", "now", "told"),
    [
        (holding(), "2026-06-05 21:59", {"remind", "digest"}),
        (holding(until=time(17)), "2026-06-05 17:00", {"remind", "digest"}),
        (holding(until=time(17)), "2026-06-05 17:01", {"digest"}),
        (holding(), "2026-06-08 09:00", {"digest"}),
        (holding(), "2026-06-08 09:01", set()),
        (holding(monthly=timedelta(days=10)), "2026-06-15 09:00", {"digest"}),
        (holding(monthly=timedelta(days=1)), "2026-06-08 08:00", set()),
    ],
)
def test_windows_are_the_same_for_what_falls_due_and_what_is_posted(
    times: Timetable, now: str, told: set[str]
) -> None:
    """A reminder and a monthly digest of Friday the fifth."""
    scene = replace(CITY, digests=CITY.digests[1:], times=times)
    found = [
        each
        for each in occasions(scene, moment("2026-06-04 12:00"), moment(now))
        if each.due.day == 5
    ]
    assert len(found) == 2
    assert {each.key.split(":")[0] for each in found if not each.lapsed} == told
    for each in found:
        assert at_the_poster(each, moment(now), times) == each.lapsed


TIMES = st.builds(Times, **{name: st.sampled_from(CHOICES[name]) for name in CHOICES})
TABLES = st.lists(
    st.tuples(st.dates(date(2026, 5, 25), date(2026, 6, 30)), TIMES),
    max_size=3,
    unique_by=lambda step: step[0],
).map(lambda steps: Timetable(tuple(sorted(steps, key=lambda step: step[0]))))
HOURS = st.integers(0, 40 * 24 * 12).map(
    lambda n: moment("2026-05-25 00:00") + n * timedelta(minutes=5)
)


@settings(deadline=None, max_examples=150)
@given(TABLES, HOURS, HOURS)
def test_whatever_is_still_said_the_poster_does_not_drop_and_the_other_way_round(
    table: Timetable, one: datetime, two: datetime
) -> None:
    for each in occasions(replace(CITY, times=table), min(one, two), max(one, two)):
        assert at_the_poster(each, max(one, two), table) == each.lapsed


@settings(deadline=None, max_examples=100)
@given(TABLES, HOURS, HOURS, HOURS)
def test_however_often_the_hour_changes_nothing_falls_between_two_looks(
    table: Timetable, one: datetime, two: datetime, three: datetime
) -> None:
    scene, (first, middle, last) = replace(CITY, times=table), sorted((one, two, three))
    whole = [each.key for each in occasions(scene, first, last)]
    parts = [*occasions(scene, first, middle), *occasions(scene, middle, last)]
    assert whole == [each.key for each in parts]
    assert len(set(whole)) == len(whole)


def stage_told(table: Timetable, back: str) -> list[tuple[str, bool]]:
    """What becomes of a stage of the twelfth when the bot comes back, up to the end of the month."""
    scene = Scene("p", 2025, date(2026, 5, 11), planners=("U9",), stages=(DUE,), times=table)
    since, now, found = moment("2026-06-11 10:00"), moment(back), list[Occasion]()
    while now < moment("2026-06-30 00:00"):
        there = occasions(scene, since, now)
        found += there
        scene = said(scene, [each for each in there if not each.lapsed])
        since, now = now, now + timedelta(hours=1)
    return [(f"{each.due:%m-%d %H:%M}", each.lapsed) for each in found]


@pytest.mark.parametrize(
    ("table", "back", "told"),
    [
        (holding(), "2026-06-16 08:00", ("06-16 09:00", False)),
        (holding(mornings=1), "2026-06-16 08:00", ("06-16 09:00", True)),
        (holding(mornings=0), "2026-06-12 12:00", ("06-12 09:00", False)),
        (holding(mornings=0), "2026-06-13 12:00", ("06-15 09:00", True)),
        (holding(mornings=5), "2026-06-19 08:00", ("06-19 09:00", False)),
        (holding(mornings=5), "2026-06-19 12:00", ("06-19 09:00", False)),
        (holding(mornings=5), "2026-06-22 08:00", ("06-22 09:00", True)),
        (holding(hour=time(15)), "2026-06-12 12:00", ("06-12 15:00", False)),
    ],
)
def test_a_stage_is_made_up_for_on_as_many_mornings_as_planners_want(
    table: Timetable, back: str, told: tuple[str, bool]
) -> None:
    assert stage_told(table, back) == [told]


def test_a_stage_missed_until_the_days_end_waits_for_the_next_morning_and_is_not_recorded() -> None:
    table = holding(until=time(17))
    assert stage_told(table, "2026-06-12 16:30") == [("06-12 09:00", False)]
    assert stage_told(table, "2026-06-12 17:30") == [("06-15 09:00", False)]


def test_how_long_a_stage_is_made_up_for_is_settled_on_its_day() -> None:
    """Else one that is late could be told after it was recorded, or be neither."""
    fewer, more = holding(date(2026, 6, 15), mornings=0), holding(date(2026, 6, 15), mornings=5)
    assert stage_told(fewer, "2026-06-16 08:00") == [("06-16 09:00", False)]
    assert stage_told(more, "2026-06-17 08:00") == [("06-17 09:00", True)]


@pytest.mark.parametrize(("hour", "later"), [(time(10, 30), "10:30"), (time(8), "08:00")])
def test_a_change_before_nine_neither_loses_nor_doubles_that_days_reminder(
    tmp_path: Path, plan: Plan, clock: Clock, hour: time, later: str
) -> None:
    connections, slack = Connections(tmp_path / "kpibot.db"), FakeSlack(clock)
    db, speaker = connections(), Speaker(connections, slack, lambda: clock.now)
    found_city(db, plan)
    clock.set("2025-06-04 12:00")  # 提出期限は6月12日
    speaker.tick()
    clock.set("2025-06-05 08:30")
    speaker.tick()
    with writing(db):
        change(db, By(PLANNER, clock.now, "test", "朝礼"), replace(DEFAULTS, hour=hour))
    went: dict[str, str] = {}
    for day, every in (("05", 10), ("06", 60), ("09", 10)):
        for minutes in range(0, 5 * 60, every):
            at = moment(f"2025-06-{day} 07:50") + timedelta(minutes=minutes)
            if at > clock.now:
                clock.set(f"{at:%Y-%m-%d %H:%M}")
                for key in speaker.tick():
                    went.setdefault(key, f"{at:%H:%M}")
    mine = {key: at for key, at in went.items() if key.endswith(":U0CHILDREN")}
    assert mine == {"remind:2025-06-05:U0CHILDREN": "09:00", "remind:2025-06-09:U0CHILDREN": later}
    assert all(count == 1 for count in slack.counts.values())


def test_what_slack_would_not_take_lapses_with_the_window_that_planners_chose(
    db: Database, clock: Clock, slack: FakeSlack, poster: Poster
) -> None:
    clock.set("2026-05-31 12:00")
    wanted = replace(DEFAULTS, until=time(17), weekly=timedelta(days=3))
    rests = {"remind:2026-06-01:C1": 7, "remind:2026-06-01:C2": 9, "digest:2026-W23:C3": 70}
    with writing(db):
        change(db, By(PLANNER, clock.now, "test", "朝礼"), wanted)
        clock.set("2026-06-01 09:00")
        for key, rest in rests.items():
            outbox.enqueue(db, key, key[-2:], "題", {"text": key}, clock(), since=clock())
            slack.fail("post", TooMany(rest * 3600))
    for when in ("2026-06-01 09:00", "2026-06-01 16:30", "2026-06-01 18:30", "2026-06-04 08:30"):
        clock.set(when)
        poster.drain(db)
    assert {each.key: each.state for each in outbox.messages(db)} == {
        "remind:2026-06-01:C1": "sent",
        "remind:2026-06-01:C2": "skipped",
        "digest:2026-W23:C3": "sent",
    }
