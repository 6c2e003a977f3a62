"""比較値 in Slack: entered with their source, mended, taken back, and answered from."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bot.forging import Forger
from tests.bot.office import Office
from tests.bot.people import Person, labels_of, words_of
from tests.sandbox.hands import Json

VALUE = "kitamoto-2|1-1b"
MAY = "定義と比較値の記入は担当課の担当者と企画担当ができます。"


def filled(value: str = "8人", place: str | None = "県平均", **more: Any) -> Json:
    fields: Json = {
        "period": {"typed": {"value": "R5"}},
        "value:": {"typed": {"value": value}},
        "source": {"typed": {"value": "埼玉県資料"}},
    }
    if place:
        fields["place"] = {"chosen": {"selected_option": place}}
    return {**fields, **more}


def opened(person: Person) -> Json:
    found: Json = person.clicks("比較値を記入", person.asks("1-1b").message).view
    return found


def entries(office: Office) -> list[tuple[str, str, str | None]]:
    found = office.rows("SELECT place, period, value FROM comparisons ORDER BY id")
    return [(row["place"], row["period"], row["value"]) for row in found]


def test_a_comparison_is_entered_and_answered_from(
    office: Office, child: Person, staff: Person
) -> None:
    """Read like an actual value; the newest figure stands to it where both are of one year."""
    assert child.sends(opened(child), filled("８人")).errors == {}
    assert "県平均（R5） 8人を保存しました。" in words_of(child.form())
    said = staff.asks("1-1b").text
    assert "県平均 8人（R5、埼玉県資料）: 15人多い（低いほど良い指標）" in said
    asked = staff.asks("県平均と比べて待機児童は").text
    assert asked.index("県平均 8人") < asked.index("▲ 向上")
    assert office.refused_by_slack() == []


def test_without_one_on_record_a_question_after_others_hears_so(
    office: Office, staff: Person
) -> None:
    assert "「県平均」の比較値は記録されていません。" in staff.asks("県平均と比べて待機児童は").text
    said = staff.asks("桶川市の待機児童は").text
    assert "ほかの自治体や国・県の値はお答えできません。" in said
    assert "「桶川市」の比較値は記録されていません。" in said


def test_a_place_of_ones_own_words_is_offered_the_next_time(
    office: Office, planner: Person
) -> None:
    planner.sends(opened(planner), filled(place=None, other={"typed": {"value": "桶川市"}}))
    planner.closes(planner.form())
    form = opened(planner)
    (menu,) = [b for b in form["blocks"] if b.get("block_id") == "place"]
    offered = [each["value"] for each in menu["element"]["options"]]
    assert offered == ["全国平均", "県平均", "近隣市平均", "桶川市"]


def test_what_cannot_be_read_is_said_beside_its_field(office: Office, child: Person) -> None:
    wrong = filled("8件", place=None, period={"typed": {"value": "いつか"}})
    errors = child.sends(opened(child), wrong).errors
    assert set(errors) == {"place", "period", "value:"}
    assert entries(office) == []


def test_a_planner_mends_and_takes_back_on_the_page(office: Office, planner: Person) -> None:
    planner.sends(opened(planner), filled())
    planner.closes(planner.form())
    page = planner.administers("比較値 1-1b").message
    form = planner.clicks("直す", page).view
    planner.sends(form, {"value:": {"typed": {"value": "9"}}})
    planner.closes(planner.form())
    form = planner.clicks("直す", page).view
    planner.sends(form, {"gone": {"gone": {"selected_options": ["gone"]}}})
    assert "県平均（R5）を取り消しました。" in words_of(planner.form())
    assert entries(office) == [
        ("県平均", "FY2023", "8"),
        ("県平均", "FY2023", "9"),
        ("県平均", "FY2023", None),
    ]
    assert "0件" in planner.administers("比較値 1-1b").text
    assert office.refused_by_slack() == []


def test_nobody_else_opens_or_sends_it(
    office: Office, forger: Forger, child: Person, staff: Person
) -> None:
    assert "比較値を記入" not in labels_of(staff.asks("1-1b").message)
    form = opened(child)
    typed = {
        block: {action: {"type": "x", **value} for action, value in fields.items()}
        for block, fields in filled().items()
    }
    for user in ("U0STAFF", "U0WELFARE"):
        assert MAY in forger.click(user, "comparison:1-1b", VALUE, twice=True).text
        assert MAY in forger.form(user, form, typed, twice=True).text
    assert entries(office) == []
    assert {act for _, act in office.denials()} == {"describe"}


@pytest.mark.parametrize(
    "value", ["", "x|y", "kitamoto-2|1-1b|FY2023|県平均", "kitamoto-2|1-1b|FY2023"]
)
def test_a_forged_button_enters_nothing(office: Office, forger: Forger, value: str) -> None:
    """Also one that names what was never on record."""
    forger.click("U0PLANNER", "comparison:1-1b", value)
    assert entries(office) == []


def test_a_form_sent_twice_enters_once(office: Office, child: Person) -> None:
    form = opened(child)
    office.redelivered(lambda: child.sends(form, filled()))
    assert entries(office) == [("県平均", "FY2023", "8")]
