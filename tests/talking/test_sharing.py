"""「チャンネルに共有」: approved values only, once a click, and only among colleagues."""

from __future__ import annotations

import pytest

from answers.shared import LABEL
from tests.bot.office import Office
from tests.bot.people import Person, button_of, is_a_sentence, labels_of
from tests.sandbox.hands import Json, soon
from tests.talking.test_talking import answered, by_bot


def ask_and_share(person: Person, words: str, channel: str = "C0STAFF") -> list[Json]:
    """Ask, press the button; what appeared."""
    return person.clicks(LABEL, person.asks(words, channel).message).messages


@pytest.mark.parametrize("words", ["1-1", "1-1b", "1-3", "1-1 R5", "4-1a R5"])
def test_an_answer_is_shared_with_who_shared_it(office: Office, staff: Person, words: str) -> None:
    """All of it, for all to read, without another button to share it."""
    asked = staff.asks(words).message
    staff.clicks(LABEL, asked)
    (post,) = answered(office, "C0STAFF")
    assert post["text"] == f"<@U0STAFF> さんが共有しました\n\n{asked['text']}"
    assert LABEL not in labels_of(post)
    assert office.refused_by_slack() == []


def test_a_value_that_waits_is_not_shared(office: Office, child: Person) -> None:
    """Though the one who shares sees it."""
    child.clicks("提出", child.submits("1-1b R6 12人").message)
    office.settles()
    asked = child.asks("1-1b").message
    assert "12人" in asked["text"]
    child.clicks(LABEL, asked)
    (post,) = answered(office, "C0STAFF")
    assert "12人" not in str(post)
    assert "値は承認後に表示" in post["text"]
    assert labels_of(post).count("実績を入力") == 0


def test_a_click_shares_once_and_each_click_once(office: Office, staff: Person) -> None:
    """However often it is delivered."""
    asked = staff.asks("1-1").message
    office.redelivered(lambda: staff.clicks(LABEL, asked))
    office.settles()
    assert len(by_bot(office, "C0STAFF")) == 1
    staff.clicks(LABEL, asked)
    office.settles()
    assert len(by_bot(office, "C0STAFF")) == 2


def test_a_share_whose_post_broke_off_stands_once(office: Office, staff: Person) -> None:
    """It is looked for before it is posted again."""
    asked = staff.asks("1-1").message
    office.hands.arm("drop", method="chat.postMessage", effect="after")
    staff.clicks(LABEL, asked, wait=0)
    assert soon(lambda: office.rows("SELECT 1 FROM outbox WHERE error IS NOT NULL"))
    office.at("2025-06-03T10:10:00+09:00")
    assert len(by_bot(office, "C0STAFF")) == 1


@pytest.mark.parametrize(
    ("channel", "why"),
    [("D0PLANNER", "ここでは共有できません"), ("C0SHARED", "組織の外"), ("C0ELSE", "/invite")],
)
def test_where_it_can_not_be_shared_a_sentence_says_why(
    office: Office, planner: Person, channel: str, why: str
) -> None:
    """In direct messages, before outsiders, and where the bot isn't."""
    office.hands.do("channel", channel="C0ELSE", name="別室", members=["U0PLANNER"])
    (told,) = ask_and_share(planner, "1-1", channel)
    assert why in told["text"]
    is_a_sentence(told["text"])
    office.settles()
    assert by_bot(office, channel) in ([], [told])
    assert office.rows("SELECT 1 FROM outbox") == []


def test_somebody_who_may_not_ask_shares_nothing(office: Office, staff: Person) -> None:
    """The button is no pass."""
    asked = staff.asks("1-1").message
    office.hands.do("user", user="U0STAFF", is_restricted=True)
    (told,) = staff.clicks(LABEL, asked).messages
    assert told["text"] == "ゲストの方は利用できません。"
    assert office.denials() == [("U0STAFF", "ask")]
    assert by_bot(office, "C0STAFF") == []


def test_the_button_carries_what_was_asked(office: Office, staff: Person) -> None:
    """A year stays a year."""
    _, button = button_of(staff.asks("1-1 令和５年度").message, LABEL)
    assert (button["action_id"], button["value"]) == ("share:1-1 R5", "1-1 R5")
