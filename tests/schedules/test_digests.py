"""Digests of their own scope, day and hour: when they come, what they tell, and that none comes twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest
from sqlite_utils import Database

from answers.content import Content
from sandbox.blocks import mistakes_in_blocks
from schedules.delivery import Poster
from schedules.digests.digest import Issue, digest
from schedules.digests.issue import make_digest, post_now
from schedules.digests.occasions import day_of, next_due
from schedules.digests.scoping import goal_scope, scoped
from schedules.due import Lapsed, Scene
from schedules.news import News
from schedules.occasions import occasions
from schedules.scene import Stage, read_stage
from schedules.slack import Refused, Unsure
from schedules.timely import may_go
from store import outbox
from store.acts import By
from store.db import writing
from store.errors import Stale
from store.migrations import migrations
from store.plan import Plan
from store.subscriptions import (
    Scope,
    Subscription,
    change,
    choices,
    end_all,
    issues,
    named,
    subscribe,
    subscriptions,
    told_until,
    unsubscribe,
)
from tests.schedules.city import PLANNER, approved, found_city, give
from tests.schedules.stand_in import Clock, FakeSlack, moment

WELFARE = Scope("department", "welfare")
MONDAY = date(2025, 6, 2)


def by(at: str = "2025-05-26 08:00", reason: str | None = None) -> By:
    return By(PLANNER, moment(at), "test", reason)


@pytest.fixture
def city(db: Database, plan: Plan) -> Database:
    found_city(db, plan, ())
    return db


def begun(db: Database, wanted: Subscription) -> Subscription:
    with writing(db):
        subscribe(db, by(), wanted)
    held = named(db, wanted.name)
    assert held is not None
    return held


def stage_of(db: Database, day: date = MONDAY) -> Stage:
    stage = read_stage(db, day)
    assert stage is not None
    return replace(stage, head=None)


def said(db: Database, subscription: Subscription, day: date = MONDAY) -> str:
    return make_digest(db, stage_of(db, day), subscription).content.plain


def fits(content: Content) -> bool:
    message = content.message
    return (
        not mistakes_in_blocks(list(message["blocks"]), "message", lambda _: True)
        and len(message["text"]) <= 4000
    )


@pytest.mark.parametrize(
    ("rhythm", "day", "within", "expected"),
    [
        ("weekly", 2, "2026-06-01", "2026-06-03"),
        ("weekly", 0, "2026-11-23", "2026-11-24"),  # 勤労感謝の日
        ("weekly", 2, "2026-05-04", "2026-05-07"),  # 水曜日は振替休日
        ("weekly", 4, "2027-04-26", "2027-04-30"),
        ("weekly", 4, "2026-03-16", "2026-03-19"),  # 金曜日は春分の日、後は週末
        ("weekly", 2, "2025-12-29", None),
        ("monthly", 1, "2026-05-20", "2026-05-01"),
        ("monthly", 1, "2026-01-20", "2026-01-05"),
        ("monthly", 31, "2026-02-01", "2026-02-27"),
        ("monthly", 20, "2026-06-01", "2026-06-22"),
    ],
)
def test_it_comes_on_the_chosen_day_or_the_working_day_next_to_it(
    rhythm: str, day: int, within: str, expected: str | None
) -> None:
    each = Subscription("C1", rhythm="weekly" if rhythm == "weekly" else "monthly", day=day)
    found = day_of(each, date.fromisoformat(within))
    assert found == (date.fromisoformat(expected) if expected else None)


def test_each_comes_at_its_own_hour_with_a_key_of_its_own() -> None:
    goal = goal_scope("p", "1")
    wanted = (
        Subscription("C1"),
        Subscription("C1", goal, time=time(13, 30)),
        Subscription("C1", rhythm="monthly", day=1, time=time(16)),
    )
    scene = Scene("p", 2025, date(2026, 5, 11), digests=wanted)
    found = occasions(scene, moment("2026-06-01 08:00"), moment("2026-06-01 17:00"))
    assert [(o.key, f"{o.due:%H:%M}", o.title) for o in found] == [
        ("digest:2026-W23:C1", "09:00", "週報"),
        ("digest:2026-W23:C1:goal:p/1", "13:30", "週報"),
        ("digest:2026-M06:C1", "16:00", "月報"),
    ]


def test_it_is_late_by_a_day_in_the_week_and_by_three_in_the_month() -> None:
    due = moment("2026-06-03 13:00").timestamp()
    late, later = moment("2026-06-04 13:00").timestamp(), moment("2026-06-04 13:01").timestamp()
    assert may_go("digest:2026-W23:C1", late, due) == late
    assert may_go("digest:2026-M06:C1", later, due) == later
    with pytest.raises(Lapsed, match="2026-06-03 13:00"):
        may_go("digest:2026-W23:C1", later, due)


def test_the_next_one_is_the_first_ahead_that_was_not_taken_already() -> None:
    each = Subscription("C1", day=2, time=time(13))
    assert next_due(each, moment("2026-06-03 12:59")) == moment("2026-06-03 13:00")
    assert next_due(each, moment("2026-06-03 13:00")) == moment("2026-06-10 13:00")
    taken = frozenset({"digest:2026-W23:C1"})
    assert next_due(each, moment("2026-06-03 09:00"), taken) == moment("2026-06-10 13:00")


def test_who_chose_what_is_kept_and_the_newest_choice_holds(city: Database) -> None:
    weekly = begun(city, Subscription("C1"))
    with writing(city):
        assert not subscribe(city, by(), weekly)
        assert subscribe(city, by("2025-05-27 10:00", "会議に合わせて"), replace(weekly, day=3))
    (choice,) = choices(city)
    assert (choice.subscription.day, choice.reason) == (3, "会議に合わせて")
    with writing(city):
        assert unsubscribe(city, by(), weekly.name)
        assert not unsubscribe(city, by(), weekly.name)
    assert subscriptions(city) == ()
    assert city.execute("SELECT count(*) FROM subscriptions").fetchone()[0] == 3


def test_a_channel_that_is_opened_to_outsiders_gets_none_any_more(city: Database) -> None:
    ended = begun(city, Subscription("C1")), begun(city, Subscription("C1", WELFARE))
    kept = begun(city, Subscription("C2"))
    with writing(city):
        assert end_all(city, by(reason="組織の外と共有されたため"), "C1") == ended
    assert subscriptions(city) == (kept,)


def test_channels_that_had_the_digest_before_keep_it(tmp_path: Path) -> None:
    db = Database(tmp_path / "kpibot.db")
    migrations.apply(db, stop_before="030-subscriptions")
    row = "INSERT INTO settings(key, value, at, actor, surface) VALUES "
    db.execute(f"{row} ('digest.since.C1', '7', '2025-06-03T10:00:00+09:00', 'U1', 'shell')")
    db.execute(f"{row} ('digest.since.C2', '0', '2025-06-03T10:00:00+09:00', 'U1', 'shell')")
    db.execute(f"{row} ('digest.since.C2', NULL, '2025-06-04T10:00:00+09:00', 'U1', 'shell')")
    db.execute(
        """INSERT INTO outbox(key, audience, title, payload, state, made_at, next_at, mark)
           VALUES ('digest:2025-W23:C1', 'C1', '週報', '{}', 'sent', 0, 0, 9)"""
    )
    db.conn.commit()
    migrations.apply(db)
    (kept,) = subscriptions(db)
    assert (kept, kept.since) == (Subscription("C1", since=7), 7)
    assert told_until(db, kept) == 9


def test_another_scope_goes_on_where_the_subscription_stood(city: Database, plan: Plan) -> None:
    weekly = begun(city, Subscription("C1"))
    approved(city, plan, "1-1b", 2024, "12", moment("2025-05-28 10:00"))
    monthly = Subscription("C1", rhythm="monthly", day=1)
    with writing(city):
        change(city, by(), weekly.name, monthly)
    (held,) = subscriptions(city)
    assert (held.name, held.since) == (monthly.name, weekly.since)
    assert "今月承認された値（1件）" in said(city, held)


def test_a_goal_and_a_department_hear_of_their_own_indicators_only(
    city: Database, plan: Plan
) -> None:
    goal = begun(city, Subscription("C1", goal_scope(plan.id, "3")))
    welfare = begun(city, Subscription("C1", WELFARE))
    approved(city, plan, "1-1b", 2024, "12", moment("2025-05-28 10:00"))
    assert "総合戦略 週報（基本目標3）" in said(city, goal)
    assert "1-1b 保育所（園）待機児童数 — → 12人" in said(city, goal)
    assert said(city, welfare) == "総合戦略 週報（福祉健康課）　今週の更新はありません。"


def test_only_its_own_channel_hears_what_a_department_owes(city: Database, plan: Plan) -> None:
    elsewhere = begun(city, Subscription("C1", WELFARE))
    at_home = begun(city, Subscription("C0WELFARE", WELFARE))
    approved(city, plan, "2-1a", 2024, "50", moment("2025-05-28 10:00"))
    late = date(2025, 6, 16)
    assert "提出がまだのもの" in said(city, at_home, late)
    assert "営業日超過" in said(city, at_home, late)
    for word in ("提出", "超過", "未提出"):
        assert word not in said(city, elsewhere, late).split("これから")[0]


def test_a_digest_is_about_what_there_is(city: Database, plan: Plan) -> None:
    gone = begun(city, Subscription("C1", goal_scope("another-plan", "3")))
    assert stage_of(city).scene.digests == ()
    with pytest.raises(Stale, match="範囲を選び直して"):
        make_digest(city, stage_of(city), gone)


def charts(blocks: list[dict[str, object]]) -> int:
    return sum(block["type"] == "data_visualization" for block in blocks)


def test_a_digest_has_one_chart_and_arrives_without_where_slack_has_none(
    city: Database, plan: Plan, slack: FakeSlack
) -> None:
    each = begun(city, Subscription("C1"))
    approved(city, plan, "1-1b", 2024, "12", moment("2025-05-28 10:00"))
    clock = Clock(moment("2025-06-02 09:00").timestamp())
    with writing(city):
        post_now(city, stage_of(city), each, clock.now)
    (made,) = outbox.messages(city)
    assert charts(made.payload["blocks"]) == 1
    poster = Poster(slack, clock)
    slack.fail("post", Refused("invalid_blocks"))
    slack.fail("post", Unsure("dropped"), "after")
    for _ in range(3):
        poster.drain(city)
        clock.tick(200)
    (posted,) = slack.posted
    kept = outbox.message(city, posted.key)
    assert kept is not None
    assert (kept.state, kept.via) == ("sent", "lookup")
    assert kept.payload == posted.payload
    assert charts(posted.payload["blocks"]) == 0


def test_on_its_day_and_before_its_hour_it_is_the_regular_one(city: Database, plan: Plan) -> None:
    each = begun(city, Subscription("C1", day=0, time=time(13)))
    with writing(city):
        assert post_now(city, stage_of(city), each, moment("2025-06-02 10:00"))
    assert [row["key"] for row in issues(city, each)] == ["digest:2025-W23:C1"]
    with writing(city), pytest.raises(Stale, match="送っているところ"):
        post_now(city, stage_of(city), each, moment("2025-06-02 10:01"))
    with writing(city):
        outbox.mark_sent(city, "digest:2025-W23:C1", "C1", "1.1", "post")
        assert not post_now(city, stage_of(city), each, moment("2025-06-02 10:02"))
    assert issues(city, each)[-1]["key"] == "digest-asked:2:weekly:C1"
    extra = outbox.message(city, "digest-asked:2:weekly:C1")
    assert extra is not None
    assert "前回からの更新はありません" in extra.payload["text"]


def test_all_indicators_with_the_longest_names_fit_in_every_scope(
    city: Database, plan: Plan
) -> None:
    begun(city, Subscription("C1"))
    for indicator in plan.indicators:
        values = {series.name: "1" for series in indicator.series}
        approved(city, plan, indicator.id, 2024, values, moment("2025-05-28 10:00"))
    give(city, plan, "1-1c", 2023, "7.1", moment("2025-05-30 12:00"))
    stage = stage_of(city)
    long = "とても長い名前の指標" * 20
    standings = {
        i: replace(s, indicator=s.indicator.model_copy(update={"name": long}))
        for i, s in stage.outlook.standings.items()
    }
    seen = replace(stage, outlook=replace(stage.outlook, standings=standings))
    for scope in (Scope(), goal_scope(plan.id, "3"), WELFARE):
        assert fits(make_digest(city, seen, Subscription("C0WELFARE", scope)).content)


def test_a_chart_counts_what_the_table_says(city: Database, plan: Plan) -> None:
    approved(city, plan, "1-1b", 2024, "12", moment("2025-05-28 10:00"))
    content = make_digest(city, stage_of(city), Subscription("C1")).content
    (block,) = [b for b in content.blocks if b["type"] == "data_visualization"]
    (table,) = [b for b in content.blocks if b["type"] == "table"]
    heads, *rows = [[cell["text"] for cell in cells] for cells in table["rows"]]
    drawn = {s["name"]: [str(p["value"]) for p in s["data"]] for s in block["chart"]["series"]}
    for place, name in enumerate(heads[1:-1], 1):
        assert drawn[name] == [row[place].partition("（")[0] for row in rows]
    assert block["title"] == "目標ごとの達成状況"


def test_a_month_is_called_so(city: Database, plan: Plan) -> None:
    approved(city, plan, "1-1b", 2024, "12", moment("2025-05-28 10:00"))
    monthly = Subscription("C1", rhythm="monthly", day=1)
    assert "総合戦略 月報　2025年6月（6/2）" in said(city, monthly)
    view = scoped(stage_of(city).outlook, {}, Scope())
    assert view is not None

    assert "今月の更新はありません" in digest(Issue(view, News((), 0), "monthly")).plain
