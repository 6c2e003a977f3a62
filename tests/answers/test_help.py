"""Help teaches by clicking: whatever stands on its pages works."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from answers.content import Content
from answers.doing import ACTS, ROLES
from answers.follow import LIST_WORDS
from answers.help import PAGES
from answers.help_topics import TOPICS
from store.people import AUTHORITY, Role
from tests.answers.city import City
from tests.answers.seen import buttons
from tests.answers.slack_limits import drawn, message_faults, unsaid

PEOPLE = ("U0STAFF", "U0CHILD", "U0PLANNER")


def pages(city: City, user: str = "U0STAFF") -> Iterator[tuple[str, Content]]:
    """Every page, reached by the buttons of the first."""
    first = city.ask("ヘルプ", user)
    yield "ヘルプ", first
    for label, button in buttons(first).items():
        if label in TOPICS.values():
            yield label, city.ask(button["value"], user)


def asks(content: Content) -> list[str]:
    found = buttons(content).values()
    words = [b["value"] for b in found if b["action_id"].startswith("ask:")]
    # What is followed is told by the bot, which knows the channel (`tests.talking.test_following`).
    return [each for each in words if each != LIST_WORDS]


def works(city: City) -> None:
    for user in PEOPLE:
        reached = dict(pages(city, user))
        assert reached.keys() == {"ヘルプ", *TOPICS.values()}
        for name, content in reached.items():
            assert message_faults(content.message) == [], name
            assert unsaid(content) == [], name
            assert drawn(content.text) == []
            for words in asks(content):
                assert city.understand(words).kind != "unsure", words
                assert city.ask(words, user).blocks, words


def test_every_example_of_every_page_is_understood_and_answered(city: City) -> None:
    works(city)


def test_the_examples_are_those_of_the_plan_at_hand(komorebi: City) -> None:
    works(komorebi)
    words = [word for _, content in pages(komorebi) for word in asks(content)]
    assert "D" in words
    assert "未達成" not in words


def test_a_plan_that_is_over_has_examples_too(first_phase: City) -> None:
    works(first_phase)


def test_every_page_leads_to_every_other_and_back(city: City) -> None:
    for name, content in pages(city):
        others = {*TOPICS.values(), "使い方"} - {"使い方" if name == "ヘルプ" else name}
        assert others <= buttons(content).keys(), name


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("ヘルプ", ""),
        ("使い方", ""),
        ("ヘルプ 提出", "submit"),
        ("ヘルプ　入力", "submit"),
        ("使い方 一覧", "lists"),
        ("help フォロー", "news"),
        ("ヘルプ グラフ", "news"),
        ("ヘルプ 権限", "rights"),
        ("ヘルプ 聞き方", "ask"),
    ],
)
def test_a_page_is_asked_for_by_its_topic(city: City, text: str, topic: str) -> None:
    found = city.understand(text)
    assert (found.kind, found.ids, found.topic) == ("help", (), topic)


def test_every_kind_of_question_has_an_example(city: City) -> None:
    words = [word for _, content in pages(city) for word in asks(content)]
    kinds = {city.understand(word).kind for word in words}
    assert kinds == {
        "overview",
        "goal",
        "policy",
        "indicator",
        "history",
        "comparison",
        "department",
        "list",
        "help",
    }
    assert any(city.understand(word).year for word in words)
    assert any(city.understand(word).arranged for word in words)


def test_a_department_can_begin_to_submit_from_the_page(city: City) -> None:
    mine = buttons(city.ask("ヘルプ 提出", "U0CHILD"))
    assert mine["1-4c 修正"]["action_id"] == "open_form:1-4c"
    staff = city.ask("ヘルプ 提出")
    assert "open_form" not in str(staff.blocks)
    assert "いま提出が残っているものはありません" in staff.plain


def test_the_line_to_type_names_an_indicator_and_a_value_of_the_plan(city: City) -> None:
    assert "/kpi-submit 1-1b R6 29人 出典" in city.ask("ヘルプ 提出").plain


def test_chart_and_following_can_be_tried_where_they_are_told_of(city: City) -> None:
    actions = [b["action_id"] for b in buttons(city.ask("ヘルプ フォロー")).values()]
    assert any(a.startswith("chart:") for a in actions)
    assert any(a.startswith("follow:") for a in actions)


def test_who_may_do_what_is_the_table_of_authority(city: City) -> None:
    assert set(ACTS) == set(AUTHORITY)
    assert set(ROLES) == set(Role)
    said = city.ask("ヘルプ できる人").plain.splitlines()
    for act, roles in AUTHORITY.items():
        line = next(each for each in said if ACTS[act] in each)
        who = line.partition("　")[0].split("・")
        assert set(who) == {ROLES[role] for role in roles}


@pytest.mark.parametrize(
    ("user", "said"),
    [
        ("U0STAFF", "あなた: 職員（担当課なし）"),
        ("U0CHILD", "あなた: こども課の担当"),
        ("U0PLANNER", "あなた: 企画担当"),
    ],
)
def test_the_page_says_what_the_reader_is(city: City, user: str, said: str) -> None:
    assert said in city.ask("ヘルプ できる人", user).plain


def test_every_topic_has_a_page_and_a_word() -> None:
    assert set(PAGES) == {"", *TOPICS}
