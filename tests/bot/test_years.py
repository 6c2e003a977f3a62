"""What year a figure is of, from the words to the answer; years that have no figure."""

from __future__ import annotations

import pytest

from tests.bot.forging import Forger
from tests.bot.office import Office
from tests.bot.people import (
    Person,
    draft_behind,
    field_of,
    labels_of,
    standing_in,
    words_of,
)
from tests.bot.terminal import kpibot
from tests.sandbox.hands import Json


def approved(office: Office, preview: Json, child: Person) -> None:
    """Submit what a preview shows, and approve it."""
    labels = labels_of(preview)
    child.clicks("確認して提出" if "確認して提出" in labels else "提出", preview)
    office.settles()
    planner = office.person("U0PLANNER")
    planner.approves(planner.inbox("承認のお願い")[-1])
    office.settles()


@pytest.mark.parametrize(
    ("words", "period", "shown"),
    [
        ("1-1b R6 12人 R5の値 県", "FY2023", "R5"),
        ("1-1b R6 12人 R7.4.1現在", "2025-04-01", "R7.4.1"),
        ("1-1b R6 12人 2023年 国勢調査", "CY2023", "2023年"),
    ],
)
def test_a_year_that_was_said_goes_from_the_words_to_the_answer(
    office: Office, child: Person, words: str, period: str, shown: str
) -> None:
    """Preview, receipt, request, ledger and answer all name it."""
    preview = child.submits(words).message
    assert f"データ年 {shown}" in preview["text"]
    receipt = child.clicks("提出", preview).message
    assert f"データ年 {shown}" in receipt["text"]
    office.settles()
    planner = office.person("U0PLANNER")
    request = planner.inbox("承認のお願い")[-1]
    assert f"データ年 {shown}" in request["text"]
    planner.approves(request)
    assert office.submissions()[-1]["period"] == period
    assert shown in office.person("U0STAFF").asks("1-1b").text


def test_a_figure_that_lagged_before_is_asked_for_its_year(office: Office, child: Person) -> None:
    """No 提出 until a year is picked; the year that lags as before comes first."""
    approved(office, child.submits("1-1b R5 14人 R4の値").message, child)
    preview = child.submits("1-1b R6 12人").message
    assert "何年度の値ですか。" in preview["text"]
    assert "前回（R5報告）はR4の値でした。" in preview["text"]
    assert labels_of(preview)[:2] == ["R5の値", "R6の値"]
    assert "提出" not in labels_of(preview)
    chosen = child.clicks("R5の値", preview).message
    assert chosen["ts"] == preview["ts"]
    assert "データ年 R5" in chosen["text"]
    child.clicks("提出", chosen)
    assert office.submissions()[-1]["period"] == "FY2023"


def test_a_year_cannot_be_left_open_by_a_forged_click(
    office: Office, child: Person, forger: Forger
) -> None:
    """A 提出 that was never shown is refused, and so is a year that lies after the collection."""
    approved(office, child.submits("1-1b R5 14人 R4の値").message, child)
    preview = child.submits("1-1b R6 12人").message
    draft = draft_behind(preview)
    before = len(office.submissions())
    assert "何年度の値かが選ばれていません" in forger.click(child.id, "submit_draft", draft).text
    later = forger.click(child.id, "pick_period:FY2025", f"{draft}|FY2025")
    assert "より後です" in later.text
    assert "読み取れません" in forger.click(child.id, "pick_period:x", f"{draft}|x").text
    assert len(office.submissions()) == before
    assert "データ年 R6" in child.clicks("R6の値", preview).text


def test_the_shell_wants_the_year_of_what_lagged_said(office: Office, child: Person) -> None:
    """It has nobody to ask; with the year it submits."""
    approved(office, child.submits("1-1b R5 14人 R4の値").message, child)
    behind = ("--as", "U0CHILD", "--reason", "電話での報告")
    without = kpibot("submit", "1-1b", "R6", "12人", *behind, data=office.folder)
    assert "何年度の値かを添えて" in without.sentence
    said = kpibot("submit", "1-1b", "R6", "12人", "R5の値", *behind, data=office.folder)
    assert "を提出しました" in said.out
    assert office.submissions()[-1]["period"] == "FY2023"


def test_the_form_asks_for_the_year_of_what_lagged(office: Office, child: Person) -> None:
    """Nothing is chosen beforehand; without a choice the field says so."""
    approved(office, child.submits("1-1b R5 14人 R4の値").message, child)
    form = child.submits("1-1b R6").view
    field = field_of(form, "of_year")
    assert "前回（R5報告）はR4の値でした。" in field["hint"]["text"]
    assert field["element"]["options"][0]["value"] == "FY2023"
    assert standing_in(form, "of_year") == ""
    assert "何年度の値ですか" in child.fills(form, value="12").errors["of_year"]
    child.sends(
        form,
        {
            "value:": {"typed": {"value": "12"}},
            "of_year": {"of_year": {"selected_option": "FY2023"}},
        },
    )
    assert office.submissions()[-1]["period"] == "FY2023"


def test_the_form_marks_the_usual_year(office: Office, child: Person) -> None:
    form = child.submits("1-1b R6").view
    assert standing_in(form, "of_year") == "same"
    labels = [each["text"]["text"] for each in field_of(form, "of_year")["element"]["options"]]
    assert labels[0] == "報告年度と同じ（既定）"
    assert {"R5", "2023年", "R7.4.1"} <= set(labels)
    child.fills(form, value="12")
    assert office.submissions()[-1]["period"] == "FY2024"


@pytest.mark.parametrize(
    ("words", "kind", "said", "status"),
    [
        ("1-1b R6 10月公表予定", "awaiting", "統計公表待ち（10月予定）", "公表待ち"),
        ("1-1b R6 集計中", "awaiting", "統計公表待ち", "公表待ち"),
        ("1-1b R6 調査なし", "no_survey", "調査対象外年度", "調査対象外"),
    ],
)
def test_a_year_without_a_figure_is_submitted_by_words_and_is_never_late(
    office: Office, child: Person, words: str, kind: str, said: str, status: str
) -> None:
    """It stands in a list of its own and in none of what is missing or late."""
    preview = child.submits(words).message
    assert f"R6の実績は {said} です" in preview["text"]
    approved(office, preview, child)
    assert office.submissions()[-1]["kind"] == kind
    office.at("2025-07-01T10:00:00+09:00")
    staff = office.person("U0STAFF")
    assert "待機児童数" in staff.asks(status).text
    assert said in staff.asks("1-1b").text
    for outstanding in ("未提出", "期限超過"):
        assert "待機児童数" not in staff.asks(f"こども課の{outstanding}").text
    assert all("1-1b" not in told["text"] for told in child.inbox("R6実績: あと"))


def test_a_year_without_a_survey_is_submitted_by_form(office: Office, child: Person) -> None:
    form = child.submits("1-1b R6").view
    seen = child.sends(form, {"awaiting": {"awaiting": {"selected_options": ["no_survey"]}}})
    assert "調査対象外年度" in words_of(seen.view)
    assert [row["kind"] for row in office.submissions()] == ["no_survey"]
    mended = child.clicks("修正", child.submits("1-1b R6 調査対象外").message).view
    ticked = mended["state"]["values"]["awaiting"]["awaiting"]["selected_options"]
    assert [each["value"] for each in ticked] == ["no_survey"]
