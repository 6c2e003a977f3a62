"""The Home tab as people open it, and as it follows what they do."""

from __future__ import annotations

import re

import pytest

from tests.bot.office import Office
from tests.bot.people import Person, Seen, is_a_sentence, words_of
from tests.sandbox.hands import Json, soon


def opens_home(person: Person) -> Json:
    """Open the tab; what it shows, once the first greeting is there too."""
    person.hands.do("open-home", user=person.id)
    assert soon(lambda: home(person) is not None)
    assert soon(lambda: person.inbox("はじめまして") or "ゲスト" in said(person))
    found = home(person)
    assert found is not None
    return found


def home(person: Person) -> Json | None:
    """What stands in somebody's Home tab."""
    found: Json | None = person.hands.look(f"home/{person.id}")["view"]
    return found


def said(person: Person) -> str:
    """The words of the tab."""
    view = home(person)
    return words_of(view) if view else ""


def to_do(person: Person, what: str) -> int:
    """How many of something the tab counts."""
    found = re.search(rf"{re.escape(what)} (\d+)件", said(person))
    return int(found[1]) if found else 0


def presses(person: Person, view: Json, label: str) -> Seen:
    """Press a button of a view."""
    for block in view["blocks"]:
        there = [*block.get("elements", ()), *filter(None, [block.get("accessory")])]
        for each in there:
            if each.get("type") == "button" and each["text"]["text"] == label:
                return Seen(
                    person.hands.do(
                        "interact",
                        user=person.id,
                        view_id=view["id"],
                        block_id=block["block_id"],
                        action_id=each["action_id"],
                    )
                )
    raise AssertionError(label)


@pytest.mark.parametrize("user", ["U0STAFF", "U0CHILD2", "U0PLANNER", "U0TRADE"])
def test_everybody_has_a_home(office: Office, user: str) -> None:
    """With nothing that Slack would refuse, opened once or again."""
    person = office.person(user)
    first = opens_home(person)
    assert "あなたの対応待ち" in words_of(first)
    office.at("2025-06-16T10:00:00+09:00")
    opens_home(person)
    assert soon(lambda: "期限超過" in said(person) or "4日超過" in said(person))
    assert office.refused_by_slack() == []


def test_a_guest_reads_one_sentence_there(office: Office) -> None:
    """And the audit has a row."""
    guest = office.person("U0GUEST")
    opens_home(guest)
    assert said(guest) == "ゲストの方は利用できません。"
    assert office.denials() == [("U0GUEST", "ask")]


def test_home_follows_what_its_user_does(office: Office, child: Person, planner: Person) -> None:
    """Submitted from Home, approved from the DM: each one's tab has one thing less to do."""
    before = opens_home(child)
    count = to_do(child, "提出するもの")
    assert count > 1
    form = presses(child, before, "実績を入力").view
    child.fills(form, value="12人")
    assert soon(lambda: to_do(child, "提出するもの") == count - 1), said(child)
    office.settles()
    opens_home(planner)
    waiting = to_do(planner, "承認するもの")
    planner.approves(planner.inbox("承認のお願い")[-1])
    assert soon(lambda: to_do(planner, "承認するもの") == waiting - 1), said(planner)
    assert office.refused_by_slack() == []


def test_home_follows_what_others_do(
    office: Office, child: Person, child2: Person, planner: Person, planner2: Person
) -> None:
    """A submission shows to who can approve it, a decision to the department and to the others."""
    for each in (child2, planner, planner2):
        opens_home(each)
    waiting, returned = to_do(planner, "承認するもの"), to_do(child2, "修正するもの（差戻し）")
    child.clicks("提出", child.submits("1-1b R6 12人").message)
    assert soon(lambda: to_do(planner, "承認するもの") == waiting + 1)
    assert soon(lambda: to_do(planner2, "承認するもの") == waiting + 1)
    office.settles()
    planner.sends_back(planner.inbox("承認のお願い")[-1], "数え方を確かめてください")
    assert soon(lambda: to_do(planner2, "承認するもの") == waiting), said(planner2)
    assert soon(lambda: to_do(child2, "修正するもの（差戻し）") == returned + 1), said(child2)
    assert office.refused_by_slack() == []


def test_a_home_that_nobody_looked_at_for_days_is_left_alone(
    office: Office, child: Person, planner: Person
) -> None:
    """It is shown anew when it is opened."""
    opens_home(planner)
    waiting = to_do(planner, "承認するもの")
    office.at("2025-06-06T10:00:00+09:00")
    before = home(planner)
    child.clicks("提出", child.submits("1-1b R6 12人").message)
    office.settles()
    assert home(planner) == before
    opens_home(planner)
    assert soon(lambda: to_do(planner, "承認するもの") == waiting + 1), said(planner)


def test_a_home_that_can_not_be_shown_hinders_nobody(
    office: Office, child: Person, planner: Person, planner2: Person
) -> None:
    """Slack refuses one tab; the act is done, and the next tab is shown."""
    for each in (planner, planner2):
        opens_home(each)
    before = to_do(planner, "承認するもの") + to_do(planner2, "承認するもの")
    office.hands.arm("error", method="views.publish", error="internal_error", times=1)
    receipt = child.clicks("提出", child.submits("1-1b R6 12人").message)
    assert "提出しました" in receipt.text
    assert soon(
        lambda: to_do(planner, "承認するもの") + to_do(planner2, "承認するもの") == before + 1
    )


def test_nobody_gets_a_home_who_never_opened_it(
    office: Office, child: Person, planner: Person
) -> None:
    """What people do is not followed by views that nobody looks at."""
    child.clicks("提出", child.submits("1-1b R6 12人").message)
    office.settles()
    planner.approves(planner.inbox("承認のお願い")[-1])
    office.settles()
    assert home(child) is None
    assert home(planner) is None


def test_a_home_that_somebody_else_changed_meanwhile_is_published_anew(
    office: Office, child: Person
) -> None:
    """Slack refuses a hash that is not the newest; the tab still comes to show the newest."""
    opens_home(child)
    count = to_do(child, "提出するもの")
    office.bot.desk.client.views_publish(
        user_id=child.id, view={"type": "home", "blocks": [{"type": "divider"}]}
    )
    child.clicks("提出", child.submits("1-1b R6 12人").message)
    assert soon(lambda: to_do(child, "提出するもの") == count - 1), said(child)


def test_the_buttons_of_home_answer_in_a_modal_and_lead_on_there(
    office: Office, staff: Person
) -> None:
    """There is no channel to answer in."""
    view = opens_home(staff)
    for label in ("全体", "未提出", "使い方", "基本目標3"):
        modal = presses(staff, view, label).view
        assert modal["type"] == "modal"
        is_a_sentence(words_of(modal))
    more = presses(staff, staff.form(), "1-1b").view
    assert more["id"] == staff.form()["id"]
    assert "保育所（園）待機児童数" in words_of(more)
    assert len(staff.forms()) == 1
    assert office.refused_by_slack() == []
