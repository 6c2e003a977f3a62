"""From nothing to the first answer, and the memory held then, beside the bare stack.

Each round starts a process anew, ours and theirs in turn, before a sandbox that runs already. What a
machine reads from its disk at a first start it has in memory by then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from time import perf_counter, sleep

from bench.contestants import TEXT, Contestant, Message, bare, command, our_bot, sandbox
from bench.filling import small
from bench.table import Row, compared

REST_SECONDS = 1.0
QUESTIONS = 200
SECONDS_TO_START = 1.5
MEMORY = 1.4
# The bare stack as this environment makes it, and as it would be where nothing brings numpy.
STACKS: dict[str, tuple[str, ...]] = {"": (), " without numpy": ("--without-numpy",)}

Round = tuple[float, float, float]


def compare_starting(folder: Path, rounds: int) -> Iterator[Row]:
    """The rows."""
    small(folder / "ours")
    with ExitStack() as stack:
        slack = stack.enter_context(sandbox(folder / "ours" / "slack"))
        message = _first_message(folder / "ours", slack)
        slacks = {
            how: stack.enter_context(sandbox(folder / str(n) / "slack"))
            for n, how in enumerate(STACKS)
        }
        ours, theirs = list[Round](), defaultdict[str, list[Round]](list)
        for _ in range(rounds):
            ours.append(_start_ours(folder / "ours", slack))
            for n, (how, url) in enumerate(slacks.items()):
                theirs[how].append(_start_theirs(folder / str(n), url, message, *STACKS[how]))
    for how, those in theirs.items():
        yield from _rows(how, ours, those)


def _rows(how: str, ours: list[Round], theirs: list[Round]) -> Iterator[Row]:
    started, held, later = (
        ([[each[n]] for each in ours], [[each[n]] for each in theirs]) for n in range(3)
    )
    against = f"against the bare stack{how}"
    yield compared(
        f"start to first answer, {against} (n = {len(ours)})", "s", *started, most=SECONDS_TO_START
    )
    yield compared(f"resident memory after it, {against}", "MB", *held, most=MEMORY)
    yield compared(f"resident memory after {QUESTIONS} answers more, {against}", "MB", *later)


def _first_message(folder: Path, url: str) -> Message:
    """The first start of all makes what is kept, so it is not counted."""
    with our_bot(folder, url):
        return command(url, TEXT)


def _start_ours(folder: Path, url: str) -> Round:
    began = perf_counter()
    with our_bot(folder, url) as pid:
        return _round(Contestant("kpibot", url, pid), began)


def _start_theirs(folder: Path, url: str, message: Message, *how: str) -> Round:
    began = perf_counter()
    with bare(folder, url, message, "--stack", str(folder / "bare.db"), *how) as pid:
        return _round(Contestant("bare stack", url, pid), began)


def _round(bot: Contestant, began: float) -> Round:
    bot.answered()
    took = perf_counter() - began
    sleep(REST_SECONDS)
    held = bot.memory
    bot.ask(QUESTIONS)
    return took, held, bot.memory
