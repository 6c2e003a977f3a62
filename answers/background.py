"""What stands behind an indicator's figures: remarks, where they come from, definition, dates, notes."""

from __future__ import annotations

from collections.abc import Iterator

from answers.asked import Asked
from answers.card import card_lines, missing_part
from answers.facts import department_of, owner_said, provenance, show_day
from answers.layout import Part, quiet, say
from answers.remarked import efforts_part, opinions_part
from answers.spans import Bold, Line, line, one_line
from answers.words import SAMPLE
from store.cycle import DEFAULT_NOTE
from store.documented import is_published
from store.fiscal import era
from store.people import Act
from store.plan import Indicator
from store.standing import Standing, State
from store.submissions import Submission
from store.terms import MEASURES

MOST_REMARKS = 3


def background(standing: Standing, asked: Asked) -> Iterator[Part | None]:
    """Remarks first; then, quietly, whence and by whom, the definition, and the plan's own notes."""
    yield efforts_part(standing, asked)
    yield opinions_part(standing.indicator.id, asked)
    yield _remarks(standing, asked)
    yield quiet(*(each for each in _whence(standing, asked) if each))
    if asked.beside.card is not None and asked.who.may(Act.DESCRIBE, standing.department):
        yield missing_part(asked.beside.card)
    if notes := tuple(line(text) for text in _notes(standing.indicator)):
        yield quiet(*notes)


def _remarks(standing: Standing, asked: Asked) -> Part | None:
    """備考 of the newest reports that have one, each with its year and department."""
    with_note = [
        each
        for each in _newest_first(standing, asked)
        if each.proposal.note not in {None, "", SAMPLE}
    ]
    lines = [_remark(each) for each in with_note[:MOST_REMARKS]]
    return say(line(Bold("備考")), *lines) if lines else None


def _newest_first(standing: Standing, asked: Asked) -> Iterator[Submission]:
    """What was approved, and before it what is 確認中 for those who may see it."""
    last = standing.last
    if last is not None and last.open and standing.shows_pending_to(asked.who):
        yield last
    yield from reversed(standing.actuals)


def _remark(found: Submission) -> Line:
    state = "・確認中" if found.open else ""
    who = department_of(found)
    return line(
        f"{era(found.proposal.collection)}（{who}{state}）　{one_line(found.proposal.note or '')}"
    )


def _whence(standing: Standing, asked: Asked) -> Iterator[Line]:
    latest, today = standing.latest, asked.outlook.today
    if latest is not None:
        said = provenance(latest, today, asked.names)
        source = one_line(latest.proposal.source or "記載なし")
        yield line(f"{era(latest.proposal.collection)}報告: {said}・出典 {source}")
    yield line(f"担当: {owner_said(standing)}・{MEASURES[standing.indicator.measure]}")
    yield _next_round(standing, asked)
    if asked.beside.card is not None:
        yield from card_lines(asked.beside.card, standing.indicator, asked.names, today)


def _next_round(standing: Standing, asked: Asked) -> Line:
    """When the next figure is due, once this round's is settled."""
    ahead = asked.beside.ahead
    if ahead is None or standing.state != State.APPROVED or is_published(standing):
        return ()
    today, unset = asked.outlook.today, "due" in ahead.defaults
    note = f"・{DEFAULT_NOTE}" if unset else ""
    return line(f"次の提出期限: {show_day(ahead.due, today)}（{era(ahead.collection)}実績{note}）")


def _notes(found: Indicator) -> Iterator[str]:
    if found.note:
        yield f"注: {found.note}"
    for series in found.series:
        name = f"{series.name} " if series.name else ""
        yield from (f"注（{name}現状値）: {b.note}" for b in series.baselines if b.note)
        yield from (f"注（{name}目標値）: {t.note}" for t in series.targets if t.note)
