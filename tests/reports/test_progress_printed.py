"""Every number of every file is the store's, and what people wrote stays text."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pytest

from reports.fonts import drawable
from reports.progress.about import OPINION_HEADINGS
from reports.progress.items import Effort, Item
from reports.progress.making import report_of
from reports.progress.model import Beside, Opinion, Report
from reports.progress.paper import BELOW, effort_said
from reports.progress.printing import printed
from reports.progress.table import columns, name_said, progress_said, rows, used, verdict_said
from reports.progress.tally import tally_headings, tally_rows
from store.db import open_db
from store.plan_file import read_plan
from tests.answers.city import City, colourful
from tests.reports.conftest import KOMOREBI
from tests.reports.printed import (
    Shown,
    expected,
    in_csv,
    in_excel,
    in_json,
    markdown_rows,
    pages_of,
    table_of,
)

SCHEMA = Path(__file__).parents[2] / "store" / "schemas" / "report.schema.json"
EVIL = '=HYPERLINK("http://x")|<b>*1*</b>\n# 見出し'
READ: dict[str, Callable[[bytes], set[Shown]]] = {"csv": in_csv, "json": in_json}
BLANK = re.compile(r"\s")


@pytest.fixture(scope="module", params=["kitamoto", "komorebi"])
def made(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[City, Report]]:
    """A year's report of a city with a correction after the lock, and remarks that do not behave."""
    db = open_db(tmp_path_factory.mktemp("printed") / "kpibot.db")
    if request.param == "kitamoto":
        city = colourful(
            City(db, read_plan(KOMOREBI.parents[2] / "store/plans/kitamoto-2.toml")).found()
        )
        city.accept("7-1a", 2024, "-12", "FY2022..2024")
        city.accept("2-2a", 2024, {"男性": "18.90", "女性": "21.10"}, "FY2023")
        city.lock(2024)
        city.correct("1-1b", 2024, "0")
        of = "1-1b"
    else:
        city = City(db, read_plan(KOMOREBI)).found()
        city.accept("Ⅱ-(2)-③", 2024, "-20.50")
        city.accept("Ⅰ-(2)-②", 2023, "1")
        city.accept("Ⅱ-(1)-①", 2024, {"小学校": "83.0", "中学校": "74.0", "高校": "70.0"})
        of = "Ⅰ-(1)-①"
    opinion = Opinion(date(2024, 8, 5), "会議", "全体", EVIL, "こども課", "")
    beside = Beside(efforts={of: Effort(EVIL, direction="見直し")}, earlier=(opinion,))
    yield city, report_of(city.outlook(2024, date(2025, 9, 30)), beside=beside)
    db.conn.close()


@pytest.mark.parametrize("form", READ)
def test_every_number_is_the_stores(made: tuple[City, Report], form: str) -> None:
    city, report = made
    found = READ[form](printed(report, form))  # type: ignore[arg-type]
    assert found == expected(city, report)
    # As precise as it was typed: 65.60 is not 65.6.
    assert {str(each.value) for each in found} == {str(e.value) for e in expected(city, report)}


def test_every_number_of_the_workbook_is_the_stores(made: tuple[City, Report]) -> None:
    """As numbers; a sheet does not say for which year a target is."""
    city, report = made
    ours = {s._replace(year=None) if s.told == "目標値" else s for s in expected(city, report)}
    assert in_excel(printed(report, "xlsx")) == ours


def test_a_cell_of_the_workbook_reads_as_the_figure_is_said(made: tuple[City, Report]) -> None:
    """Unit, decimals, △ and the year come from its format; nothing is a formula."""
    book = openpyxl.load_workbook(io.BytesIO(printed(made[1], "xlsx")))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    shown = {
        excel_shows(c.value, c.number_format)
        for c in cells
        if c.data_type == "n" and c.value is not None
    }
    for item in made[1].items:
        for strand in item.strands:
            for figure in strand.actuals:
                said = figure.said + (f"（{figure.period}）" if figure.period else "")
                assert figure.value is None or said in shown, said
    text = next(cell for cell in cells if EVIL in str(cell.value))
    assert text.data_type == "s"


