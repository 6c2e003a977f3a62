"""Whatever people write, their text neither calls, nor links, nor formats, nor passes for ours."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from answers.approval import approval_request, decided, outcome
from answers.batches import Seen
from answers.content import Content
from answers.forms import submit_form
from answers.preview import preview, receipt
from answers.proposed import if_approved
from answers.returning import return_form
from store.departments import Department
from store.errors import UnknownWords
from tests.answers.city import City
from tests.answers.seen import in_blocks

HOSTILE = (
    "<!channel> <!here> <@U0VICTIM> <#C0SECRET> <https://evil.example|市公式> "
    "*太字* `コード` ~消す~ _斜体_ &lt;!everyone&gt; @channel :tada:"
)
CALLS = re.compile(r"<[!@#]|<https?:|<mailto:")


def assert_harmless(content: Content) -> None:
    for text in (content.text, in_blocks(content)):
        assert not CALLS.search(text)
        assert "everyone" not in text or "&amp;lt;!everyone" in text
    for formatted in ("*太字*", "`コード`", "~消す~", "_斜体_", "@channel", ":tada:"):
        assert formatted not in in_blocks(content)


def test_a_hostile_note_source_and_reason_stay_letters(city: City) -> None:
    given = city.give("1-5a", 2024, "0.5", source=HOSTILE, note=HOSTILE, typed=HOSTILE)
    names = {"U0CHILD": HOSTILE, "U0PLANNER": HOSTILE}
    now = city.outlook(2024)
    standing = now.standings["1-5a"]
    verdict = if_approved(city.plan, standing, given.proposal)
    assert_harmless(preview(city.plan, standing, given.proposal, verdict, "d"))
    assert_harmless(approval_request(now, standing, given, names))
    assert_harmless(receipt(now, standing, given))
    assert_harmless(decided(now, standing, city.approve(given), names))
    assert HOSTILE in city.ask("1-5a").plain
    assert_harmless(city.ask("1-5a"))
    back = city.send_back(city.give("1-5b", 2024, "0.5"), HOSTILE)
    assert_harmless(outcome(city.outlook(2024), city.standing("1-5b", 2024), back, names))
    assert_harmless(city.ask("1-5b", "U0CHILD"))


def test_a_hostile_department_and_plan_stay_letters(bare: City) -> None:
    renamed = tuple(
        i.model_copy(update={"name": HOSTILE, "note": HOSTILE, "definition": HOSTILE})
        for i in bare.plan.indicators
    )
    policies = tuple(
        p.model_copy(update={"name": HOSTILE, "note": HOSTILE}) for p in bare.plan.policies
    )
    goals = tuple(
        g.model_copy(update={"title": HOSTILE, "direction": HOSTILE}) for g in bare.plan.goals
    )
    plan = bare.plan.model_copy(
        update={
            "id": "hostile",
            "title": HOSTILE,
            "indicators": renamed,
            "policies": policies,
            "goals": goals,
        }
    )
    town = City(bare.db, plan).found()
    town.make_department(Department("evil", HOSTILE), "U0EVIL", ("2-1",))
    for text in (
        "",
        "1-1",
        "1-1b",
        "目標1",
        "未提出",
        "evil",
        "ヘルプ",
        "市公式",
        "1-1b 1-2a",
        "2-1a",
    ):
        assert_harmless(town.ask(text, "U0EVIL"))


@pytest.mark.parametrize(
    "typed", [HOSTILE, "<!channel>", "`", "``` *x* ```", "<@U0VICTIM>", "&lt;"]
)
def test_what_is_typed_is_given_back_as_letters(city: City, typed: str) -> None:
    content = city.ask(typed)
    assert_harmless(content)
    assert typed in content.plain


def test_what_is_typed_turns_no_words_of_ours(city: City) -> None:
    """Marks of direction are not given back: they would turn the rest of the line."""
    content = city.ask("\u202e18人\u202c \u2067の値\u2069")
    assert "18人 の値" in content.plain
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", str(content))


def test_a_refused_year_gives_back_what_was_typed(city: City) -> None:
    with pytest.raises(UnknownWords) as refusal:
        city.ask(f"R1 {HOSTILE}")
    assert refusal.value.typed == f"R1 {HOSTILE}"


def test_lines_of_people_cannot_pass_for_lines_of_ours(city: City) -> None:
    fake = "普通の備考\n● 達成　偽の指標\n承認済（企画担当A 6/3承認）"
    given = city.accept("1-5a", 2024, "0.5", note=fake, source=fake)
    for content in (
        city.ask("1-5a"),
        decided(city.outlook(2024), city.standing("1-5a", 2024), given, {}),
    ):
        assert "\n● 達成　偽の指標" not in content.plain
        assert "普通の備考 ● 達成 偽の指標" in content.plain


def test_modals_show_the_same_letters(city: City) -> None:
    named = city.indicator("1-5a").model_copy(update={"name": HOSTILE})
    given, now = city.give("1-5a", 2024, "0.5"), city.outlook(2024)
    standing = replace(now.standings["1-5a"], indicator=named)
    for view in (
        return_form([Seen(replace(now, standings={"1-5a": standing}), given)], ()),
        submit_form(city.plan, city.standing("1-5a"), 2024, [2024]),
    ):
        shown = [b["text"]["text"] for b in view["blocks"] if b["type"] == "section"]
        assert not any(CALLS.search(text) for text in shown)
