"""Reading a file that somebody sent: in a process of its own, confined and timed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from reports.sheet.child import SHEET, TABLES
from reports.sheet.filled import Filled, UnreadableSheet, as_filled
from reports.sheet.refusals import sentence_of, table_sentence_of
from reports.sheet.table import Page, as_pages

# The child has 5 seconds of processor time, which on a busy machine last longer.
SECONDS = 30
ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-B", "-P", "-X", "utf8", "-m", "reports.sheet.child"]
# No more at once than a small server can bear.
_seats = BoundedSemaphore(2)


def read_sheet(data: bytes) -> Filled:
    """What a file says, whatever it is. Raises UnreadableSheet with a sentence that says what to do."""
    found = _asked(data, SHEET)
    if "refused" in found:
        raise UnreadableSheet(sentence_of(found["refused"], *_named(found)))
    return as_filled(found)


def read_tables(data: bytes) -> tuple[Page, ...]:
    """Every page of an Excel or CSV file, cell by cell. Raises UnreadableSheet as `read_sheet` does."""
    found = _asked(data, TABLES)
    if "refused" in found:
        raise UnreadableSheet(table_sentence_of(found["refused"]))
    return as_pages(found)


def _named(found: dict[str, Any]) -> tuple[str, str]:
    return found.get("about", ""), found.get("form", "")


def _asked(data: bytes, what: str) -> dict[str, Any]:
    """The child's answer; a child that was killed has met one of its limits."""
    environment = {"PYTHONPATH": str(ROOT)}
    with _seats:
        try:
            done = subprocess.run(  # noqa: S603  # our own module, nothing of the file on the line
                [*COMMAND, what],
                input=data,
                capture_output=True,
                timeout=SECONDS,
                env=environment,
                check=True,
            )
            found: dict[str, Any] = json.loads(done.stdout)
        except (subprocess.SubprocessError, ValueError):
            return {"refused": "too_much"}
    return found
