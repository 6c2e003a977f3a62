"""The entries that are texts, files and settings: what is in them is read, or refused in a sentence.

An entry takes chance and raises nothing but for a fault of ours. `settings` writes the file `.env`
of the folder that the caller stands in.
"""

from __future__ import annotations

import io
import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from random import Random
from typing import Any
from zipfile import ZIP_STORED, ZipFile

from openpyxl import Workbook

from answers.ask import understand
from answers.drafting.listed import read_list
from answers.drafting.toml import draft
from answers.importing.columns import find_table
from answers.importing.kinds import FIGURES, INDICATORS
from answers.importing.rows import read_rows
from bot.settings import read_settings
from reports.sheet.child import SHEET, TABLES, answer
from reports.sheet.filled import as_filled
from reports.sheet.refusals import sentence_of, table_sentence_of
from reports.sheet.table import Page, as_pages
from reports.sheet.writing import write_sheet
from store.errors import BadInput, KpiError
from store.people_file import parse_people
from store.plan_file import builtin_plans, parse_plan
from tests.bot.people import JAPANESE
from tests.fuzz.words import changed, changed_bytes, words
from tests.reports.sheet_making import FORM

TODAY = date(2025, 6, 3)
PLAN = "kitamoto-2"
SECRET = "PLANTED"
ENV = """\
SLACK_BOT_TOKEN=xoxb-1-PLANTED
SLACK_APP_TOKEN=xapp-1-PLANTED
SLACK_API_URL=http://127.0.0.1:1/api/
KPIBOT_DATA=data
KPIBOT_LOG_LEVEL=INFO
KPIBOT_HEALTH_PORT=3901
"""
COUNTRY = Path(__file__).parents[1] / "plans" / "komorebi.toml"
TABLE = (
    ("目標", "施策番号", "指標名", "単位", "現状値", "目標値", "R4実績", "R5実績", "備考"),
    ("目標1", "1-1", "保育所等利用待機児童数", "人", "29人 (R2)", "0人", "12人", "△3人", "=1+1"),
    ("目標2", "2-2", "65歳健康寿命（男性）", "年", "18.43", "18.60", "18.43", "18.50", "<!here>"),
)


def question(chance: Random) -> None:
    """What is asked after `/kpi`."""
    understand(words(chance), builtin_plans()[PLAN], (), TODAY)


def plan_file(chance: Random) -> None:
    """A plan file with a place of it changed."""
    parse_plan(changed(chance, _text(COUNTRY)), "plan.toml")


def people_file(chance: Random) -> None:
    """A file of people with a place of it changed."""
    text = resources.files("store.samples").joinpath("people.toml").read_text("utf-8")
    parse_people(changed(chance, text), "people.toml", builtin_plans()[PLAN])


def settings(chance: Random) -> None:
    """A file of settings with a place of it changed."""
    text = changed(chance, ENV).encode("utf-8", "surrogatepass")
    Path(".env").write_bytes(changed_bytes(chance, text) if chance.random() < 0.2 else text)
    found = read_settings()
    _ = found.slack_url, found.tokens


def sheet(chance: Random) -> None:
    """A sheet of ours that came back with its cells or its bytes changed."""
    found = answer(_tampered(chance, _sheet()), SHEET)
    if "refused" in found:
        raise BadInput(sentence_of(found["refused"], found.get("about", "")))
    as_filled(found)


def table(chance: Random) -> None:
    """A table of figures, as Excel or as CSV."""
    page, columns = find_table(_pages(chance), None, {}, TODAY, FIGURES)
    entries, _ = read_rows(page, columns, builtin_plans()[PLAN], TODAY)
    tuple(entries)


def listing(chance: Random) -> None:
    """A list of indicators, as Excel or as CSV, and the draft of a plan file made of it."""
    page, columns = find_table(_pages(chance), None, {}, TODAY, INDICATORS)
    text = draft(read_list(page, columns, TODAY))
    tomllib.loads(text)


READING: Mapping[str, Callable[[Random], None]] = {
    "questions": question,
    "plan files": plan_file,
    "people files": people_file,
    "settings": settings,
    "sheets": sheet,
    "tables of figures": table,
    "lists of indicators": listing,
}


def outcome(entry: Callable[[Random], None], chance: Random) -> str:
    """ "read", "refused", or what went wrong: an error that is not ours, no sentence, a secret told."""
    try:
        entry(chance)
    except KpiError as refusal:
        return "refused" if _is_said(str(refusal)) else f"not a sentence: {refusal}"
    except Exception as error:
        return f"{type(error).__name__}: {str(error)[:200]!r}"
    return "read"


def _is_said(sentence: str) -> bool:
    return bool(JAPANESE.search(sentence)) and SECRET not in sentence


def _pages(chance: Random) -> tuple[Page, ...]:
    data = _csv(chance) if chance.random() < 0.5 else _tampered(chance, _table())
    found = answer(data, TABLES)
    if "refused" in found:
        raise BadInput(table_sentence_of(found["refused"]))
    return as_pages(found)


def _csv(chance: Random) -> bytes:
    text = "\r\n".join(",".join(row) for row in TABLE)
    code = chance.choice(("utf-8-sig", "cp932", "utf-16", "utf-8"))
    return changed(chance, text).encode(code, "replace")


def _tampered(chance: Random, parcel: Mapping[str, bytes]) -> bytes:
    """A workbook with the text of one part changed; now and then its bytes instead."""
    part = chance.choice(sorted(parcel))
    text = changed(chance, parcel[part].decode()).encode("utf-8", "replace")
    data = _packed({**parcel, part: text})
    return changed_bytes(chance, data) if chance.random() < 0.1 else data


@cache
def _text(path: Path) -> str:
    return path.read_text("utf-8")


@cache
def _sheet() -> Mapping[str, bytes]:
    return _parts(write_sheet(FORM))


@cache
def _table() -> Mapping[str, bytes]:
    book, buffer = Workbook(), io.BytesIO()
    page: Any = book.active
    for row in TABLE:
        page.append(row)
    book.save(buffer)
    return _parts(buffer.getvalue())


def _parts(data: bytes) -> Mapping[str, bytes]:
    with ZipFile(io.BytesIO(data)) as parcel:
        return {name: parcel.read(name) for name in parcel.namelist()}


def _packed(parts: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_STORED) as parcel:
        for name, data in parts.items():
            parcel.writestr(name, data)
    return buffer.getvalue()
