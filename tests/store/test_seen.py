"""What nobody sees of a text, and what turns the words beside it, is left out of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import PlanMistakes
from store.people_file import parse_people
from store.plan_file import builtin_plans, parse_plan
from store.reading.seen import is_unseen, readable


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("\u202e18人\u202c", "18人"),
        (" 県の\u200b公表値\x00 ", "県の公表値"),
        ("一行目\n二行目", "一行目\n二行目"),
        ("👨‍👩‍👧 e\u0301", "👨‍👩‍👧 e\u0301"),
        ("\u2060\u00ad", None),
        ("\u3164 \u2800\u200d", None),
        (None, None),
    ],
)
def test_only_what_can_be_seen_is_kept(text: str | None, seen: str | None) -> None:
    assert readable(text) == seen


@given(st.text())
def test_what_is_readable_stays_as_it_is(text: str) -> None:
    once = readable(text)
    assert once is None or (readable(once) == once and not any(map(is_unseen, once)))


@pytest.mark.parametrize("odd", ["\\u202E", "\\u200B", "\\n", " "])
def test_no_department_has_a_name_that_turns_what_stands_beside_it(odd: str) -> None:
    """In a file of people it is a mistake, told with its place."""
    text = f'[[departments]]\nid = "x"\nname = "こども課{odd}"\n'
    with pytest.raises(PlanMistakes, match=r"departments\[1\]\.name: 見えない文字"):
        parse_people(text, "people.toml", builtin_plans()["kitamoto-2"])


def test_a_plan_file_says_where_a_letter_is_that_nobody_sees() -> None:
    text = 'id = "x"\ntitle = "戦略\\u202e"\n[[goals]]\nid = "1"\ntitle = "稼ぐ\\u0000"\n'
    with pytest.raises(PlanMistakes) as refusal:
        parse_plan(text, "x.toml")
    assert "title: 見えない文字（U+202E）があります" in str(refusal.value)
    assert "goals[1] 1 > title: 見えない文字（U+0000）" in str(refusal.value)
