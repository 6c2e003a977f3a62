"""The one table: a row a figure, ours beside theirs, with the goal and whether it was kept."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from statistics import median

from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

Blocks = Sequence[Sequence[float]]

HEAD = ("what", "ours", "theirs", "ratio", "goal", "kept")
LIBRARIES = ("slack-bolt", "slack-sdk", "sqlite-utils", "APScheduler", "pydantic")


@dataclass(frozen=True)
class Row:
    """One figure: cells to print, and whether its goal was kept (None: it has none)."""

    what: str
    ours: str
    theirs: str = "–"
    ratio: str = "–"
    goal: str = "–"
    kept: bool | None = None

    @property
    def cells(self) -> tuple[str, ...]:
        """What stands in the columns of HEAD."""
        kept = "–" if self.kept is None else ("yes" if self.kept else "**no**")
        return self.what, self.ours, self.theirs, self.ratio, self.goal, kept


def compared(
    what: str,
    unit: str,
    ours: Blocks,
    theirs: Blocks,
    figure: Callable[[Sequence[float]], float] = median,
    most: float | None = None,
    least: float | None = None,
) -> Row:
    """A row of figures measured block by block, both sides in turn.

    A cell is the figure over everything, with the lowest and highest of the blocks. The ratio is the
    median of the blocks' own ratios: what disturbs one block alone falls out.
    """
    ratios = [figure(mine) / figure(their) for mine, their in zip(ours, theirs, strict=True)]
    ratio = median(ratios)
    goal, kept = "–", None
    if most is not None:
        goal, kept = f"≤ {most:g} ×", ratio <= most
    if least is not None:
        goal, kept = f"≥ {least:g} ×", ratio >= least
    shown = spread(ratio, ratios, "×")
    return Row(what, _cell(ours, figure, unit), _cell(theirs, figure, unit), shown, goal, kept)


def _cell(blocks: Blocks, figure: Callable[[Sequence[float]], float], unit: str) -> str:
    return spread(figure([*chain(*blocks)]), [figure(block) for block in blocks], unit)


def spread(figure: float, among: Sequence[float], unit: str) -> str:
    """`4.2 ms (4.0–4.6)`."""
    alone = len({*among}) < 2
    low_high = "" if alone else f" ({_short(min(among))}–{_short(max(among))})"
    return f"{_short(figure)} {unit}{low_high}"


def _short(figure: float) -> str:
    return f"{figure:,.0f}" if abs(figure) >= 100 else f"{figure:.{1 if abs(figure) >= 10 else 2}f}"


def printed(rows: Iterable[Row]) -> Iterator[str]:
    """The lines of the table, in Markdown."""
    yield _line(HEAD)
    yield _line(["---"] * len(HEAD))
    for row in rows:
        yield _line(row.cells)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def circumstances(now: datetime) -> Iterator[str]:
    """When and on what it was measured."""
    cpu = next(
        (
            line.split(":")[1].strip()
            for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    yield f"{now:%Y-%m-%d %H:%M} UTC, {os.cpu_count()} × {cpu}, {pages / 2**30:.0f} GB"
    yield f"{platform.platform()}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    yield libraries
    yield f"load when it began: {os.getloadavg()[0]:.1f}"


def p99(times: Sequence[float]) -> float:
    """The 99th percentile: of a hundred, the second slowest."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
