"""A table of somebody else's making, as it was read: pages of rows of cells, nothing believed yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reports.sheet.filled import Cell


@dataclass(frozen=True)
class Page:
    """A page of a workbook (a CSV file is one), its rows from the first on; `cut`: there were more."""

    title: str
    rows: tuple[tuple[Cell, ...], ...]
    cut: bool = False


def as_pages(found: Mapping[str, Any]) -> tuple[Page, ...]:
    """From the JSON of the reading process."""
    return tuple(map(_page, found["pages"]))


def _page(found: Mapping[str, Any]) -> Page:
    rows = (tuple(Cell(*cell) for cell in row) for row in found["rows"])
    return Page(found["title"], tuple(rows), found["cut"])
