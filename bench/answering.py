"""`/kpi 1-1` beside bare Bolt: from envelope to answer, commands a second, CPU time a command.

Bare Bolt answers with a message of the same size, once as Bolt's documents start it and once with
`process_before_response`, which kpibot uses. All take turns in small batches, so that what else the
machine does falls on all alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean
from time import perf_counter

from bench.contestants import TEXT, Contestant, bare_bolt, command, kpibot
from bench.filling import small
from bench.table import Row, compared, p99

BLOCKS = 5
BATCHES = 4
BATCH = 50
CROWD = 240
# As many as ask at once, each somebody else, so that nobody gets another's answer.
ASKING = (
    "U0STAFF",
    "U0CHILD",
    "U0CHILD2",
    "U0WELFARE",
    "U0CIVIC",
    "U0CITY",
    "U0TRADE",
    "U0PLANNER",
)


@dataclass
class Taken:
    """What one contestant took, block by block."""

    bot: Contestant
    answers: list[list[float]] = field(default_factory=list)
    a_second: list[list[float]] = field(default_factory=list)
    cpu: list[list[float]] = field(default_factory=list)
    memory: list[list[float]] = field(default_factory=list)

    def crowd(self, commands: int) -> None:
        """Many ask at once: commands a second, and the bot's CPU time for each (ms)."""
        before, began = self.bot.cpu, perf_counter()
        with ThreadPoolExecutor(len(ASKING)) as askers:
            users = [ASKING[n % len(ASKING)] for n in range(commands)]
            for _ in askers.map(lambda user: command(self.bot.url, TEXT, user), users):
                pass
        self.a_second.append([commands / (perf_counter() - began)])
        self.cpu.append([(self.bot.cpu - before) * 1000 / commands])
        self.memory.append([self.bot.memory])


def compare_answers(
    folder: Path, twenty: Path, blocks: int, batch: int, crowd: int
) -> Iterator[Row]:
    """The rows. `twenty` holds a database with twenty plans and ten years of values in each."""
    with ExitStack() as stack:
        small(folder / "ours")
        ours = stack.enter_context(kpibot(folder / "ours"))
        message = ours.warm_up()
        large = stack.enter_context(kpibot(twenty, "kpibot with 20 plans"))
        bolts = [
            stack.enter_context(bare_bolt(_made(folder / name), message, name, *how))
            for name, how in (("plain", ()), ("patient", ("--process-before-response",)))
        ]
        for bot in (large, *bolts):
            bot.warm_up()
        for bot in (ours, large, *bolts):
            # As many threads as there will be, each with its line to the database.
            Taken(bot).crowd(crowd)
        taken = [Taken(bot) for bot in (ours, large, *bolts)]
        _take_turns(taken, blocks, batch, crowd)
    yield from _rows(*taken)


def _take_turns(taken: Sequence[Taken], blocks: int, batch: int, crowd: int) -> None:
    turn = 0
    for _ in range(blocks):
        for each in taken:
            each.answers.append([])
        for _ in range(BATCHES):
            turn += 1
            for each in (*taken[turn % len(taken) :], *taken[: turn % len(taken)]):
                each.answers[-1] += each.bot.ask(batch)
        for each in taken:
            each.crowd(crowd)


def _rows(ours: Taken, large: Taken, plain: Taken, patient: Taken) -> Iterator[Row]:
    asked, n = (
        f"`/kpi {TEXT}`, envelope → answer",
        f"n = {len(ours.answers) * len(ours.answers[0])}",
    )
    second, cpu = f"commands a second, {len(ASKING)} at once", "CPU time of the bot a command"
    yield compared(
        f"{asked}, median, against bare Bolt ({n})", "ms", ours.answers, plain.answers, most=1.25
    )
    yield compared(
        f"{asked}, p99, against bare Bolt", "ms", ours.answers, plain.answers, p99, most=1.5
    )
    asked += ", against bare Bolt with `process_before_response`"
    yield compared(f"{asked}, median", "ms", ours.answers, patient.answers)
    yield compared(f"{asked}, p99", "ms", ours.answers, patient.answers, p99)
    yield compared(
        f"{second}, against bare Bolt", "/s", ours.a_second, plain.a_second, mean, least=0.7
    )
    yield compared(
        f"{second}, against `process_before_response`", "/s", ours.a_second, patient.a_second, mean
    )
    yield compared(f"{cpu}, against bare Bolt", "ms", ours.cpu, plain.cpu, mean)
    asked, twenty = (
        f"`/kpi {TEXT}`, envelope → answer",
        "20 plans with ten years of values against one plan",
    )
    yield compared(f"{asked}, median, {twenty}", "ms", large.answers, ours.answers, most=1.2)
    yield compared(
        f"{second}, {twenty} (as time a command)",
        "ms",
        _inverse(large),
        _inverse(ours),
        mean,
        most=1.2,
    )
    held = "resident memory after this crowd"
    yield compared(f"{held}, against bare Bolt", "MB", ours.memory, plain.memory)
    yield compared(f"{held}, {twenty}", "MB", large.memory, ours.memory)


def _inverse(taken: Taken) -> list[list[float]]:
    return [[1000 / figure for figure in block] for block in taken.a_second]


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder
