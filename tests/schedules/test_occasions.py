"""When the bot speaks by itself, by the calendar of Tokyo."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schedules.due import Debt, Lapsed, Occasion, Queue, Scene, Topic, Wait
from schedules.hours import moments_between, next_speaking, speaking
from schedules.occasions import occasions
from schedules.reminding_days import expected_month, is_reminder_day, snooze_days
from schedules.timely import due_of, may_go
from store.fiscal import TOKYO
from store.quiet import Quiet
from store.snoozes import Snooze
from store.subscriptions import Scope, Subscription
from store.workdays import is_working_day, on_or_after, on_or_before
from tests.schedules.stand_in import moment

GOAL = Scope("goal", "p/1")
WEEKLY = Subscription("C1")
DIGESTS = Scene("p", 2025, date(2026, 5, 11), digests=(WEEKLY,))
CHILDREN = Debt("children", "こども課", ("U1", "U2"), frozenset({date(2026, 6, 12)}))
OWED = Scene("p", 2025, date(2026, 5, 11), debts=(CHILDREN,))


def days_of(scene: Scene, first: str, last: str) -> list[str]:
    """The days on which something falls due, looked at once an hour, each day once."""
    found: list[Occasion] = []
    since, end = moment(first), moment(last)
    while since < end:
        now = since + timedelta(hours=1)
        found += occasions(scene, since, now)
        since = now
    assert not any(each.lapsed for each in found)
    return list(dict.fromkeys(f"{each.due:%Y-%m-%d}" for each in found))


@pytest.mark.parametrize(
    ("week", "expected"),
    [
        ("2026-06-01 00:00", ["2026-06-01"]),
        ("2026-11-23 00:00", ["2026-11-24"]),  # 勤労感謝の日
        ("2026-05-04 00:00", ["2026-05-07"]),  # みどりの日、こどもの日、振替休日
        ("2026-09-21 00:00", ["2026-09-24"]),  # 敬老の日、国民の休日、秋分の日
        ("2025-12-29 00:00", []),  # 年末年始、1月1日と2日
        ("2026-12-28 00:00", ["2026-12-28"]),
        ("2027-01-04 00:00", ["2027-01-04"]),
    ],
)
def test_a_digest_comes_on_the_first_working_day_of_a_week_that_has_one(
    week: str, expected: list[str]
) -> None:
    end = moment(week) + timedelta(days=7)
    assert days_of(DIGESTS, week, f"{end:%Y-%m-%d %H:%M}") == expected


def test_a_digest_is_due_at_nine_and_not_before() -> None:
    start = moment("2026-06-01 00:00")
    assert occasions(DIGESTS, start, moment("2026-06-01 08:59")) == []
    (digest,) = occasions(DIGESTS, start, moment("2026-06-01 09:00"))
    assert (digest.key, digest.audience) == ("digest:2026-W23:C1", "C1")
    assert occasions(DIGESTS, moment("2026-06-01 09:00"), moment("2026-06-01 23:00")) == []


def test_a_digest_is_named_by_the_week_of_its_monday() -> None:
    (digest,) = occasions(DIGESTS, moment("2024-12-30 00:00"), moment("2025-01-06 10:00"))
    assert digest.key == "digest:2025-W02:C1"
    (digest,) = occasions(DIGESTS, moment("2026-11-22 00:00"), moment("2026-11-24 10:00"))
    assert digest.key == "digest:2026-W48:C1"


def test_a_digest_may_be_a_day_late_and_then_lapses() -> None:
    start = moment("2026-05-31 12:00")
    (late,) = occasions(DIGESTS, start, moment("2026-06-02 09:00"))
    (later,) = occasions(DIGESTS, start, moment("2026-06-02 09:01"))
    assert (late.lapsed, later.lapsed) == (False, True)


def test_a_department_is_reminded_ever_more_often_until_it_is_due_and_weekly_after() -> None:
    assert days_of(OWED, "2026-04-01 00:00", "2026-07-20 00:00") == [
        "2026-05-13",
        "2026-05-29",
        "2026-06-05",
        "2026-06-09",
        "2026-06-11",
        "2026-06-12",
        "2026-06-19",
        "2026-06-26",
        "2026-07-03",
        "2026-07-10",
        "2026-07-17",
    ]


def test_reminders_move_to_the_working_day_before_and_weekly_ones_to_the_next() -> None:
    golden_week = replace(CHILDREN, dues=frozenset({date(2026, 5, 6)}))
    scene = replace(OWED, debts=(golden_week,), opens=date(2026, 4, 1))
    assert days_of(scene, "2026-04-01 00:00", "2026-05-28 00:00") == [
        "2026-04-06",
        "2026-04-22",
        "2026-04-28",  # 29日は昭和の日
        "2026-05-01",  # 3、1日前と当日は連休
        "2026-05-13",
        "2026-05-20",
        "2026-05-27",
    ]
    year_end = replace(CHILDREN, dues=frozenset({date(2026, 12, 24)}))
    scene = replace(OWED, debts=(year_end,))
    assert days_of(scene, "2026-12-24 10:00", "2027-01-15 00:00") == [
        "2027-01-04",  # 12月31日から
        "2027-01-07",
        "2027-01-14",
    ]


def test_nothing_is_said_before_the_collection_opens() -> None:
    scene = replace(OWED, opens=date(2026, 6, 8))
    assert days_of(scene, "2026-04-01 00:00", "2026-06-10 00:00") == ["2026-06-09"]


def test_a_new_due_date_of_something_returned_is_reminded_of_too() -> None:
    returned = replace(CHILDREN, dues=frozenset({date(2026, 6, 24)}))
    scene = replace(OWED, debts=(returned,))
    assert days_of(scene, "2026-06-16 00:00", "2026-06-26 00:00") == [
        "2026-06-17",
        "2026-06-19",  # 3日前は日曜日
        "2026-06-23",
        "2026-06-24",
    ]


def test_a_reminder_goes_to_each_listener_and_is_named_by_its_day() -> None:
    found = occasions(OWED, moment("2026-06-05 08:00"), moment("2026-06-05 10:00"))
    assert [(each.audience, each.key) for each in found] == [
        ("U1", "remind:2026-06-05:U1"),
        ("U2", "remind:2026-06-05:U2"),
    ]


def test_of_the_reminders_missed_in_downtime_only_the_newest_that_still_matters_is_posted() -> None:
    found = occasions(OWED, moment("2026-05-28 00:00"), moment("2026-06-12 17:00"))
    assert {f"{each.due:%m-%d}" for each in found if each.lapsed} == {
        "05-29",
        "06-05",
        "06-09",
        "06-11",
    }
    assert {f"{each.due:%m-%d}" for each in found if not each.lapsed} == {"06-12"}


def queue(*since: date) -> Queue:
    return Queue("approve", "U9", frozenset(since))


def test_whoever_decides_is_nudged_after_three_working_days_and_then_every_week() -> None:
    scene = Scene("p", 2025, date(2026, 5, 11), queues=(queue(date(2026, 6, 4)),))
    assert days_of(scene, "2026-06-04 00:00", "2026-06-25 00:00") == [
        "2026-06-10",
        "2026-06-17",
        "2026-06-24",
    ]
    (nudge,) = occasions(scene, moment("2026-06-10 08:00"), moment("2026-06-10 09:00"))
    assert (nudge.key, nudge.kind) == ("remind:2026-06-10:U9", "nudge")


def test_what_begins_to_wait_later_is_nudged_of_on_its_own_day() -> None:
    waits = queue(date(2026, 6, 4), date(2026, 6, 5))
    scene = Scene("p", 2025, date(2026, 5, 11), queues=(waits,))
    assert days_of(scene, "2026-06-04 00:00", "2026-06-13 00:00") == ["2026-06-10", "2026-06-11"]


def test_a_snooze_skips_reminders_and_reminds_once_on_its_day() -> None:
    held = Snooze(date(2026, 6, 8), moment("2026-06-01 10:00"), "U1")
    scene = replace(OWED, debts=(replace(CHILDREN, snooze=held),))
    assert days_of(scene, "2026-05-28 00:00", "2026-06-12 00:00") == [
        "2026-05-29",
        "2026-06-08",
        "2026-06-09",
        "2026-06-11",
    ]


def test_a_snooze_before_nine_holds_back_that_mornings_reminder_too() -> None:
    held = Snooze(date(2026, 6, 8), moment("2026-06-05 08:30"), "U1")
    scene = replace(OWED, debts=(replace(CHILDREN, snooze=held),))
    assert days_of(scene, "2026-06-04 00:00", "2026-06-09 00:00") == ["2026-06-08"]


@pytest.mark.parametrize(
    ("today", "days"),
    [
        ("2026-06-01", {"tomorrow": "06-02", "three": "06-04", "week": "06-08"}),
        ("2026-06-10", {"tomorrow": "06-11", "three": "06-12"}),  # 期限は12日
        ("2026-06-11", {"tomorrow": "06-12"}),
        ("2026-06-12", {"tomorrow": "06-15", "week": "06-19"}),  # 3日後も月曜日
        ("2026-06-16", {"tomorrow": "06-17", "three": "06-19", "week": "06-23"}),
        ("2026-04-28", {"tomorrow": "04-30", "three": "05-01", "week": "05-07"}),
    ],
)
def test_a_snooze_ends_on_a_working_day_and_no_later_than_the_due_day(
    today: str, days: dict[str, str]
) -> None:
    found = snooze_days(date.fromisoformat(today), CHILDREN.dues)
    told = {name: f"{day:%m-%d}" for name, day in found}
    assert told == days


@given(
    st.dates(date(2026, 1, 1), date(2028, 12, 31)), st.dates(date(2026, 1, 1), date(2028, 12, 31))
)
def test_a_snooze_lasts_to_the_due_day_or_about_a_week_at_most(today: date, due: date) -> None:
    """A week's end that is no working day is moved over it, at the longest over a closure."""
    days = [day for _, day in snooze_days(today, [due])]
    assert days
    assert days == sorted(set(days))
    assert all(is_working_day(day) and day > today for day in days)
    assert max(days) <= on_or_after(today + timedelta(days=7))
    assert on_or_before(due) <= today or max(days) <= on_or_before(due)


def test_planners_hear_of_a_department_that_is_a_week_overdue_and_ever_less_often() -> None:
    scene = replace(OWED, debts=(replace(CHILDREN, audiences=()),), planners=("U9",))
    assert days_of(scene, "2026-06-01 00:00", "2026-11-01 00:00") == [
        "2026-06-19",
        "2026-06-26",
        "2026-07-03",
        "2026-07-10",
        "2026-08-07",
        "2026-09-04",
        "2026-10-02",
        "2026-10-30",
    ]
    (told,) = occasions(scene, moment("2026-06-19 08:00"), moment("2026-06-19 10:00"))
    assert told.topics == (Topic("overdue", "children"),)


def test_nothing_late_is_asked_for_once_the_figures_are_published() -> None:
    scene = replace(OWED, planners=("U9",), until=date(2026, 6, 26))
    assert days_of(scene, "2026-06-12 10:00", "2026-12-01 00:00") == ["2026-06-19", "2026-06-26"]


def test_a_statistic_is_reminded_of_on_the_first_and_the_last_working_day_of_its_month() -> None:
    wait = Wait("trade", "産業文化課", ("U5",), frozenset({date(2026, 8, 1)}))
    scene = Scene("p", 2025, date(2026, 5, 11), waits=(wait,))
    assert days_of(scene, "2026-04-01 00:00", "2026-12-01 00:00") == ["2026-08-03", "2026-08-31"]


