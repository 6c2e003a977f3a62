"""Which column of a table is what: by its heading, or as whoever brings the table says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from answers.importing.kinds import Kind, Meaning
from reports.sheet.filled import Cell
from reports.sheet.table import Page
from store.errors import BadInput
from store.fiscal import find_year, read_year
from store.spelling import key

HEADING_WITHIN = 30
MOST_TOLD = 12
# What may stand beside the year in the heading of a year's values; 目標値(R7) is something else.
_BESIDE_YEAR = re.compile(r"[\s()（）・]*(?:の?(?:実績値?|値|年度))?[\s()（）・]*")
_IN_BRACKETS = re.compile(r"[(（][^()（）]*[)）]\s*$")

Read = Callable[[str], tuple[Meaning, ...]]


@dataclass(frozen=True)
class Columns:
    """Where everything stands: the heading's row, columns by role or by fiscal year (indexes).

    `unread` are the headings that mean nothing here, `doubled` those that mean the same as another.
    """

    heading: int
    places: Mapping[Meaning, int]
    unread: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()

    @property
    def years(self) -> Mapping[int, int]:
        """The columns that hold the values of one year, by that year."""
        return {year: at for year, at in self.places.items() if isinstance(year, int)}

    def cell(self, row: Sequence[Cell], meaning: Meaning) -> Cell:
        """The cell of a row for a role or year; an empty one where the table has no such column."""
        place = self.places.get(meaning)
        return row[place] if place is not None and place < len(row) else Cell("", "")


def find_table(
    pages: Sequence[Page], page: str | None, chosen: Mapping[str, str], today: date, kind: Kind
) -> tuple[Page, Columns]:
    """The one table of a kind in a file. `chosen` maps a role (指標名) or year (R4) to a heading.

    Raises BadInput, with the headings that were seen, where there is none or more than one.
    """
    looked_at = [each for each in pages if page is None or each.title == page]
    if not looked_at:
        there = "、".join(f"「{each.title}」" for each in pages)
        raise BadInput(f"シート「{page}」はありません。あるのは {there} です。", page or "")
    asked = {_meaning_of(word, today, kind): heading for word, heading in chosen.items()}
    read = partial(_meant, {m: key(heading) for m, heading in asked.items()}, kind, today)
    found = [(each, columns) for each in looked_at for columns in _tables(each, read, kind)]
    if not found:
        raise BadInput(_nothing_found(looked_at, kind))
    if len(found) > 1:
        there = "、".join(f"「{each.title}」" for each, _ in found)
        raise BadInput(f"表のあるシートが2枚以上あります（{there}）。--sheet で1枚選んでください。")
    _check(found[0][1], asked)
    return found[0]


def _meaning_of(word: str, today: date, kind: Kind) -> Meaning:
    """A role by its word, or a year. Raises BadInput for neither."""
    if word in kind.roles:
        return word
    year = read_year(word, today) if kind.years else None
    if year is None:
        or_year = "か年度（R4）" if kind.years else ""
        roles = "・".join(kind.roles)
        raise BadInput(f"「{word}」は列の役割ではありません。{roles}{or_year}です。", word)
    return year


def _tables(page: Page, read: Read, kind: Kind) -> Iterator[Columns]:
    """The first row of a page that heads a table."""
    for number, row in enumerate(page.rows[:HEADING_WITHIN]):
        columns = _columns(number, row, read)
        if kind.is_whole(columns.places.keys()):
            yield columns
            return


def _columns(number: int, row: Sequence[Cell], read: Read) -> Columns:
    places: dict[Meaning, int] = {}
    unread, doubled = [], []
    for index, cell in enumerate(row):
        meant = read(cell.text) if key(cell.text) else ()
        if not meant and cell.text:
            unread.append(cell.text)
        for meaning in meant:
            if places.setdefault(meaning, index) != index:
                doubled.append(f"{cell.address}「{cell.text}」")
    return Columns(number, places, tuple(unread), tuple(doubled))


def _meant(
    asked: Mapping[Meaning, str], kind: Kind, today: date, heading: str
) -> tuple[Meaning, ...]:
    """What a heading stands for: what it was asked for, else what it says by itself."""
    named = key(heading)
    if named in asked.values():
        return tuple(meaning for meaning, wanted in asked.items() if wanted == named)
    own: Meaning | None = kind.means.get(named)
    if own is None and kind.years:
        own = _year_in(heading, today)
    elif own is None:
        own = kind.means.get(key(_IN_BRACKETS.sub("", heading)))
    return () if own is None or own in asked else (own,)


def _year_in(heading: str, today: date) -> int | None:
    year, rest = find_year(heading, today)
    again, beside = find_year(rest, today)
    if year is None or again not in {None, year}:
        return None
    return year if _BESIDE_YEAR.fullmatch(beside if again else rest) else None


def _check(columns: Columns, asked: Mapping[Meaning, str]) -> None:
    """Raises BadInput for columns that say the same, and for what was asked for and is not there."""
    if columns.doubled:
        said = "、".join(columns.doubled)
        raise BadInput(
            f"同じ意味の列が2つあります（{said}）。--column で1つを選んでください。", said
        )
    if columns.years and {"年度", "値"} & columns.places.keys():
        raise BadInput(
            "年度ごとの列と「年度」「値」の列の両方があります。どちらかの列を除いてください。"
        )
    for meaning, heading in asked.items():
        if meaning not in columns.places:
            raise BadInput(f"見出し「{heading}」の列がありません。", heading)


def _nothing_found(pages: Sequence[Page], kind: Kind) -> str:
    rows = (row for page in pages for row in page.rows[:HEADING_WITHIN])
    seen = next((found for row in rows if len(found := [c.text for c in row if c.text]) > 1), [])
    said = "、".join(f"「{text[:20]}」" for text in seen[:MOST_TOLD])
    return (
        f"{kind.lacking}が見つかりません。"
        f"{f'見出しらしい行は {said} です。' if said else ''}"
        f"{kind.example} のように指定できます。"
    )
