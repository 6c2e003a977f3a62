"""The form to submit by: however it is opened, it follows the indicator and keeps what was typed."""

from __future__ import annotations

import pytest

from tests.bot.office import Office
from tests.bot.people import Person, field_of, is_a_sentence, labels_of, standing_in, words_of
from tests.sandbox.hands import Json, soon


def blocks_of(view: Json) -> list[str]:
    """The fields of a form."""
    return [b["block_id"] for b in view["blocks"] if b["type"] == "input"]


def test_the_menu_offers_ones_own_indicators_by_number_and_name(child: Person) -> None:
    """Letters narrow it; full-width ones as well; what other departments own is not in it."""
    form = child.submits().view
    everything = [option["value"] for option in child.types(form, "")]
    assert everything[0] == "1-1a"
    assert {value.partition("-")[0] for value in everything} == {"1"}
    assert [o["value"] for o in child.types(form, "待機")] == ["1-1b"]
    assert [o["value"] for o in child.types(form, "１－１")] == ["1-1a", "1-1b", "1-1c", "1-1d"]
    assert child.types(form, "3-1a") == []
    assert child.types(form, "zzz") == []


def test_the_form_follows_the_indicator(office: Office) -> None:
    """Its series, unit, target and last value; the other fields keep what was typed."""
    welfare = office.person("U0WELFARE")
    form = welfare.submits().view
    assert blocks_of(form)[:3] == ["indicator", "collection", "value:"]
    welfare.sends(form, {"source": {"typed": {"value": "県"}}}, force=True)
    followed = welfare.picks(form, "2-2a")
    assert blocks_of(followed)[2:4] == ["value:男性", "value:女性"]
    assert standing_in(followed, "source") == "県"
    assert "単位 年" in words_of(followed)
    assert "目標" in words_of(followed)
    assert "前回" in words_of(followed)
    back = welfare.picks(followed, "2-1a")
    assert blocks_of(back)[2] == "value:"


def test_a_value_for_each_series_is_submitted(office: Office) -> None:
    """With the year they are of, source and note; the form becomes its receipt."""
    welfare = office.person("U0WELFARE")
    form = welfare.picks(welfare.submits().view, "2-2a")
    seen = welfare.fills(
        form, 男性="18.43年", 女性="20.72", period="R5", source="県の公表値", note="速報\n改定あり"
    )
    assert "提出しました（確認中）" in words_of(seen.view)
    assert "男性18.43年・女性20.72年" in words_of(seen.view)
    (row,) = office.submissions("2-2a")
    assert row["figures"] == "男性18.43 女性20.72"
    assert (row["period"], row["source"], row["note"]) == ("FY2023", "県の公表値", "速報\n改定あり")
    assert (row["surface"], row["collection"]) == ("form", 2024)


def test_a_statistic_that_is_not_out_is_submitted_with_its_month(
    office: Office, child: Person
) -> None:
    """統計公表待ち needs no value."""
    child.fills(child.submits("1-1b R6").view, awaiting=True, month="10")
    (row,) = office.submissions()
    assert (row["kind"], row["month"], row["figures"]) == ("awaiting", 10, None)
    office.settles()
    planner = office.person("U0PLANNER")
    planner.approves(planner.inbox("承認のお願い")[-1])
    assert "統計公表待ち（10月予定）" in office.person("U0STAFF").asks("1-1b").text


def test_another_year_can_be_chosen(office: Office, child: Person) -> None:
    """Those of the plan that are over, newest first."""
    form = child.submits("1-1b").view
    years = field_of(form, "collection")["element"]["options"]
    assert [year["value"] for year in years] == ["2024", "2023", "2022"]
    child.fills(form, value="12", collection="2023")
    assert [row["collection"] for row in office.submissions()] == [2023]


def test_an_odd_value_is_shown_once_more_and_can_be_mended(office: Office, child: Person) -> None:
    """修正 goes back to the form with everything in it; 確認して提出 submits."""
    form = child.submits("1-1b R6").view
    confirm = child.fills(form, value="1200", source="県", note="速報").view
    assert confirm["callback_id"] == "confirm_actual"
    assert "このまま提出しますか。" in words_of(confirm)
    assert confirm["close"]["text"] == "修正"
    assert office.submissions() == []
    back = child.goes_back()
    kept = {name: standing_in(back, name) for name in ("value:", "source", "note")}
    assert kept == {"value:": "1200", "source": "県", "note": "速報"}
    confirm = child.fills(back, value="1300").view
    assert "1,300人" in words_of(confirm)
    receipt = child.sends(confirm).view
    assert "提出しました（確認中）" in words_of(receipt)
    assert [row["figures"] for row in office.submissions()] == ["1300"]
    child.closes(receipt)
    assert child.forms() == []


