"""One indicator in full: verdict with its arithmetic, history over both phases, provenance."""

from __future__ import annotations

from collections.abc import Iterator

from answers.asked import Asked, sample_note
from answers.background import background
from answers.card import card_button
from answers.chart import chart_button
from answers.compared import compared, not_on_record
from answers.comparison_form import comparison_button
from answers.content import Block, Content, ask_button
from answers.facts import show_day
from answers.follow import follow_button
from answers.history import HEADINGS, rows
from answers.layout import Part, compose, grid, heading, quiet, row, say
from answers.ledger import ledger_button
from answers.lines import entry_buttons, figures, headline, indicator_lines, items, round_lines
from answers.memo_page import memo_button
from answers.published import Row
from answers.remarked import effort_entry
from answers.revision_page import change_lines, revision_button
from answers.shared import share_button
from answers.spans import Bold, Code, Line, line, one_line
from store.people import Act
from store.plan import Indicator, Role
from store.standing import Standing
from store.terms import BASES

MOST_ROWS = 99
ROLES: dict[Role, str] = {"target": "数値目標", "kpi": "KPI"}


def indicator(asked: Asked) -> Content:
    """The verdict first, then how it came about, year by year, and where it comes from."""
    standing, first = asked.standings[0], bool(asked.intention.elsewhere)
    return compose(
        (
            heading(standing.indicator.name),
            quiet(_place(standing.indicator, asked)),
            _beside(standing, asked) if first else None,
            say(*_verdict(standing, asked)),
            None if first else _beside(standing, asked),
            _years(standing, asked),
            _revised(asked),
            *background(standing, asked),
            sample_note((standing,)),
            row(_acts(standing, asked)),
            row([*_links(standing, asked), *_describing(standing, asked)]),
        )
    )


def history(asked: Asked) -> Content:
    """The years of one indicator alone."""
    standing = asked.standings[0]
    return compose(
        (
            heading(f"推移 {standing.indicator.name}"),
            say(*indicator_lines(standing, asked)),
            _years(standing, asked),
            sample_note((standing,)),
            row([*entry_buttons([standing], asked, named=False), *_links(standing, asked)]),
        )
    )


def comparison(asked: Asked) -> Content:
    """Several indicators below each other."""
    shown = asked.standings
    entries = entry_buttons(shown, asked, named=True)
    return compose(
        (
            heading(asked.intention.understood),
            say(line(asked.as_of)),
            *items(shown, asked),
            sample_note(shown),
            row(entries) if entries else None,
        )
    )


def _place(found: Indicator, asked: Asked) -> Line:
    """`1-1b` KPI（基本目標3）｜区分 成果・比較・基準値."""
    labels = {goal.id: goal.label for goal in asked.plan.goals}
    roles = [
        f"{ROLES[role]}（{'・'.join(labels[g] for g, each in asked.plan.roles[found.id] if each == role)}）"
        for role in ROLES
        if any(each == role for _, each in asked.plan.roles[found.id])
    ]
    said = " ・ ".join(roles)
    basis = f"｜区分 {'・'.join(BASES[each] for each in found.basis)}" if found.basis else ""
    policy = f"｜施策 {found.policy}" if found.policy else ""
    return line(Code(found.id), f" {said}{basis}{policy}")


def _verdict(standing: Standing, asked: Asked) -> Iterator[Line]:
    as_of = standing.verdict.as_of_label if standing.latest else None
    yield line(Bold(headline(standing, asked)), f"（{as_of}）" if as_of else "")
    yield line(*figures(standing, asked))
    if standing.latest is not None:
        yield line(f"計算: {standing.verdict.arithmetic}")
        if standing.verdict.why and standing.verdict.grade:
            yield line(standing.verdict.why)
    if asked.outlook.ended:
        yield line(asked.as_of)
    yield from round_lines(standing, asked)


def _years(standing: Standing, asked: Asked) -> Part | None:
    found: list[Row] = rows(standing, asked.outlook, asked.who, asked.earlier)
    if not found:
        return None
    if len(found) > MOST_ROWS:
        older = f"以前の{len(found) - MOST_ROWS + 1}件"
        found = [Row(older, state="表に入りきらないため省略"), *found[-MOST_ROWS + 1 :]]
    return grid(HEADINGS, found)


def _revised(asked: Asked) -> Part | None:
    """見直し: what held before and what holds since, why, and who decided it."""
    beside, found = asked.beside, list[Line]()
    for each in beside.revisions:
        day = show_day(each.decided_on, asked.outlook.today)
        found += change_lines(each, asked.plan, beside.departments)
        found.append(line(f"　{each.decided_by}（{day}）・理由: {one_line(each.reason)}"))
    return say(line(Bold("見直し")), *found) if found else None


def _beside(standing: Standing, asked: Asked) -> Part | None:
    """比較値: how we stand to others, and that nothing is on record of whom was asked for."""
    held, place = asked.beside.comparisons, asked.intention.elsewhere
    missing = not_on_record(place, standing.indicator, held)
    lines = [*compared(standing, held, place), missing]
    return say(*lines) if any(lines) else None


def _acts(standing: Standing, asked: Asked) -> list[Block]:
    found = standing.indicator
    return [
        *entry_buttons([standing], asked, named=False),
        chart_button(found),
        ledger_button(asked.plan.id, found.id),
        follow_button(asked, "indicator", found.id),
        share_button(asked, found.id),
    ]


def _links(standing: Standing, asked: Asked) -> list[Block]:
    found = standing.indicator
    goals = {goal.id: goal.label for goal in asked.plan.goals}
    labels = dict.fromkeys(goals[goal] for goal, _ in asked.plan.roles[found.id])
    links = [ask_button(label, asked.words(label)) for label in labels]
    if found.policy:
        links.insert(0, ask_button(f"施策 {found.policy}", asked.words(found.policy)))
    return links


def _describing(standing: Standing, asked: Asked) -> Iterator[Block]:
    """For those who may describe it: what was done, its card, what others report, and the memo."""
    yield from effort_entry(standing, asked)
    if asked.who.may(Act.REVISE) and asked.beside.card is not None:
        yield revision_button(standing.indicator.id)
    if asked.beside.card is None or not asked.who.may(Act.DESCRIBE, standing.department):
        return
    if not asked.beside.card.missing:
        yield card_button(asked.beside.card)
    yield comparison_button(asked.plan.id, standing.indicator.id)
    yield memo_button(asked, standing.indicator.id)
