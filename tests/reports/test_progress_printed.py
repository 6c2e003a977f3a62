"""Every number of every file is the store's, and what people wrote stays text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from reports.progress.making import report_of
from reports.progress.model import Beside, Effort, Opinion, Report
from reports.progress.printing import printed
from reports.progress.table import columns, rows, used
from store.db import open_db
from store.plan_file import read_plan
from tests.answers.city import City, colourful
from tests.reports.conftest import KOMOREBI
from tests.reports.printed import Shown, expected, in_csv, in_json, markdown_rows, table_of

SCHEMA = Path(__file__).parents[2] / "store" / "schemas" / "report.schema.json"
EVIL = '=HYPERLINK("http://x")|<b>*1*</b>\n# 見出し'
READ: dict[str, Callable[[bytes], set[Shown]]] = {"csv": in_csv, "json": in_json}


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
    assert READ[form](printed(report, form)) == expected(city, report)  # type: ignore[arg-type]


def test_every_cell_of_the_tables_stands_in_markdown(made: tuple[City, Report]) -> None:
    """In its row and below its heading."""
    _, report = made
    headings = [columns(report)[n].heading for n in used(report)]
    ours = [
        dict(zip(headings, (cells[n] for n in used(report)), strict=True))
        for *_, cells in rows(report, report.items)
    ]
    found = [row for row in markdown_rows(printed(report, "md")) if "項目" in row]
    assert [{k: v.replace("\n\n", "\n") for k, v in row.items()} for row in found] == ours


def test_json_is_what_its_schema_says(made: tuple[City, Report]) -> None:
    jsonschema.validate(json.loads(printed(made[1], "json")), json.loads(SCHEMA.read_text("utf-8")))


def test_no_cell_of_csv_is_a_formula(made: tuple[City, Report]) -> None:
    """Plain numbers stay numbers, △ is a minus."""
    table = table_of(printed(made[1], "csv"))
    for row in table:
        for cell in row.values():
            assert (
                cell.lstrip("-").replace(".", "").isdecimal() or cell[:1] not in "=+-@" or not cell
            )
    assert any(row["値"].startswith("-") for row in table)