@pytest.mark.parametrize(
    ("month", "said", "expected"),
    [
        (10, "2026-06-05", "2026-10-01"),
        (6, "2026-06-05", "2026-06-01"),
        (3, "2026-06-05", "2027-03-01"),
    ],
)
def test_a_month_is_the_next_of_that_name(month: int, said: str, expected: str) -> None:
    found = expected_month(month, date.fromisoformat(said))
    assert found == date.fromisoformat(expected)


def test_an_opinion_is_asked_for_like_a_figure_until_it_is_answered_whatever_is_published() -> None:
    scene = replace(OWED, debts=(), opinions=(CHILDREN,), until=date(2026, 6, 1))
    expected = [5, 9, 11, 12, 19, 26]
    assert days_of(scene, "2026-06-01 00:00", "2026-07-01 00:00") == [
        f"2026-06-{day:02}" for day in expected
    ]
    due = occasions(scene, moment("2026-06-12 08:00"), moment("2026-06-12 09:00"))
    assert [(each.audience, each.title) for each in due] == [
        ("U1", "意見への対応のお願い（こども課）"),
        ("U2", "意見への対応のお願い（こども課）"),
    ]


def test_everything_for_one_audience_is_one_message_a_day() -> None:
    """A planner who is of a late department and has something to approve."""
    scene = replace(
        OWED,
        debts=(replace(CHILDREN, audiences=("U9",)),),
        planners=("U9",),
        queues=(queue(date(2026, 6, 15)),),
    )
    (told,) = occasions(scene, moment("2026-06-19 08:00"), moment("2026-06-19 10:00"))
    assert [topic.matter for topic in told.topics] == ["owed", "approve", "overdue"]
    assert told.title == "提出のお願い（こども課）／承認のお願い（まとめ）／提出の遅れのお知らせ"


