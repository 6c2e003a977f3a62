"""Mentions and direct messages: the words of `/kpi`, answered where they were written, once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.listeners.talking import words_of
from store.db import connect, writing
from tests.bot.office import Office, open_office
from tests.bot.people import Person, is_a_sentence
from tests.sandbox.hands import Json, soon

BOT = "<@U0KPIBOT>"
WORDS = [
    "",
    "1-1",
    "１ー１ 令和５年度",
    "1-1b",
    "待機児童",
    "目標3",
    "未達成",
    "ヘルプ",
    "R99",
    "zzz",
]


def says(person: Person, text: str, channel: str = "C0STAFF", **more: Any) -> Json:
    """Write a message; what came of it."""
    return person.hands.say(person.id, channel, text, **more)


def by_bot(office: Office, channel: str) -> list[Json]:
    """What the bot wrote in a channel for all to see, oldest first."""
    found = office.hands.look(f"messages/{channel}")["messages"]
    return [m for m in found if m["user"] == "U0KPIBOT" and not m.get("ephemeral_to")]


def said(message: Json) -> str:
    """A message's text, without what was typed: each surface gives that back as it was typed there."""
    found: str = message["text"]
    return found.partition("\n\n入力された内容:")[0]


def answered(office: Office, channel: str, count: int = 1) -> list[Json]:
    """The bot's messages there, once there are so many."""
    assert soon(lambda: len(by_bot(office, channel)) >= count), by_bot(office, channel)
    return by_bot(office, channel)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"{BOT} 1-1b", "1-1b"),
        (f"1-1b {BOT}", "1-1b"),
        (f"{BOT}　*目標3*", "目標3"),
        (f"{BOT} `未達成`\n", "未達成"),
        ("<@U0KPIBOT|kpibot> A &amp; B &lt;x&gt;", "A & B <x>"),
        (BOT, ""),
    ],
)
def test_the_words_are_what_was_typed_beside_the_mention(text: str, words: str) -> None:
    """Without Slack's escapes and the signs of formatting around them."""
    assert words_of(text) == words


@pytest.mark.parametrize("words", WORDS)
def test_a_mention_is_answered_as_kpi_answers_staff_in_its_thread(
    office: Office, staff: Person, words: str
) -> None:
    """The same words, the same answer, for everybody to read."""
    asked = says(staff, f"{BOT} {words}")
    (answer,) = answered(office, "C0STAFF")
    assert answer["thread_ts"] == asked["ts"]
    assert said(answer) == said(staff.asks(words).message)
    assert office.refused_by_slack() == []


def test_a_mention_in_a_thread_is_answered_there(office: Office, staff: Person) -> None:
    """And not below the reply that mentions."""
    root = says(staff, "会議のメモ")
    says(staff, f"{BOT} 1-1", thread_ts=root["ts"])
    (answer,) = answered(office, "C0STAFF")
    assert answer["thread_ts"] == root["ts"]


def test_in_a_channel_nobody_reads_a_value_that_waits(
    office: Office, child: Person, planner: Person
) -> None:
    """Also when somebody asks who may see it; in their direct messages they do."""
    child.clicks("提出", child.submits("1-1b R6 12人").message)
    office.settles()
    for n, each in enumerate((child, planner), 1):
        says(each, f"{BOT} 1-1b")
        answer = answered(office, "C0STAFF", n)[-1]
        assert "12人" not in str(answer)
        assert "値は承認後に表示" in answer["text"]
        says(each, "1-1b", each.home)
        assert soon(lambda: each.inbox("R6: … 確認中 12人")), each.inbox()  # noqa: B023


def test_in_a_channel_nobodys_tasks_are_told(office: Office, child: Person) -> None:
    """What waits for somebody is between them and the bot."""
    assert "あなたの対応待ち" in child.asks().message["text"]
    says(child, BOT)
    assert "あなたの対応待ち" not in answered(office, "C0STAFF")[0]["text"]


def test_an_event_that_comes_twice_is_answered_once(office: Office, staff: Person) -> None:
    """Its id is what counts."""
    office.redelivered(lambda: says(staff, f"{BOT} 1-1"))
    office.redelivered(lambda: says(staff, "1-1", staff.home))
    office.settles()
    assert len(by_bot(office, "C0STAFF")) == 1
    assert len(by_bot(office, staff.home)) == 1


def test_an_answer_whose_post_broke_off_stands_once(office: Office, staff: Person) -> None:
    """It is looked for in its thread before it is posted again."""
    office.hands.arm("drop", method="chat.postMessage", effect="after")
    says(staff, f"{BOT} 1-1", wait=0)
    assert soon(lambda: office.rows("SELECT 1 FROM outbox WHERE error IS NOT NULL"))
    office.at("2025-06-03T10:10:00+09:00")
    assert len(by_bot(office, "C0STAFF")) == 1
    (row,) = office.rows("SELECT state, via FROM outbox")
    assert row == {"state": "sent", "via": "lookup"}


