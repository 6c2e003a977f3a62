"""What digests and reminders say, and that Slack would take them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlite_utils import Database
from syrupy.assertion import SnapshotAssertion

from answers.content import Content
from answers.layout import compose
from sandbox.blocks import mistakes_in_blocks
from schedules.digests.digest import Issue, digest
from schedules.digests.issue import make_digest
from schedules.digests.scoping import Scoped, scoped
from schedules.news import News, news
from schedules.nudge import nudge
from schedules.reminder import owed_by, reminder
from schedules.scene import Made, Stage, read_stage
from store import cycle, outbox, settings
from store.acts import By
from store.db import writing
from store.departments import Department
from store.plan import Plan
from store.sealing import Head
from store.standing import Outlook, State, outlook
from store.subscriptions import EVERYTHING, Subscription, named, subscribe, tell
from tests.schedules.city import PLANNER, approved, found_city, give, returned
from tests.schedules.stand_in import moment

CHANNEL = "C0DIGEST"
MONDAY = date(2025, 6, 2)
WEEKLY = Subscription(CHANNEL)


@pytest.fixture
def city(db: Database, plan: Plan) -> Database:
    """Two collections told of long ago, then a channel that begins to get digests."""
    found_city(db, plan, ())
    for year, waiting, births in ((2022, "25", "335"), (2023, "18", "320")):
        approved(db, plan, "1-1b", year, waiting, moment(f"{year + 1}-05-20 10:00"))
        approved(db, plan, "7-2a", year, births, moment(f"{year + 1}-05-20 10:00"))
        approved(db, plan, "4-1a", year, "0", moment(f"{year + 1}-05-20 10:00"))
    with writing(db):
        by = By(PLANNER, moment("2025-05-26 08:00"), "test")
        subscribe(db, by, WEEKLY)
    return db


# The head depends on every row; a golden file does not.
NOTED = Head(12, "3f2a9c0b1d2e" + "0" * 52)


def stage_of(db: Database, day: date = MONDAY) -> Stage:
    stage = read_stage(db, day)
    assert stage is not None
    return replace(stage, head=NOTED)


def subscription_of(db: Database) -> Subscription:
    held = named(db, WEEKLY.name)
    assert held is not None
    return held


def everything(seen: Outlook) -> Scoped:
    found = scoped(seen, {}, EVERYTHING)
    assert found is not None
    return found


def told(db: Database, day: date = MONDAY) -> Made:
    return make_digest(db, stage_of(db, day), subscription_of(db))


def mark_as_told(db: Database, made: Made, key: str) -> None:
    """The digest went out."""
    with writing(db):
        outbox.enqueue(db, key, CHANNEL, "週報", made.content.message, 0, mark=made.mark)
        tell(db, key, WEEKLY.name)
        outbox.mark_sent(db, key, CHANNEL, "1.1", "post")


def fits(content: Content) -> bool:
    blocks = list(content.message["blocks"])
    return not mistakes_in_blocks(blocks, "message", lambda _: True) and len(content.text) <= 4000


def test_a_busy_week(city: Database, plan: Plan, snapshot: SnapshotAssertion) -> None:
    mark_as_told(city, told(city), "digest:2025-W22:C0DIGEST")
    approved(city, plan, "1-1b", 2024, "12", moment("2025-05-28 10:00"))
    approved(city, plan, "7-2a", 2024, "312", moment("2025-05-28 11:00"))
    approved(city, plan, "4-1a", 2024, "1", moment("2025-05-29 11:00"))
    approved(city, plan, "1-1b", 2023, "19", moment("2025-05-29 12:00"))
    give(city, plan, "1-1c", 2024, "7.1", moment("2025-05-30 12:00"))
    made = told(city)
    assert fits(made.content)
    assert made.content.plain == snapshot(name="text")
    assert made.content.message["blocks"] == snapshot(name="blocks")


def test_a_quiet_week_is_one_line_and_the_footer(
    city: Database, snapshot: SnapshotAssertion
) -> None:
    content = told(city).content
    assert fits(content)
    assert content.plain == snapshot
    assert len(content.blocks) == 2


@pytest.mark.parametrize(
    ("day", "stage", "end"),
    [
        (date(2025, 5, 7), "照会前", "照会は5/12（月）開始"),
        (date(2025, 6, 2), "提出", "提出 1/68・締切まであと8営業日"),
        (date(2025, 6, 12), "提出", "提出 1/68・締切本日"),
        (date(2025, 6, 16), "提出", "提出 1/68・締切2営業日超過"),
    ],
)
def test_a_quiet_week_says_the_stage_and_how_long_there_is(
    db: Database, plan: Plan, day: date, stage: str, end: str
) -> None:
    first = plan.model_copy(update={"first_year": 2024})
    found_city(db, first)
    give(db, first, "1-1b", 2024, "12", moment("2025-05-20 10:00"))
    said = told(db, day).content.plain.split("\n")
    assert said[0] == f"総合戦略 週報　今週の更新はありません（いまの段階: {stage}）。{end}"
    assert said[-1] == f"履歴の照合番号 {NOTED.short}"


def test_a_reminder(city: Database, plan: Plan, snapshot: SnapshotAssertion) -> None:
    given = give(city, plan, "1-4c", 2024, "40", moment("2025-05-28 10:00"))
    why = "延べ人数か実人数かを確認してください"
    returned(city, given, why, moment("2025-05-29 10:00"), "2025-06-20")
    stage = stage_of(city)
    content = compose(reminder(stage.outlook, stage.known["children"]))
    assert fits(content)
    assert content.plain == snapshot(name="text")
    assert content.message["blocks"] == snapshot(name="blocks")


def test_dates_that_a_planner_set_lose_their_mark(city: Database, plan: Plan) -> None:
    with writing(city):
        by = By(PLANNER, moment("2025-05-26 08:00"), "test")
        settings.put(city, by, cycle.key(plan.id, 2024, "due"), "2025-06-13")
    stage = stage_of(city)
    said = compose(reminder(stage.outlook, stage.known["children"])).plain
    assert "提出期限 6/13 金、あと9営業日" in said
    assert "既定値" not in said


def test_all_sixty_eight_outstanding_fit_one_message_and_its_text_names_each(
    city: Database, plan: Plan
) -> None:
    stage = stage_of(city)
    everything = Department("all", "全庁")
    standings = {
        i: replace(s, department=everything, state=State.MISSING)
        for i, s in stage.outlook.standings.items()
    }
    content = compose(reminder(replace(stage.outlook, standings=standings), everything))
    assert fits(content)
    assert all(f"{i.id} {i.name}" in content.plain for i in plan.indicators)
    buttons = [e for b in content.blocks if b["type"] == "actions" for e in b["elements"]]
    forms = {b["value"] for b in buttons if b["action_id"].startswith("open_form:")}
    assert forms == {f"kitamoto-2|{i}|2024" for i in standings}


def test_the_longest_digest_fits_one_message(city: Database, plan: Plan) -> None:
    for indicator in plan.indicators:
        values = {series.name: "1" for series in indicator.series}
        approved(city, plan, indicator.id, 2024, values, moment("2025-05-28 10:00"))
    content = told(city).content
    assert fits(content)
    assert "今週承認された値（68件）" in content.plain
    assert "ほか58件" in content.plain
    assert content.plain.split("気になるもの\n")[1].split("\n\n")[0].count("\n") == 4


def test_no_department_is_named_in_a_channel(city: Database, plan: Plan) -> None:
    approved(city, plan, "1-1b", 2024, "12", moment("2025-05-28 10:00"))
    stage = stage_of(city, date(2025, 7, 7))
    said = make_digest(city, stage, subscription_of(city)).content
    assert not any(d.name in said.plain for d in stage.known.values())
    assert not any(d.name in str(said.blocks) for d in stage.known.values())


def test_samples_say_so(city: Database, plan: Plan) -> None:
    approved(city, plan, "1-1b", 2024, "12", moment("2025-05-28 10:00"), sample=True)
    made = told(city)
    assert "サンプル（架空の値）" in made.content.plain
    mark_as_told(city, made, "digest:2025-W23:C0DIGEST")
    assert "サンプル（架空の値）" in told(city).content.plain


def test_what_a_digest_told_is_not_told_again_and_a_correction_is(
    city: Database, plan: Plan
) -> None:
    approved(city, plan, "1-1b", 2024, "12", moment("2025-05-28 10:00"))
    made = told(city)
    assert "1-1b 保育所（園）待機児童数 18人 → 12人" in made.content.plain
    mark_as_told(city, made, "digest:2025-W23:C0DIGEST")
    assert "更新はありません" in told(city).content.plain
    approved(city, plan, "1-1b", 2024, "30", moment("2025-06-04 10:00"))
    said = told(city).content.plain
    assert "12人 → 30人（訂正）　▲ 向上 → ■ 未達成" in said
    assert "基本目標3: 達成 0・向上 0（−1）・未達成 2（+1）" in said


def test_news_go_by_decisions_and_not_by_the_clock(city: Database, plan: Plan) -> None:
    """The clock was set back by years: what is approved then is news all the same."""
    mark_as_told(city, told(city), "digest:2025-W22:C0DIGEST")
    approved(city, plan, "1-1b", 2024, "12", moment("2019-01-01 10:00"))
    assert "18人 → 12人" in told(city).content.plain


def test_a_figure_of_three_worse_in_a_row_deserves_a_look(city: Database, plan: Plan) -> None:
    approved(city, plan, "7-2a", 2024, "312", moment("2025-05-28 10:00"))
    seen = outlook(city, plan, MONDAY)
    said = digest(Issue(everything(seen), news(city, seen, 0))).plain
    (births,) = (text for text in said.splitlines() if text.startswith("7-2a 出生数: "))
    assert "目標380人に対し312人、3回続けて減少" in births


def test_a_figure_of_an_earlier_year_says_so(city: Database, plan: Plan) -> None:
    """In what deserves a look and in what was approved; an old statistic bears its own year."""
    approved(city, plan, "7-2a", 2023, "312", moment("2025-05-28 10:00"))
    approved(city, plan, "1-1a", 2024, "70", moment("2025-05-28 10:00"), period="FY2021")
    said = told(city).content.plain
    assert "に対し312人（R5の値）、" in said
    assert "→ 312人（R5の値・訂正）" in said
    assert "→ 70%（R3の値）" in said


def test_a_department_owes_only_what_it_owns(city: Database, plan: Plan) -> None:
    stage = stage_of(city)
    owed = {s.indicator.policy for s in owed_by(stage.outlook, "trade")}
    assert owed == {"5-1", "5-2", "5-3"}


def test_a_nudge_says_how_long_things_wait(
    city: Database, plan: Plan, snapshot: SnapshotAssertion
) -> None:
    give(city, plan, "1-1c", 2024, "7.1", moment("2025-05-22 12:00"))
    give(city, plan, "1-2a", 2024, "12", moment("2025-05-30 12:00"))
    stage = stage_of(city)
    content = compose(nudge(plan, stage.approving[0].waiting, MONDAY))
    assert fits(content)
    assert content.plain == snapshot


def test_news_without_any_change_keep_the_mark(city: Database, plan: Plan) -> None:
    seen = outlook(city, plan, MONDAY)
    assert news(city, seen, 6) == News((), 6)