def test_nothing_is_said_in_a_quiet_period_and_what_was_due_in_it_says_why() -> None:
    assembly = Quiet("6月議会", date(2026, 6, 4), date(2026, 6, 11))
    scene = replace(OWED, digests=(WEEKLY,), quiet=(assembly,))
    found = occasions(scene, moment("2026-06-03 00:00"), moment("2026-06-11 20:00"))
    assert found
    assert all(each.lapsed for each in found)
    assert {each.why for each in found if each.due.day == 11} == {
        "通知を控える期間（6月議会）のため送りませんでした。"
    }
    assert not any(
        each.lapsed
        for each in occasions(scene, moment("2026-06-11 20:00"), moment("2026-06-12 10:00"))
    )


def test_the_bot_speaks_on_working_days_from_eight_to_ten_at_night() -> None:
    assert [
        speaking(moment(text))
        for text in (
            "2026-06-01 07:59",
            "2026-06-01 08:00",
            "2026-06-01 21:59",
            "2026-06-01 22:00",
            "2026-06-06 12:00",
            "2026-11-23 12:00",
        )
    ] == [False, True, True, False, False, False]
    assert next_speaking(moment("2026-06-05 22:30")) == moment("2026-06-08 08:00")
    assert next_speaking(moment("2026-06-08 03:00")) == moment("2026-06-08 08:00")


def test_the_outbox_keeps_the_hours_of_occasions_and_of_nothing_else() -> None:
    def go(key: str, text: str) -> datetime:
        return datetime.fromtimestamp(may_go(key, moment(text).timestamp()), TOKYO)

    night = "2026-06-01 23:00"
    assert go("approval:1:U1", night) == moment(night)
    assert go("remind:2026-06-01:U1:done:children", night) == moment(night)
    assert go("digest:2026-W23:C1", night) == moment("2026-06-02 08:00")
    assert go("remind:2026-06-01:U1", "2026-06-01 21:00") == moment("2026-06-01 21:00")
    with pytest.raises(Lapsed, match="2026-06-01 09:00"):
        go("remind:2026-06-01:U1", "2026-06-02 08:00")
    with pytest.raises(Lapsed):
        go("remind:p:2025:children:2026-06-01:U1", "2026-06-02 08:00")
    with pytest.raises(Lapsed):
        go("digest:2026-W23:C1", "2026-06-02 09:01")


