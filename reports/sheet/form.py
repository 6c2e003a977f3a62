"""What stands in a sheet, as text and numbers, and where: columns, hidden ids, the hidden `_meta`.

Writer and reader share this module, so that what one writes the other finds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256

META = "_meta"
GUIDE = "記入例・注意"
ID_HEADING = "kpibot:id"
MOST_ROWS = 500
MOST_COLUMNS = 60
HEADING_WITHIN = 60


@dataclass(frozen=True)
class Column:
    """A column. `width` is in characters of the default font, `most` the longest input."""

    key: str
    heading: str
    width: float
    most: int = 0

    @property
    def typed_in(self) -> bool:
        """Its cells are for the department to fill in."""
        return self.most > 0


ID = Column("id", ID_HEADING, 10)
COLUMNS = (
    ID,
    Column("code", "番号", 6),
    Column("name", "指標名", 25),
    Column("definition", "定義・対象", 14),
    Column("unit", "単位", 7.5),
    Column("measure", "単年・累計", 8),
    Column("before", "前回値", 16),
    Column("baseline", "現状値", 16),
    Column("target", "目標値", 13),
    Column("value", "今回の実績値", 17, most=200),
    Column("period", "データの年度・基準日", 11, most=40),
    Column("source", "出典", 15, most=200),
    Column("note", "備考", 17, most=1000),
    Column("state", "状態", 15),
)
INPUTS = tuple(column for column in COLUMNS if column.typed_in)

COMPARED = "比較値"
COMPARED_ID = Column("id", "kpibot:comparison", 10)
COMPARED_COLUMNS = (
    COMPARED_ID,
    Column("code", "番号", 8),
    Column("name", "指標名", 44),
    Column("series", "系列", 14),
    Column("place", "比較先", 22, most=40),
    Column("period", "データ年", 14, most=40),
    Column("value", "値", 17, most=200),
    Column("source", "出典", 40, most=200),
)
COMPARED_READ = tuple(c for c in COMPARED_COLUMNS if c.key not in {"id", "name"})
FREE = "free:"

EFFORTS = "取組内容"
EFFORT_ID = Column("id", "kpibot:effort", 10)
EFFORT_COLUMNS = (
    EFFORT_ID,
    Column("code", "番号", 8),
    Column("name", "指標名", 34),
    Column("work", "取組内容", 60, most=1000),
    Column("factors", "要因・課題", 60, most=1000),
    Column("direction", "今後の方向性", 14, most=40),
)
EFFORT_READ = tuple(c for c in EFFORT_COLUMNS if c.typed_in)


@dataclass(frozen=True)
class SheetRow:
    """One indicator, or one series of it. A Decimal `value` stands as a number in `number_format`.

    `choices` make the value a list to choose from that still takes other words; `hint` shows when
    the value's cell is chosen.
    """

    key: str
    code: str
    name: str
    definition: str
    unit: str
    measure: str
    before: str
    baseline: str
    target: str
    value: Decimal | str
    number_format: str
    hint: str
    period: str
    source: str
    note: str
    state: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class ComparedRow:
    """A series of what another place reports; a row with nothing but a key is free to be filled in."""

    key: str
    code: str = ""
    name: str = ""
    series: str = ""
    place: str = ""
    period: str = ""
    value: Decimal | str = ""
    source: str = ""
    number_format: str = "@"
    hint: str = ""

    @property
    def free(self) -> bool:
        """Its indicator and place are for the department to fill in."""
        return self.key.startswith(FREE)


@dataclass(frozen=True)
class EffortRow:
    """What was done for an indicator and how it goes on; `key` is the indicator's id."""

    key: str
    code: str
    name: str
    work: str = ""
    factors: str = ""
    direction: str = ""


@dataclass(frozen=True)
class SheetForm:
    """A whole sheet. `facts` are the labelled lines above the table, `periods` what データ年 offers.

    `directions` are the words that 今後の方向性 offers on the page of `efforts`.
    """

    sheet: str
    version: int
    plan: str
    collection: int
    department: str
    issued: date
    title: str
    facts: tuple[tuple[str, str], ...]
    sample: bool
    rows: tuple[SheetRow, ...]
    periods: tuple[str, ...]
    guide: tuple[tuple[str, str], ...]
    compared: tuple[ComparedRow, ...] = ()
    efforts: tuple[EffortRow, ...] = ()
    directions: tuple[str, ...] = ()


def compared_key(code: str, series: str, place: str) -> str:
    """The hidden id of a comparison's row, which must agree with what the row shows."""
    return "|".join((code, series, place))[:100]


def checksum(keys: Iterable[str]) -> str:
    """What `_meta` holds to tell whether the hidden ids are those that were issued."""
    return sha256("\n".join(keys).encode()).hexdigest()[:16]


def meta_of(form: SheetForm) -> tuple[tuple[str, str], ...]:
    """The lines of `_meta`, all text."""
    return (
        ("kpibot", "sheet-1"),
        ("sheet", form.sheet),
        ("version", str(form.version)),
        ("plan", form.plan),
        ("collection", str(form.collection)),
        ("department", form.department),
        ("issued", form.issued.isoformat()),
        ("checksum", checksum(row.key for row in form.rows)),
    )
