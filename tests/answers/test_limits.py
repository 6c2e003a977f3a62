"""However much there is to say, Slack takes every answer, and nothing of it is left out."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.content import MOST_TEXT, Content
from answers.facts import bar
from answers.layout import compose, heading, quiet, say
from answers.spans import Bold, Code, line
from store.plan import Plan
from tests.answers.city import LATER, TODAY, City
from tests.answers.slack_limits import message_faults

WORDS = ["", "ヘルプ", "割合", "こども課", "市民協働課", "ぱ", "1-1b 1-2a 1-4b", "出生数の推移"]
LISTS = ["未提出", "期限超過", "確認中", "差戻し", "達成", "未達成", "遅れ", "公表待ち", "判定なし"]


def every_question(plan: Plan) -> list[str]:
    return [
        *WORDS,
        *LISTS,
        *(policy.code for policy in plan.policies),
        *(goal.label for goal in plan.goals),
        *plan.by_id,
    ]


def test_every_question_is_answered_within_the_limits(city: City) -> None:
    for text in every_question(city.plan):
        for user in ("U0STAFF", "U0CHILD", "U0PLANNER"):
            assert message_faults(city.ask(text, user).message) == [], text


def test_a_strategy_that_nobody_has_answered_is_within_the_limits(bare: City) -> None:
    for text in every_question(bare.plan):
        assert message_faults(bare.ask(text, "U0CIVIC", LATER).message) == [], text


def test_a_strategy_with_ten_years_and_every_figure_waiting_is_within_the_limits(
    city: City,
) -> None:
    for indicator in city.plan.indicators:
        figures = dict.fromkeys(indicator.series_names, "123456789.123")
        for year in (2022, 2023):
            city.accept(
                indicator.id, year, figures, f"FY{year - 5}", source="出" * 200, note="備" * 900
            )
        city.give(indicator.id, 2025, figures, source="出" * 200, note="備" * 900)
    for text in every_question(city.plan):
        assert message_faults(city.ask(text, "U0PLANNER").message) == [], text
        assert message_faults(city.ask(f"{text} R7", "U0PLANNER").message) == [], text


@pytest.fixture
def wordy(bare: City) -> City:
    """The longest names and texts that a plan file can hold without being absurd."""
    indicators = tuple(
        i.model_copy(
            update={
                "name": f"{i.name}{'長い名前' * 60}",
                "note": "注記。" * 200,
                "definition": "定義。" * 200,
                "policy": "1-1",
            }
        )
        for i in bare.plan.indicators
    )
    goals = tuple(
        g.model_copy(update={"title": g.title * 20, "direction": "方向。" * 1500, "kpis": ()})
        for g in bare.plan.goals[:-1]
    )
    rest = bare.plan.goals[-1].model_copy(
        update={"targets": (), "kpis": tuple(i.id for i in indicators)}
    )
    plan = bare.plan.model_copy(
        update={"id": "wordy", "indicators": indicators, "goals": (*goals, rest)}
    )
    return City(bare.db, plan).found()


def test_the_longest_names_and_texts_are_within_the_limits(wordy: City) -> None:
    for text in every_question(wordy.plan):
        content = wordy.ask(text, "U0CHILD")
        assert message_faults(content.message) == [], text


def test_a_policy_with_all_indicators_goes_on_page_by_page(wordy: City) -> None:
    shown: list[str] = []
    for page in range(1, 5):
        content = wordy.ask(f"1-1 {page}ページ")
        shown += [b["accessory"]["value"] for b in content.blocks if "accessory" in b]
    assert shown == list(wordy.plan.by_id)


def test_a_text_past_slacks_limit_refers_to_the_blocks_and_the_shell_gets_all(bare: City) -> None:
    content = bare.ask("未提出")
    assert len(content.text) < MOST_TEXT
    wide = bare.ask("横断1", "U0CHILD", TODAY)
    long = Content(wide.text * 3, wide.blocks)
    assert len(long.message["text"]) <= MOST_TEXT
    assert long.message["text"].endswith("（続きは本文をご覧ください）")
    assert long.plain == wide.plain * 3


@given(st.lists(st.text(max_size=4000), max_size=6), st.text(max_size=400))
def test_any_lines_fit_their_blocks_and_lose_no_letter(texts: list[str], title: str) -> None:
    lines = [line(text, Bold("太"), Code("1-1")) for text in texts]
    content = compose([heading(title) if title.strip() else None, say(*lines), quiet(*lines)])
    sections = [b["text"]["text"] for b in content.blocks if b["type"] == "section"]
    assert all(len(each) <= 3000 for each in sections)
    assert all(
        not each.endswith(("&", "&a", "&am", "&amp", "&l", "&lt", "&g", "&gt")) for each in sections
    )
    for text in texts:
        assert text in content.plain


def test_a_bar_is_full_only_when_the_whole_way_is_done() -> None:
    assert bar(Decimal("0.59")) == "▓▓▓▓▓▓░░░░"
    assert bar(Decimal("0.999")) == "▓▓▓▓▓▓▓▓▓░"
    assert bar(Decimal(1)) == "▓" * 10
    assert bar(Decimal("1.3")) == "▓" * 10
    assert bar(Decimal("-2.33")) == "░" * 10
