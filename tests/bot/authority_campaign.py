"""The whole table of authority as a campaign of the torture: every cell, by every way; with its control."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from itertools import chain
from random import Random

from store.people import Act
from tests.bot.authority_table import ALLOWED, CELLS
from tests.bot.authority_walk import set_out
from tests.bot.office import open_office
from tests.torture.campaign import Ask
from tests.torture.lines import Figure, Line

FIGURES = ("ways", "tries", "denied", "rows", "audited", "allowed", "acted", "wrong")
OF_CONTROL = 12
Cell = tuple[Act, str]


def authority(ask: Ask) -> Iterator[Line]:
    """So many cells, the refused ones first; then some of these with a bot that lets all through."""
    cells = Random(ask.seed).sample(CELLS, len(CELLS))[: ask.count]
    cells.sort(key=lambda cell: cell[1] in ALLOWED[cell[0]])
    came = _walked(ask, "walk", cells)
    figures: dict[str, Figure] = {"cells": len(cells), **{name: came[name] for name in FIGURES}}
    yield Line("authority", ask.count, figures, "cells=asked rows=0 audited=denied wrong=0")
    refused = [cell for cell in CELLS if cell[1] not in ALLOWED[cell[0]]]
    control = Random(ask.seed).sample(refused, OF_CONTROL)
    came = _walked(ask, "control", control, all_pass=True)
    found: dict[str, Figure] = {
        "control": "all_let_through",
        "rows": came["rows"],
        "wrong": came["wrong"],
    }
    yield Line("authority control", OF_CONTROL, found, "rows>0 wrong>0")


def _walked(ask: Ask, name: str, cells: Sequence[Cell], *, all_pass: bool = False) -> Counter[str]:
    """What came of these cells in an office of their own; what is wrong goes to stderr."""
    with open_office(ask.folder / name) as office:
        walk = set_out(office)
        with walk.lenient() if all_pass else nullcontext():
            for came in chain.from_iterable(walk.cell(*cell) for cell in cells):
                if came.wrong and not all_pass:
                    sys.stderr.write(f"{came.wrong}\n")
        walk.seen["ways"] = len(walk.ways("staff"))
        return walk.seen
