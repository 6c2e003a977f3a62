"""What the bot would say in the days ahead: just what occasions will give, no more and no less."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from schedules.due import Debt, Occasion, Queue, Scene
from schedules.occasions import occasions
from schedules.upcoming import DAYS, ahead, find, upcoming
from store.quiet import Quiet
from store.subscriptions import Subscription
from tests.schedules.stand_in import moment

CHILDREN = Debt("children", "こども課", ("U1", "U2"), frozenset({date(2026, 6, 12)}))
CITY = Scene(
    "p",
    2025,
    date(2026, 5, 11),
    digests=(Subscription("C1"), Subscription("C2")),
    debts=(CHILDREN,),
    planners=("U9",),
)
DATES = st.dates(date(2026, 4, 1), date(2026, 9, 30))
SCENES = st.builds(
    Scene,
    plan=st.just("p"),
    collection=st.just(2025),
    opens=st.dates(date(2026, 4, 1), date(2026, 6, 1)),
    digests=st.sampled_from([(), (Subscription("C1"),), (Subscription("C1"), Subscription("C2"))]),
    debts=st.lists(
        st.builds(
            Debt,
            department=st.sampled_from(["a", "b"]),
            name=st.just("課"),
            audiences=st.sampled_from([("U1",), ("U1", "U2")]),
            dues=st.frozensets(DATES, max_size=2),
        ),
        max_size=2,
        unique_by=lambda debt: debt.department,
    ).map(tuple),
    planners=st.sampled_from([(), ("U9",)]),
    queues=st.sampled_from([(), (Queue("approve", "U9", frozenset({date(2026, 6, 1)})),)]),
    quiet=st.sampled_from([(), (Quiet("議会", date(2026, 6, 8), date(2026, 6, 19)),)]),
)
MOMENTS = st.floats(0, 120).map(lambda days: moment("2026-04-01 00:00") + timedelta(days=days))


def as_time_passes(scene: Scene, since: datetime, days: int) -> list[Occasion]:
    """What is found by looking three times a day, each occasion as it is first seen."""
    found, end = list[Occasion](), since + timedelta(days=days)
    while since < end:
        now = min(since + timedelta(hours=8), end)
        found += occasions(scene, since, now)
        since = now
    return found


@settings(deadline=None, max_examples=60)
@given(SCENES, MOMENTS)
def test_all_that_occasions_will_give_is_listed_and_nothing_else(
    scene: Scene, now: datetime
) -> None:
    listed = ahead(scene, now, 30)
    given_later = as_time_passes(scene, now, 30)
    assert [each.key for each in listed] == [each.key for each in given_later]
    assert all(now < each.due <= now + timedelta(days=30) for each in listed)


@settings(deadline=None, max_examples=60)
@given(SCENES, MOMENTS)
def test_taking_things_together_loses_nobody(scene: Scene, now: datetime) -> None:
    one_by_one = [(e.due, e.kind, e.title, e.audience) for e in ahead(scene, now, 30)]
    together = [(c.due, c.kind, c.title, a) for c in upcoming(scene, now, 30) for a in c.audiences]
    assert sorted(together) == sorted(one_by_one)


def test_what_says_one_thing_to_several_is_one_entry() -> None:
    found = upcoming(CITY, moment("2026-06-07 12:00"), 4)
    assert [(f"{each.due:%m-%d %H:%M}", each.kind, each.audiences) for each in found] == [
        ("06-08 09:00", "digest", ("C1", "C2")),
        ("06-09 09:00", "reminder", ("U1", "U2")),
        ("06-11 09:00", "reminder", ("U1", "U2")),
    ]


def test_what_a_quiet_period_keeps_back_says_so() -> None:
    quiet = Scene(
        "p",
        2025,
        date(2026, 5, 11),
        digests=(Subscription("C1"),),
        quiet=(Quiet("6月議会", date(2026, 6, 8), date(2026, 6, 12)),),
    )
    held, said = upcoming(quiet, moment("2026-06-07 12:00"), 10)
    assert "6月議会" in held.why
    assert said.why == ""


def test_an_occasion_ahead_is_found_by_its_key_and_a_past_one_is_not() -> None:
    now = moment("2026-06-08 09:00")
    (first, *_) = ahead(CITY, now, 7)
    assert find(CITY, now, first.key) == first
    assert find(CITY, first.due, first.key) is None
    assert all(each.due <= now + timedelta(days=DAYS) for each in ahead(CITY, now))
