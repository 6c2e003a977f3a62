"""The form in which a definition card is filled in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from answers.card import LABELS, MEASURED, METHODS, fact_said, missing_line, whence
from answers.content import Block
from answers.fields import (
    State,
    chosen,
    field_of,
    line_typed,
    option,
    select,
    text_field,
    typed,
    view,
)
from answers.layout import compose, quiet, say
from answers.spans import Bold, Code, line
from store.cards import FIELDS, LONGEST, Card, Field
from store.plan import Indicator
from store.reading.seen import readable

CALLBACK = "card"
TAKE_BACK = "none"
CHOSEN: tuple[Field, ...] = ("publishes_in", "measure", "method")
LONG: tuple[Field, ...] = ("definition",)
MOST_TYPED = 200
HINTS: dict[Field, str] = {
    "definition": "何をどう数えるか。例: 4月1日現在、保育所等の利用を申し込み、入れなかった子どもの数",
    "source": "例: 保育所等利用待機児童数調査（国）、庁内の集計",
    "holder": "いま値を持っている課や機関。例: 保育担当、県の少子政策課",
    "measure": "単年（その年だけ）・累計（計画の初めから）・時点（ある日現在）",
    "frequency": "例: 毎年、2年に1回",
    "as_of": "時点の値のとき。例: 4月1日、3月31日",
}


def card_form(
    card: Card, indicator: Indicator, names: Mapping[str, str], today: date, seen: int
) -> dict[str, Any]:
    """The modal (callback `card`); each field says where its words come from.

    `seen` is the newest entry that the form knows of.
    """
    head = say(line(Bold(indicator.name), " ", Code(indicator.id)))
    note = quiet(
        line("わかるところだけで送れます。空にした項目は、計画の記載に戻ります（なければ未記入）。")
    )
    blocks = [*head.blocks, *note.blocks]
    for field in FIELDS:
        fact = card.facts.get(field)
        hint = HINTS.get(field, "")
        stands = f"いま: {whence(fact, names, today)}" if fact else ""
        hint = "　".join(each for each in (hint, stands) if each)
        blocks.append(_field(field, fact.value if fact else None, hint))
    metadata = f"{card.plan}|{card.indicator}|{seen}"
    return view(CALLBACK, "定義カード", "保存", blocks, metadata)


def read_card(sent: Mapping[str, Any]) -> dict[Field, str | None]:
    """A card as it was filled in; None for what was left empty."""
    state = sent["state"]["values"]
    found = {f: _given(state, f) for f in FIELDS if f in state}
    return {f: None if said == TAKE_BACK else said for f, said in found.items()}


def card_saved(indicator: Indicator, card: Card, changed: tuple[Field, ...]) -> dict[str, Any]:
    """What the form becomes: what was entered, and what is still missing."""
    entered = "・".join(LABELS[field] for field in changed)
    said = compose(
        (
            say(
                line(Bold(indicator.name), " ", Code(indicator.id)),
                line(f"{entered}を保存しました。" if changed else "変更はありません。"),
            ),
            quiet(missing_line(card)) if card.missing else None,
        )
    )
    return view(CALLBACK, "定義カード", None, said.blocks, close="閉じる")


def _given(state: State, field: Field) -> str | None:
    if field in CHOSEN:
        return chosen(state, field)
    return readable(typed(state, field)) if field in LONG else line_typed(state, field)


def _field(field: Field, value: str | None, hint: str) -> Block:
    if field not in CHOSEN:
        multiline = field in LONG
        most = LONGEST if multiline else MOST_TYPED
        return text_field(field, LABELS[field], value, hint=hint, most=most, multiline=multiline)
    options = [option(fact_said(field, each), each) for each in _choices(field)]
    first = next((each for each in options if each["value"] == value), None)
    # What is chosen in a menu cannot be unchosen.
    options += [option("未記入に戻す", TAKE_BACK)] if first else []
    menu = select("chosen", "選んでください", options, first)
    return field_of(field, LABELS[field], menu, optional=True, hint=hint)


def _choices(field: Field) -> tuple[str, ...]:
    if field == "measure":
        return MEASURED
    return tuple(METHODS) if field == "method" else tuple(str(month) for month in range(1, 13))
