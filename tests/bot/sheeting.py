"""What people do with sheets: ask for one, fill it in, drop it into the DM, press its buttons."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from bot import sheet_work
from reports.sheet.form import COLUMNS
from tests.bot.office import Office
from tests.bot.people import Person
from tests.sandbox.hands import Json, fetch, soon

PLACE = {column.key: number for number, column in enumerate(COLUMNS)}
PREVIEW = "様式の確認"


def shortly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slack's short troubles are waited for shortly."""
    monkeypatch.setattr(sheet_work, "PAUSES", (0.05, 0.1))


def files_of(person: Person) -> list[Json]:
    """The files that the bot sent to somebody, oldest first."""
    return [file for message in person.inbox() for file in message.get("files") or ()]


def gets_sheet(person: Person, words: str = "様式") -> bytes:
    """Ask for a sheet; the file that comes."""
    before = len(sheets_of(person))
    person.submits(words)
    return arrived(person, before)


def arrived(person: Person, before: int = 0) -> bytes:
    """The newest sheet, once there are more than `before`."""
    assert soon(lambda: len(sheets_of(person)) > before), person.inbox()
    return content_of(sheets_of(person)[-1])


def sheets_of(person: Person) -> list[Json]:
    """The sheets that the bot sent."""
    return [file for file in files_of(person) if file["name"].startswith("照会様式_")]


def content_of(file: Json) -> bytes:
    """The bytes of a file."""
    reply = fetch(file["url_private_download"], headers={"Authorization": "Bearer xoxb-sandbox"})
    assert reply.status == 200
    return reply.body


def filled(data: bytes, values: Mapping[str, Any], column: str = "value") -> bytes:
    """The sheet with values typed into a column, by row key."""
    book = load_workbook(BytesIO(data))
    for row in book.worksheets[0].iter_rows():
        if str(row[0].value) in values:
            row[PLACE[column]].value = values[str(row[0].value)]
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def drops(person: Person, data: bytes, name: str = "様式.xlsx", channel: str = "") -> Json:
    """Drop a file into the DM (or a channel); what the workspace answered."""
    content = b64encode(data).decode()
    return person.hands.do(
        "upload",
        user=person.id,
        channel=channel or person.home,
        filename=name,
        content=content,
    )


def previewed(person: Person, data: bytes) -> Json:
    """Drop a sheet; its preview."""
    return person.hears(PREVIEW, lambda: drops(person, data))


def new_in_round(office: Office) -> list[str]:
    """What was submitted from sheets, oldest first."""
    rows = office.rows("SELECT indicator FROM submissions WHERE surface = 'sheet' ORDER BY id")
    return [row["indicator"] for row in rows]
