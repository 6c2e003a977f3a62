"""The cells of a free row in a sheet of opinions become an opinion, or say which is wrong and how."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from answers.content import cut
from answers.opinion_form import (
    DUE_TOO_EARLY,
    NO_BODY,
    NO_DAY,
    NO_DUE,
    NO_SUBJECT,
    NO_TEXT,
)
from answers.opinion_lines import PLANNERS
from answers.opinion_sheet import KINDS, bodies_of
from answers.opinion_words import body_in, department_in, subject_in
from answers.spans import one_line
from answers.subjects import EVERYTHING
from reports.sheet.filled import Cell, FilledRow
from store.departments import Department
from store.opinions import LONGEST, Said
from store.periods import read_day
from store.plan import Plan
from store.reading.seen import readable
from store.remarks import WHOLE, Body, Kind, Subject
from store.spelling import key

MOST_QUOTED = 40
NO_SUCH_BODY = "「{typed}」という会議はありません。{names} のどれかを選んでください。"
NO_SUCH_DAY = "「{typed}」は日付として読み取れません。例: 2025/8/24　R7.8.24"
NO_SUCH_KIND = (
    f"「{{typed}}」という種類はありません。{'・'.join(KINDS.values())} か、空欄にしてください。"
)
NO_SUCH_SUBJECT = (
    "「{typed}」は計画の指標・目標ではありません。一覧から選ぶか、1-1b・目標3・計画全体 のように"
    "書いてください。"
)
NO_SUCH_DEPARTMENT = (
    "「{typed}」という課はありません。一覧から選ぶか、空欄（対象の担当課）にしてください。"
)
KIND_DIFFERS = "種類「{typed}」が対象と合いません。種類を空欄にするか、どちらかを直してください。"
_EVERYTHING = frozenset(map(key, (EVERYTHING, "全体")))

# Where, and what is wrong there.
Mistake = tuple[str, str]


@dataclass(frozen=True)
class Entry:
    """An opinion to be entered. `owner_of_subject`: whoever owns the subject is to answer."""

    said: Said
    owner_of_subject: bool


class _Row:
    """A row being read; mistakes are gathered, so that all of them are told at once."""

    def __init__(self, row: FilledRow) -> None:
        self.cells = row.cells
        self.mistakes = [(c.address, c.trouble) for c in row.cells.values() if c.trouble]

    def wrong(self, cell: Cell, sentence: str) -> None:
        """Note what is wrong with a cell, quoting what was typed, unless the cell itself is."""
        if not cell.trouble:
            typed = cut(one_line(cell.text), MOST_QUOTED)
            self.mistakes.append((cell.address, sentence.replace("{typed}", typed)))

    def day(self, column: str, missing: str, today: date) -> date | None:
        cell = self.cells[column]
        found = read_day(cell.text, today) if cell.text else None
        if found is None:
            self.wrong(cell, NO_SUCH_DAY if cell.text else missing)
        return found


def read_entry(
    row: FilledRow, plan: Plan, departments: Iterable[Department], today: date
) -> Entry | list[Mistake]:
    """The opinion, or everything that is wrong with the row."""
    reading = _Row(row)
    body, subject = _body(reading, plan), _subject(reading, plan)
    held_on, due = reading.day("held_on", NO_DAY, today), reading.day("due", NO_DUE, today)
    text = readable(row.cells["text"].text) or ""
    if not text:
        reading.wrong(row.cells["text"], NO_TEXT)
    if held_on and due and due < held_on:
        reading.wrong(row.cells["due"], DUE_TOO_EARLY)
    owner = _department(reading, departments)
    if reading.mistakes or body is None or held_on is None or subject is None:
        return sorted(reading.mistakes, key=lambda mistake: (len(mistake[0]), mistake[0]))
    said = Said(body, held_on, subject, text[:LONGEST], owner, due)
    return Entry(said, not row.cells["department"].text)


def _body(reading: _Row, plan: Plan) -> Body | None:
    cell = reading.cells["body"]
    found = body_in(cell.text, plan) if cell.text else None
    if found is None:
        names = "・".join(name for _, name in bodies_of(plan))
        unknown = NO_SUCH_BODY.replace("{names}", names)
        reading.wrong(cell, unknown if cell.text else NO_BODY)
    return found


def _subject(reading: _Row, plan: Plan) -> Subject | None:
    cell, kind = reading.cells["subject"], _kind(reading)
    whole = key(cell.text) in _EVERYTHING if cell.text else kind == "whole"
    found = WHOLE if whole else subject_in(cell.text, plan) if cell.text else None
    if found is None:
        reading.wrong(cell, NO_SUCH_SUBJECT if cell.text else NO_SUBJECT)
    elif kind and kind != found.kind:
        reading.wrong(reading.cells["kind"], KIND_DIFFERS)
    return found


def _kind(reading: _Row) -> Kind | None:
    cell = reading.cells["kind"]
    found = next((k for k, word in KINDS.items() if key(word) == key(cell.text)), None)
    if cell.text and found is None:
        reading.wrong(cell, NO_SUCH_KIND)
    return found


def _department(reading: _Row, departments: Iterable[Department]) -> str | None:
    cell = reading.cells["department"]
    if not cell.text or key(cell.text) == key(PLANNERS):
        return None
    found = department_in(cell.text, departments)
    if found is None:
        reading.wrong(cell, NO_SUCH_DEPARTMENT)
    return found