def test_every_sheet_prints_on_a4_landscape_one_page_wide(made: tuple[City, Report]) -> None:
    """With its headings on every page."""
    book = openpyxl.load_workbook(io.BytesIO(printed(made[1], "xlsx")))
    for sheet in book.worksheets:
        setup = sheet.page_setup
        assert (setup.orientation, int(setup.paperSize or 0)) == ("landscape", 9)
        assert (setup.fitToWidth or 1, setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr
    goals = [
        sheet for sheet in book.worksheets if sheet["A1"].value in {g.name for g in made[1].goals}
    ]
    assert len(goals) == len(made[1].goals)
    for sheet in goals:
        top = int(str(sheet.print_title_rows).split(":")[0].strip("$"))
        assert sheet.cell(top, 1).value == "項目"
        assert sheet.freeze_panes == f"B{top + 1}"


def test_every_row_of_the_tables_stands_in_the_pdf(made: tuple[City, Report]) -> None:
    """Cell by cell in its order; counts, shares and texts too."""
    _, report = made
    text = "".join(pages_of(printed(report, "pdf")))
    for part in report.goals:
        for items in (part.targets, part.kpis):
            for row in as_set(report, items):
                assert as_in_pdf(row) in text, row
        assert as_in_pdf(part.passage.text) in text
    for counts in tally_rows(report):
        assert as_in_pdf("".join(counts)) in text
    assert as_in_pdf(EVIL) in text


def as_set(report: Report, items: tuple[Item, ...]) -> Iterator[str]:
    """What pdfium reads in one go: a row; of one with several series the figures of each.

    There it mixes the lines of a wrapped name with those of 進捗率 that stand between them.
    """
    made = [columns(report)[n] for n in used(report, items)]
    shown = [column for column in made if column.key not in BELOW]
    for item in items:
        done = effort_said(item)
        if len(item.strands) == 1 and not done:
            yield "".join(c.cell(item, item.strands[0]) for c in shown)
            continue
        for strand in item.strands:
            yield "".join(c.cell(item, strand) for c in shown if c.figures and c.key != "progress")
            yield progress_said(strand).partition("\n")[0]
        yield name_said(item)[:10]
        yield verdict_said(item)
        yield done


def as_in_pdf(text: str) -> str:
    return BLANK.sub("", drawable(text))


def test_the_pages_of_the_pdf_are_whole(made: tuple[City, Report]) -> None:
    """Numbered n / N after the cover; no letter is missing; no heading of a table stands alone."""
    report, pages = made[1], pages_of(printed(made[1], "pdf"))
    for n, page in enumerate(pages[1:], 2):
        assert page.endswith(f"{n}/{len(pages)}")
    assert "〓" not in "".join(pages)
    heads = {
        "".join(
            columns(report)[n].heading
            for n in used(report, items)
            if columns(report)[n].key not in BELOW
        )
        for part in report.goals
        for items in (part.targets, part.kpis)
    }
    heads |= {"".join(tally_headings(report)), "".join(OPINION_HEADINGS)}
    for head in map(as_in_pdf, heads):
        after = [page.rpartition(head)[2] for page in pages if head in page]
        assert after, head
        assert all(len(text) > 20 for text in after)


def test_the_pdf_is_tagged_titled_and_in_japanese(made: tuple[City, Report]) -> None:
    """PDF/UA: readable by those who do not see it. Nothing in it depends on when it was made."""
    data = printed(made[1], "pdf")
    assert b"/MarkInfo" in data
    assert b"pdfuaid" in data
    document = pdfium.PdfDocument(data)
    assert document.get_metadata_dict()["Title"] == f"{made[1].plan.title} {made[1].title}"
    document.close()
    assert printed(made[1], "pdf") == data


def test_every_cell_of_the_tables_stands_in_markdown(made: tuple[City, Report]) -> None:
    """In its row and below its heading."""
    _, report = made
    headings, ours = [column.heading for column in columns(report)], []
    for part in report.goals:
        for items in (part.targets, part.kpis):
            places = used(report, items)
            for *_, cells in rows(report, items):
                ours.append({headings[n]: cells[n] for n in places})
    found = [row for row in markdown_rows(printed(report, "md")) if "項目" in row]
    assert [{k: v.replace("\n\n", "\n") for k, v in row.items()} for row in found] == ours


def test_json_is_what_its_schema_says(made: tuple[City, Report]) -> None:
    jsonschema.validate(json.loads(printed(made[1], "json")), json.loads(SCHEMA.read_text("utf-8")))


def excel_shows(value: Any, shown: str) -> str:
    """What Excel shows of a number in a format of ours: sections, digits and quoted text."""
    sections = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', shown)
    place = 1 if value < 0 and len(sections) > 1 else 2 if value == 0 and len(sections) > 2 else 0
    said = ""
    for quoted, digits in re.findall(r'"([^"]*)"|((?:#,##)?0(?:\.0+)?%?)', sections[place]):
        decimals = len(digits.partition(".")[2])
        said += quoted or f"{abs(value):{',' if ',' in digits else ''}.{decimals}f}"
    return said


def test_no_cell_of_csv_is_a_formula(made: tuple[City, Report]) -> None:
    """Plain numbers stay numbers, △ is a minus."""
    table = table_of(printed(made[1], "csv"))
    for row in table:
        for cell in row.values():
            assert (
                cell.lstrip("-").replace(".", "").isdecimal() or cell[:1] not in "=+-@" or not cell
            )
    assert any(row["値"].startswith("-") for row in table)
