"""承認の一覧 and 課長確認の一覧: what waits, by department, with boxes to tick; a page at a time.

What is ticked on one page stays ticked on the others: the view's metadata carries it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from answers.approval import Names
from answers.asked import sample_note
from answers.batches import Seen
from answers.content import Block, actions, button, plain
from answers.fields import option, select, view
from answers.layout import Part, compose, quiet, say
from answers.queue_boxes import groups
from answers.queue_state import Chosen, Waiting
from answers.spans import Line, line
from store.fiscal import era
from store.requests import Stage

PAGE = 30
ODD = {"": "確認事項: すべて", "no": "確認事項なし", "yes": "確認事項あり"}
TITLES: dict[Stage, str] = {"planner": "承認の一覧", "lead": "課長確認の一覧"}
CALLBACKS: dict[Stage, str] = {"planner": "approve_selected", "lead": "confirm_selected"}
SUBMITS: dict[Stage, str] = {"planner": "選んだものを承認", "lead": "選んだものを確認"}


def queue_view(
    waiting: Waiting, chosen: Chosen, names: Names, said: Sequence[Line] = ()
) -> dict[str, Any]:
    """The list as a modal; `said` tells at its head what was just done."""
    shown = [each for each in waiting.found if chosen.shows(each)]
    pages = max(1, -(-len(shown) // PAGE))
    page = min(chosen.page, pages)
    here = shown[(page - 1) * PAGE : page * PAGE]
    state = replace(
        chosen,
        page=page,
        ticked=tuple(s.submission.id for s in shown if s.submission.id in chosen.ticked),
        turn=chosen.turn + 1,
    )
    blocks = [
        *(say(*said).blocks if said else ()),
        *_filters(waiting, state),
        *compose((say(*_counts(waiting, shown, here, state, pages)),)).blocks,
        *groups(here, state, names),
        *_buttons(waiting, state, shown, here, pages),
        *compose(_remarks(waiting, shown)).blocks,
    ]
    submit = SUBMITS[waiting.stage] if here else None
    kept = replace(state, ticked=_elsewhere(state, here))
    return view(
        CALLBACKS[waiting.stage],
        TITLES[waiting.stage],
        submit,
        blocks,
        kept.metadata,
        close="閉じる",
    )


def _elsewhere(state: Chosen, here: Sequence[Seen]) -> tuple[int, ...]:
    """What is ticked on other pages; what is ticked on this one the boxes hold."""
    on_page = {each.submission.id for each in here}
    return tuple(number for number in state.ticked if number not in on_page)


def _filters(waiting: Waiting, state: Chosen) -> Iterator[Block]:
    if waiting.stage == "lead" or not waiting.found:
        return
    known = waiting.departments or {}
    there = dict.fromkeys(s.submission.department for s in waiting.found)
    departments = {"": "すべての課"} | {key: known.get(key, key) for key in there}
    years = sorted({s.submission.proposal.collection for s in waiting.found}, reverse=True)
    collections = {"0": "すべての年度"} | {str(year): f"{era(year)}実績" for year in years}
    yield actions(
        [
            _menu("department", departments, state.department),
            _menu("odd", ODD, state.odd),
            _menu("collection", collections, str(state.collection)),
        ],
        f"filters:{state.turn}",
    )


def _menu(name: str, choices: Mapping[str, str], now: str) -> Block:
    """A filter; the empty value that Slack does not take is said as `-`."""
    options = {key: option(label, key or "-") for key, label in choices.items()}
    return select(f"queue:{name}", "絞り込み", list(options.values()), options.get(now))


def _counts(
    waiting: Waiting, shown: Sequence[Seen], here: Sequence[Seen], state: Chosen, pages: int
) -> Iterator[Line]:
    verb = "承認" if waiting.stage == "planner" else "課長確認"
    if not shown:
        filtered = "この絞り込みでは、" if waiting.found else ""
        yield line(f"{filtered}{verb}を待っている提出はありません。")
        return
    odd = sum(bool(each.submission.proposal.oddities) for each in shown)
    yield line(f"{verb}待ち {len(shown)}件（確認事項あり {odd}件）")
    if pages > 1:
        first = (state.page - 1) * PAGE + 1
        yield line(f"{first}〜{first + len(here) - 1}件目（{state.page}/{pages}ページ）")
    if elsewhere := _elsewhere(state, here):
        yield line(f"ほかのページで選択中 {len(elsewhere)}件（送信すると一緒に処理します）")


def _buttons(
    waiting: Waiting, state: Chosen, shown: Sequence[Seen], here: Sequence[Seen], pages: int
) -> Iterator[Block]:
    if not here:
        return
    clean = sum(not each.submission.proposal.oddities for each in shown)
    elements = []
    if waiting.stage == "planner" and clean:
        elements.append(_approve_clean(clean, waiting.newest))
    elements.append(button("選んだものを差戻す", "return_selected", "-"))
    if state.page > 1:
        elements.append(button("前のページ", "queue:page:back", str(state.page - 1)))
    if state.page < pages:
        elements.append(button("次のページ", "queue:page:on", str(state.page + 1)))
    yield actions(elements, f"acts:{state.turn}")
    if waiting.stage == "planner":
        rows = [_to_mend(each) for each in here]
        yield actions([select("queue:mend", "値を直す指標を選ぶ", rows)], f"mend:{state.turn}")


def _to_mend(each: Seen) -> Block:
    indicator = each.standing.indicator
    return option(f"{indicator.id} {indicator.name}", str(each.submission.id))


def _approve_clean(count: int, newest: int) -> Block:
    """Asks first. Its value is the newest submission there was: what came later is not approved."""
    asks = {
        "title": plain("すべて承認しますか", 100),
        "text": plain(
            f"表示中の絞り込みで、確認事項のない{count}件を承認します。"
            "確認事項のあるものと、ご自身の提出は含みません。",
            300,
        ),
        "confirm": plain(f"{count}件を承認", 30),
        "deny": plain("やめる", 30),
    }
    made = button(f"確認事項のないものをすべて承認（{count}件）", "approve_clean", str(newest))
    return {**made, "confirm": asks}


def _remarks(waiting: Waiting, shown: Sequence[Seen]) -> Iterator[Part | None]:
    lines = []
    if waiting.own:
        mine = "、".join(each.standing.indicator.id for each in waiting.own)
        lines.append(line(f"ご自身の提出・修正はほかの企画担当が承認します: {mine}"))
    if waiting.for_leads:
        lines.append(line(f"ほかに課長確認待ちが{waiting.for_leads}件あります。"))
    lines += waiting.away
    yield quiet(*lines) if lines else None
    yield sample_note(tuple(each.standing for each in shown))
