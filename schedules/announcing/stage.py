"""A stage of the yearly cycle as planners hear of it on its day: what is ready, what is missing."""

from __future__ import annotations

from answers.admin_menu import admin_button
from answers.content import Block, ask_button
from answers.cycle_page import lacks
from answers.layout import Part, quiet, row, say
from answers.spans import Bold, Line, line
from answers.words import SAMPLE
from schedules.announcing.staging import asked
from schedules.days import UNSET, day_said, left_said
from store.cycle import DEFAULT_NOTE, dates_named
from store.fiscal import era
from store.stages import gaps
from store.standing import Outlook, State

_GIVEN = frozenset({State.APPROVED, State.AWAITING, State.NO_SURVEY})
_LIST_OF_LATE = {"due", "approvals_closed"}


def stage_news(outlook: Outlook, stage: str) -> list[Part | None]:
    """The stage's day, how far the figures are, what the stage lacks, and ways to see to it."""
    return [
        say(_heading(outlook, stage), *_ready(outlook, stage), *_missing(outlook, stage)),
        row(_ways(outlook, stage)),
        _notes(outlook, stage),
    ]


def _heading(outlook: Outlook, stage: str) -> Line:
    cycle, today = outlook.cycle, outlook.today
    day, name = cycle.day(stage), dates_named(outlook.plan.labels)[stage]
    unset = UNSET if stage in cycle.defaults else ""
    when = "本日" if day == today else f"{day_said(day, today)}でした"
    return line(Bold(f"{era(cycle.collection)}実績: {name}"), f"（{when}{unset}）")


def _ready(outlook: Outlook, stage: str) -> list[Line]:
    if stage == "opens":
        return [_opened(outlook)]
    everything = (each.state for each in outlook.standings.values())
    states = [state for state in everything if state is not State.RETIRED]
    approved = sum(state in _GIVEN for state in states)
    given = approved + states.count(State.PENDING)
    said = f"提出 {given}/{len(states)}件・承認 {approved}件"
    locked = all(each.frozen for each in outlook.standings.values())
    later = stage not in _LIST_OF_LATE
    return [line(said + (f"・締め {'済み' if locked else '未'}" if later else ""))]


def _opened(outlook: Outlook) -> Line:
    found, due, today = asked(outlook), outlook.cycle.due, outlook.today
    unset = UNSET if "due" in outlook.cycle.defaults else ""
    count = f"{len(found)}課に{sum(map(len, found.values()))}件の提出をお願いしました。"
    return line(f"{count}提出期限は{day_said(due, today)}{unset}（{left_said(due, today)}）です。")


def _missing(outlook: Outlook, stage: str) -> list[Line]:
    """What the stage lacks; the opening has nothing to be closed for."""
    return list(lacks(outlook, stage)) if stage != "opens" or gaps(outlook, stage) else []


def _ways(outlook: Outlook, stage: str) -> list[Block]:
    year = era(outlook.cycle.collection)
    first = [admin_button("年間サイクルを開く", f"サイクル {year}")]
    if stage == "opens":
        return first
    if stage in _LIST_OF_LATE:
        waiting = any(each.state == State.PENDING for each in outlook.standings.values())
        to_approve = [admin_button("承認の一覧を開く", "承認")] if waiting else []
        return [*first, *to_approve, ask_button("未提出の一覧", f"{State.MISSING.value} {year}")]
    return [
        *first,
        admin_button("締めの状況を開く", f"締め {year}"),
        ask_button("全体を見る", year),
    ]


def _notes(outlook: Outlook, stage: str) -> Part | None:
    dates = {stage, "due"} if stage == "opens" else {stage}
    notes = [f"{UNSET} {DEFAULT_NOTE}"] if dates & outlook.cycle.defaults else []
    notes += [SAMPLE] if outlook.sample else []
    return quiet(*(line(note) for note in notes)) if notes else None
