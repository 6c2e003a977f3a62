"""予定の時刻 in Slack: planners change when the bot speaks by itself, from the next day on."""

from __future__ import annotations

from tests.bot.forging import Forger
from tests.bot.office import Office
from tests.bot.people import Person, is_a_sentence, standing_in, words_of
from tests.sandbox.hands import Json


def opens(planner: Person) -> Json:
    """The form, opened from the page."""
    found: Json = planner.clicks("時刻を変える", planner.administers("予定").message).view
    return found


def chosen(form: Json, why: str = "朝礼の *後* に届くように", **said: str) -> Json:
    """Choices by their words, as the form takes them, and the reason."""
    version, filled = form["private_metadata"], dict[str, Json]()
    for block in form["blocks"]:
        for name, words in said.items():
            if block.get("block_id") == f"{name}:{version}":
                (value,) = [
                    each["value"]
                    for each in block["element"]["options"]
                    if each["text"]["text"] == words
                ]
                filled[block["block_id"]] = {"picked": {"selected_option": value}}
    assert len(filled) == len(said)
    return filled | {"why": {"typed": {"value": why}}}


def settings(office: Office) -> list[tuple[str, str, str, str | None]]:
    found = office.rows("SELECT * FROM settings WHERE key LIKE 'times.%' ORDER BY id")
    return [(r["key"], r["value"], r["actor"], r["reason"]) for r in found]


def test_a_new_hour_is_told_shown_and_kept_and_today_stays_as_it_is(
    office: Office, planner: Person
) -> None:
    """今日 is 3 June 2025; こども課 is reminded on the fifth."""
    page = planner.administers("予定").message
    assert "開庁日の09:00※、遅れてもその日の22:00※まで" in page["text"]
    assert "2025/6/5（木） 09:00　提出のお願い" in page["text"]
    form = opens(planner)
    assert "変更は明日（6/4）から効きます" in words_of(form)
    planner.sends(form, chosen(form, hour="10:30", weekly="2日遅れまで"))
    saved = words_of(planner.form())
    assert "明日（6/4）から次のとおりです" in saved
    assert "の時刻: 09:00 → 10:30" in saved
    assert "2025/6/5（木） 10:30" in saved
    planner.closes(planner.form())
    said = planner.administers("予定").text
    assert "開庁日の09:00※（6/4から10:30）、" in said
    assert "週報: 1日遅れまで※（6/4から2日遅れまで）・月報: 3日遅れまで※" in said
    assert "6/3 10:0" in said.partition("最後の変更: ")[2]
    assert "「朝礼の" in said
    assert settings(office) == [
        ("times.hour", "2025-06-04 10:30", "U0PLANNER", "朝礼の *後* に届くように"),
        ("times.weekly", "2025-06-04 48", "U0PLANNER", "朝礼の *後* に届くように"),
    ]
    history = planner.administers("履歴 設定").text
    assert "督促・お願い・年間サイクルのお知らせの時刻 → 10:30（2025-06-04から）" in history
    assert not any("提出のお願い" in m["text"] for m in office.at("2025-06-05T10:29:00+09:00"))
    office.at("2025-06-05T10:30:30+09:00")
    assert office.rows("SELECT * FROM outbox WHERE key = 'remind:2025-06-05:U0CHILD'")
    assert "開庁日の10:30、" in planner.administers("予定").text
    assert office.refused_by_slack() == []


def test_a_form_that_somebody_overtook_is_shown_anew_with_the_reason_as_typed(
    office: Office, planner: Person, planner2: Person
) -> None:
    """And undoes nothing."""
    mine, theirs = opens(planner), opens(planner2)
    planner2.sends(theirs, chosen(theirs, "議会のため", until="17:00"))
    planner.sends(mine, chosen(mine, "窓口の混む時間を避けるため", hour="15:00"))
    again = planner.form()
    assert "入力中に企画担当Bさんが時刻を変えたため、保存していません" in words_of(again)
    assert standing_in(again, "why") == "窓口の混む時間を避けるため"
    assert [key for key, *_ in settings(office)] == ["times.until"]
    planner.sends(again, chosen(again, hour="15:00"))
    assert [key for key, *_ in settings(office)] == ["times.until", "times.hour"]
    assert "その日の22:00※（6/4から17:00）まで" in planner.administers("予定").text


def test_without_a_reason_nothing_is_changed_and_the_same_again_is_said(
    office: Office, planner: Person
) -> None:
    form = opens(planner)
    errors = planner.sends(form, chosen(form, "\u200b", hour="08:00")).errors
    assert errors == {"why": "変える理由を書いてください。例: 朝礼の後に届くようにするため"}
    planner.sends(form, chosen(form, hour="09:00（既定値）"))
    assert "変更はありません" in words_of(planner.form())
    assert settings(office) == []


def test_others_change_none_whatever_they_forge(office: Office) -> None:
    forger = Forger(office)
    for user in ("U0CHILD", "U0GUEST"):
        is_a_sentence(forger.click(user, "speech:times", "").text)
        assert office.denials()[-1] == (user, "administer")
    assert settings(office) == []
