"""フォロー: who follows hears of a value that is approved and new, once, and nobody hears twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from answers.follow import FOLLOW, FOLLOWING, HERE, NOT_TO_ME, STOP, TO_ME
from tests.bot.forging import Forger
from tests.bot.office import Office
from tests.bot.people import Person, is_a_sentence, labels_of
from tests.sandbox.hands import Json, soon
from tests.talking.test_home import presses

NEWS = "フォロー中の指標の値が承認されました"
EACH = ["1-1b", "1-1", "目標3", "こども課（サンプル）"]


def choice(person: Person, words: str, channel: str = "C0STAFF") -> Json:
    """Ask, press フォロー; what the bot asks then."""
    answer = person.asks(words, channel).message
    label = FOLLOW if FOLLOW in labels_of(answer) else FOLLOWING
    return person.clicks(label, answer).message


def follows(person: Person, words: str) -> str:
    """Follow by direct message; what the bot says."""
    told: str = person.clicks(TO_ME, choice(person, words)).message["text"]
    return told


def makes_follow(person: Person, words: str, channel: str = "C0STAFF") -> Json:
    """Make a channel follow; what appeared there."""
    return person.clicks(HERE, choice(person, words, channel)).message


def approve(office: Office, value: str) -> None:
    """U0CHILD submits 1-1b, U0PLANNER approves it; an hour passes."""
    child, planner = office.person("U0CHILD"), office.person("U0PLANNER")
    child.clicks("提出", child.submits(f"1-1b R6 {value}").message)
    office.settles()
    planner.approves(planner.inbox("承認のお願い")[-1])
    office.at((office.now + timedelta(minutes=61)).isoformat())


def told_in(office: Office, channel: str) -> list[Json]:
    """The news that stand in a channel."""
    return [m for m in office.hands.look(f"messages/{channel}")["messages"] if NEWS in m["text"]]


@pytest.mark.parametrize("words", EACH)
def test_a_follower_hears_of_a_new_value_once(office: Office, staff: Person, words: str) -> None:
    """Following the indicator, its policy, its goal or its department."""
    assert "をフォローしました。" in follows(staff, words)
    assert FOLLOWING in labels_of(staff.asks(words).message)
    before = office.approved(2023)
    approve(office, "12人")
    (told,) = staff.inbox(NEWS)
    assert f"R6実績 {before}人（R5） → 12人" in told["text"]
    assert "▲ 向上" in told["text"]
    assert office.refused_by_slack() == []
    (key,) = office.rows("SELECT key FROM outbox WHERE key LIKE 'news:%'")
    assert key["key"].endswith(":U0STAFF")


def test_who_follows_all_of_it_hears_once(office: Office, staff: Person) -> None:
    """One message says by what it is followed."""
    for words in EACH:
        follows(staff, words)
        makes_follow(staff, words)
    approve(office, "12人")
    for told in (staff.inbox(NEWS), told_in(office, "C0STAFF")):
        (message,) = told
        reasons = message["text"].partition("フォロー: ")[2]
        names = ("基本目標3", "施策 1-1", "1-1b", "こども課（サンプル）")
        assert sorted(names, key=reasons.index) == list(names)
        assert len([label for label in labels_of(message) if STOP in label]) == 4


def test_a_channel_is_told_for_all_to_read(office: Office, staff: Person, child: Person) -> None:
    """Who made it follow is said there; anybody there may end it, and then it hears nothing."""
    begun = makes_follow(staff, "目標3")
    assert begun["text"].startswith("<@U0STAFF> さんが、このチャンネルで次をフォローしました。")
    assert not begun.get("ephemeral_to")
    approve(office, "12人")
    (told,) = told_in(office, "C0STAFF")
    assert "12人" in told["text"]
    assert staff.inbox(NEWS) == []
    ended = child.clicks(f"{STOP}（基本目標3）", told).message
    assert ended["ephemeral_to"] == child.id
    assert "フォローをやめました" in ended["text"]
    approve(office, "13人")
    assert len(told_in(office, "C0STAFF")) == 1
    assert office.refused_by_slack() == []


def test_a_channel_never_reads_of_a_value_that_waits(
    office: Office, staff: Person, child: Person
) -> None:
    makes_follow(staff, "1-1b")
    child.clicks("提出", child.submits("1-1b R6 12人").message)
    office.settles()
    assert told_in(office, "C0STAFF") == []


@pytest.mark.parametrize(("channel", "why"), [("C0SHARED", "組織の外"), ("C0ELSE", "/invite")])
def test_where_nothing_may_be_posted_no_channel_follows(
    office: Office, planner: Person, channel: str, why: str
) -> None:
    """Before outsiders, and where the bot isn't; a sentence says so."""
    office.hands.do("channel", channel="C0ELSE", name="別室", members=["U0PLANNER"])
    told = makes_follow(planner, "1-1", channel)
    assert why in told["text"]
    is_a_sentence(told["text"])
    assert office.rows("SELECT 1 FROM followings") == []


