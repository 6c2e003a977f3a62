"""First contact: a greeting by role, once a person ever; the agent's suggestions and its status."""

from __future__ import annotations

from pathlib import Path

import pytest

from answers.welcome import MOST_PROMPTS
from store import outbox, submissions
from store.db import writing
from tests.bot.office import Office, open_office
from tests.bot.people import Person, labels_of
from tests.sandbox.hands import Json, soon
from tests.talking.test_talking import answered, by_bot, says

HELLO = "はじめまして、kpibot です"


def opens(person: Person, tab: str) -> None:
    """Open the app; the greeting and the suggestions come of their own."""
    person.hands.do("open-home", user=person.id, tab=tab, wait=0)


def greeting(person: Person) -> Json:
    """The greeting, once it is there."""
    assert soon(lambda: person.inbox(HELLO)), person.inbox()
    (found,) = person.inbox(HELLO)
    return found


def prompts(person: Person) -> list[str]:
    """What the direct messages suggest to ask."""
    return [each["message"] for each in person.hands.look(f"agent/{person.home}")["prompts"]]


@pytest.mark.parametrize("tab", ["home", "messages"])
def test_staff_are_greeted_with_three_examples_that_work(office: Office, tab: str) -> None:
    """Whichever tab they open first."""
    staff = office.person("U0STAFF")
    opens(staff, tab)
    hello = greeting(staff)
    labels = labels_of(hello)
    assert labels[-1] == "使い方"
    assert len(labels) == 4
    for label in labels:
        assert "よくわかりません" not in staff.clicks(label, hello).text
    assert office.refused_by_slack() == []


def test_a_department_reads_what_waits_and_how_to_submit(office: Office, child: Person) -> None:
    opens(child, "messages")
    hello = greeting(child)
    assert "こども課（サンプル）の方へ\n提出をお願いしているもの: 未提出 " in hello["text"]
    assert "/kpi-submit" in hello["text"]
    child.hears("こども課（サンプル）", lambda: child.clicks("こども課（サンプル）の指標", hello))


def test_a_planner_reads_what_waits_for_approval(
    office: Office, child: Person, planner: Person
) -> None:
    """Without what they gave themselves."""
    child.clicks("提出", child.submits("1-1b R6 12人").message)
    office.settles()
    opens(planner, "home")
    hello = greeting(planner)
    waiting = submissions.waiting(office.bot.desk.db, "kitamoto-2")
    assert f"承認を待っている実績: {len(waiting)}件" in hello["text"]
    # Home is renewed in these moments too, so that each answer is waited for by its words.
    planner.hears("1-1b", lambda: planner.clicks(f"確認中 {len(waiting)}件", hello))
    planner.hears("企画担当の操作", lambda: planner.clicks("企画担当の操作", hello))


def test_nobody_is_greeted_twice(office: Office, staff: Person) -> None:
    """However often they look, and when the event comes twice."""
    office.redelivered(lambda: opens(staff, "home"))
    greeting(staff)
    opens(staff, "messages")
    opens(staff, "home")
    office.settles()
    assert len(staff.inbox(HELLO)) == 1


def test_nobody_is_greeted_again_after_a_restart(tmp_path: Path) -> None:
    """Nor when the outbox was emptied meanwhile."""
    with open_office(tmp_path) as office:
        staff = office.person("U0STAFF")
        opens(staff, "home")
        greeting(staff)
        with writing(office.bot.desk.db) as db:
            db.execute("DELETE FROM outbox")
    with open_office(tmp_path) as office:
        staff = office.person("U0STAFF")
        opens(staff, "messages")
        assert soon(lambda: prompts(staff))
        office.settles()
        assert len(staff.inbox(HELLO)) == 1


