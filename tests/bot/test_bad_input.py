"""What cannot be taken is answered with one sentence, gives back what was typed and changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from store.reading.seen import straight
from tests.bot.forging import Forger
from tests.bot.office import Office
from tests.bot.people import Person, draft_behind, is_a_sentence, labels_of, standing_in

DIGITS = "9" * 30


@pytest.fixture(scope="module")
def quiet_office(running_office: Office) -> Iterator[Office]:
    """An office in which nothing here changes anything, so that one morning is enough."""
    running_office.anew()
    yield running_office
    running_office.anew()


# What is typed after /kpi-submit, and what the answer has to say.
BAD_WORDS = {
    "9-9z R6 12人": "「9-9z」という指標は見つかりません。",
    "zzz": "「zzz」という指標は見つかりません。",
    "1-1 R6 12人": "もしかして: 1-1a",
    "' OR 1=1 -- R6 12人": "という指標は見つかりません。",
    "1-1b R6 12件": "単位",
    "1-1b R6 12%": "単位",
    "2-2a R6 男性18.43年": "女性",
    "2-2a R6 18.43年": "男性",
    "2-2a R6 男性18.43年 男性20.72年": "男性",
    "1-1b R3 12人": "R3は計画期間（R4〜R7）の外です。",
    "1-1b R8 12人": "R8は計画期間（R4〜R7）の外です。",
    "1-1b R99 12人": "計画期間（R4〜R7）の外です。",
    "1-1b 1999 12人": "計画期間（R4〜R7）の外です。",
    "1-1b R7 12人": "R7（令和7年度）はまだ終わっていません。",
    "1-1b R6 NaN": "数ではない値",
    "1-1b R6 nan人": "数ではない値",
    "1-1b R6 Infinity": "数ではない値",
    "1-1b R6 -inf": "数ではない値",
    "1-1b R6 1e400": "指数表記",
    "1-1b R6 １Ｅ４００人": "指数表記",
    "1-1b R6 0x1F": "16進数",
    "1-1b R6 1_000人": "桁区切り",
    "1-1b R6 =1+1": "計算式",
    "1-1b R6 約12人": "概数",
    "1-1b R6 10〜12人": "幅のある値",
    "1-1b R6 12人以上": "範囲",
    "1-1b R6 未集計": "公表待ち",
    f"1-1b R6 {DIGITS}人": "",
    "1-1b R6 😀": "",
    "1-1b R6 \u202e12人": "",
    "1-1b R6 ४": "",
    "1-1b R6 <!channel>": "",
    "1-1b R6 ''; DROP TABLE submissions; --": "",
    "3-3a R6 95%": "",
    "1-1b R6 公表待ち（13月予定）": "",
}


@pytest.mark.parametrize("typed", BAD_WORDS)
def test_bad_words_are_answered_with_a_sentence_and_given_back(
    quiet_office: Office, typed: str
) -> None:
    """In the answer to the command itself, which no preview follows; but for marks of direction."""
    before = quiet_office.business()
    child = quiet_office.person("U0CIVIC" if typed.startswith("3-3a") else "U0CHILD")
    if typed.startswith("2-2a"):
        child = quiet_office.person("U0WELFARE")
    said = child.submits(typed).message
    is_a_sentence(said["text"])
    assert BAD_WORDS[typed] in said["text"]
    given_back = said["text"].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert f"/kpi-submit {' '.join(straight(typed).split())}" in given_back
    assert labels_of(said) == []
    assert quiet_office.business() == before


# What is filled into the form for 1-1b, and beside which field what is said.
BAD_FIELDS: dict[str, tuple[dict[str, Any], str, str]] = {
    "empty": ({}, "value:", "値を入力してください。"),
    "blanks": ({"value": " 　 "}, "value:", "値を入力してください。"),
    "another unit": ({"value": "12件"}, "value:", "単位"),
    "not a number": ({"value": "NaN"}, "value:", "数ではない値"),
    "no end": ({"value": "Infinity"}, "value:", "数ではない値"),
    "an exponent": ({"value": "1e400"}, "value:", "指数表記"),
    "many digits": ({"value": DIGITS}, "value:", ""),
    "two values": ({"value": "12人 13人"}, "value:", ""),
    "awaiting in words": ({"value": "公表待ち"}, "value:", "統計公表待ち"),
    "awaiting with a value": ({"value": "12", "awaiting": True}, "value:", "印を外してください"),
    "a year to come": ({"value": "12", "period": "R9"}, "period", "より後です"),
    "no period": ({"value": "12", "period": "いつか"}, "period", "読み取れません"),
    "a strange day": ({"value": "12", "period": "R6.13.45"}, "period", ""),
    "no text at all": ({"value": "\u200b"}, "value:", ""),
    "a control character": ({"value": "12\x00"}, "value:", ""),
}


@pytest.mark.parametrize("mistake", BAD_FIELDS)
def test_a_bad_field_is_told_beside_the_field_and_everything_stays(
    office: Office, child: Person, mistake: str
) -> None:
    """The form stays open with all that was typed."""
    values, block, sentence = BAD_FIELDS[mistake]
    opened = child.submits("1-1b R6").view
    before = office.business()
    kept = {"source": "県の公表値", "note": "速報"}
    seen = child.fills(opened, **values, **kept)
    assert list(seen.errors) == [block]
    is_a_sentence(seen.errors[block])
    assert sentence in seen.errors[block]
    form = child.form()
    assert {name: standing_in(form, name) for name in kept} == kept
    assert office.business() == before
    assert office.refused_by_slack() == []


def test_one_series_of_two_is_told_beside_the_other(office: Office) -> None:
    """And a mistake in each of two fields beside each."""
    welfare = office.person("U0WELFARE")
    opened = welfare.submits("2-2a R6").view
    assert list(welfare.fills(opened, 男性="18.43年").errors) == ["value:女性"]
    both = welfare.fills(opened, 男性="18.43人", 女性="x", period="いつか").errors
    assert list(both) == ["period", "value:男性", "value:女性"]


def test_a_form_that_did_not_follow_its_indicator_says_so_in_a_field_it_has(
    office: Office, forger: Forger
) -> None:
    """Sent before the fields of 男性 and 女性 were there, it is not refused by Slack for naming them."""
    welfare = office.person("U0WELFARE")
    opened = welfare.submits().view
    chosen = {"indicator": {"pick_indicator": {"selected_option": {"value": "2-2a"}}}}
    told = forger.form("U0WELFARE", opened, chosen)
    inputs = {b["block_id"] for b in opened["blocks"] if b["type"] == "input"}
    assert set(told.errors) <= inputs
    is_a_sentence(told.text)


def test_an_empty_form_asks_for_the_indicator(office: Office, child: Person) -> None:
    """Slack's own client asks for what is required; the bot does so too."""
    opened = child.submits().view
    assert child.sends(opened).answer["error"] == "invalid_input"
    assert child.sends(opened, force=True).errors == {
        "indicator": "指標と報告年度を選んでください。"
    }


