"""What stands in a sheet of opinions (意見), and where; its writer and its reader share this module."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.sheet.form import FREE, Column

FORM = "opinions-1"
OPINIONS = "意見"
CHOICES = "_choices"
OPINION_ID = Column("id", "kpibot:opinion", 10)
OPINION_COLUMNS = (
    OPINION_ID,
    Column("number", "番号", 7),
    Column("body", "会議", 19, most=100),
    Column("held_on", "日付", 11, most=40),
    Column("kind", "種類", 10, most=20),
    Column("subject", "対象（指標や目標）", 30, most=200),
    Column("text", "意見", 60, most=2000),
    Column("department", "担当課", 15, most=100),
    Column("due", "回答期限", 11, most=40),
    Column("answer", "対応・回答", 44, most=2000),
)
OPINION_READ = OPINION_COLUMNS[1:]
# What may be written beside an opinion that is on record already.
ALWAYS = frozenset({"answer"})
DAYS = frozenset({"held_on", "due"})


@dataclass(frozen=True)
class OpinionRow:
    """An opinion that is on record (`number`: `#12`), or a row that is free to be filled in."""

    key: str
    number: str = ""
    body: str = ""
    held_on: date | None = None
    kind: str = ""
    subject: str = ""
    text: str = ""
    department: str = ""
    due: date | None = None
    answer: str = ""

    @property
    def free(self) -> bool:
        """It is for a new opinion."""
        return self.key.startswith(FREE)


@dataclass(frozen=True)
class OpinionsForm:
    """A whole sheet. `facts` are the labelled lines above the table.

    `choices` are the words that a column offers, by its key; other words are taken as well.
    """

    sheet: str
    plan: str
    collection: int
    issued: date
    title: str
    facts: tuple[tuple[str, str], ...]
    rows: tuple[OpinionRow, ...]
    choices: dict[str, tuple[str, ...]]
    guide: tuple[tuple[str, str], ...]


def meta_of_opinions(form: OpinionsForm) -> tuple[tuple[str, str], ...]:
    """The lines of `_meta`, all text."""
    return (
        ("kpibot", FORM),
        ("sheet", form.sheet),
        ("plan", form.plan),
        ("collection", str(form.collection)),
        ("issued", form.issued.isoformat()),
    )
