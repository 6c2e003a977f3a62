"""A sheet of opinions: what can be typed where, that words come back as they went, and how rows are judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from answers.opinion_given import GivenOpinion, OnRecord
from answers.opinion_lines import Opinions
from answers.opinion_plans import Plans
from answers.opinion_preview import OpinionsPreview, opinions_preview
from answers.opinion_rows import judge_opinions
from answers.opinion_sheet import FREE_ROWS, opinions_form
from answers.opinion_sheet_messages import recorded
from answers.sheet_rows import RowState
from bot import opinion_drafts
from bot.opinion_drafts import OpinionsDraft
from reports.sheet.examining import examine
from reports.sheet.filled import UnreadableSheet, as_filled
from reports.sheet.opining import write_opinions
from reports.sheet.opinion_form import CHOICES, OPINION_COLUMNS
from reports.sheet.pages import heading_row
from reports.sheet.reading import read_sheet
from store import departments, opinion_sheets, opinions, remarks
from store.db import writing
from store.opinions import Said
from store.reading.seen import readable
from store.remarks import Subject
from tests.answers.city import NAMES, TODAY, City
from tests.answers.slack_limits import message_faults, unsaid
from tests.answers.test_safety import HOSTILE, assert_harmless
from tests.reports.sheet_making import parts_of
from tests.reports.test_sheet_writing import HOSTILE as FORMULAS

PLACE = {column.key: number for number, column in enumerate(OPINION_COLUMNS)}
SAID = Said(
    "panel",
    date(2025, 5, 26),
    Subject("indicator", "1-1b"),
    "内訳を示すこと",
    "children",
    date(2025, 6, 13),
)
TYPED = {
    "body": "外部有識者による会議",
    "held_on": "R7.5.26",
    "subject": "1-1b",
    "text": "内訳を示すこと",
    "due": "2025/6/13",
}
Rows = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Desk:
    """A city whose panel said something about R6, and its sheet."""

    city: City

    def enters(self, *said: Said) -> list[int]:
        """Put opinions on record; their numbers."""
        by = self.city.by("U0PLANNER")
        with writing(self.city.db) as db:
            return [opinions.enter(db, by, self.city.plan.id, 2024, each) for each in said]

    def answers(self, number: int, text: str, seen: int = 0) -> None:
        with writing(self.city.db) as db:
            opinions.answer(db, self.city.by("U0CHILD"), number, text, "children", seen)

    @property
    def held(self) -> tuple[remarks.Opinion, ...]:
        return remarks.opinions(self.city.db, self.city.plan.id, 2024)

    def issues(self) -> Sheet:
        """A sheet as it is issued now."""
        with writing(self.city.db) as db:
            issued = opinion_sheets.issue(
                db, self.city.by("U0PLANNER"), self.city.plan.id, 2024, None, self.held
            )
        known = departments.departments(self.city.db, TODAY)
        seen = Opinions(
            Plans(self.city.plan), self.held, known, NAMES, self.city.who("U0PLANNER"), TODAY
        )
        form = opinions_form(issued, self.city.plan, seen, known.values())
        return Sheet(self, issued, write_opinions(form), heading_row(form.facts))


@dataclass(frozen=True)
class Sheet:
    """One sheet and what comes of it."""

    desk: Desk
    issued: opinion_sheets.OpinionSheet
    data: bytes
    top: int

    @property
    def book(self) -> Workbook:
        return load_workbook(BytesIO(self.data))

    def judged(self, rows: Rows, keys: Mapping[str, str | None] = {}) -> tuple[GivenOpinion, ...]:
        """What it would record with rows filled in by key, and keys replaced by others."""
        book = self.book
        lines = {row[0].value: row for row in book.worksheets[0].iter_rows()}
        for name, cells in rows.items():
            for column, value in cells.items():
                lines[name][PLACE[column]].value = value
        for name, key in keys.items():
            lines[name][0].value = key
        buffer = BytesIO()
        book.save(buffer)
        return judge_opinions(as_filled(examine(buffer.getvalue())), self.record)

    @property
    def record(self) -> OnRecord:
        city = self.desk.city
        known = departments.departments(city.db, TODAY)
        return OnRecord(
            city.plan,
            TODAY,
            known,
            opinions.wordings(city.db, city.plan.id, 2024),
            {each.number: each for each in self.desk.held},
            opinions.answers_among(city.db, self.issued.answers),
            lambda subject: known["children"] if subject.kind == "indicator" else None,
        )


@pytest.fixture
def desk(bare: City) -> Desk:
    return Desk(bare)


def states(given: Iterable[GivenOpinion]) -> list[RowState]:
    return [each.state for each in given]


def test_only_free_rows_and_answers_can_be_typed_in(desk: Desk) -> None:
    desk.enters(SAID)
    sheet = desk.issues()
    page = sheet.book.worksheets[0]
    assert page.protection.sheet
    assert page.freeze_panes == f"C{sheet.top + 2}"
    rows = list(page.iter_rows(min_row=sheet.top + 2))
    assert len(rows) == 1 + FREE_ROWS
    for row in rows:
        unlocked = {OPINION_COLUMNS[n].key for n, c in enumerate(row) if not c.protection.locked}
        typed_in = {column.key for column in OPINION_COLUMNS if column.typed_in}
        assert unlocked == ({"answer"} if row[0].value == "opinion:1" else typed_in)


def test_lists_offer_what_the_plan_and_the_city_have(desk: Desk) -> None:
    """From a page of their own: a rule has no room for so many. Other words are taken as well."""
    sheet = desk.issues()
    rules = sheet.book.worksheets[0].data_validations.dataValidation
    lists = {
        OPINION_COLUMNS[next(iter(rule.sqref.ranges)).min_col - 1].key: rule
        for rule in rules
        if rule.type == "list"
    }
    assert set(lists) == {"body", "kind", "subject", "department"}
    assert not any(rule.showErrorMessage for rule in lists.values())
    assert sheet.book[CHOICES].sheet_state == "veryHidden"
    offered = {
        name: [row[0].value for row in sheet.book[CHOICES][rule.formula1.partition("!")[2]]]
        for name, rule in lists.items()
    }
    assert offered["kind"] == ["計画全体", "目標", "指標"]
    assert offered["department"] == ["こども課", "市民協働課", "企画担当"]
    plan = desk.city.plan
    assert len(offered["subject"]) == 1 + len(plan.goals) + len(plan.indicators)
    # Whatever is offered is read as what it says.
    given = sheet.judged(
        {
            f"free:{n}": {**TYPED, "subject": subject}
            for n, subject in enumerate(offered["subject"][:FREE_ROWS], 1)
        }
    )
    assert {*states(given)} == {RowState.NEW}
    assert [each.about for each in given] == offered["subject"][:FREE_ROWS]


def test_no_text_becomes_a_formula_or_a_link(desk: Desk) -> None:
    there = [text for text in FORMULAS if readable(text) == text]
    for number, text in zip(
        desk.enters(*(replace(SAID, text=t) for t in there)), there, strict=True
    ):
        desk.answers(number, text)
    sheet = desk.issues()
    rows = list(sheet.book.worksheets[0].iter_rows(min_row=sheet.top + 2))
    for row, text in zip(rows, there, strict=False):
        for column in ("text", "answer"):
            cell = row[PLACE[column]]
            assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)
    assert not any(
        b"<f>" in part or b"<hyperlink" in part for part in parts_of(sheet.data).values()
    )


@given(st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=20))
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_was_said_comes_back_unchanged(desk: Desk, texts: list[str]) -> None:
    """Each text of people as the form takes it; a sheet that nobody touched records nothing."""
    said = [readable(text) for text in (*texts, "_x000D_ 改\n行", "a\tb", "'引用")]
    desk.enters(*(replace(SAID, text=text) for text in said if text))
    assert {*states(desk.issues().judged({}))} == {RowState.UNCHANGED}


def test_a_free_row_is_read_in_any_notation(desk: Desk) -> None:
    given = desk.issues().judged(
        {
            "free:1": TYPED,
            "free:2": {**TYPED, "subject": "目標3", "body": "有識者", "kind": "目標"},
            "free:3": {**TYPED, "subject": None, "kind": "計画全体", "department": "市民協働課"},
            "free:4": {**TYPED, "text": "ほか", "department": "企画担当", "answer": "公表した"},
        }
    )
    assert states(given) == [RowState.NEW] * 4
    entries = [each.entry for each in given if each.entry]
    assert [(e.said.subject, e.said.department, e.owner_of_subject) for e in entries] == [
        (Subject("indicator", "1-1b"), None, True),
        (Subject("goal", "3"), None, True),
        (Subject("whole"), "civic", False),
        (Subject("indicator", "1-1b"), None, False),
    ]
    assert {(e.said.body, e.said.held_on, e.said.due) for e in entries} == {
        ("panel", date(2025, 5, 26), date(2025, 6, 13))
    }
    assert given[0].given == "外部有識者による会議（5/26）　担当 こども課　期限 6/13"
    assert given[3].answer == "公表した"


MISTAKES: tuple[tuple[dict[str, Any], str], ...] = (
    ({"body": None}, "どの会議の意見かを選んでください。"),
    ({"body": "市議会"}, "「市議会」という会議はありません。"),
    ({"held_on": None}, "会議の日を選んでください。"),
    ({"held_on": "5/26"}, "「5/26」は日付として読み取れません。"),
    ({"held_on": "R7.2.30"}, "「R7.2.30」は日付として読み取れません。"),
    ({"kind": "事業"}, "「事業」という種類はありません。"),
    ({"kind": "計画全体"}, "種類「計画全体」が対象と合いません。"),
    ({"subject": None}, "何についての意見かを選んでください。"),
    ({"subject": "`1-1`"}, "「`1-1`」は計画の指標・目標ではありません。"),
    ({"text": None}, "意見を書いてください。"),
    ({"text": "長" * 2001}, "長すぎます。2000文字までで書いてください。"),
    ({"department": "{names}課"}, "「{names}課」という課はありません。"),
    ({"due": None}, "いつまでに対応を書くかを選んでください。"),
    ({"due": "2025/5/1"}, "期限が会議の日より前です。"),
)


def test_every_mistake_is_told_with_what_was_typed(desk: Desk) -> None:
    """One in each row, and nothing else is said of it."""
    rows = {f"free:{n}": {**TYPED, **cells} for n, (cells, _) in enumerate(MISTAKES, 1)}
    given = desk.issues().judged(rows)
    assert {*states(given)} == {RowState.WRONG}
    for each, (_, said) in zip(given, MISTAKES, strict=True):
        ((_, sentence),) = each.mistakes
        assert sentence.startswith(said)


def test_what_is_on_record_is_told_apart_from_what_is_new(desk: Desk) -> None:
    """By what it ever said, blanks aside: mended since, taken back, with another due date."""
    mended, gone, kept = desk.enters(*(replace(SAID, text=t) for t in ("元の言葉", "取消", "残る")))
    by = desk.city.by("U0PLANNER")
    with writing(desk.city.db) as db:
        opinions.mend(db, by, mended, replace(SAID, text="直した言葉"), mended)
        opinions.take_back(db, by, gone, gone)
    rows = {
        "free:1": {**TYPED, "text": "元の 言葉"},
        "free:2": {**TYPED, "text": "取消"},
        "free:3": {**TYPED, "text": "残る", "due": "R7.7.1"},
        "free:4": {**TYPED, "text": "残る", "department": "企画担当"},
        "free:5": {**TYPED, "text": "残る", "answer": "公表した"},
        "free:6": {**TYPED, "text": "残る", "held_on": "R7.5.27"},
    }
    given = desk.issues().judged(rows)[2:]
    assert states(given) == [
        RowState.UNCHANGED,
        RowState.WRONG,
        RowState.WRONG,
        RowState.WRONG,
        RowState.CHANGED,
        RowState.NEW,
    ]
    said = [sentence for each in given for _, sentence in each.mistakes]
    assert "取り消されています" in said[0]
    assert "回答期限は、画面の〔直す〕から" in said[1]
    assert "担当課は、画面の〔直す〕から" in said[2]
    assert (given[4].number, given[4].answer) == (kept, "公表した")


def test_an_answer_is_new_only_where_it_says_something_else(desk: Desk) -> None:
    """An emptied cell takes nothing back, and what the sheet was issued with says nothing."""
    desk.enters(SAID, replace(SAID, text="もう1つ"))
    desk.answers(1, "はじめの対応")
    sheet = desk.issues()
    desk.answers(1, "その後の対応", 1)
    assert states(sheet.judged({})) == [RowState.UNCHANGED] * 2
    assert states(sheet.judged({"opinion:1": {"answer": None}})) == [RowState.UNCHANGED] * 2
    changed = sheet.judged({"opinion:1": {"answer": "様式の対応"}})
    assert [(e.number, e.answer, e.seen) for e in changed if e.state is RowState.CHANGED] == [
        (1, "様式の対応", 2)
    ]


@pytest.mark.parametrize(
    ("rows", "keys", "said"),
    [
        ({"opinion:1": {"due": "R7.7.1"}}, {}, "#1 の回答期限は、このファイルでは直せません。"),
        ({"opinion:1": {"kind": "計画全体"}}, {}, "#1 の種類は、このファイルでは直せません。"),
        ({"opinion:1": {"number": "#2"}}, {}, "番号がA列の管理番号と合いません。"),
        ({}, {"opinion:1": "opinion:9"}, "A列の管理番号が、この様式のものではありません。"),
        ({}, {"opinion:1": "'; DROP TABLE"}, "A列の管理番号が、この様式のものではありません。"),
        ({}, {"opinion:1": None}, "番号がA列の管理番号と合いません。"),
        ({"opinion:1": {"answer": "=1+1"}}, {}, "計算式（=1+1）です。"),
        ({"free:1": TYPED, "free:2": TYPED}, {"opinion:1": "free:9"}, "番号がA列の管理番号と"),
    ],
)
def test_a_row_that_was_tampered_with_is_not_taken(
    desk: Desk, rows: Rows, keys: Mapping[str, str | None], said: str
) -> None:
    desk.enters(SAID)
    given = desk.issues().judged(rows, keys)
    (wrong,) = (each for each in given if each.state is RowState.WRONG)
    assert wrong.mistakes[0][1].startswith(said)


def test_a_department_typed_over_the_one_to_answer_is_told_and_keeps_nothing_back(
    desk: Desk,
) -> None:
    desk.enters(*(replace(SAID, text=text) for text in ("a", "b")), replace(SAID, department=None))
    over, sheet = {"department": "子育て課"}, desk.issues()
    assert [each.aside for each in sheet.judged({"opinion:1": {"department": " こども課"}})] == [
        ""
    ] * 3
    rows = {"opinion:1": over, "opinion:2": over | {"answer": "公表した"}, "opinion:3": over}
    first, second, third = given = sheet.judged(rows)
    assert states(given) == [RowState.UNCHANGED, RowState.CHANGED, RowState.UNCHANGED]
    assert first.aside == second.aside
    assert first.aside.startswith("担当はこども課です。")
    assert third.aside.startswith("担当は企画担当です。")
    told = opinions_preview(OpinionsPreview("R6", given), "draft").text
    assert told.count("「子育て課」は反映されません") == 3


def test_a_sheet_without_a_column_is_told_how_to_get_a_new_one(desk: Desk) -> None:
    """Read by the confined process, as whatever is dropped."""
    sheet = desk.issues()
    book = sheet.book
    book.worksheets[0].cell(sheet.top + 1, PLACE["due"] + 1).value = "締切"
    buffer = BytesIO()
    book.save(buffer)
    with pytest.raises(UnreadableSheet) as refused:
        read_sheet(buffer.getvalue())
    assert "様式の列「回答期限」が見つからない" in str(refused.value)
    assert "`/kpi-admin 意見 様式` で新しい様式" in str(refused.value)


def test_the_same_said_twice_is_told_of_the_first_row(desk: Desk) -> None:
    sheet = desk.issues()
    first, second = sheet.judged({"free:1": TYPED, "free:3": {**TYPED, "text": "内訳を 示すこと"}})
    assert first.state is RowState.NEW
    assert second.mistakes[0][1].startswith(f"{first.line}行目と同じ意見です。")


def test_a_row_without_its_id_is_taken_as_a_new_one(desk: Desk) -> None:
    (given,) = desk.issues().judged({"free:1": TYPED}, {"free:1": None})
    assert given.state is RowState.NEW


@pytest.mark.parametrize(("count", "text"), [(1, "漢" * 400), (13, "漢"), (220, HOSTILE)])
def test_every_page_stays_within_slacks_limits_and_harmless(
    desk: Desk, count: int, text: str
) -> None:
    """However many rows, whatever they say."""
    sheet, everything = desk.issues(), dict.fromkeys((*TYPED, "kind", "department"), text)
    new, wrong = sheet.judged(
        {"free:1": {**TYPED, "text": text, "answer": text}, "free:2": everything}
    )
    assert states((new, wrong)) == [RowState.NEW, RowState.WRONG]
    preview = OpinionsPreview("R6実績についての意見", (new, wrong) * count)
    kept = OpinionsDraft("0123456789abcdef", preview)
    assert opinion_drafts.from_payload(opinion_drafts.as_payload(kept)) == kept
    lapsed = [replace(new, why=(text,))] * count
    pages = (opinions_preview(preview, "D" * 16, page) for page in {1, preview.pages})
    for content in (*pages, recorded(preview, [replace(new, number=9)] * count, lapsed)):
        assert message_faults(content.message) == []
        assert text == HOSTILE or unsaid(content) == []
        assert_harmless(content)
