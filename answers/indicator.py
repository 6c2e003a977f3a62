"""One indicator in full: verdict with its arithmetic, history over both phases, provenance."""

from __future__ import annotations

from collections.abc import Iterator

from answers.asked import Asked, sample_note
from answers.chart import chart_button
from answers.content import Block, Content, ask_button
from answers.facts import owner_said, provenance
from answers.follow import follow_button
from answers.history import HEADINGS, rows
from answers.layout import Part, compose, grid, heading, quiet, row, say
from answers.lines import entry_buttons, figures, headline, indicator_lines, items, round_lines
from answers.published import Row
from answers.shared import share_button
from answers.spans import Bold, Code, Line, line, one_line
from answers.words import MEASURES
from store.fiscal import era
from store.plan import Basis, Indicator, Role
from store.standing import Standing

MOST_ROWS = 99
BASES: dict[Basis, str] = {"outcome": "成果", "comparison": "比較", "standard": "基準値"}
ROLES: dict[Role, str] = {"target": "数値目標", "kpi": "KPI"}


def indicator(asked: Asked) -> Content:
    """The verdict first, then how it came about, year by year, and where it comes from."""
    standing = asked.standings[0]
    return compose(
        (
            heading(standing.indicator.name),
            quiet(_place(standing.indicator, asked)),
            say(*_verdict(standing, asked)),
            _years(standing, asked),
            *_background(standing, asked),
            sample_note((standing,)),
            row(
                [
                    *_buttons(standing, asked),
                    chart_button(standing.indicator),
                    follow_button(asked, "indicator", standing.indicator.id),
                    share_button(asked, standing.indicator.id),
                ]
            ),
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
            row(_buttons(standing, asked)),
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


def _background(standing: Standing, asked: Asked) -> Iterator[Part]:
    """Provenance, then what the plan and its notes say: quiet, and nothing left out."""
    latest, found = standing.latest, standing.indicator
    lines: list[Line] = []
    if latest is not None:
        said = provenance(latest, standing, asked.outlook.today, asked.names)
        source = one_line(latest.proposal.source or "記載なし")
        lines.append(line(f"{era(latest.proposal.collection)}報告: {said}・出典 {source}"))
        if latest.proposal.note:
            lines.append(line(f"備考: {one_line(latest.proposal.note)}"))
    lines.append(line(f"担当: {owner_said(standing)}・{MEASURES[found.measure]}"))
    lines += [line(text) for text in (*_survey(found), *_notes(found))]
    yield quiet(*lines)


def _survey(found: Indicator) -> Iterator[str]:
    if found.definition:
        yield f"定義: {found.definition}"
    if found.source:
        yield f"資料: {found.source}"
    said = [
        found.frequency,
        f"調査年度 {'・'.join(map(era, found.survey_years))}" if found.survey_years else None,
        f"基準日 {found.as_of}" if found.as_of else None,
        f"公表 {found.publishes_in}月" if found.publishes_in else None,
    ]
    if any(said):
        yield "・".join(each for each in said if each)


def _notes(found: Indicator) -> Iterator[str]:
    if found.note:
        yield f"注: {found.note}"
    for series in found.series:
        name = f"{series.name} " if series.name else ""
        yield from (f"注（{name}現状値）: {b.note}" for b in series.baselines if b.note)
        yield from (f"注（{name}目標値）: {t.note}" for t in series.targets if t.note)


def _buttons(standing: Standing, asked: Asked) -> list[Block]:
    found = standing.indicator
    goals = {goal.id: goal.label for goal in asked.plan.goals}
    labels = dict.fromkeys(goals[goal] for goal, _ in asked.plan.roles[found.id])
    links = [ask_button(label, asked.words(label)) for label in labels]
    if found.policy:
        links.insert(0, ask_button(f"施策 {found.policy}", asked.words(found.policy)))
    return [*entry_buttons([standing], asked, named=False), *links]
