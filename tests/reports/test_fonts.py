"""The font has every letter of the plans; what it lacks is replaced, never an empty box."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import fonts
from reports.fonts import drawable, font_file, glyphs_missing, packaged_font, text_width
from store.plan import Plan
from store.plan_file import builtin_plans, read_plan
from store.standing import State

PLANS = Path(__file__).parents[1] / "plans"


def plans() -> list[Plan]:
    return [*builtin_plans().values(), read_plan(PLANS / "komorebi.toml")]


@pytest.mark.parametrize("plan", plans(), ids=lambda plan: plan.id)
def test_the_font_has_every_letter_of_a_plan(plan: Plan) -> None:
    for indicator in plan.indicators:
        texts = (indicator.id, indicator.name, indicator.unit, indicator.per or "")
        for text in (*texts, *(name or "" for name in indicator.series_names)):
            assert glyphs_missing(text) == set(), text
    for text in (plan.title, plan.municipality, *(s.value for s in State)):
        assert glyphs_missing(text) == set(), text


def test_the_font_has_the_letters_of_a_plan_with_mistakes_too() -> None:
    text = (PLANS / "ten-mistakes.toml").read_text("utf-8")
    assert glyphs_missing(text) == set()
    assert tomllib.loads(text)


def test_the_font_has_the_signs_that_charts_use() -> None:
    assert glyphs_missing("△▲●■…〜％・：（）｜／〓") == set()


def test_a_letter_that_the_font_lacks_is_named() -> None:
    assert glyphs_missing("CO₂の量\n😀") == {"₂", "😀"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("246,500t-CO₂/年", "246,500t-CO2/年"),
        ("笑顔😀の数", "笑顔〓の数"),
        ("二行の\n名前", "二行の 名前"),
        ("か\u3099っこう", "がっこう"),
        ("幅の\u200bない字", "幅のない字"),
    ],
)
def test_what_the_font_lacks_has_a_stand_in(text: str, shown: str) -> None:
    assert drawable(text) == shown


@given(st.text())
def test_whatever_people_write_can_be_drawn(text: str) -> None:
    assert glyphs_missing(drawable(text)) == set()


def test_a_line_is_as_wide_as_its_letters() -> None:
    assert text_width("待機児童数", 20) == 100
    assert text_width("", 20) == 0
    assert text_width("待機", 30) < text_width("待機児", 30)


def test_a_ud_font_of_the_system_is_taken_when_it_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert packaged_font().name == "ipaexg.ttf"
    installed = tmp_path / "truetype" / "BIZUDPGothic-Regular.ttf"
    installed.parent.mkdir()
    installed.symlink_to(packaged_font())
    monkeypatch.setattr(fonts, "FOLDERS", (tmp_path,))
    assert font_file.__wrapped__() == installed
    monkeypatch.setattr(fonts, "FOLDERS", (tmp_path / "none",))
    assert font_file.__wrapped__() == packaged_font()
