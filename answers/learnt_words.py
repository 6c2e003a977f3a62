"""The page of words: what waits for a decision, and what was learnt, each with its buttons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from answers.admin_menu import admin_button
from answers.content import Content, button
from answers.layout import Part, compose, heading, quiet, row, say
from answers.learning import LABEL, decision_buttons, meaning, proposer
from answers.spans import line
from store.aliases import Alias
from store.plan import Plan

PAGE = 15
WORD = "言い方"
ON_PAGE, FORGET = ":page", "forget_alias:"
Names = Mapping[str, str]


def learnt_words(plan: Plan, aliases: Sequence[Alias], names: Names, page: int = 1) -> Content:
    """What waits comes first. A page beyond the last shows the last."""
    last = max(1, -(-len(aliases) // PAGE))
    start = (min(max(page, 1), last) - 1) * PAGE
    shown = aliases[start : start + PAGE]
    left = len(aliases) - start - len(shown)
    waiting = sum(each.decided is None for each in aliases)
    return compose(
        (
            heading(f"{WORD}　覚えたもの{len(aliases) - waiting}件・確認待ち{waiting}件"),
            *(part for each in shown for part in _entry(plan, each, names)),
            None if aliases else say(line("まだありません。")),
            quiet(line(f"質問の答えの下の「{LABEL}」から提案されたものです。")),
            row([admin_button(f"次の{min(PAGE, left)}件", f"{WORD} {start // PAGE + 2}")])
            if left
            else None,
        )
    )


def _entry(plan: Plan, alias: Alias, names: Names) -> Iterator[Part]:
    said = (meaning(plan, alias), proposer(alias, names))
    if alias.decided is None:
        yield say(*said)
        yield row(decision_buttons(alias, f"{ON_PAGE}:{alias.id}"))
    else:
        taking_back = button("取り消す", f"{FORGET}{alias.id}", str(alias.id))
        yield say(*said, accessory=taking_back)
