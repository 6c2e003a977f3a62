"""`/kpi 意見`: what the bodies said and what was done about it, narrowed down by words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from answers.admin_menu import admin_button
from answers.content import Block, Content, ask_button, button
from answers.facts import day_of
from answers.layout import Part, compose, heading, quiet, row, say
from answers.opinion_lines import (
    ANSWERED,
    OPEN,
    WORD,
    Opinions,
    answer_button,
    answer_line,
    mend_button,
    open_button,
    opinion_lines,
)
from answers.opinion_sheet_messages import sheet_words
from answers.sought_opinions import Sought, matching
from answers.spans import Bold, Code, Line, line
from store.fiscal import era
from store.remarks import Opinion

PAGE = 8
MOST_YEARS = 6
ADD = "opinion:add"


def opinion_page(sought: Sought, seen: Opinions) -> Content:
    """The list, open ones first; one opinion in full where its number is asked for."""
    if sought.number is not None:
        return _one(next(iter(matching(sought, seen)), None), seen)
    there = matching(sought, seen)
    last = max(1, -(-len(there) // PAGE))
    page = min(sought.page, last)
    shown = there[(page - 1) * PAGE : page * PAGE]
    return compose(
        (
            heading(WORD),
            say(*_counted(sought, seen, there)),
            *(say(*opinion_lines(each, seen), accessory=open_button(each)) for each in shown),
            _paging(sought, seen, len(there), page, last),
            row(list(_filters(sought, seen))),
            quiet(line("言葉でも絞り込めます。", "例: ", Code(f"/kpi {WORD} 未対応 R6 園庭"))),
        )
    )


def _counted(sought: Sought, seen: Opinions, there: tuple[Opinion, ...]) -> Iterator[Line]:
    called = _called(sought, seen)
    open_ones = sum(each.answer is None for each in there)
    counts = f"{len(there)}件（{OPEN} {open_ones}・{ANSWERED} {len(there) - open_ones}）"
    yield line(Bold(counts), f"　絞り込み: {called}" if called else "")
    if not there:
        said = "この条件に合う意見はありません。" if called else "意見はまだ入力されていません。"
        yield line(said)


def _called(sought: Sought, seen: Opinions) -> str:
    """What is looked for, a department by its name."""
    known = seen.departments.get(sought.department or "")
    return replace(sought, department=known.name if known else None).called(seen.plan)


def _paging(sought: Sought, seen: Opinions, count: int, page: int, last: int) -> Part | None:
    if last == 1:
        return None
    first, until = (page - 1) * PAGE + 1, min(page * PAGE, count)
    words = f"{WORD} {sought.called(seen.plan)}".strip()
    turns = [
        ask_button(label, f"{words} {to}ページ")
        for label, to in (("前へ", page - 1), ("次へ", page + 1))
        if 1 <= to <= last
    ]
    said = say(line(f"{count}件のうち {first}〜{until}件目（{page}/{last}ページ）"))
    made = row(turns)
    return Part((*said.blocks, *made.blocks), said.lines)


def _filters(sought: Sought, seen: Opinions) -> Iterator[Block]:
    if seen.who.planner:
        yield button("意見を追加", ADD, f"{seen.plan.id}", "primary")
        yield admin_button("Excelで入力", sheet_words(sought.collection))
    everything = matching(sought, seen, state=False)
    for answered, label in ((False, OPEN), (True, ANSWERED)):
        count = sum((each.answer is not None) == answered for each in everything)
        if sought.answered != answered and count:
            yield _narrowed(f"{label} {count}件", replace(sought, answered=answered), seen)
    years = sorted({each.collection for each in seen.found}, reverse=True)[:MOST_YEARS]
    for year in years if len(years) > 1 else ():
        if year != sought.collection:
            yield _narrowed(era(year), replace(sought, collection=year), seen)
    if sought.called(seen.plan):
        yield ask_button("すべて", WORD)


def _narrowed(label: str, sought: Sought, seen: Opinions) -> Block:
    return ask_button(label, f"{WORD} {replace(sought, page=1).called(seen.plan)}")


def _one(opinion: Opinion | None, seen: Opinions) -> Content:
    if opinion is None:
        said = line("この意見は見つかりません。取り消されたか、番号が違います。")
        return compose((say(said), row([ask_button("意見の一覧", WORD)])))
    entered = seen.names.get(opinion.actor, opinion.actor)
    buttons = [answer_button(opinion, "primary")] if seen.may_answer(opinion) else []
    buttons += [mend_button(opinion)] if seen.who.planner else []
    buttons += [ask_button("意見の一覧", WORD)]
    answers = [say(answer_line(each, seen)) for each in reversed(opinion.answers)] or [
        say(line("対応はまだ書かれていません。"))
    ]
    return compose(
        (
            heading(f"{WORD} #{opinion.number}"),
            say(*opinion_lines(opinion, seen, whole=True)),
            *answers[:PAGE],
            _older(len(opinion.answers) - PAGE),
            quiet(line(f"{day_of(opinion.at, seen.today)} {entered}さんが入力")),
            row(buttons),
        )
    )


def _older(left: int) -> Part | None:
    return quiet(line(f"以前の対応 {left}件は省略しました。")) if left > 0 else None
