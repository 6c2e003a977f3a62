"""The report as Markdown: to paste into a document or a wiki."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from reports.charting.wording import SAMPLE
from reports.progress.about import (
    DEFINITION_HEADINGS,
    DRAFT,
    OPINION_HEADINGS,
    REVISION_HEADINGS,
    definitions,
    facts,
    notes,
    opinion_rows,
    revision_rows,
    undefined,
)
from reports.progress.model import GoalPart, Passage, Report
from reports.progress.table import columns, rows, used
from reports.progress.tally import tally_headings, tally_rows

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~&$])")
# What makes a list, a heading or a line across of a line that begins with it; blanks make code.
_BEGINNING = re.compile(r"^[ \t]*(?:([-+=])(?=\s|$|\1)|(\d+)([.)])(?=\s|$))?", re.MULTILINE)


def markdown(report: Report) -> bytes:
    """The whole report, UTF-8."""
    return ("\n\n".join(part for part in _parts(report) if part) + "\n").encode()


def _parts(report: Report) -> Iterator[str]:
    yield f"# {_plain(report.title)}"
    yield "\n".join(f"- {label}: {_plain(text)}" for label, text in facts(report))
    if report.beside.earlier:
        yield "## 昨年度の意見と対応"
        yield _table(OPINION_HEADINGS, opinion_rows(report.beside.earlier))
    yield f"## 達成状況の概要{_draft(report)}"
    yield _table(tally_headings(report), tally_rows(report))
    yield _said(report.overall)
    for part in report.goals:
        yield from _goal(report, part)
    if report.beside.opinions:
        yield "## 意見"
        yield _table(OPINION_HEADINGS, opinion_rows(report.beside.opinions))
    if report.beside.revisions:
        yield "## 見直し"
        yield _table(REVISION_HEADINGS, revision_rows(report))
    yield "## 指標の定義と出典"
    if defined := list(definitions(report)):
        yield _table(DEFINITION_HEADINGS, defined)
    yield undefined(report)
    yield "## 注"
    yield "\n".join(f"- {_plain(label)}: {_plain(text)}" for label, text in notes(report))


def _goal(report: Report, part: GoalPart) -> Iterator[str]:
    yield f"## {_plain(part.name)}"
    if any(item.sample for item in part.items):
        yield f"**{SAMPLE}**を含みます。"
    if part.goal.direction:
        yield _plain(part.goal.direction)
    if part.policies:
        yield f"主な関連施策: {_plain('、'.join(part.policies))}"
    yield f"### 評価{_draft(report)}"
    yield _said(part.passage)
    if part.effort.text:
        yield f"### 取組内容と課題\n\n{_plain(part.effort.text, paragraphs=True)}"
    made = columns(report)
    for called, items in (("数値目標", part.targets), ("KPI", part.kpis)):
        if items:
            yield f"### {called}"
            places = used(report, items)
            cells = ([row[n] for n in places] for _, _, row in rows(report, items))
            yield _table([made[n].heading for n in places], cells)


def _draft(report: Report) -> str:
    return "" if report.final else f"（{DRAFT}）"


def _said(passage: Passage) -> str:
    return _plain(passage.text, paragraphs=True)


def _table(headings: Sequence[str], body: Iterable[Sequence[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *([_cell(text) for text in row] for row in body)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(text: str) -> str:
    return _plain(text).replace("\n", "<br>")


def _plain(text: str, *, paragraphs: bool = False) -> str:
    """Text of people, in which no sign formats anything."""
    escaped = _BEGINNING.sub(_as_words, _SIGNS.sub(r"\\\1", text.strip()))
    return re.sub(r"\n+", "\n\n", escaped) if paragraphs else escaped


def _as_words(begins: re.Match[str]) -> str:
    sign, number, mark = begins.groups()
    return f"\\{sign}" if sign else f"{number}\\{mark}" if mark else ""
