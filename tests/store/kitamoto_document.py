"""The second transcription: the document's tables and texts as printed, read apart from the TOML.

`kitamoto_rows.tsv` has one line for each printed row (two where 男性・女性 or 児童・生徒 stand apart),
`kitamoto_texts.tsv` titles, 方向性, 主な関連施策 and 評価. Subscripts are written as ₂ and ²; all else,
spaces of broken lines and glossary asterisks too, is as printed.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from pathlib import Path

HERE = Path(__file__).parent


def _read(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def rows(plan: str) -> list[dict[str, str]]:
    """The printed rows of one plan, in the document's order."""
    return [row for row in _read("kitamoto_rows.tsv") if row["plan"] == plan]


def texts(plan: str, goal: str, kind: str) -> list[str]:
    """The printed paragraphs or lines of one goal, in the document's order."""
    found = _read("kitamoto_texts.tsv")
    return [t["text"] for t in found if (t["plan"], t["goal"], t["kind"]) == (plan, goal, kind)]


def joined(words: str) -> str:
    """Without the layout: no spaces, no glossary asterisks."""
    return re.sub(r"[\s*]", "", words)


def same_to_a_reader(words: str) -> str:
    """Without the layout and without the difference between full and half width."""
    return unicodedata.normalize("NFKC", joined(words))


def figures(cell: str) -> list[str]:
    """The numbers of a cell with their digits, signs as `-`; years in brackets are no figures."""
    cell = re.sub(r"\([^)]*\)|H29-R1", "", cell).replace(",", "").replace("△ ", "-")
    return [number.lstrip("+") for number in re.findall(r"[+-]?[0-9]+(?:\.[0-9]+)?", cell)]


def years(cell: str) -> list[int]:
    """The fiscal years that a cell names: (H26) is 2014, H29-R1 is 2017 to 2019."""
    named = [_western(era, int(year)) for era, year in re.findall(r"([HR])([0-9]+)", cell)]
    return list(range(named[0], named[-1] + 1)) if named else []


def _western(era: str, year: int) -> int:
    return year + {"H": 1988, "R": 2018}[era]
