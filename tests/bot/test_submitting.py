"""`/kpi-submit` in words: a preview says how it was read, and nothing counts before 提出."""

from __future__ import annotations

import pytest

from tests.bot.office import Office
from tests.bot.people import Person, button_of, labels_of, standing_in, words_of

# Who types what, and how the preview reads it.
READ = {
    ("U0CHILD", "1-1b R6 12人 県の公表値"): ["R6の実績 12人（データ年 R6）", "出典: 県の公表値"],
    ("U0CHILD", "１ー１ｂ　令和６年度　１２人"): ["R6の実績 12人", "出典: 記載なし"],
    ("U0CHILD", "1-1b 12"): ["R6の実績 12人"],
    ("U0CHILD", "1-1b 2024 1,012人"): ["R6の実績 1,012人"],
    ("U0CHILD", "1-1b R6 なし"): ["R6の実績 0人"],
    ("U0CHILD", "1-1b R5 12人"): ["R5の実績 12人（データ年 R5）"],
    ("U0CHILD", "1-1c R6 １２．５％ 決算統計"): ["R6の実績 12.5%", "出典: 決算統計"],
    ("U0CHILD", "1-1b R6 公表待ち（10月予定）"): ["統計公表待ち（10月予定）"],
    ("U0WELFARE", "2-2a R6 男性18.43年 女性20.72年 県"): ["男性18.43年・女性20.72年", "出典: 県"],
    ("U0CIVIC", "3-3a R6 95:100"): ["男性95：女性100"],
}


@pytest.mark.parametrize(("user", "typed"), READ)
def test_a_value_is_read_as_people_write_it_and_echoed(
    office: Office, user: str, typed: str
) -> None:
    """The reading in words, what was typed, three buttons; nothing is registered."""
    before = office.business()
    preview = office.person(user).submits(typed).message
    for part in READ[user, typed]:
        assert part in preview["text"]
    assert "まだ登録されていません。" in preview["text"]
    assert f"入力された内容: /kpi-submit {' '.join(typed.split())}" in preview["text"]
    assert labels_of(preview)[-2:] == ["修正", "取消"]
    assert preview["ephemeral_to"] == user
    assert office.business() == before
    assert office.refused_by_slack() == []


def test_a_preview_says_what_changes_and_how_it_would_be_judged(
    office: Office, child: Person
) -> None:
    """Previous value, change, verdict with its arithmetic."""
    before = int(office.approved(2023))
    said = child.submits("1-1b R6 12人").message["text"]
    assert f"前回 {before}人（R5報告）・差 △{before - 12}人" in said
    assert "承認された場合の判定 ▲ 向上（R6時点）" in said
    assert "17/29=進捗59%、R6時点の見込み80%→やや遅れ" in said


def test_submitting_turns_the_preview_into_its_receipt(office: Office, child: Person) -> None:
    """The row keeps who, when, from where, what was typed and the value as it was typed."""
    preview = child.submits("1-1c R6 6.90% 県").message
    receipt = child.clicks("提出", preview).message
    assert receipt["ts"] == preview["ts"]
    assert "提出しました（確認中）" in receipt["text"]
    assert "提出" not in labels_of(receipt)
    (row,) = office.submissions("1-1c")
    assert row["figures"] == "6.90"
    assert row["typed"] == "/kpi-submit 1-1c R6 6.90% 県"
    assert (row["actor"], row["surface"], row["source"]) == ("U0CHILD", "command", "県")
    assert row["at"].startswith("2025-06-03T10:00")


ODD = {
    "1-1b R6 1200人": "前回",
    "1-1b R6 12.5人": "整数",
    "1-1c R6 250%": "割合の範囲（0〜100%）を超えています。",
}


@pytest.mark.parametrize("typed", ODD)
def test_an_odd_value_asks_once_more_and_is_not_refused(
    office: Office, child: Person, typed: str
) -> None:
    """It is submitted by a button that says so, and the planners are told what was odd."""
    preview = child.submits(typed).message
    assert ODD[typed] in preview["text"]
    assert "このまま提出しますか。" in preview["text"]
    assert button_of(preview, "確認して提出")[1]["style"] == "danger"
    child.clicks("確認して提出", preview)
    office.settles()
    assert len(office.submissions(typed[:4])) == 1
    assert ODD[typed] in office.person("U0PLANNER").inbox("承認のお願い")[-1]["text"]


