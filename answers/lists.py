"""Lists: the indicators of a status, and those of a department."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from answers.asked import Asked, counted, sample_note
from answers.content import Block, Content, ask_button
from answers.follow import follow_button
from answers.groups import (
    Group,
    arrange_buttons,
    grouped_items,
    groups,
    how_arranged,
    in_order,
    once,
)
from answers.layout import Part, compose, heading, row, say
from answers.lines import due_note, entry_buttons
from answers.list_words import ARRANGED
from answers.paging import paged, paging
from answers.spans import line
from answers.words import EVERYTHING, statuses_of
from store.judge import grades_of
from store.judging.pace import PACES
from store.standing import Standing, State


def listed(asked: Asked) -> Content:
    """`未提出 3件` and each of them; a page at a time."""
    intention, status = asked.intention, asked.intention.ids[0]
    arranged = groups(_of_status(asked, status), asked)
    found = once(in_order(arranged))
    name, everything = intention.called, status == EVERYTHING
    what = EVERYTHING if everything else f"{status}の指標"
    said = asked.as_of + (_late(status, found) if found else f"　{what}はありません。")
    words = f"{name} {status}".strip()
    return compose(
        (
            heading(f"{f'{name}　' if name else ''}{what}　{len(found)}件"),
            say(line(said), how_arranged(asked, arranged)),
            *_page(asked, arranged, words, f"{words} {ARRANGED['plan']}" if everything else words),
            row(status_buttons(asked, but=status)),
        )
    )


def of_status(asked: Asked, status: str) -> tuple[Standing, ...]:
    """The indicators of a status, arranged as asked: all, or those of the department, goal or policy."""
    return once(in_order(groups(_of_status(asked, status), asked)))


def _of_status(asked: Asked, status: str) -> tuple[Standing, ...]:
    within, only = asked.intention.within, asked.intention.among
    among = of_department(asked, within) if within else asked.outlook.standings.values()
    return tuple(
        s
        for s in among
        if status in statuses_of(s, asked.plan) and (not only or s.indicator.id in only)
    )


def _late(status: str, found: tuple[Standing, ...]) -> str:
    late = sum(s.state == State.LATE for s in found)
    return f"　うち期限超過 {late}件" if status == State.MISSING and late else ""


def status_buttons(asked: Asked, but: str = "") -> list[Block]:
    """The lists that hold something, with how much."""
    grades = [grade.label for grade in grades_of(asked.plan)]
    words = [*grades, *(pace.label for pace in PACES), *(state.value for state in State)]
    everything = (statuses_of(s, asked.plan) for s in asked.outlook.standings.values())
    counts = Counter(status for each in everything for status in each)
    return [
        ask_button(f"{word} {counts[word]}", asked.words(word))
        for word in words
        if counts[word] and word != but
    ]


def department(asked: Asked) -> Content:
    """A department's indicators: what is outstanding first."""
    id_ = asked.intention.ids[0]
    found = of_department(asked, id_)
    first = found if asked.intention.arranged else sorted(found, key=lambda s: not s.outstanding)
    arranged = groups(tuple(first), asked)
    name = asked.intention.called
    outstanding = sum(s.outstanding for s in found)
    return compose(
        (
            heading(f"{name}　指標{len(found)}件・未対応{outstanding}件"),
            say(*counted(asked, found), how_arranged(asked, arranged))
            if found
            else say(line("担当する指標はありません。")),
            *_page(asked, arranged, name, name, follow_button(asked, "department", id_)),
        )
    )


def of_department(asked: Asked, department: str) -> tuple[Standing, ...]:
    """The indicators that a department owns today, in the plan's order."""
    all_of_them = asked.outlook.standings.values()
    return tuple(s for s in all_of_them if s.department and s.department.id == department)


def _page(
    asked: Asked, arranged: tuple[Group, ...], words: str, unarranged: str, *buttons: Block
) -> Iterator[Part | None]:
    """A page of the list, the way to the next one, and what can be done with it."""
    everything, how = in_order(arranged), asked.intention.arranged
    shown = once(paged(everything, asked))
    entries = entry_buttons(shown, asked, named=True)
    ways = arrange_buttons(once(everything), asked, words, unarranged)
    yield from grouped_items(arranged, asked)
    yield due_note(shown, asked)
    yield from paging(len(everything), asked, f"{words} {ARRANGED[how]}" if how else words)
    yield sample_note(shown)
    yield row(entries) if entries else None
    yield row([*ways, *buttons])
