"""What a report ought to show, straight from the database and the plan, and what its files do."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

import openpyxl
import pypdfium2 as pdfium  # type: ignore[import-untyped]

from reports.progress.model import Report
from store.acts import rows
from store.plan import Plan
from tests.answers.city import City


class Shown(NamedTuple):
    """One figure: of which indicator and series, what it is, of which collection, and its digits."""

    indicator: str
    series: str
    told: str
    year: int | None
    value: Decimal


def expected(city: City, report: Report) -> set[Shown]:
    """The approved values of the report's years, and the plan's baselines and targets."""
    return {*_of_plan(report.plan, report), *_of_store(city, report)}


def _of_store(city: City, report: Report) -> Iterator[Shown]:
    found = rows(
        city.db,
        """SELECT s.indicator, v.series, s.collection, v.value FROM current_submissions s
           JOIN actual_values v ON v.submission = s.id WHERE s.plan = ? AND s.collection <= ?""",
        [report.plan.id, report.year],
    )
    for row in found:
        yield Shown(
            row["indicator"], row["series"], "実績値", row["collection"], Decimal(row["value"])
        )


def _of_plan(plan: Plan, report: Report) -> Iterator[Shown]:
    for indicator in plan.indicators:
        for series in indicator.series:
            name = series.name or ""
            for each in series.baselines:
                told = "現状値" if each.reference else "参考値"
                yield Shown(indicator.id, name, told, None, each.value)
            target = series.target(report.year)
            if target and target.value is not None:
                yield Shown(indicator.id, name, "目標値", target.year, target.value)


def table_of(data: bytes) -> list[dict[str, str]]:
    """A CSV file as Excel takes it."""
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def in_csv(data: bytes) -> set[Shown]:
    """The figures of a CSV file."""
    years = {f"R{year - 2018}": year for year in range(2019, 2035)}
    return {
        Shown(
            row["指標番号"],
            row["系列"],
            row["種別"],
            years[row["年度"]] if row["年度"] else None,
            Decimal(row["値"]),
        )
        for row in table_of(data)
        if row["値"] and not row["種別"].startswith("進捗率")
    }


def in_json(data: bytes) -> set[Shown]:
    """The figures of a JSON file."""
    items = (item for goal in json.loads(data)["goals"] for item in goal["items"])
    return {shown for item in items for shown in _of_item(item)}


def _of_item(item: dict[str, Any]) -> Iterator[Shown]:
    for series in item["series"]:
        name = series["name"] or ""
        told = [(None, "参考値" if n else "現状値", f) for n, f in enumerate(series["baselines"])]
        told.append((series["target"]["year"], "目標値", series["target"]))
        told += [(figure["year"], "実績値", figure) for figure in series["actuals"]]
        for year, what, figure in told:
            if figure["value"] is not None:
                yield Shown(item["indicator"], name, what, year, Decimal(figure["value"]))


def markdown_rows(data: bytes) -> list[dict[str, str]]:
    """Every row of every table of a Markdown file, by its headings, with nothing escaped."""
    found, headings = [], list[str]()
    for line in data.decode().splitlines():
        if not line.startswith("|"):
            headings = []
            continue
        cells = [_unescaped(cell) for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if not headings:
            headings = cells
        elif set(cells) != {"---"}:
            found.append(dict(zip(headings, cells, strict=True)))
    return found


def _unescaped(cell: str) -> str:
    return re.sub(r"\\(.)", r"\1", cell.strip().replace("<br>", "\n"))


def pages_of(data: bytes) -> list[str]:
    """The text of each page of a PDF, without any blanks."""
    document = pdfium.PdfDocument(data)
    try:
        texts = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return [re.sub(r"\s", "", text) for text in texts]


def in_excel(data: bytes) -> set[Shown]:
    """The figures of a workbook: numbers by their heading, 参考 in the comment of the baseline."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {shown for sheet in book.worksheets for shown in _of_sheet(sheet)}


def _of_sheet(sheet: Any) -> Iterator[Shown]:
    headings, indicator = list[str](), ""
    for row in sheet.iter_rows():
        words = [str(cell.value or "") for cell in row]
        if words[0] == "項目":
            headings = words
        elif headings and any(words[1:]):
            indicator = words[0].partition(" ")[0] or indicator
            named = dict(zip(headings, row, strict=True))
            series = str(named["系列"].value or "") if "系列" in named else ""
            for heading, cell in named.items():
                yield from _of_cell(indicator, series, heading, cell)


def _of_cell(indicator: str, series: str, heading: str, cell: Any) -> Iterator[Shown]:
    year = int(heading[1 : heading.index("実")]) + 2018 if heading.endswith("実績値") else None
    told = "実績値" if year else heading
    if isinstance(cell.value, int | float) and heading != "進捗率":
        yield Shown(indicator, series, told, year, Decimal(str(cell.value)))
    if heading == "現状値" and cell.comment:
        for aside in re.findall(r"参考 ([△0-9,.]+)", cell.comment.text):
            value = Decimal(aside.replace(",", "").replace("△", "-"))
            yield Shown(indicator, series, "参考値", None, value)