SCENES = st.builds(
    Scene,
    plan=st.just("p"),
    collection=st.just(2025),
    opens=st.dates(date(2026, 4, 1), date(2026, 6, 1)),
    digests=st.sampled_from(
        [(), (WEEKLY,), (WEEKLY, Subscription("C2", GOAL, day=2, time=time(13)))]
    ),
    debts=st.lists(
        st.builds(
            Debt,
            department=st.sampled_from(["a", "b"]),
            name=st.just("課"),
            audiences=st.just(("U1",)),
            dues=st.frozensets(st.dates(date(2026, 5, 1), date(2026, 12, 31)), max_size=3),
        ),
        max_size=2,
        unique_by=lambda debt: debt.department,
    ).map(tuple),
    planners=st.sampled_from([(), ("U9",), ("U1", "U9")]),
    waits=st.lists(
        st.builds(
            Wait,
            department=st.sampled_from(["a", "b"]),
            name=st.just("課"),
            audiences=st.just(("U1",)),
            months=st.frozensets(st.sampled_from([date(2026, n, 1) for n in range(4, 13)])),
        ),
        max_size=2,
    ).map(tuple),
    queues=st.lists(
        st.builds(
            Queue,
            matter=st.sampled_from(["confirm", "approve"]),
            audience=st.sampled_from(["U1", "U9"]),
            since=st.frozensets(st.dates(date(2026, 4, 1), date(2026, 12, 31)), max_size=3),
            department=st.just(""),
        ),
        max_size=3,
    ).map(tuple),
    quiet=st.lists(
        st.tuples(st.dates(date(2026, 4, 1), date(2026, 12, 31)), st.integers(0, 40)).map(
            lambda found: Quiet("議会", found[0], found[0] + timedelta(days=found[1]))
        ),
        max_size=2,
    ).map(tuple),
)
MOMENTS = st.floats(0, 365).map(lambda days: moment("2026-04-01 00:00") + timedelta(days=days))


@settings(deadline=None)
@given(SCENES, MOMENTS, MOMENTS, MOMENTS)
def test_looking_in_two_steps_finds_what_one_look_finds(
    scene: Scene, one: datetime, two: datetime, three: datetime
) -> None:
    first, middle, last = sorted((one, two, three))
    whole = occasions(scene, first, last)
    parts = occasions(scene, first, middle) + occasions(scene, middle, last)
    assert [each.key for each in whole] == [each.key for each in parts]
    assert len({each.key for each in whole}) == len(whole)
    assert (
        moments_between(first, last, scene.times, [each.time for each in scene.digests])
        or not whole
    )


@settings(deadline=None)
@given(SCENES, MOMENTS, MOMENTS)
def test_everything_falls_due_at_its_hour_on_a_working_day(
    scene: Scene, one: datetime, two: datetime
) -> None:
    for each in occasions(scene, min(one, two), max(one, two)):
        assert is_working_day(each.due.date())
        assert each.due.hour == (each.subscription.time.hour if each.subscription else 9)
        assert due_of(each.key) == each.due or each.subscription not in {None, WEEKLY}
        assert bool(each.topics) == (each.kind != "digest")
        assert bool(each.why) == each.lapsed
        assert each.lapsed or not any(q.covers(each.due.date()) for q in scene.quiet)
        owing = any(topic.matter in {"owed", "overdue"} for topic in each.topics)
        assert not owing or each.due.date() >= scene.opens


@settings(deadline=None)
@given(SCENES, MOMENTS, MOMENTS)
def test_nobody_gets_more_than_one_reminder_a_day(
    scene: Scene, one: datetime, two: datetime
) -> None:
    found = occasions(scene, min(one, two), max(one, two))
    told = [(each.due, each.audience) for each in found if each.kind != "digest"]
    assert len(set(told)) == len(told)


@settings(deadline=None)
@given(st.dates(date(2026, 1, 1), date(2028, 12, 31)))
def test_a_department_is_reminded_in_every_week_or_so_until_it_gives(due: date) -> None:
    """From the due day on no two reminders are further apart than a week and a long closure."""
    days = [due + timedelta(days=n) for n in range(-1, 60)]
    told = [d for d in days if is_working_day(d) and is_reminder_day(d, due)]
    gaps = [(later - earlier).days for earlier, later in pairwise(told)]
    assert max(gaps) <= 14
    assert 7 <= len(told) <= 10