def test_no_greeting_is_put_below_what_waits_in_direct_messages(
    office: Office, child: Person, planner: Person
) -> None:
    """It comes when they first open Home."""
    child.clicks("提出", child.submits("1-1b R6 12人").message)
    office.settles()
    opens(planner, "messages")
    office.settles()
    assert planner.inbox(HELLO) == []
    opens(planner, "home")
    greeting(planner)


@pytest.mark.parametrize("user", ["U0GUEST", "U0OUTSIDE", "U0GONE"])
@pytest.mark.parametrize("tab", ["home", "messages"])
def test_who_may_not_ask_is_not_greeted(office: Office, user: str, tab: str) -> None:
    person = office.person(user)
    opens(person, tab)
    office.settles()
    assert by_bot(office, person.home) == []
    assert office.rows("SELECT 1 FROM welcomes") == []


def test_the_suggestions_are_of_the_plan_at_hand_and_can_be_asked(office: Office) -> None:
    """Another for who belongs to a department, another for a planner; each has an answer."""
    found = {}
    for user in ("U0STAFF", "U0CHILD", "U0PLANNER"):
        person = office.person(user)
        before = prompts(person)
        opens(person, "messages")
        assert soon(lambda: prompts(person) != before)  # noqa: B023
        found[user] = prompts(person)
        assert len(found[user]) == MOST_PROMPTS
        assert all(person.asks(words).messages for words in found[user])
    assert len({tuple(each) for each in found.values()}) == 3
    assert "こども課（サンプル）の未提出" in found["U0CHILD"]
    assert office.refused_by_slack() == []


def test_an_app_that_is_no_agent_answers_all_the_same(office: Office, staff: Person) -> None:
    """Slack refuses suggestions and status; nobody notices."""
    for method in ("assistant.threads.setSuggestedPrompts", "assistant.threads.setStatus"):
        office.hands.arm("error", method=method, error="missing_scope", times=9)
    opens(staff, "messages")
    greeting(staff)
    asked = says(staff, "1-1b", staff.home)
    answer = answered(office, staff.home, 2)[-1]
    assert answer["thread_ts"] == asked["ts"]
    assert "待機児童数" in answer["text"]


def test_a_status_shows_while_the_answer_is_on_its_way_and_is_gone_with_it(
    office: Office, staff: Person
) -> None:
    """The post is held up; the answer is committed long before."""
    office.hands.arm("rate_limit", method="chat.postMessage", retry_after=60, times=9)
    asked = says(staff, "1-1b", staff.home, wait=0)
    status = {"thread_ts": asked["ts"], "status": "確認しています…"}
    held = office.rows("SELECT state FROM outbox WHERE key LIKE 'reply:%'")
    assert len(held) == 1
    look = f"agent/{staff.home}"
    soon(lambda: office.hands.look(look)["statuses"] == [status], 1)
    office.hands.do("fault", kind="clear")
    office.at("2025-06-03T10:10:00+09:00")
    assert len(answered(office, staff.home)) == 1
    assert soon(lambda: office.hands.look(look)["statuses"] == [])


def test_a_thread_in_direct_messages_is_kept(office: Office, staff: Person) -> None:
    """The second question is answered below the first one's thread."""
    first = says(staff, "1-1b", staff.home)
    assert soon(lambda: len(by_bot(office, staff.home)) == 1)
    says(staff, "目標3", staff.home, thread_ts=first["ts"])
    answers = answered(office, staff.home, 2)
    assert [answer["thread_ts"] for answer in answers] == [first["ts"]] * 2


def test_a_greeting_whose_post_broke_off_stands_once(office: Office, staff: Person) -> None:
    office.hands.arm("drop", method="chat.postMessage", effect="after")
    opens(staff, "home")
    assert soon(lambda: outbox.message(office.bot.desk.db, "welcome:U0STAFF") is not None)
    assert soon(lambda: office.rows("SELECT 1 FROM outbox WHERE error IS NOT NULL"))
    office.at("2025-06-03T10:10:00+09:00")
    assert len(staff.inbox(HELLO)) == 1
