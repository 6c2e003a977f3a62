"""A report drawn up from everything that the database keeps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.drawing_up import drawn_up
from reports.progress.items import Item
from reports.progress.model import Report
from reports.progress.press import NotPrinted, press
from reports.progress.printing import FORMATS, Format, printed
from store import efforts, opinions, report_texts, revisions, shelf
from store.acts import By
from store.db import writing
from store.efforts import Written
from store.opinions import Said
from store.plan import Plan, Target
from store.remarks import Subject
from store.report_texts import ReportOf
from store.revised import Changes
from store.revisions import Decided
from tests.answers.city import City

Act = Callable[..., By]
PLAN = "kitamoto-2"
AFTER = date(2025, 9, 30)
ONE = Subject("indicator", "1-1b")


@pytest.fixture
def city(db: Database, plan: Plan, by: Act) -> City:
    """A city that wrote, was told, revised a target, retired an indicator and edited a text."""
    city = City(db, plan).found()
    city.accept("1-1b", 2023, "18")
    city.accept("1-1b", 2024, "12")
    city.accept("1-1c", 2023, "6.6")
    with writing(db):
        work = Written("保育所を1か所開いた。", "申込みが減った。", "expand")
        efforts.write(db, by(), PLAN, 2024, ONE, "children", work, 0)
        goal = Subject("goal", "3")
        efforts.write(db, by("U0PLANNER"), PLAN, 2024, goal, None, Written("全庁で取り組んだ。"), 0)
        early = Said("panel", date(2024, 8, 24), ONE, "受け皿の内訳を示すこと", "children")
        number = opinions.enter(db, by("U0PLANNER"), PLAN, 2023, early)
        opinions.answer(db, by("U0CHILD"), number, "資料に載せた。", "children", 0)
        now = Said("executive_meeting", date(2025, 8, 3), Subject("goal", "3"), "続けること")
        opinions.enter(db, by("U0PLANNER"), PLAN, 2024, now)
        drafted = {"1": "下書き"}
        of = ReportOf(PLAN, 2024, "progress")
        report_texts.edit(db, by("U0PLANNER"), of, {"1": "直した文。"}, drafted)
    five = Target(year=2025, kind="value", value=Decimal(5), text="5人")
    zero = Target(year=2025, kind="value", value=Decimal(0), text="0人／年")
    revise(db, by, "1-1b", Changes(targets=((None, zero),)), Changes(targets=((None, five),)))
    revise(db, by, "1-1c", Changes(retired=False), Changes(retired=True))
    return city


def revise(db: Database, by: Act, indicator: str, before: Changes, after: Changes) -> None:
    why = by("U0PLANNER", reason="実情に合わせるため")
    decided = Decided(2024, "行政経営会議", date(2025, 4, 1))
    with writing(db):
        made = revisions.propose(db, why, PLAN, indicator, decided, before, after)
        revisions.settle(db, by("U0PLANNER2"), made.number, agreed=True)


def report(city: City, year: int = 2024) -> Report:
    return drawn_up(city.db, shelf.read(city.db, PLAN), AFTER, "progress", year)


def item(found: Report, indicator: str) -> Item:
    return next(item for item in found.items if item.indicator.id == indicator)


def test_what_people_wrote_stands_beside_the_figures(city: City) -> None:
    """Last year's opinion comes first, with its answer; this year's is open."""
    found = report(city)
    effort = item(found, "1-1b").effort
    assert effort.text == "保育所を1か所開いた。\n要因: 申込みが減った。"
    assert effort.direction == "拡充"
    assert found.goals[2].effort.text == "全庁で取り組んだ。"
    (before,), (now,) = found.beside.earlier, found.beside.opinions
    assert (before.subject, before.answer) == ("1-1b 保育所（園）待機児童数", "資料に載せた。")
    assert (before.body, before.owner) == ("外部有識者による会議", "こども課")
    assert (now.subject, now.owner, now.answer) == ("基本目標3", "企画担当", "")
    lines = printed(found, "md").decode().splitlines()
    order = [n for n, text in enumerate(lines) if text.startswith("## ")]
    assert lines[order[0]] == "## 昨年度の意見と対応"


def test_a_revision_holds_from_its_year_on_and_the_old_stays_in_view(city: City) -> None:
    """The target of R6 is the new one, R5's report keeps the old; both stand in 見直し."""
    now, before = report(city), report(city, 2023)
    assert item(now, "1-1b").strands[0].target.said == "5人"
    assert item(before, "1-1b").strands[0].target.said == "0人／年"
    (target, retired) = sorted(now.beside.revisions, key=lambda pair: pair.indicator)
    assert (target.item, target.old, target.new) == ("目標値", "0人／年（R7）", "5人（R7）")
    assert before.beside.revisions == ()
    assert retired.new == "廃止"
    assert item(now, "1-1c").judged.marked == "– 廃止"
    assert item(now, "1-1c").strands[0].actuals[1].said == "6.6%"


def test_an_edited_text_is_what_is_printed(city: City) -> None:
    found = report(city)
    assert found.goals[0].passage.text == "直した文。"
    assert found.goals[0].passage.stale
    assert "直した文。" in printed(found, "md").decode()


def test_every_form_is_pressed_by_a_process_of_its_own(city: City, tmp_path: Path) -> None:
    """The same as here, to the byte but for Excel's container; what goes wrong is said."""
    found = report(city)
    made = press(found, tmp_path / "fonts")
    assert tuple(made) == FORMATS
    assert made["pdf"] == printed(found, "pdf")
    texts: tuple[Format, ...] = ("md", "csv", "json")
    for form in texts:
        assert made[form] == printed(found, form)
    with pytest.raises(NotPrinted):
        press(found, tmp_path / "fonts", patience=0.01)
