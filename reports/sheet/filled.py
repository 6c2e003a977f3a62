"""A sheet as it came back: what is written where, nothing of it believed yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from store.errors import BadInput


class UnreadableSheet(BadInput):
    """A file that is no sheet of ours, or none that can be read. The sentence says what to do."""


@dataclass(frozen=True)
class Cell:
    """An input cell: its address (`J12`), its text, and what is wrong with the cell itself."""

    address: str
    text: str
    trouble: str | None = None


@dataclass(frozen=True)
class FilledRow:
    """A row of the table. `key` is the hidden id as it stands now; `cells` by column key."""

    number: int
    key: str
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class Filled:
    """What a file says: the lines of its hidden `_meta`, and its rows in the file's order.

    `compared` are the rows of the page of comparisons, `efforts` those of what was done; a sheet of
    opinions and an older one lack them.
    """

    meta: Mapping[str, str]
    rows: tuple[FilledRow, ...] = field(default=())
    compared: tuple[FilledRow, ...] = ()
    efforts: tuple[FilledRow, ...] = ()

    @property
    def form(self) -> str:
        """Which kind of sheet it says it is."""
        return self.meta.get("kpibot", "")


def as_filled(found: Mapping[str, Any]) -> Filled:
    """From the JSON of the reading process."""
    tables = (tuple(map(_row, found.get(name, ()))) for name in ("rows", "compared", "efforts"))
    return Filled(found["meta"], *tables)


def _row(found: Mapping[str, Any]) -> FilledRow:
    cells = {column: Cell(*cell) for column, cell in found["cells"].items()}
    return FilledRow(found["number"], found["key"], cells)
