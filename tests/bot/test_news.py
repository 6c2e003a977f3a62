"""お知らせ in Slack: planners choose the channels, which are told once an hour of changed verdicts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store import news_channels
from store.db import writing
from store.news_channels import NewsChannel
from store.settings import pause
from tests.bot.forging import Forger
from tests.bot.giving import approve, by, give, proposed
from tests.bot.office import Office
from tests.bot.people import Person, is_a_sentence, words_of
from tests.bot.terminal import kpibot
from tests.sandbox.hands import Json, soon

CHANGED = "指標の判定が変わりました"


def picks(
    channel: str | None, scope: str = "all", state: str = "", outsiders: bool = False
) -> Json:
    """The form as it is filled in; the channel only where it is picked there."""
    ticked: list[Json] = [{"value": "outsiders"}] if outsiders else []
    filled: Json = {
        "scope": {"picked": {"selected_option": {"value": scope}}},
        "outsiders": {"picked": {"selected_options": ticked}},
        "why": {"typed": {"value": "経営会議のため"}},
    }
    if channel:
        filled["channel"] = {"picked": {"selected_conversation": channel}}
    if state:
        filled["state"] = {"picked": {"selected_option": {"value": state}}}
    return filled


def adds(planner: Person, channel: str, **more: object) -> str:
    """Put a channel on the list; what the planner is told of it by DM."""
    form = planner.clicks("チャンネルを加える", planner.administers("お知らせ").message).view
    before = len(planner.reads(planner.home))
    planner.sends(form, picks(channel, **more))  # type: ignore[arg-type]
    assert "結果は DM に届きます" in words_of(planner.form())
    planner.closes(planner.form())
    assert soon(lambda: len(planner.reads(planner.home)) > before)
    found: str = planner.reads(planner.home)[-1]["text"]
    return found


def changes(planner: Person, **more: object) -> str:
    """Change the only channel on the list; what the form then says."""
    form = planner.clicks("変える", planner.administers("お知らせ").message).view
    planner.sends(form, picks(None, **more))  # type: ignore[arg-type]
    said = words_of(planner.form())
    planner.closes(planner.form())
    return said


def told(office: Office, channel: str) -> list[str]:
    found = office.hands.look(f"messages/{channel}")["messages"]
    return [m["text"] for m in found if CHANGED in m["text"]]


def an_hour_passes(office: Office) -> None:
    office.at((office.now + timedelta(minutes=61)).isoformat())


def settings(office: Office) -> list[tuple[str, str | None, str, str | None]]:
    found = office.rows("SELECT * FROM settings WHERE key LIKE 'news.%' ORDER BY id")
    return [(r["key"], r["value"], r["actor"], r["reason"]) for r in found]


def test_two_approvals_within_an_hour_are_one_message(office: Office, planner: Person) -> None:
    """To the channel, with verdicts before and after; 予定 and お知らせ show it ahead."""
    assert "保存しました" in adds(planner, "C0DIGEST")
    first, second = give(
        office, "U0CHILD", proposed("1-1b", "0"), proposed("1-1a", "99"), together=True
    )
    approve(office, "U0PLANNER", first.id)
    office.at((office.now + timedelta(minutes=30)).isoformat())
    assert "いままとめているもの: 1件" in planner.administers("お知らせ").text
    page = planner.administers("予定").message
    assert "値・判定のお知らせ" in page["text"]
    approve(office, "U0PLANNER", second.id)
    assert told(office, "C0DIGEST") == []
    an_hour_passes(office)
    (said,) = told(office, "C0DIGEST")
    assert "（2件）" in said
    assert "→ ● 達成" in said
    assert office.refused_by_slack() == []


def test_the_page_shows_who_set_what_and_a_channel_is_stopped_and_taken_off(
    office: Office, planner: Person
) -> None:
    adds(planner, "C0DIGEST", scope="kitamoto-2|3")
    page = planner.administers("お知らせ").message
    assert "基本目標3" in page["text"]
    assert "送る（企画担当A）「経営会議のため」" in page["text"]
    assert "止めています" in changes(planner, state="off")
    assert "送るチャンネルはまだありません" in changes(planner, state="gone")
    assert [(key, actor) for key, _, actor, _ in settings(office)] == [
        ("news.channel.C0DIGEST", "U0PLANNER")
    ] * 3


def test_before_outsiders_only_where_a_planner_says_so(office: Office, planner: Person) -> None:
    """The form stays open with a sentence; ticked, it is kept."""
    said = adds(planner, "C0SHARED")
    assert "組織の外と共有されている" in said
    assert settings(office) == []
    assert "保存しました" in adds(planner, "C0SHARED", outsiders=True)
    office.hands.do("channel", channel="C0ELSE", name="別室", members=["U0PLANNER"])
    assert "/invite" in adds(planner, "C0ELSE")


def test_a_channel_that_is_opened_to_outsiders_is_told_no_longer(
    office: Office, planner: Person
) -> None:
    adds(planner, "C0STAFF")
    office.hands.do("channel", channel="C0STAFF", is_ext_shared=True)
    assert soon(lambda: len(settings(office)) == 2)
    (first,) = give(office, "U0CHILD", proposed("1-1b", "0"))
    approve(office, "U0PLANNER", first.id)
    an_hour_passes(office)
    assert told(office, "C0STAFF") == []
    assert "止めています" in planner.administers("お知らせ").text
    office.hands.do("channel", channel="C0STAFF", is_ext_shared=False)


def test_the_doctor_tells_who_hears_and_what_is_stopped(office: Office, planner: Person) -> None:
    with writing(office.bot.desk.db) as db:
        act = by(office, planner.id)
        for each in (NewsChannel("C0DIGEST"), NewsChannel("C0STAFF", on=False)):
            news_channels.put(db, act, each)
        pause(db, act, "stage")
    found = kpibot("doctor", data=office.folder).out
    assert "✓ お知らせのチャンネル: C0DIGEST" in found
    assert "・ お知らせを止めているチャンネル: C0STAFF" in found
    assert "・ 企画担当が止めている通知: 年間サイクルのお知らせ" in found


@pytest.mark.parametrize("user", ["U0STAFF", "U0CHILD", "U0GUEST"])
def test_others_change_nothing_whatever_they_forge(office: Office, user: str) -> None:
    forger = Forger(office)
    is_a_sentence(forger.click(user, "news_channel:", "").text)
    assert settings(office) == []
    assert office.denials()[-1] == (user, "administer")


def test_a_forged_button_or_form_is_told_to_be_old(office: Office) -> None:
    forger = Forger(office)
    for value in ("C0NONE", "x" * 2000):
        assert "古いため" in forger.click("U0PLANNER", "news_channel:x", value).text
