"""定義カード: what an indicator counts and where its figures come from, as it is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from answers.content import Block, button
from answers.facts import day_of
from answers.layout import Part, say
from answers.spans import Line, line, one_line
from store.cards import Card, Fact, Field
from store.fiscal import era
from store.plan import Indicator, Measure, Method
from store.terms import MEASURES

ACTION = "card:"
LABELS: dict[Field, str] = {
    "definition": "定義",
    "source": "出典",
    "holder": "値を持つところ",
    "frequency": "頻度",
    "publishes_in": "公表の月",
    "measure": "数え方",
    "method": "調べ方",
    "as_of": "基準日",
}
METHODS: dict[Method, str] = {"survey": "アンケートなどの調査", "count": "件数や記録の集計"}
MEASURED: tuple[Measure, ...] = ("yearly", "cumulative", "point")


def card_lines(
    card: Card, indicator: Indicator, names: Mapping[str, str], today: date
) -> tuple[Line, ...]:
    """What the card says, the definition first; who entered it stands at the end. No line for nothing."""
    lines = []
    if definition := card.said("definition"):
        lines.append(line(f"定義: {one_line(definition)}"))
    said = [
        *_said(card, ("source", "holder", "method", "frequency")),
        *_surveyed(indicator),
        *_said(card, ("publishes_in", "as_of")),
    ]
    if said:
        lines.append(line("・".join(said)))
    if entered := _entered(card, names, today):
        lines.append(line(entered))
    return tuple(lines)


def missing_line(card: Card) -> Line:
    """`定義・出典が未記入です`; empty when nothing is missing."""
    missing = "・".join(LABELS[field] for field in card.missing)
    return line(f"{missing}が未記入です") if missing else ()


def missing_part(card: Card) -> Part | None:
    """The same with the button to fill it in."""
    if not card.missing:
        return None
    return say(line("定義カード: ", *missing_line(card)), accessory=card_button(card, "記入する"))


def card_button(card: Card, label: str = "定義を直す") -> Block:
    """The button that opens the form; it carries no authority."""
    return button(label, f"{ACTION}{card.indicator}", f"{card.plan}|{card.indicator}")


def fact_said(field: Field, value: str) -> str:
    """A field's value in words: `単年の値`, `10月`, `件数や記録の集計`."""
    if field == "measure":
        return next((MEASURES[each] for each in MEASURED if each == value), value)
    if field == "method":
        return next((said for each, said in METHODS.items() if each == value), value)
    return f"{value}月" if field == "publishes_in" else one_line(value)


def whence(fact: Fact, names: Mapping[str, str], today: date) -> str:
    """`計画の記載` or `こども担当 6/3 記入`."""
    if fact.actor is None or fact.at is None:
        return "計画の記載"
    return f"{names.get(fact.actor, fact.actor)} {day_of(fact.at, today)} 記入"


def _said(card: Card, fields: tuple[Field, ...]) -> Iterator[str]:
    for field in fields:
        if (value := card.said(field)) is not None:
            yield f"{LABELS[field]} {fact_said(field, value)}"


def _surveyed(indicator: Indicator) -> Iterator[str]:
    if indicator.survey_years:
        yield f"調査年度 {'・'.join(map(era, indicator.survey_years))}"


def _entered(card: Card, names: Mapping[str, str], today: date) -> str:
    """`記入: こども担当 6/3`, everybody who entered something, the newest day of each."""
    newest: dict[str, str] = {}
    for fact in card.facts.values():
        if fact.actor is not None and fact.at is not None:
            newest[fact.actor] = max(newest.get(fact.actor, ""), fact.at)
    said = (f"{names.get(who, who)} {day_of(at, today)}" for who, at in newest.items())
    return f"定義カードの記入: {'・'.join(said)}" if newest else ""