def test_a_channel_that_is_shared_with_outsiders_follows_no_longer(
    office: Office, staff: Person
) -> None:
    """As soon as Slack says so."""
    makes_follow(staff, "1-1b")
    office.hands.do("channel", channel="C0STAFF", is_ext_shared=True)
    assert soon(lambda: len(office.rows("SELECT 1 FROM followings")) == 2)
    approve(office, "12人")
    assert told_in(office, "C0STAFF") == []
    office.hands.do("channel", channel="C0STAFF", is_ext_shared=False)


def test_a_channel_that_the_bot_left_follows_no_longer(office: Office, staff: Person) -> None:
    """Found out at night."""
    makes_follow(staff, "1-1b")
    makes_follow(staff, "1-1b", "C0DIGEST")
    office.hands.do("channel", channel="C0DIGEST", members=["U0STAFF"])
    office.bot.tidy()
    held = office.rows("SELECT follower, active FROM followings ORDER BY id")
    assert [(row["follower"], row["active"]) for row in held] == [
        ("C0STAFF", 1),
        ("C0DIGEST", 1),
        ("C0DIGEST", 0),
    ]


def test_in_direct_messages_the_button_acts_at_once(office: Office, staff: Person) -> None:
    """There is nothing to choose."""
    answer = staff.asks("1-1b", staff.home).message
    assert "をフォローしました。" in staff.clicks(FOLLOW, answer).message["text"]
    again = staff.asks("1-1b", staff.home).message
    assert "フォローをやめました" in staff.clicks(FOLLOWING, again).message["text"]


def test_all_that_is_followed_is_listed_and_ended_there(office: Office, staff: Person) -> None:
    """`/kpi フォロー`: one's own and the channel's, each with 解除; the list then shows the rest."""
    assert "フォローしているものはありません" in staff.asks("フォロー").message["text"]
    follows(staff, "目標3")
    follows(staff, "1-1b")
    makes_follow(staff, "1-1")
    found = staff.asks("フォロー一覧").message
    assert "あなたへの DM 2件" in found["text"]
    assert "このチャンネルへの投稿 1件" in found["text"]
    staff.clicks("解除", found)
    (left,) = [m for m in staff.reads("C0STAFF") if m["ts"] == found["ts"]]
    assert "あなたへの DM 1件" in left["text"]
    assert "基本目標3" not in left["text"]
    assert "このチャンネル" not in staff.asks("フォロー", staff.home).message["text"]
    assert office.refused_by_slack() == []


@pytest.mark.parametrize(
    "words", ["フォロー 1-1b", "follow 目標３", "このチャンネルでフォロー　こども課"]
)
def test_one_thing_can_be_followed_by_words(office: Office, staff: Person, words: str) -> None:
    asked = staff.asks(words).message
    assert labels_of(asked)[:2] == [TO_ME, HERE]
    assert "をフォローしました。" in staff.clicks(TO_ME, asked).message["text"]
    again = staff.asks(f"フォロー解除 {words.rsplit(maxsplit=1)[-1]}").message
    assert labels_of(again)[:2] == [NOT_TO_ME, HERE]


