"""Lists: the indicators of a status, and those of a department."""

from __future__ import annotations

from collections import Counter

from answers.asked import Asked, counted, sample_note
from answers.content import Block, Content, ask_button
from answers.layout import compose, heading, row, say
from answers.lines import entry_buttons, items, pages
from answers.spans import line
from answers.words import statuses_of
from store.judge import grades_of
from store.judging.pace import PACES
from store.standing import Standing, State


def listed(asked: Asked) -> Content:
    """`未提出 3件` and each of them; a page at a time."""
    status = asked.intention.ids[0]
    found = of_status(asked, status)
    name = asked.intention.called
    shown, more = pages(found, asked, f"{name} {status}" if name else status)
    said = asked.as_of + (_late(status, found) if found else f"　{status}の指標はありません。")
    entries = entry_buttons(shown, asked, named=True)
    return compose(
        (
            heading(f"{f'{name}　' if name else ''}{status}の指標　{len(found)}件"),
            say(line(said)),
            *items(shown, asked),
            *more,
            sample_note(shown),
            row(entries) if entries else None,
            row(status_buttons(asked, but=status)),
        )
    )


def of_status(asked: Asked, status: str) -> tuple[Standing, ...]:
    """The indicators of a status, in the plan's order: all, or those of the department asked for."""
    within = asked.intention.within
    among = of_department(asked, within) if within else asked.outlook.standings.values()
    return tuple(s for s in among if status in statuses_of(s, asked.plan))


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
    found = of_department(asked, asked.intention.ids[0])
    ordered = tuple(sorted(found, key=lambda s: not s.outstanding))
    name = asked.intention.called
    shown, more = pages(ordered, asked, asked.intention.ids[0])
    outstanding = sum(s.outstanding for s in found)
    entries = entry_buttons(shown, asked, named=True)
    return compose(
        (
            heading(f"{name}　指標{len(found)}件・未対応{outstanding}件"),
            say(*counted(asked, found)) if found else say(line("担当する指標はありません。")),
            *items(shown, asked),
            *more,
            sample_note(shown),
            row(entries) if entries else None,
        )
    )


def of_department(asked: Asked, department: str) -> tuple[Standing, ...]:
    """The indicators that a department owns today, in the plan's order."""
    all_of_them = asked.outlook.standings.values()
    return tuple(s for s in all_of_them if s.department and s.department.id == department)
