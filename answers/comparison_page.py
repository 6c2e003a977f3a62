"""`/kpi-admin 比較値`: what other places report, indicator by indicator, and which has nothing yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from answers.admin_menu import admin_button
from answers.compared import value_said
from answers.comparison_form import comparison_button
from answers.content import Block, Content
from answers.layout import Part, compose, heading, row, say
from answers.spans import Bold, Code, line
from store.comparisons import Comparison
from store.plan import Indicator, Plan

WORD = "比較値"
PAGE = 15
MOST_EACH = 3

Held = Mapping[str, Sequence[Comparison]]


def comparison_page(plan: Plan, held: Held, page: int = 1, indicator: str = "") -> Content:
    """Those judged by comparison or that have one; of one indicator (its id) everything there is."""
    found = plan.by_id.get(indicator)
    return _of_one(plan, found, held, page) if found else _of_all(plan, held, page)


def _of_all(plan: Plan, held: Held, page: int) -> Content:
    listed = [i for i in plan.indicators if i.id in held or _is_compared(i)]
    last = max(1, -(-len(listed) // PAGE))
    page = min(max(page, 1), last)
    shown = listed[(page - 1) * PAGE : page * PAGE]
    there = sum(1 for i in listed if held.get(i.id))
    return compose(
        (
            heading("比較値"),
            say(
                line(Bold(f"{there}/{len(listed)}"), " 件に比較値があります。"),
                line("区分が比較・基準値の指標と、記録のある指標を表示しています。"),
            ),
            *(part for each in shown for part in _indicator(plan, each, held.get(each.id, ()))),
            row(list(_turns(WORD, page, last))) if last > 1 else None,
        )
    )


def _indicator(plan: Plan, found: Indicator, held: Sequence[Comparison]) -> Iterator[Part]:
    lines = [line(Bold(c.place), f" {value_said(c, found)}") for c in held[:MOST_EACH]]
    if len(held) > MOST_EACH:
        lines.append(line(f"ほか{len(held) - MOST_EACH}件"))
    opens = (
        admin_button(f"{found.id} 編集", f"{WORD} {found.id}")
        if held
        else comparison_button(plan.id, found.id)
    )
    head = line(Code(found.id), f" {found.name}")
    yield say(head, *(lines or [line("記録なし")]), accessory=opens)


def _of_one(plan: Plan, found: Indicator, held: Held, page: int) -> Content:
    there = held.get(found.id, ())
    last = max(1, -(-len(there) // PAGE))
    page = min(max(page, 1), last)
    words = f"{WORD} {found.id}"
    return compose(
        (
            heading(f"比較値 {found.id}"),
            say(line(Bold(found.name)), line(f"{len(there)}件")),
            *(
                say(
                    line(Bold(each.place), f" {value_said(each, found)}"),
                    accessory=comparison_button(plan.id, found.id, "直す", each),
                )
                for each in there[(page - 1) * PAGE : page * PAGE]
            ),
            row(
                [
                    comparison_button(plan.id, found.id),
                    *_turns(words, page, last),
                    admin_button("一覧へ", WORD),
                ]
            ),
        )
    )


def _is_compared(indicator: Indicator) -> bool:
    return bool({"comparison", "standard"} & set(indicator.basis))


def _turns(words: str, page: int, last: int) -> Iterator[Block]:
    if page > 1:
        yield admin_button("前へ", f"{words} {page - 1}ページ")
    if page < last:
        yield admin_button("次へ", f"{words} {page + 1}ページ")