def test_a_second_click_is_told_and_changes_nothing(
    office: Office, forger: Forger, child: Person
) -> None:
    """提出 pressed again on a screen that had not followed yet; 修正 and 取消 as well."""
    preview = child.submits("1-1b R6 12人").message
    draft = draft_behind(preview)
    child.clicks("提出", preview)
    before = office.business()
    for click in ("submit_draft", "fix_draft", "drop_draft"):
        told = forger.click("U0CHILD", click, draft)
        assert "この入力はすでに処理済みです。" in told.text
    assert office.business() == before


def test_a_click_delivered_twice_submits_once(office: Office, child: Person) -> None:
    """One submission, one request for each planner, one receipt."""
    preview = child.submits("1-1b R6 12人").message
    office.redelivered(lambda: child.clicks("提出", preview))
    office.settles()
    assert len(office.submissions()) == 1
    assert len(office.person("U0PLANNER").inbox("承認のお願い")) == 1
    (receipt,) = child.inbox("提出しました")
    assert "12人" in receipt["text"]


def test_a_form_delivered_twice_submits_once(office: Office, child: Person) -> None:
    """The form is replaced by its receipt."""
    opened = child.submits("1-1b R6").view
    seen = office.redelivered(lambda: child.fills(opened, value="12"))
    assert seen.errors == {}
    assert len(office.submissions()) == 1
    assert child.form()["callback_id"] == "done"


def test_the_same_figures_again_are_not_registered_twice(office: Office, child: Person) -> None:
    """Neither while they wait nor once they are approved."""
    child.clicks("提出", child.submits("1-1b R6 12人 県").message)
    again = child.clicks("提出", child.submits("1-1b R6 12人 県").message)
    assert "同じ内容がすでに提出され、確認中です。" in again.text
    office.settles()
    planner = office.person("U0PLANNER")
    planner.approves(planner.inbox("承認のお願い")[-1])
    office.settles()
    again = child.clicks("提出", child.submits("1-1b R6 12人 県").message)
    assert "同じ内容がすでに承認されています。" in again.text
    assert len(office.submissions()) == 1


def test_a_preview_expires_after_a_week_with_a_sentence(office: Office, child: Person) -> None:
    """Its buttons still stand there eight days later."""
    preview = child.submits("1-1b R6 12人").message
    office.at((office.now + timedelta(days=8)).isoformat())
    before = office.business()
    for label in ("提出", "修正", "取消"):
        told = child.clicks(label, preview)
        assert "この入力は期限が切れています。" in told.text
        assert "`/kpi-submit`" in told.text or "/kpi-submit" in told.text
    assert office.business() == before


def test_an_old_form_tells_that_somebody_else_was_faster(
    office: Office, child: Person, child2: Person
) -> None:
    """The colleague is named, and nothing of what was typed is lost."""
    opened = child.submits("1-1b R6").view
    child2.clicks("提出", child2.submits("1-1b R6 13人").message)
    before = office.business()
    seen = child.fills(opened, value="12", note="速報")
    (said,) = seen.errors.values()
    assert "こども担当（担当者） さんが同じ指標を提出しました。" in said
    assert standing_in(child.form(), "note") == "速報"
    assert office.business() == before