def test_dropping_a_preview_gives_back_what_was_typed(office: Office, child: Person) -> None:
    """Nothing stays of it but the words."""
    before = office.business()
    preview = child.submits("1-1b R6 12人").message
    dropped = child.clicks("取消", preview).message
    assert dropped["ts"] == preview["ts"]
    assert "取り消しました。何も登録されていません。" in dropped["text"]
    assert "入力された内容: /kpi-submit 1-1b R6 12人" in dropped["text"]
    assert office.business() == before


def test_mending_a_preview_opens_the_form_with_what_was_said(office: Office, child: Person) -> None:
    """Value, source and month; what is then sent is what counts."""
    form = child.clicks("修正", child.submits("1-1b R6 12人 県の公表値").message).view
    assert standing_in(form, "indicator") == "1-1b"
    assert standing_in(form, "collection") == "2024"
    assert standing_in(form, "value:") == "12人"
    assert standing_in(form, "source") == "県の公表値"
    assert child.fills(form, value="13人").view["callback_id"] == "done"
    assert [row["figures"] for row in office.submissions()] == ["13"]
    form = child.clicks("修正", child.submits("1-1b R6 公表待ち（10月予定）").message).view
    assert standing_in(form, "month") == "10"


def test_fewer_words_open_the_form_filled_as_far_as_they_went(child: Person) -> None:
    """Nothing, an indicator, an indicator and its year."""
    assert standing_in(child.submits().view, "collection") == "2024"
    assert standing_in(child.submits("待機児童").view, "indicator") == "1-1b"
    form = child.submits("1-1b R5").view
    assert (standing_in(form, "indicator"), standing_in(form, "collection")) == ("1-1b", "2023")
    assert standing_in(child.submits("1-1b R6 R5の値").view, "period") == "R5の値"


def test_words_after_the_value_are_its_source(office: Office, child: Person) -> None:
    """However many, up to where Slack's own limit lies."""
    source = "県の公表値 " * 30
    child.clicks("提出", child.submits(f"1-1b R6 12人 {source}").message)
    assert office.submissions()[-1]["source"] == source.strip()


def test_the_command_works_in_any_channel(child: Person) -> None:
    """Only the one who typed sees its answer."""
    preview = child.submits("1-1b R6 12人", channel="C0STAFF").message
    assert preview["ephemeral_to"] == "U0CHILD"
    assert preview["channel"] == "C0STAFF"


def test_a_preview_that_is_being_mended_submits_no_more(office: Office, child: Person) -> None:
    """提出 says that the form took its place; 修正 opens the form again."""
    preview = child.submits("1-1b R6 12人").message
    form = child.clicks("修正", preview).view
    said = child.clicks("提出", preview).text
    assert "入力画面に置き換わった" in said
    assert office.submissions() == []
    child.closes(form)
    again = child.clicks("修正", preview).view
    child.fills(again, value="13人")
    assert [row["figures"] for row in office.submissions()] == ["13"]
    assert "置き換わった" in child.clicks("提出", preview).text


def test_a_colleagues_waiting_submission_is_named_before_it_is_replaced(
    office: Office, child: Person, child2: Person
) -> None:
    """In the preview and in the form; one's own too."""
    child2.clicks("提出", child2.submits("1-1b R6 14人").message)
    name = office.rows("SELECT name FROM directory WHERE user = 'U0CHILD2'")[0]["name"]
    preview = child.submits("1-1b R6 12人").message
    assert f"同じ課の{name}さんの確認中の提出（14人、6/3）を置き換えます。" in preview["text"]
    assert "確認中の提出（14人、6/3、<@U0CHILD2> さん）" in words_of(child.submits("1-1b R6").view)
    child.clicks("提出", preview)
    own = child.submits("1-1b R6 13人").message
    assert "あなたの確認中の提出（12人、6/3）を置き換えます。" in own["text"]


def test_a_submission_that_came_after_the_preview_is_told_first(
    office: Office, child: Person, child2: Person
) -> None:
    """Nobody replaces what they were not told of."""
    preview = child.submits("1-1b R6 12人").message
    child2.clicks("提出", child2.submits("1-1b R6 14人").message)
    assert "さんが同じ指標を提出しました" in child.clicks("提出", preview).text
    assert [row["figures"] for row in office.submissions()] == ["14"]