def test_an_answer_outlives_the_bot(tmp_path: Path) -> None:
    """What was acked is answered after a restart."""
    with open_office(tmp_path) as office:
        office.hands.arm("rate_limit", method="chat.postMessage", retry_after=60, times=99)
        asked = says(office.person("U0STAFF"), f"{BOT} 1-1", wait=0)
        assert asked["acked"]
        assert by_bot(office, "C0STAFF") == []
    with open_office(tmp_path) as office:
        office.hands.do("fault", kind="clear")
        office.at("2025-06-03T10:10:00+09:00")
        (answer,) = by_bot(office, "C0STAFF")
        assert answer["thread_ts"] == asked["ts"]


def test_in_a_channel_shared_with_outsiders_nothing_is_told(
    office: Office, planner: Person
) -> None:
    """The answer comes by direct message, and the channel hears why."""
    says(planner, f"{BOT} 1-1", "C0SHARED")
    (declined,) = answered(office, "C0SHARED")
    assert "組織の外と共有されている" in declined["text"]
    (answer,) = answered(office, planner.home)
    assert "施策 1-1" in answer["text"]


@pytest.mark.parametrize(("user", "channel"), [("U0GUEST", "C0STAFF"), ("U0GUEST", "D0GUEST")])
def test_who_may_not_ask_is_told_so_once(office: Office, user: str, channel: str) -> None:
    """By direct message, with one row in the audit."""
    office.redelivered(lambda: says(office.person(user), f"{BOT} 1-1", channel))
    office.settles()
    (told,) = by_bot(office, f"D0{user[2:]}")
    assert told["text"] == "ゲストの方は利用できません。"
    assert by_bot(office, "C0STAFF") == []
    assert office.denials() == [(user, "ask")]


def test_outsiders_in_a_shared_channel_get_no_word(office: Office) -> None:
    """Only the audit knows."""
    says(office.person("U0OUTSIDE"), f"{BOT} 1-1", "C0SHARED", wait=0)
    office.settles()
    assert by_bot(office, "C0SHARED") == []
    assert office.denials() == [("U0OUTSIDE", "ask")]
    assert office.rows("SELECT 1 FROM outbox") == []


def test_other_bots_are_not_talked_to(office: Office) -> None:
    """So that two bots can't keep each other busy."""
    says(office.person("U0OTHERBOT"), f"{BOT} 1-1", wait=0)
    office.settles()
    assert by_bot(office, "C0STAFF") == []
    assert office.denials() == []


def test_an_edit_of_the_bots_own_message_is_no_question(
    office: Office, child: Person, planner: Person
) -> None:
    """Slack tells the bot of its own edits too."""
    child.clicks("提出", child.submits("1-1b R6 12人").message)
    office.settles()
    planner.approves(planner.inbox("承認のお願い")[-1])
    office.settles()
    assert [m["text"].partition("　")[0] for m in by_bot(office, planner.home)] == ["承認済み"]


def test_somebody_never_seen_is_looked_up(office: Office, staff: Person) -> None:
    """Before the event is acked, for a second at most."""
    with writing(office.bot.desk.db) as db:
        db.execute("DELETE FROM directory WHERE user = ?", [staff.id])
    says(staff, f"{BOT} 1-1")
    assert "施策 1-1" in answered(office, "C0STAFF")[0]["text"]


def test_whatever_is_written_gets_a_sentence(office: Office, staff: Person) -> None:
    """And calls nobody."""
    strange = [
        "' OR 1=1; --",
        "<!channel> <@U0PLANNER>",
        "あ" * 3000,
        "R999",
        "😀",
        "*",
        "1-1 9999",
    ]
    for n, words in enumerate(strange, 1):
        says(staff, words, staff.home)
        answer = answered(office, staff.home, n)[-1]
        is_a_sentence(answer["text"])
        assert "<!channel>" not in str(answer)
        assert "<@U0PLANNER>" not in str(answer)
    assert office.refused_by_slack() == []


def test_an_event_that_can_not_be_committed_is_not_acked_and_leaves_nothing(
    office: Office, staff: Person
) -> None:
    """Somebody holds the database for longer than the bot waits for it: Slack shall come again."""
    other = connect(office.bot.desk.connections.path)
    other.execute("BEGIN IMMEDIATE")
    asked = says(staff, f"{BOT} 1-1", wait=0)
    office.rests()
    other.rollback()
    other.conn.close()
    assert not asked["acked"]
    assert office.rows("SELECT 1 FROM inbox WHERE key LIKE 'event:%'") == []
    says(staff, f"{BOT} 1-1")
    assert len(answered(office, "C0STAFF")) == 1
