"""Which column of a table is what: by its heading, or as whoever imports it says.

A table has a column for the indicator (its id, its name or both), and either a column a year or a
column of years beside one of values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from reports.sheet.filled import Cell
from reports.sheet.table import Page
from store.errors import BadInput
from store.fiscal import find_year, read_year
from store.spelling import key

HEADING_WITHIN = 30
MOST_TOLD = 12
Meaning = str | int
"""A role by its word, or a fiscal year."""
ROLES: dict[str, tuple[str, ...]] = {
    "指標番号": ("指標番号", "番号", "管理番号", "指標ID", "ID", "コード", "施策番号"),
    "指標名": ("指標名", "指標", "項目", "名称", "指標名称", "KPI", "KPI名"),
    "系列": ("系列", "内訳"),
    "年度": ("年度", "報告年度", "実績年度"),
    "値": ("値", "実績値", "実績", "今回の実績値"),
    "データ年": ("データ年", "データの年度", "データ年度", "データの年度・基準日", "基準日"),
    "出典": ("出典", "出所", "根拠", "資料"),
    "備考": ("備考", "注記", "メモ"),
}
"""The word for each role, and the headings it is known by."""
_MEANS = {key(heading): role for role, headings in ROLES.items() for heading in headings}
# What may stand beside the year in the heading of a year's values; 目標値(R7) is something else.
_BESIDE_YEAR = re.compile(r"[\s()（）・]*(?:の?(?:実績値?|値|年度))?[\s()（）・]*")


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

    @property
    def whole(self) -> bool:
        """There is an indicator, and a value for a year."""
        names = {"指標番号", "指標名"} & set(self.places)
        return bool(names) and (bool(self.years) or {"年度", "値"} <= set(self.places))


def find_table(
    pages: Sequence[Page], page: str | None, chosen: Mapping[str, str], today: date
) -> tuple[Page, Columns]:
    """The one table of a file. `chosen` maps a role (指標名) or a year (R4) to a heading of the file.

    Raises BadInput, with the headings that were seen, where there is none or more than one.
    """
    looked_at = [each for each in pages if page is None or each.title == page]
    if not looked_at:
        there = "、".join(f"「{each.title}」" for each in pages)
        raise BadInput(f"シート「{page}」はありません。あるのは {there} です。", page or "")
    asked = {_role_of(word, today): key(heading) for word, heading in chosen.items()}
    found = [(each, columns) for each in looked_at for columns in _tables(each, asked, today)]
    if not found:
        raise BadInput(_nothing_found(looked_at))
    if len({each.title for each, _ in found}) > 1:
        there = "、".join(f"「{title}」" for title in dict.fromkeys(e.title for e, _ in found))
        raise BadInput(f"表のあるシートが2枚以上あります（{there}）。--sheet で1枚選んでください。")
    each, columns = found[0]
    if columns.doubled:
        said = "、".join(columns.doubled)
        raise BadInput(
            f"同じ意味の列が2つあります（{said}）。--column で1つを選んでください。", said
        )
    if columns.years and {"年度", "値"} & set(columns.places):
        raise BadInput(
            "年度ごとの列と「年度」「値」の列の両方があります。どちらかの列を除いてください。"
        )
    for role, word in zip(asked, chosen, strict=True):
        if role not in columns.places:
            raise BadInput(f"見出し「{chosen[word]}」の列がありません。", f"{word}={chosen[word]}")
    return each, columns


def _role_of(word: str, today: date) -> Meaning:
    """A role by its word, or a year. Raises BadInput for neither."""
    if word in ROLES:
        return word
    year = read_year(word, today)
    if year is None:
        raise BadInput(
            f"「{word}」は列の役割ではありません。{'・'.join(ROLES)}か年度（R4）です。", word
        )
    return year


def _tables(page: Page, asked: Mapping[Meaning, str], today: date) -> Iterator[Columns]:
    """The first row of a page that heads a table."""
    for number, row in enumerate(page.rows[:HEADING_WITHIN]):
        columns = _columns(number, row, asked, today)
        if columns.whole:
            yield columns
            return


def _columns(
    number: int, row: Sequence[Cell], asked: Mapping[Meaning, str], today: date
) -> Columns:
    places: dict[Meaning, int] = {}
    unread, doubled = [], []
    for index, cell in enumerate(row):
        meant = _meant(cell.text, asked, today) if key(cell.text) else ()
        if not meant and cell.text:
            unread.append(cell.text)
        for meaning in meant:
            if places.setdefault(meaning, index) != index:
                doubled.append(f"{cell.address}「{cell.text}」")
    return Columns(number, places, tuple(unread), tuple(doubled))


def _meant(heading: str, asked: Mapping[Meaning, str], today: date) -> tuple[Meaning, ...]:
    """What a heading stands for: what it was asked for, else what it says by itself."""
    named = key(heading)
    if named in asked.values():
        return tuple(role for role, wanted in asked.items() if wanted == named)
    own = _MEANS.get(named) or _year_in(heading, today)
    return () if own is None or own in asked else (own,)


def _year_in(heading: str, today: date) -> int | None:
    year, rest = find_year(heading, today)
    again, beside = find_year(rest, today)
    if year is None or again not in {None, year}:
        return None
    return year if _BESIDE_YEAR.fullmatch(beside if again else rest) else None


def _nothing_found(pages: Sequence[Page]) -> str:
    rows = (row for page in pages for row in page.rows[:HEADING_WITHIN])
    seen = next((found for row in rows if len(found := [c.text for c in row if c.text]) > 1), [])
    said = "、".join(f"「{text[:20]}」" for text in seen[:MOST_TOLD])
    return (
        "指標の列と、年度ごとの列（R4、R5、…）または「年度」と「値」の列が見つかりません。"
        f"{f'見出しらしい行は {said} です。' if said else ''}"
        "`--column 指標名=見出し` `--column R4=見出し` のように指定できます。"
    )
