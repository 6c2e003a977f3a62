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
from reports.progress.items import Item
from reports.progress.model import GoalPart, Report
from reports.progress.table import Column, columns, used
from reports.progress.tally import tally_headings, tally_rows

Json = dict[str, Any]

_ONE_AT_A_TIME = Lock()
WIDE, LONG = 9, 1200
"""Letters from which on a figure is broken, and what was done may go over a page's end."""
BELOW = ("effort", "direction")


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
    shown = [made[n] for n in used(report, items) if made[n].key not in BELOW]
    return {
        "title": title,
        "size": 8.5 if len(shown) < 9 else 7.5,
        "headings": [column.heading for column in shown],
        "weights": [column.weight for column in shown],
        "figures": [n for n, column in enumerate(shown) if column.figures],
        "rows": [row for item in items for row in _rows(item, shown)],
    }


def _rows(item: Item, shown: Sequence[Column]) -> Iterator[list[Json]]:
    """Cells that are of the whole indicator span its series. What was done stands below them.

    The name spans that too, which keeps it on one page with the figures; unless it is very long.
    """
    done, several = effort_said(item), len(item.strands)
    together = bool(done) and len(done) <= LONG
    for n, strand in enumerate(item.strands):
        yield [
            {
                "text": _broken(column.cell(item, strand), column),
                "rows": 1 if not column.shared else several + (together and place == 0),
                "columns": 1,
                "breakable": False,
            }
            for place, column in enumerate(shown)
            if n == 0 or not column.shared
        ]
    if done:
        wide = len(shown) - together
        yield [{"text": done, "rows": 1, "columns": wide, "breakable": not together}]


def effort_said(item: Item) -> str:
    """`取組内容と課題: …　今後の方向性: 拡充`, empty where nothing was written."""
    effort = item.effort
    done = f"取組内容と課題: {effort.text}" if effort.text else ""
    direction = f"今後の方向性: {effort.direction}" if effort.direction else ""
    return "　".join(said for said in (done, direction) if said)


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