def test_a_confirmation_that_was_used_is_told(office: Office, child: Person) -> None:
    """Confirmed, gone back and confirmed again: submitted once."""
    form = child.submits("1-1b R6").view
    confirm = child.fills(form, value="1200").view
    assert office.redelivered(lambda: child.sends(confirm)).errors == {}
    assert len(office.submissions()) == 1


def returned(office: Office, child: Person) -> Json:
    """What こども課 hears once its figure was sent back."""
    child.clicks("提出", child.submits("1-1b R6 12人 県の公表値").message)
    office.settles()
    planner = office.person("U0PLANNER")
    planner.sends_back(planner.inbox("承認のお願い")[-1], "数え方を確かめてください")
    office.settles()
    return child.inbox("差し戻されました")[-1]


def test_a_returned_figure_is_mended_where_it_was_told(office: Office, child: Person) -> None:
    """The form holds all that was sent back, for the submitter and for a colleague."""
    told = returned(office, child)
    form = child.clicks("修正", told).view
    assert standing_in(form, "value:") == "12人"
    assert standing_in(form, "source") == "県の公表値"
    child2 = office.person("U0CHILD2")
    form = child2.clicks("修正", child2.inbox("差し戻されました")[-1]).view
    child2.fills(form, value="13")
    assert [row["figures"] for row in office.submissions()] == ["12", "13"]


def test_the_bot_can_be_told_again_what_was_mended_meanwhile(office: Office, child: Person) -> None:
    """The button of an old message opens a form without what was replaced since."""
    told = returned(office, child)
    child.fills(child.clicks("修正", told).view, value="13")
    assert standing_in(child.clicks("修正", told).view, "value:") == ""


def test_a_reminder_opens_the_form_right_there(office: Office, child: Person) -> None:
    """For the indicator beside whose name the button stands."""
    office.at("2025-06-09T09:00:00+09:00")
    reminder = child.inbox("R6実績: あと")[-1]
    assert "入力" in labels_of(reminder)
    form = child.clicks("入力", reminder).view
    indicator = standing_in(form, "indicator")
    assert f"{indicator} " in reminder["text"]
    assert standing_in(form, "collection") == "2024"
    child.fills(form, awaiting=True)
    assert len(office.submissions(indicator)) == 1


FAULTS = [
    {"kind": "error", "error": "internal_error"},
    {"kind": "error", "error": "expired_trigger_id"},
    {"kind": "server_error"},
    {"kind": "rate_limit"},
    {"kind": "bad_body"},
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda f: f.get("error", f["kind"]))
@pytest.mark.parametrize("way", ["words", "preview", "outcome"])
def test_a_form_that_slack_will_not_open_is_told(
    office: Office, child: Person, way: str, fault: Json
) -> None:
    """By a sentence to the person, whichever way they came."""
    told = returned(office, child) if way == "outcome" else {}
    preview = child.submits("1-1b R6 14人").message if way == "preview" else {}
    office.hands.do("fault", **fault, method="views.open", times=5)
    seen = child.submits("1-1b R6") if way == "words" else child.clicks("修正", told or preview)
    assert seen.message["text"] == "入力画面を開けませんでした。もう一度お試しください。"
    office.hands.do("fault", kind="clear")
    assert child.forms() == []


def test_a_form_that_slack_did_not_change_says_so_when_it_is_sent(office: Office) -> None:
    """The fields of 男性 and 女性 never came; choosing the indicator again brings them."""
    welfare = office.person("U0WELFARE")
    form = welfare.submits().view
    office.hands.arm("error", method="views.update", error="internal_error")
    option = next(o for o in welfare.types(form, "2-2a") if o["value"] == "2-2a")
    office.hands.do(
        "interact",
        user=welfare.id,
        view_id=form["id"],
        block_id="indicator",
        action_id="pick_indicator",
        selected_option=option,
        wait=0,
    )
    assert soon(lambda: office.hands.look("faults")["armed"] == [])
    (said,) = welfare.fills(welfare.form(), value="18.43").errors.values()
    is_a_sentence(said)
    assert "指標を選び直すか" in said
    form = welfare.picks(welfare.form(), "2-2a")
    welfare.fills(form, 男性="18.43年", 女性="20.72年")
    assert len(office.submissions("2-2a")) == 1
