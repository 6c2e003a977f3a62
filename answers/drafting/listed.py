"""A list of indicators as it stands in a table: goals, policies, and each indicator once.

Cells that are left empty below a goal, role or policy mean the one above, as lists are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from answers.drafting.figures import Figure, read_figure
from answers.importing.columns import Columns
from reports.sheet.filled import Cell
from reports.sheet.table import Page
from store.fiscal import find_year
from store.reading.letters import normalise, printable
from store.spelling import key

_GOAL = re.compile(
    r"\s*(?P<label>(?P<cross>横断的?な?)?(?:基本|政策)?目標?\s*(?P<number>[0-9]+|[IVX]+))[.:\s]*(?P<title>.*)"
)
_CODE = re.compile(r"\s*(?P<code>[0-9A-Za-z]+(?:[-‐‑‒–—―−ー.][0-9A-Za-z]+)+)[\s.:]*(?P<name>.*)")
_DASHES = re.compile("[‐‑‒–—―−ー]")
_KEPT = ("目標", "役割", "施策番号", "施策名")
_OTHERS = ("指標名", "系列", "区分", "単位", "現状値", "目標値")


@dataclass
class Listed:
    """One indicator of the list, with the places (goal, whether a 数値目標) that it has there.

    `series` holds (現状値, 目標値) by the series' name; `rows` are where it stands.
    """

    name: str
    code: str
    basis: str
    unit: str
    places: list[tuple[str, bool]] = field(default_factory=list)
    series: dict[str, tuple[Figure | None, Figure | None]] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)


@dataclass
class PlanList:
    """All of a list: goals by id with label and title, policies by code, indicators in its order."""

    goals: dict[str, tuple[str, str]] = field(default_factory=dict)
    policies: dict[str, str] = field(default_factory=dict)
    indicators: list[Listed] = field(default_factory=list)
    baseline_year: int | None = None
    target_year: int | None = None


def read_list(page: Page, columns: Columns, today: date) -> PlanList:
    """The list that a page holds. An indicator in several goals is one indicator."""
    made = PlanList()
    heading = page.rows[columns.heading]
    made.baseline_year = find_year(columns.cell(heading, "現状値").text, today)[0]
    made.target_year = find_year(columns.cell(heading, "目標値").text, today)[0]
    known: dict[tuple[str, str], Listed] = {}
    for number, cells in _lines(page, columns):
        goal, code = _goal(made, cells["目標"]), _policy(made, cells)
        name = " ".join(normalise_name(cells["指標名"]).split())
        if not name:
            continue
        new = Listed(name, code, cells["区分"], cells["単位"])
        listed = known.setdefault((code, key(name)), new)
        if listed is new:
            made.indicators.append(new)
        place = (goal, "数値" in cells["役割"])
        listed.places += [] if place in listed.places else [place]
        figures = read_figure(cells["現状値"], today), read_figure(cells["目標値"], today)
        listed.series.setdefault(cells["系列"], figures)
        listed.rows.append(number)
    return made


def normalise_name(text: str) -> str:
    """A name without the policy's number before it, spelled as it stands."""
    found = _CODE.fullmatch(text)
    return found["name"] if found and found["name"] else text


def _lines(page: Page, columns: Columns) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row's texts by role, with what stands above where a cell is empty."""
    above: dict[str, str] = dict.fromkeys(_KEPT, "")
    last = before = ""
    for number, row in enumerate(page.rows[columns.heading + 1 :], columns.heading + 2):
        said = {role: _text(columns.cell(row, role)) for role in (*_KEPT, *_OTHERS)}
        if not any(said.values()):
            continue
        if not said["指標名"] and said["系列"]:
            said["指標名"] = last
        above |= {role: said[role] for role in _KEPT if said[role]}
        if code := _CODE.fullmatch(said["指標名"]):
            above["施策番号"] = said["施策番号"] or code["code"]
        if above["施策番号"] != before and not said["施策名"]:
            above["施策名"] = ""
        before = above["施策番号"]
        last = said["指標名"] or last
        yield number, {**said, **above}


def _text(cell: Cell) -> str:
    return " ".join(printable(cell.text).split())


def _goal(made: PlanList, text: str) -> str:
    """The goal's id: 1 for 基本目標1, X1 for 横断的な目標1, else a number of our own."""
    if not text:
        return ""
    found = _GOAL.fullmatch(normalise(text))
    if found is None:
        same = (id_ for id_, (label, _) in made.goals.items() if label == text)
        id_ = next(same, f"G{len(made.goals) + 1}")
        made.goals.setdefault(id_, (text, ""))
        return id_
    id_ = f"{'X' if found['cross'] else ''}{found['number']}"
    label, title = made.goals.get(id_, (found["label"].strip(), ""))
    made.goals[id_] = (label, title or found["title"].strip())
    return id_


def _policy(made: PlanList, cells: dict[str, str]) -> str:
    named = _CODE.fullmatch(cells["施策名"])
    code = _DASHES.sub("-", normalise(cells["施策番号"] or (named["code"] if named else "")))
    name = named["name"] if named and named["name"] else cells["施策名"]
    if code:
        made.policies[code] = made.policies.get(code) or name
    return code
