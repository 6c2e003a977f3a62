"""`/kpi-admin 定義`: which definition cards lack what, department by department."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from answers.admin_menu import admin_button
from answers.card import LABELS, card_button, missing_line
from answers.content import Content
from answers.layout import Part, compose, heading, quiet, row, say
from answers.spans import Bold, Code, Line, line
from store.cards import FIELDS, Card
from store.plan import Plan

WORD = "定義"
PAGE = 20
NOBODY = "担当課未設定"


@dataclass(frozen=True)
class CardsSeen:
    """All cards of a plan; `owners` are the names of departments by indicator."""

    plan: Plan
    cards: Mapping[str, Card]
    owners: Mapping[str, str]


def card_page(seen: CardsSeen, page: int = 1, *, everything: bool = False) -> Content:
    """Twenty cards a page, those that lack something (or, with `everything`, all of them)."""
    found = _by_department(seen, everything)
    last = max(1, -(-len(found) // PAGE))
    page = min(max(page, 1), last)
    return compose(
        (
            heading("定義カード"),
            say(*_counted(seen)),
            *_listed(found[(page - 1) * PAGE : page * PAGE], seen),
            say(line("記入の足りないカードはありません。")) if not found else None,
            row(list(_turns(page, last, everything))),
            quiet(
                line(
                    "担当課の人は、", Code("/kpi 1-1b"), " のような答えの「記入する」から書けます。"
                )
            ),
        )
    )


def _by_department(seen: CardsSeen, everything: bool) -> list[Card]:
    """Departments as they come in the plan, the cards of each together."""
    shown = [c for c in seen.cards.values() if everything or c.missing]
    order = list(dict.fromkeys(seen.owners.get(c.indicator, NOBODY) for c in shown))
    return sorted(shown, key=lambda c: order.index(seen.owners.get(c.indicator, NOBODY)))


def _counted(seen: CardsSeen) -> Iterator[Line]:
    cards = list(seen.cards.values())
    complete = sum(not card.missing for card in cards)
    yield line(Bold(f"{complete}/{len(cards)}"), " 件がそろっています。未記入の数")
    counts = {f: sum(f in card.missing for card in cards) for f in FIELDS}
    yield line("・".join(f"{LABELS[f]} {n}" for f, n in counts.items() if n) or "なし")


def _listed(shown: Sequence[Card], seen: CardsSeen) -> Iterator[Part]:
    for owner, cards in groupby(shown, key=lambda c: seen.owners.get(c.indicator, NOBODY)):
        yield say(line(Bold(owner)))
        for card in cards:
            yield _card(card, seen)


def _card(card: Card, seen: CardsSeen) -> Part:
    name = seen.plan.by_id[card.indicator].name
    return say(
        line(Code(card.indicator), f" {name}"),
        missing_line(card) or line("そろっています"),
        accessory=card_button(card, "編集"),
    )


def _turns(page: int, last: int, everything: bool) -> Iterator[dict[str, object]]:
    words = f"{WORD} すべて" if everything else WORD
    if page > 1:
        yield admin_button("前へ", f"{words} {page - 1}ページ")
    if page < last:
        yield admin_button("次へ", f"{words} {page + 1}ページ")
    yield (
        admin_button("足りないものだけ", WORD)
        if everything
        else admin_button("すべて見る", f"{WORD} すべて")
    )
