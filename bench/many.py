"""`python -m bench.many [--cities 100]`: what a city costs where many run on one machine.

Each city is what it is in service: a folder with a database of its own, `kpibot run` in a process
of its own, connected to a workspace of its own (a sandbox each, all in this process, whose cost is
not counted). At each number of cities: memory, idle processor time, and how long `/kpi 1-1` takes
in any of them, and in all of them at once.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.contestants import TOKENS, NoAnswerError, command
from bench.filling import small
from bench.table import p99
from sandbox.server import Sandbox

STEPS = (1, 10, 25, 50, 100)
IDLE_SECONDS = 60
ASKS = 300
AT_A_TIME = 32
PATIENCE = 200
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class City:
    """One city's bot."""

    url: str
    process: subprocess.Popen[str]
    started: float

    def memory(self, kind: str) -> float:
        """MiB of its memory: `Rss` counts what it shares with others, `Pss` its part of that."""
        found = Path(f"/proc/{self.process.pid}/smaps_rollup").read_text()
        lines = dict(line.split(":", 1) for line in found.splitlines()[1:])
        return int(lines[kind].split()[0]) / 1024

    def seconds(self) -> float:
        """Of processor time until now."""
        parts = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(parts[11]) + int(parts[12])) / TICKS

    def holds(self) -> tuple[int, int]:
        """Its threads and its open files."""
        there = Path(f"/proc/{self.process.pid}")
        return len(list((there / "task").iterdir())), len(list((there / "fd").iterdir()))

    def ask(self) -> float:
        """`/kpi 1-1`: ms from its envelope to its answer."""
        return float(command(self.url, "1-1")["answer_ms"])


@contextmanager
def city(folder: Path, like: Path) -> Iterator[City]:
    """A city with a copy of that data, up and answering; ended with the block."""
    sandbox = Sandbox(folder / "slack", 0)
    sandbox.start()
    shutil.copytree(like, folder / "data")
    environment = {
        **os.environ,
        "SLACK_BOT_TOKEN": TOKENS[0],
        "SLACK_APP_TOKEN": TOKENS[1],
        "SLACK_API_URL": f"{sandbox.url}/api/",
        "KPIBOT_DATA": str(folder / "data"),
        "KPIBOT_LOG_LEVEL": "WARNING",
    }
    begun = time.monotonic()
    bot = subprocess.Popen(
        [sys.executable, "-m", "bot", "run"], stdout=subprocess.PIPE, text=True, env=environment
    )
    try:
        next(line for line in bot.stdout or () if "ready" in line)
        found = City(sandbox.url, bot, time.monotonic() - begun)
        _until_it_answers(found)
        yield found
    finally:
        bot.terminate()
        bot.wait(30)
        sandbox.stop()


def _until_it_answers(city: City) -> None:
    for _ in range(PATIENCE):
        try:
            city.ask()
        except NoAnswerError:
            time.sleep(0.1)
        else:
            return
    raise NoAnswerError(city.url)


def measure(cities: list[City], started: list[float]) -> str:
    """One row of the table."""
    before, begun = sum(each.seconds() for each in cities), time.monotonic()
    time.sleep(IDLE_SECONDS)
    idle = (sum(each.seconds() for each in cities) - before) / (time.monotonic() - begun)
    chance = random.Random(1)
    one = sorted(chance.choice(cities).ask() for _ in range(ASKS))
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        together = sorted(pool.map(lambda each: each.ask(), cities))
    threads, files = zip(*(each.holds() for each in cities), strict=True)
    cells = (
        len(cities),
        f"{median(each.memory('Rss') for each in cities):.0f}",
        f"{median(each.memory('Pss') for each in cities):.0f}",
        f"{sum(each.memory('Pss') for each in cities):,.0f}",
        f"{idle:.2f}",
        f"{idle / len(cities) * 1000:.1f}",
        f"{median(threads):.0f}",
        f"{median(files):.0f}",
        f"{median(started):.1f}",
        f"{median(one):.0f}",
        f"{p99(one):.0f}",
        f"{together[-1]:.0f}",
    )
    return "| " + " | ".join(map(str, cells)) + " |"


HEAD = (
    "| cities | RSS each, MiB | PSS each, MiB | PSS all, MiB | idle processors, all "
    "| idle ms/s each | threads each | files each | start, s | one asks: median, ms | p99, ms | all ask: slowest, ms |",
    "|---|---|---|---|---|---|---|---|---|---|---|---|",
)


def main() -> None:
    """Start cities one after the other, measure at each step, print a row each."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--cities", type=int, default=STEPS[-1])
    most = parser.parse_args().cities
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    sys.stdout.write("\n".join(HEAD) + "\n")
    with TemporaryDirectory(prefix="kpibot-many-") as name, ExitStack() as stack:
        folder, cities, started = Path(name), list[City](), list[float]()
        small(folder / "like")
        for number in range(1, most + 1):
            cities.append(stack.enter_context(city(folder / str(number), folder / "like")))
            started.append(cities[-1].started)
            if number in {*STEPS, most}:
                sys.stdout.write(measure(cities, started) + "\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main()
