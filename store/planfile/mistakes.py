"""Where a mistake stands in a plan file, and how it is said.

A mistake is a path into the tables that tomllib read and a Japanese sentence. Paths put mistakes
in the order of the file and name the table the way a person finds it: `indicators[3] 1-1b`,
counted from 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from store.plan import FIRST_YEAR, LAST_YEAR

Path = tuple[str | int, ...]
Table = Mapping[str, object]

_NAMING_KEYS = ("id", "code", "name", "year")


@dataclass(frozen=True)
class Mistake:
    """One thing that is wrong: where, and a sentence saying what it is and what would be right."""

    path: Path
    sentence: str


def tables(table: Table, key: str, at: Path = ()) -> Iterator[tuple[Path, Table]]:
    """The tables of the array `key` with their paths. What is no table is passed over."""
    for index, item in items(table, key):
        if isinstance(item, Mapping):
            yield (*at, key, index), item


def items(table: Table, key: str) -> list[tuple[int, object]]:
    """The numbered items of the array `key`; none if it is missing or no array."""
    found = table.get(key)
    return list(enumerate(found)) if isinstance(found, list) else []


def year_of(table: Table, key: str) -> int | None:
    """The fiscal year under `key`, None where there is none that can be read."""
    year = table.get(key)
    if not isinstance(year, int) or isinstance(year, bool):
        return None
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def period_of(raw: Table) -> tuple[int | None, int | None]:
    """The plan's first and last year; nothing where they contradict each other."""
    first, last = year_of(raw, "first_year"), year_of(raw, "last_year")
    return (None, None) if first and last and last < first else (first, last)


def sentences(file: str, raw: Table, mistakes: Iterable[Mistake]) -> tuple[str, ...]:
    """Every mistake as a sentence with its file and table, in the order of the file."""
    ordered = sorted(mistakes, key=lambda mistake: _position(raw, mistake.path))
    said = (f"{file}: {_where(raw, m.path)}: {m.sentence}" for m in ordered)
    return tuple(dict.fromkeys(said))


def _position(raw: Table, path: Path) -> tuple[int, ...]:
    """Where a path leads in the file; a missing key counts as the last of its table."""
    here: object = raw
    position = []
    for step in path:
        if isinstance(here, Mapping):
            keys = list(here)
            position.append(keys.index(step) if step in keys else len(keys))
            here = here.get(step)
        elif isinstance(here, list) and isinstance(step, int) and step < len(here):
            position.append(step)
            here = here[step]
    return tuple(position)


def _where(raw: Table, path: Path) -> str:
    here: object = raw
    words: list[str] = []
    for step in path:
        if isinstance(step, str):
            words.append(step)
            here = here.get(step) if isinstance(here, Mapping) else None
        else:
            here = here[step] if isinstance(here, list) and step < len(here) else None
            words[-1] += f"[{step + 1}]{_called(here)}"
    return " > ".join(words) or "計画全体"


def _called(here: object) -> str:
    """The name by which a person knows a table, after a space."""
    if not isinstance(here, Mapping):
        return ""
    names = (here[key] for key in _NAMING_KEYS if isinstance(here.get(key), str | int))
    return next((f" {name}" for name in names), "")
