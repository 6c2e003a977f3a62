"""The report as PDF: set by typst from one template, tagged, with the charts of the headline targets.

typst and matplotlib are loaded when the first report is set. Its compiler is not to be shared by
threads and keeps what it has set in memory: the bot has reports set by a process of their own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from importlib import resources
from threading import Lock
from typing import Any

from reports.charting.wording import SAMPLE
from reports.charts import svg_of
from reports.fonts import drawable, font_family, font_file
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
from reports.progress.model import GoalPart, Item, Report
from reports.progress.table import Column, columns, rows, used
from reports.progress.tally import tally_headings, tally_rows

Json = dict[str, Any]

_ONE_AT_A_TIME = Lock()
WIDE, LONG = 9, 300
"""Letters from which on a figure is broken, and a row may go over a page's end."""


def pdf(report: Report) -> bytes:
    """The report on A4 landscape. Raises CannotRun when the font is not installed."""
    import typst  # noqa: PLC0415  # 60 MB that most answers do without

    template = resources.files(__package__).joinpath("paper.typ").read_bytes()
    with _ONE_AT_A_TIME:
        fonts = typst.Fonts(False, False, [str(font_file().parent)])
        data = json.dumps(_set(_data(report)), ensure_ascii=False)
        return typst.compile(
            template,
            font_paths=fonts,
            format="pdf",
            sys_inputs={"report": data},
            # PDF/UA: readable by those who do not see it.
            pdf_standards="ua-1",
        )


def _data(report: Report) -> Json:
    """What the template asks for."""
    draft = "" if report.final else DRAFT
    return {
        "font": font_family(),
        "title": report.title,
        "plan": report.plan.title,
        "municipality": report.plan.municipality,
        "sample": SAMPLE if report.sample else "",
        "draft": draft,
        "mark": f"（{draft}）" if draft else "",
        "facts": list(facts(report)),
        "opinion_headings": OPINION_HEADINGS,
        "earlier": list(opinion_rows(report.beside.earlier)),
        "opinions": list(opinion_rows(report.beside.opinions)),
        "overall": report.overall.text,
        "tally": {"headings": tally_headings(report), "rows": list(tally_rows(report))},
        "charts": [
            {"svg": svg_of(picture).decode(), "alt": f"{picture.title}: {picture.alt}"}
            for picture in report.charts.values()
        ],
        "goals": [_goal(report, part) for part in report.goals],
        "revision_headings": REVISION_HEADINGS,
        "revisions": list(revision_rows(report)),
        "definition_headings": DEFINITION_HEADINGS,
        "definitions": list(definitions(report)),
        "undefined": undefined(report),
        "notes": list(notes(report)),
    }


def _goal(report: Report, part: GoalPart) -> Json:
    tables = (("数値目標", part.targets), ("KPI", part.kpis))
    return {
        "name": part.name,
        "direction": part.goal.direction or "",
        "policies": "、".join(part.policies),
        "passage": part.passage.text,
        "effort": part.effort.text,
        "tables": [_table(report, title, items) for title, items in tables if items],
    }


def _table(report: Report, title: str, items: tuple[Item, ...]) -> Json:
    made = columns(report)
    shown = [made[n] for n in used(report, items)]
    return {
        "title": title,
        "size": 8.5 if len(shown) < 9 else 7.5,
        "headings": [column.heading for column in shown],
        "weights": [column.weight for column in shown],
        "figures": [n for n, column in enumerate(shown) if column.figures],
        "rows": list(_rows(report, items, shown)),
    }


def _rows(report: Report, items: tuple[Item, ...], shown: Sequence[Column]) -> Iterator[list[Json]]:
    """Cells that are of the whole indicator span its series."""
    keys = {column.key for column in shown}
    for item, strand, cells in rows(report, items):
        first = strand is item.strands[0]
        yield [
            {
                "text": _broken(cell, column),
                "rows": len(item.strands) if column.shared else 1,
                "long": len(cell) > LONG,
            }
            for column, cell in zip(columns(report), cells, strict=True)
            if column.key in keys and (first or not column.shared)
        ]


def _broken(cell: str, column: Column) -> str:
    """Broken where a narrow column is to break it, and not in the middle of a word."""
    if column.key in {"basis", "progress"}:
        return cell.replace("・", "・\n")
    if column.figures and len(cell) > WIDE:
        return cell.replace("（", "\n（").replace("：", "：\n").replace("※", "\n※").strip()
    return cell


def _set(data: Any) -> Any:
    """All text in letters that the font has; charts have been seen to already."""
    if isinstance(data, dict):
        return {key: each if key == "svg" else _set(each) for key, each in data.items()}
    if isinstance(data, list | tuple):
        return [_set(each) for each in data]
    if isinstance(data, str):
        return "\n".join(drawable(line) for line in data.split("\n"))
    return data
