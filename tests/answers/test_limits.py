"""However much there is to say, Slack takes every answer, and nothing of it is left out."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.asked import Asked
from answers.content import MOST_TEXT, Content
from answers.facts import bar
from answers.help_topics import TOPICS
from answers.home import home
from answers.intention import Intention
from answers.layout import compose, heading, quiet, say
from answers.list_words import ARRANGED
from answers.spans import Bold, Code, line
from store import submissions
from store.db import writing
from store.departments import Department
from store.fiscal import era
from store.plan import Plan
from tests.answers.city import LATER, NAMES, TODAY, City
from tests.answers.seen import buttons, in_blocks
from tests.answers.slack_limits import drawn, home_faults, message_faults, unsaid

WORDS = ["", "ヘルプ", "割合", "こども課", "市民協働課", "ぱ", "1-1b 1-2a 1-4b", "出生数の推移"]
LISTS = ["未提出", "期限超過", "確認中", "差戻し", "達成", "未達成", "遅れ", "公表待ち", "判定なし"]
ORDERS = [f"{words} {how}" for words in ("", "未提出", "未達成") for how in ARRANGED.values()]
TOGETHER = ["こども課 未提出", "目標3 未達成", "横断1 未提出 担当課別", "こども課 目標別"]
DECADE = range(2016, 2026)


def every_question(plan: Plan) -> list[str]:
    return [
        *WORDS,
        *LISTS,
        *ORDERS,
        *TOGETHER,
        *(f"ヘルプ {topic}" for topic in TOPICS.values()),
        *(policy.code for policy in plan.policies),
        *(goal.label for goal in plan.goals),
        *plan.by_id,
    ]


def faults(content: Content) -> list[str]:
    """What Slack would refuse, what the text leaves unsaid, and what it would read out sign by sign."""
    return [*message_faults(content.message), *unsaid(content), *drawn(content.text)]


def leafed(city: City, words: str, user: str) -> Iterator[Content]:
    """Every page that the button for the next one leads to."""
    while words:
        content = city.ask(words, user, LATER)
        yield content
        following = [b for label, b in buttons(content).items() if label.startswith("次の")]
        words = following[0]["value"] if following else ""


def check_homes(city: City) -> None:
    """The Home tab of staff, of a department's lead and of a planner."""
    for user in ("U0STAFF", "U0CHILD", "U0PLANNER"):
        for today in (TODAY, LATER):
            seen = city.outlook(today=today)
            asked = Asked(Intention("overview"), seen, city.who(user, today), NAMES)
            view = home(asked, submissions.waiting(city.db, city.plan.id))
            assert home_faults(view) == [], user
            assert all(goal.title in str(view) for goal in city.plan.goals)


def test_every_question_is_answered_within_the_limits(city: City) -> None:
    for text in every_question(city.plan):
        for user in ("U0STAFF", "U0CHILD", "U0PLANNER"):
            assert faults(city.ask(text, user)) == [], text


def test_a_strategy_that_nobody_has_answered_is_within_the_limits(bare: City) -> None:
    assert len(bare.plan.by_id) == 68
    for text in every_question(bare.plan):
        assert faults(bare.ask(text, "U0CIVIC", LATER)) == [], text
    check_homes(bare)


@pytest.mark.parametrize("how", ["", *ARRANGED.values()])
def test_every_page_of_the_longest_list_is_within_the_limits(bare: City, how: str) -> None:
    """For somebody with a button to enter each of them."""
    bare.make_department(Department("all", "すべて担う課" * 6), "U0PLANNER", tuple(bare.plan.by_id))
    pages = list(leafed(bare, f"未提出 {how}", "U0PLANNER"))
    assert len(pages) >= 4
    for content in pages:
        assert faults(content) == []
        assert "実績を入力" in str(content.blocks)


def test_a_list_of_as_many_departments_as_indicators_is_within_the_limits(bare: City) -> None:
    for n, indicator in enumerate(bare.plan.by_id):
        bare.make_department(
            Department(f"d{n}", f"{n}課{'の長い名前' * 20}"), "U0CIVIC", (indicator,)
        )
        bare.accept(
            indicator, 2023, dict.fromkeys(bare.indicator(indicator).series_names, "1"), sample=True
        )
    for user in ("U0CIVIC", "U0PLANNER"):
        for content in leafed(bare, "未提出 担当課別", user):
            assert faults(content) == []
        for text in ("", "目標1", "1-1", "ヘルプ できる人", "ヘルプ 提出"):
            assert faults(bare.ask(text, user)) == [], text
    assert len(bare.ask("未提出 担当課別", "U0CIVIC").blocks) > 45


def test_a_strategy_with_every_figure_waiting_is_within_the_limits(city: City) -> None:
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
def decade(bare: City) -> City:
    """A plan of ten years that is as large as they come, with every figure of every year."""
    plan = bare.plan.model_copy(update={"id": "decade", "first_year": DECADE[0]})
    city = City(bare.db, plan).found()
    with writing(city.db):
        for indicator in plan.indicators:
            for n, year in enumerate(DECADE):
                figures = dict.fromkeys(indicator.series_names, f"{9000000 + 500000 * n}.{n}")
                city.accept(indicator.id, year, figures, source="出" * 200, note="備" * 900)
    return city


def test_ten_years_of_figures_are_within_the_limits_and_all_told(decade: City) -> None:
    for text in every_question(decade.plan):
        assert faults(decade.ask(text, "U0PLANNER", LATER)) == [], text
    check_homes(decade)
    for id_, indicator in decade.plan.by_id.items():
        content = decade.ask(f"{id_} R7", today=LATER)
        assert all(f"\n{era(year)}: " in content.plain for year in DECADE), id_
        policy = decade.ask(f"{indicator.policy} R7", today=LATER).plain
        figure = "/".join(["13,500,000.9"] * len(indicator.series))
        assert f" · R7 {figure}（" in policy, id_


def test_the_curve_of_ten_years_has_ten_signs(decade: City) -> None:
    shown = in_blocks(decade.ask("1-1 R7"))
    assert "推移 ▁▂▃▃▄▅▆▆▇█ H28 9,000,000.0 · H29 9,500,000.1 · " in shown


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
        assert faults(wordy.ask(text, "U0CHILD")) == [], text
    check_homes(wordy)


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
