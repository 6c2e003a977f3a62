"""フォロー: who follows hears of a value that is approved and new, once, and nobody hears twice."""

from __future__ import annotations

import pytest

from answers.follow import FOLLOW, FOLLOWING, STOP
from tests.bot.forging import Forger
from tests.bot.office import Office
from tests.bot.people import Person, labels_of

NEWS = "フォロー中の指標の値が承認されました"


def follows(person: Person, words: str) -> str:
    """Ask, press フォロー; what the bot says."""
    told: str = person.clicks(FOLLOW, person.asks(words).message).message["text"]
    return told


def approve(office: Office, value: str) -> None:
    """U0CHILD submits 1-1b, U0PLANNER approves it."""
    child, planner = office.person("U0CHILD"), office.person("U0PLANNER")
    child.clicks("提出", child.submits(f"1-1b R6 {value}").message)
    office.settles()
    planner.approves(planner.inbox("承認のお願い")[-1])
    office.settles()


@pytest.mark.parametrize("words", ["1-1b", "1-1", "目標3"])
def test_a_follower_hears_of_a_new_value_once(office: Office, staff: Person, words: str) -> None:
    """Following the indicator, its policy or its goal."""
    assert "をフォローしました。" in follows(staff, words)
    assert FOLLOWING in labels_of(staff.asks(words).message)
    before = office.approved(2023)
    approve(office, "12人")
    (told,) = staff.inbox(NEWS)
    assert f"R6実績 {before}人 → 12人" in told["text"]
    assert "▲ 向上" in told["text"]
    assert office.refused_by_slack() == []
    (key,) = office.rows("SELECT key FROM outbox WHERE key LIKE 'follow:%'")
    assert key["key"].endswith(":U0STAFF")


def test_who_follows_all_of_it_hears_once(office: Office, staff: Person) -> None:
    """One message says by what it is followed."""
    for words in ("1-1b", "1-1", "目標3"):
        follows(staff, words)
    approve(office, "12人")
    (told,) = staff.inbox(NEWS)
    assert "フォロー: 1-1b 保育所（園）待機児童数・施策 1-1" in told["text"]
    assert len([label for label in labels_of(told) if STOP in label]) == 3


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
    assert office.rows("SELECT 1 FROM outbox WHERE key LIKE 'follow:%'") == []
    approve(office, "12人 県の公表値")
    approve(office, "12人 市の集計")
    assert len(staff.inbox(NEWS)) == 1


def test_who_stops_or_leaves_hears_no_more(office: Office, staff: Person) -> None:
    """The way back stands in the receipt and in the news; somebody who left is told nothing."""
    trade = office.person("U0TRADE")
    follows(trade, "1-1b")
    receipt = staff.clicks(FOLLOW, staff.asks("1-1b").message).message
    told = staff.clicks(STOP, receipt).message["text"]
    assert "のフォローをやめました。" in told
    assert FOLLOW in labels_of(staff.asks("1-1b").message)
    office.hands.do("user", user="U0TRADE", deleted=True)
    approve(office, "12人")
    assert office.rows("SELECT 1 FROM outbox WHERE key LIKE 'follow:%'") == []


def test_a_click_that_comes_twice_is_one_choice(office: Office, staff: Person) -> None:
    """And one that is made twice as well."""
    answer = staff.asks("1-1b").message
    office.redelivered(lambda: staff.clicks(FOLLOW, answer))
    staff.clicks(FOLLOW, answer)
    assert len(office.rows("SELECT 1 FROM follows")) == 1


def test_a_forged_button_follows_nothing(office: Office) -> None:
    """Guests neither."""
    forger = Forger(office)
    good = "on|kitamoto-2|indicator|1-1b"
    for value in (
        None,
        "",
        "on",
        "on|kitamoto-2|indicator|9-9z",
        "on|x|goal|3",
        "x" * 2000,
        f"{good}x",
    ):
        assert "古いため" in forger.click("U0STAFF", "follow:x", value).text
    assert "ゲスト" in forger.click("U0GUEST", "follow:x", good).text
    assert office.rows("SELECT 1 FROM follows") == []
    assert office.denials() == [("U0GUEST", "ask")]
