"""The strategy at a glance: what waits for me, each goal's counts, what comes next."""

from __future__ import annotations

from collections.abc import Iterator

from answers.asked import Asked, counted, sample_note
from answers.bars import bar_lines, counts
from answers.content import Block, Content, ask_button
from answers.facts import WEEKDAYS, show_day
from answers.layout import Part, compose, heading, quiet, row, say
from answers.lists import of_department, of_status, status_buttons
from answers.spans import Bold, Line, line
from answers.stage_words import stage_said
from answers.words import state_counts
from store.cycle import DEFAULT_NOTE, DEFAULTS, dates_named
from store.documented import is_published
from store.fiscal import era
from store.plan import Goal
from store.standing import State

_BY_STATE = "値のない指標は、照会の状況（未提出など）で数えています。"


def overview(asked: Asked) -> Content:
    """Counts by goal, my own tasks, dates to come, and the lists as buttons."""
    everything = tuple(asked.outlook.standings.values())
    places = sum(len(g.targets) + len(g.kpis) for g in asked.plan.goals)
    mine = list(_waiting_for_me(asked))
    return compose(
        (
            heading(asked.plan.title),
            say(*counted(asked, everything), stage_line(asked)),
            say(line(Bold("あなたの対応待ち")), *(each for each, _ in mine)) if mine else None,
            row([each for _, each in mine]) if mine else None,
            *(_goal(goal, asked) for goal in asked.plan.goals),
            quiet(
                line(
                    f"{_BY_STATE if _some_by_state(asked) else ''}目標ごとの掲載は延べ{places}件です。"
                )
            ),
            dates_ahead(asked),
            sample_note(everything),
            row([*status_buttons(asked), ask_button("使い方", "ヘルプ")]),
        )
    )


def stage_line(asked: Asked) -> Line:
    """The stage that the round is in; nothing for a year that was asked for, or a plan long over."""
    over = all(is_published(s) for s in asked.outlook.standings.values())
    return () if over or asked.intention.year is not None else line(stage_said(asked.outlook))


def _goal(goal: Goal, asked: Asked) -> Part:
    button = ask_button(goal.label, asked.words(goal.label))
    return say(*goal_lines(goal, asked), accessory=button)


def goal_lines(goal: Goal, asked: Asked) -> tuple[Line, ...]:
    """A goal's name, and its indicators as a bar and in words: each once, by grade or by state."""
    ids = dict.fromkeys((*goal.targets, *goal.kpis))
    found = counts(asked.outlook.of(ids), asked.plan)
    named = line(Bold(goal.label), f" {goal.title}")
    return (named, *bar_lines(found, f"（{len(ids)}指標）"))


def _some_by_state(asked: Asked) -> bool:
    return any(s.latest is None and not is_published(s) for s in asked.outlook.standings.values())


def _waiting_for_me(asked: Asked) -> Iterator[tuple[Line, Block]]:
    for department in asked.who.departments:
        left = [s for s in of_department(asked, department.id) if s.outstanding]
        if left:
            words = asked.words(department.id)
            said = line(f"{department.name}: {state_counts(left)}")
            yield said, ask_button(f"{department.name} {len(left)}", words)
    if not asked.who.planner:
        return
    for state, task in ((State.PENDING, "承認待ち"), (State.LATE, "期限超過")):
        if found := of_status(asked, state):
            yield (
                line(f"企画担当: {task} {len(found)}件"),
                ask_button(f"{task} {len(found)}", asked.words(state)),
            )


def dates_ahead(asked: Asked) -> Part | None:
    """The round's dates that are still ahead; those that nobody has set say so."""
    cycle, today, names = asked.outlook.cycle, asked.outlook.today, dates_named(asked.plan.labels)
    ahead = {stage: day for stage in DEFAULTS if (day := getattr(cycle, stage)) >= today}
    if not ahead:
        return None
    said = "・".join(
        f"{names[stage]} {show_day(day, today)}（{WEEKDAYS[day.weekday()]}）{_star(stage, asked)}"
        for stage, day in ahead.items()
    )
    unset = cycle.defaults & set(ahead)
    note = line(f"※{DEFAULT_NOTE}") if unset else line()
    return quiet(line(f"{era(cycle.collection)}の予定: {said}"), *([note] if unset else []))


def _star(stage: str, asked: Asked) -> str:
    return "※" if stage in asked.outlook.cycle.defaults else ""
