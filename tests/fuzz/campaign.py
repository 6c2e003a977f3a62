"""The fuzz of every entry as campaigns of the torture, two processes wide; with their controls."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path
from random import Random
from unittest import mock

from answers import content
from store.errors import BadInput
from tests.fuzz import reading, throwing
from tests.fuzz.reading import READING, outcome
from tests.fuzz.talking import TALKING
from tests.torture.campaign import Ask
from tests.torture.lines import Line

CORES = 2
OF_CONTROLS = 200
Share = tuple[str, int, int, str]


def talking(ask: Ask) -> Iterator[Line]:
    """So many envelopes to each entry of Slack's; then some to a bot that escapes nothing."""
    for entry in TALKING:
        came = _together(_thrown, entry, ask.count, ask)
        acked = came.pop("acked", 0)
        yield _line(f"fuzz: {entry}", ask.count, {"acked": acked, "wrong": came.total()}, came)
    came = _together(_unescaped, "commands", OF_CONTROLS, ask)
    found = {"pinged": sum(n for what, n in came.items() if what.startswith("pinged"))}
    yield Line("fuzz control", OF_CONTROLS, {"control": "nothing_escaped", **found}, "pinged>0")


def files(ask: Ask) -> Iterator[Line]:
    """So many texts, files and settings to each entry; then some to a reader that lets errors out."""
    for entry in READING:
        came = _together(_read, entry, ask.count, ask)
        read, refused = came.pop("read", 0), came.pop("refused", 0)
        figures = {"read": read, "refused": refused, "unhandled": came.total()}
        yield _line(f"fuzz: {entry}", ask.count, figures, came)
    came = _together(_let_out, "plan files", OF_CONTROLS, ask)
    found = {"unhandled": came.total() - came["read"] - came["refused"]}
    yield Line("fuzz control", OF_CONTROLS, {"control": "errors_let_out", **found}, "unhandled>0")


def _line(name: str, count: int, figures: dict[str, int], wrong: Counter[str]) -> Line:
    for what, times in wrong.most_common():
        sys.stderr.write(f"{name}: {times} × {what}\n")
    must = "acked=asked wrong=0" if "acked" in figures else "unhandled=0 read>0 refused>0"
    return Line(name, count, figures, must)


def _together(
    work: Callable[[Share], Counter[str]], entry: str, count: int, ask: Ask
) -> Counter[str]:
    """The work shared among processes, each with a seed and a folder of its own."""
    each = [count // CORES + (n < count % CORES) for n in range(CORES)]
    seeds = [ask.seed * CORES + n for n in range(CORES)]
    folders = [str(ask.folder / f"{entry} {work.__name__} {n}") for n in range(CORES)]
    with ProcessPoolExecutor(CORES, mp_context=get_context("spawn")) as pool:
        shares = zip(repeat(entry), each, seeds, folders, strict=False)
        return sum(pool.map(work, [share for share in shares if share[1]]), Counter[str]())


def _thrown(share: Share) -> Counter[str]:
    entry, count, seed, folder = share
    return throwing.in_an_office(entry, count, seed, Path(folder))


def _unescaped(share: Share) -> Counter[str]:
    def unchanged(text: str) -> str:
        return text

    escaping = content.escape.__code__
    content.escape.__code__ = unchanged.__code__
    try:
        return _thrown(share)
    finally:
        content.escape.__code__ = escaping


def _read(share: Share) -> Counter[str]:
    entry, count, seed, folder = share
    Path(folder).mkdir(parents=True)
    os.chdir(folder)
    chance = Random(f"{entry} {seed}")
    return Counter(outcome(READING[entry], chance) for _ in range(count))


def _let_out(share: Share) -> Counter[str]:
    with mock.patch.object(reading, "KpiError", BadInput):
        return _read(share)
