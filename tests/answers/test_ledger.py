"""The history as it is asked for in words, told to people and written to a file."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.events import Reader, event_said
from answers.ledger import IN_MESSAGE, IN_MODAL, event_part, ledger_page, ledger_view
from answers.ledger_csv import HEADINGS, ledger_csv
from answers.ledger_words import SPANS, Sought, read_sought, subjects_of, wanted
from reports.csv_file import harmless
from store import cards, comparisons, departments, ledger, revisions, submissions
from store.db import writing
from store.departments import Department
from store.ledger import Event, Wanted
from store.ledger_rows import WHATS
from store.plan import Plan
from store.plan_file import builtin_plans
from store.revised import Changes
from store.revisions import Decided
from tests.answers.city import NAMES, TODAY, City
from tests.answers.slack_limits import message_faults, view_faults

PLAN = builtin_plans()["kitamoto-2"]
KNOWN = {
    "children": Department("children", "こども課（サンプル）"),
    "civic": Department("civic", "市民協働課"),
}
PEOPLE = {"U0CHILD": "こども担当 （課長）", "U0PLANNER": "企画担当A"}
YEARS = range(2010, 2040)


def read(words: str, plan: Plan = PLAN) -> Sought:
    return read_sought(words, plan, KNOWN, PEOPLE, TODAY)


@pytest.mark.parametrize(
    ("words", "sought"),
    [
        ("", Sought()),
        ("こども課　今週", Sought(department="children", span="今週")),
        ("１－１ｂ 承認", Sought(indicator="1-1b", kinds=("approve",))),
        ("こども担当 （課長） 差し戻し", Sought(person="U0CHILD", kinds=("return",))),
        ("<@U0PLANNER|planner> 令和6年度", Sought(person="U0PLANNER", collection=2024)),
        ("R6 訂正 承認 2ページ", Sought(collection=2024, kinds=("correct", "approve"), page=2)),
        ("先月 なにか", Sought(span="先月", unknown=("なにか",))),
    ],
)
def test_words_narrow_the_history_down(words: str, sought: Sought) -> None:
    assert read(words) == sought


@given(
    st.builds(
        Sought,
        indicator=st.none() | st.sampled_from(sorted(PLAN.by_id)),
        department=st.none() | st.sampled_from(sorted(KNOWN)),
        person=st.none() | st.sampled_from(["U0CHILD", "U0SOMEBODY"]),
        span=st.none() | st.sampled_from(SPANS),
        collection=st.none() | st.sampled_from(YEARS),
        kinds=st.sets(st.sampled_from(WHATS)).map(lambda s: tuple(w for w in WHATS if w in s)),
    )
)
def test_the_words_of_a_button_are_read_as_what_it_stands_for(sought: Sought) -> None:
    assert read(sought.words) == sought


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_or_given_back(words: str) -> None:
    found = read(words)
    assert all(each in "".join(words.split()) or each for each in found.unknown)
    assert found.page >= 1


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        ("今日", date(2025, 6, 4), date(2025, 6, 4)),
        ("今週", date(2025, 6, 2), date(2025, 6, 8)),
        ("先週", date(2025, 5, 26), date(2025, 6, 1)),
        ("今月", date(2025, 6, 1), None),
        ("先月", date(2025, 5, 1), date(2025, 5, 31)),
        ("今年度", date(2025, 4, 1), None),
    ],
)
def test_a_span_is_counted_from_today(span: str, first: date, last: date | None) -> None:
    found = wanted(read(span), PLAN, (), TODAY)
    assert (found.first, found.last) == (first, last)


def reader(city: City, user: str) -> Reader:
    owning = departments.owners(city.db, city.plan.id, TODAY)
    return Reader(city.who(user), city.plan, NAMES | {"children": "こども課"}, owning, TODAY)


def events(city: City, indicator: str) -> tuple[Event, ...]:
    return ledger.events(city.db, Wanted(city.plan.id, subjects_of(city.plan, indicator)))


def told(city: City, indicator: str, user: str) -> str:
    said = [event_said(each, reader(city, user)) for each in events(city, indicator)]
    return "\n".join(" ".join((s.what, s.value, s.who, s.where, *s.more)) for s in said)


def test_a_value_that_waits_is_told_to_its_department_and_planners_only(city: City) -> None:
    assert "提出 R6実績 55.5%" in told(city, "1-1d", "U0CHILD")
    assert "備考: 速報" in told(city, "1-1d", "U0PLANNER")
    for user in ("U0STAFF", "U0CIVIC"):
        said = told(city, "1-1d", user)
        assert "提出 R6実績（値は承認後に表示） こども担当" in said
        assert "55.5" not in said
        assert "速報" not in said


def test_what_was_sent_back_stays_between_its_department_and_planners(city: City) -> None:
    assert "差戻し R6実績 90人" in told(city, "1-4c", "U0CHILD")
    assert "理由: 延べ人数か実人数かを確認してください 新しい提出期限 6/20" in told(
        city, "1-4c", "U0PLANNER"
    )
    said = told(city, "1-4c", "U0STAFF")
    assert "差戻し R6実績（値は担当課と企画担当に表示） 企画担当A" in said
    assert "90" not in said
    assert "延べ人数か" not in said


def test_why_is_told_no_further_than_what_it_is_about(city: City) -> None:
    """Of a figure that was never approved, and of a target that is only proposed."""
    with writing(city.db):
        submissions.submit(
            city.db,
            city.by("U0CHILD", reason="実は90人だった"),
            replace(city.give("1-2a", 2024, "12").proposal, note="二度目"),
            "children",
        )
        revisions.propose(
            city.db,
            city.by("U0PLANNER", reason="目標を9割に下げたい"),
            city.plan.id,
            "1-2a",
            Decided(2025, "行政経営会議", date(2025, 4, 1)),
            Changes(name="前"),
            Changes(name="後"),
        )
    for user, heard in (("U0PLANNER", True), ("U0CHILD", False), ("U0STAFF", False)):
        assert ("9割" in told(city, "1-2a", user)) is heard
    assert "理由: 実は90人だった" in told(city, "1-2a", "U0CHILD")
    assert "90人" not in told(city, "1-2a", "U0STAFF")
    assert "見直しの提案" in told(city, "1-2a", "U0STAFF")


def test_cards_comparisons_and_owners_are_told_to_everybody(city: City) -> None:
    with writing(city.db):
        cards.declare(city.db, city.by("U0CHILD"), city.plan.id, "1-1b", "publishes_in", "10")
        cards.declare(city.db, city.by("U0CHILD"), city.plan.id, "1-1b", "method", "count")
        where = (city.plan.id, "1-1b", "県平均", "FY2024")
        by = city.by("U0PLANNER")
        comparisons.record(
            city.db,
            by,
            *where,
            {None: city.give("1-2a", 2022, "1").proposal.values[None]},
            "県資料",
        )
        comparisons.take_back(city.db, city.by("U0PLANNER", date(2025, 6, 5)), *where)
    said = told(city, "1-1b", "U0STAFF")
    assert "定義の記入 公表の月: 10月／調べ方: 件数や記録の集計 こども担当" in said
    assert "比較値 県平均 R6 1人 企画担当A test 出典: 県資料" in said
    assert "比較値の取消 県平均 R6 企画担当A" in said
    assert "担当の変更 施策 1-1 → こども課 U0OPERATOR test 2022/4/1から" in said


def test_a_long_history_is_within_the_limits(city: City) -> None:
    """The longest texts, a full page, for somebody who sees them all."""
    for year in (2022, 2023, 2024):
        for value in range(8):
            city.give("1-1b", year, str(value + 100), source="出" * 200, note="備" * 1000)
    for field in ("definition", "source", "holder", "frequency", "as_of"):
        with writing(city.db):
            cards.declare(city.db, city.by("U0CHILD"), city.plan.id, "1-1b", field, "長" * 1000)
    found, seen = events(city, "1-1b"), reader(city, "U0PLANNER")
    assert len(found) > 2 * IN_MODAL
    for page in (1, 2, 3):
        part = found[(page - 1) * IN_MODAL : page * IN_MODAL]
        view = ledger_view(city.indicator("1-1b"), part, len(found), page, seen)
        assert view_faults(view) == []
    everything = Sought("1-1b", "children", "U0CHILD", "今年度", 2024, WHATS, 2, ("謎" * 200,))
    for sought in (everything, Sought(), Sought(page=2)):
        part = found[:IN_MESSAGE]
        said = ledger_page(sought, part, len(found), seen, {"children": "すべて担う課" * 6})
        assert message_faults(said.message) == []


def test_a_page_says_where_it_is_and_leads_to_the_others(city: City) -> None:
    found, seen = events(city, "1-1b"), reader(city, "U0PLANNER")
    said = ledger_page(Sought(span="今週", page=2), found, 40, seen, {})
    assert "絞り込み: 今週" in said.plain
    assert "40件（2/3ページ、新しい順）" in said.plain
    values = [e["value"] for b in said.blocks if b["type"] == "actions" for e in b["elements"]]
    assert {"履歴 今週 1ページ", "履歴 今週 3ページ", "履歴", "履歴 今月", "履歴 R6"} <= set(values)
    assert "履歴 今週 承認" in values


def test_nothing_found_and_words_not_read_are_said(city: City) -> None:
    said = ledger_page(Sought(unknown=("なにか",)), (), 0, reader(city, "U0PLANNER"), {}).plain
    assert "記録はありません。" in said
    assert "読み取れなかった言葉: なにか" in said


def test_the_file_opens_as_it_stands(city: City) -> None:
    """With its mark for Excel, a heading, a row for each event, whatever is in the cells."""
    city.give("1-1b", 2025, "9", source='=HYPERLINK("http://x")', note='改行\nと"引用符"')
    found = events(city, "1-1b")
    made = ledger_csv(found, reader(city, "U0PLANNER"))
    assert made.startswith(b"\xef\xbb\xbf")
    heading, *rows = csv.reader(io.StringIO(made.decode("utf-8-sig")))
    assert tuple(heading) == HEADINGS
    assert len(rows) == len(found)
    assert all(len(row) == len(HEADINGS) for row in rows)
    newest = next(row for row in rows if "R7実績 9人" in row)
    assert newest[2:5] == ["1-1b", "保育所（園）待機児童数", "R7"]
    assert newest[7:] == ["こども課", "こども担当", "test"]


@given(st.text(max_size=20))
def test_no_cell_is_taken_for_a_formula(cell: str) -> None:
    safe = harmless(cell)
    assert safe.removeprefix("'") == cell.removeprefix("'")
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@pytest.mark.parametrize(
    ("channel", "shown"), [("C0DIGEST", "<#C0DIGEST>"), ("C0<!here>", "C0&lt;!here&gt;")]
)
def test_a_channels_setting_names_the_channel_and_calls_nobody(
    city: City, channel: str, shown: str
) -> None:
    details = {"key": f"digest.{channel}", "value": "weekly"}
    at = "2025-06-03T10:00:00+09:00"
    event = Event("setting", 1, "", None, None, at, "U0PLANNER", "form", None, None, details)
    part = event_part(event, reader(city, "U0PLANNER"), named=True)
    assert part.blocks[0]["text"]["text"].startswith(f"*週報のチャンネル* 　{shown}　毎週")
    assert f"週報のチャンネル　{shown}　毎週" in "\n".join(part.lines)
    assert f"{channel} 毎週" in ledger_csv([event], reader(city, "U0PLANNER")).decode()