def test_home_shows_what_is_followed_and_leads_to_the_list(office: Office, staff: Person) -> None:
    """Where it is ended in a modal."""
    for words in EACH:
        follows(staff, words)
    staff.hands.do("open-home", user=staff.id)
    assert soon(lambda: "フォロー中 4件" in str(staff.hands.look(f"home/{staff.id}")["view"]))
    modal = presses(staff, staff.hands.look(f"home/{staff.id}")["view"], "フォローの一覧").view
    assert "あなたへの DM 4件" in str(modal)
    presses(staff, modal, "解除")
    assert soon(lambda: "あなたへの DM 3件" in str(staff.form()))
    assert office.refused_by_slack() == []


def test_who_hears_anyway_is_not_told_twice(
    office: Office, child: Person, child2: Person, planner: Person, planner2: Person
) -> None:
    """The submitter, the department and who approved; another planner who follows is told."""
    for each in (child, child2, planner, planner2):
        follows(each, "1-1b")
    approve(office, "12人")
    for each in (child, child2, planner):
        assert each.inbox(NEWS) == []
    assert len(planner2.inbox(NEWS)) == 1


def test_nothing_is_told_before_approval_or_when_the_value_stays(
    office: Office, child: Person, staff: Person
) -> None:
    """A value that waits is nobody's news; nor is one that is approved again as it was."""
    follows(staff, "1-1b")
    child.clicks("提出", child.submits("1-1b R6 12人").message)
    office.settles()
    assert office.rows("SELECT 1 FROM outbox WHERE key LIKE 'news:%'") == []
    approve(office, "12人 県の公表値")
    approve(office, "12人 市の集計")
    assert len(staff.inbox(NEWS)) == 1


def test_who_stops_or_leaves_hears_no_more(office: Office, staff: Person) -> None:
    """The way back stands in the receipt and in the news; somebody who left is told nothing."""
    trade = office.person("U0TRADE")
    follows(trade, "1-1b")
    receipt = staff.clicks(TO_ME, choice(staff, "1-1b")).message
    told = staff.clicks(STOP, receipt).message["text"]
    assert "のフォローをやめました。" in told
    assert FOLLOW in labels_of(staff.asks("1-1b").message)
    office.hands.do("user", user="U0TRADE", deleted=True)
    approve(office, "12人")
    assert office.rows("SELECT 1 FROM outbox WHERE key LIKE 'news:%'") == []


def test_a_click_that_comes_twice_is_one_choice(office: Office, staff: Person) -> None:
    """And one that is made twice as well, for oneself or for a channel."""
    asked = choice(staff, "1-1b")
    for label in (TO_ME, HERE):
        office.redelivered(lambda: staff.clicks(label, asked))  # noqa: B023
        staff.clicks(label, asked)
    assert len(office.rows("SELECT 1 FROM followings")) == 2
    assert len(staff.reads("C0STAFF", "次をフォローしました")) == 1


def test_a_forged_button_follows_nothing(office: Office) -> None:
    """Guests neither."""
    forger = Forger(office)
    good = "on|kitamoto-2|indicator|1-1b"
    for value in (
        None,
        "",
        "on",
        "on|kitamoto-2|indicator|9-9z",
        "on|kitamoto-2|department|zz",
        "off_there|kitamoto-2|indicator|1-1b",
        "on|x|goal|3",
        "x" * 2000,
        f"{good}x",
    ):
        assert "古いため" in forger.click("U0STAFF", "follow:x", value).text
        assert "古いため" in forger.click("U0STAFF", "unfollow:x", value).text
    assert "ゲスト" in forger.click("U0GUEST", "follow:x", good).text
    assert office.rows("SELECT 1 FROM followings") == []
    assert office.denials() == [("U0GUEST", "ask")]
