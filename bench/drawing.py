"""Ack and answer of `/kpi 1-1` while four charts are being drawn, beside the same at rest.

`python -m bench.drawing` prints a row a figure. Rounds with and without charts take turns.

Four runs on 2026-11-28 (two cores, Python 3.11, nothing else at work): the ack's p99 was 1.13, 1.27,
1.16 and 0.85 times that at rest, its median 1.01 to 1.06 times. What delays is not the drawing but
the sending, of which the sandbox's own share runs on the same two cores.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, sleep
from typing import Any

from bench.contestants import TEXT, Contestant, command, control, kpibot
from bench.filling import small
from bench.table import Blocks, Row, compared, p99, printed

ROUNDS = 40
BLOCKS = 5
INDICATORS = ("1-1b", "2-2a", "6-1b", "7-1a")
LONGEST_SECONDS = 60.0
MOST = 80
WARM_UP = 10


@dataclass
class Times:
    """How long acks and answers took, round by round (ms)."""

    acks: list[list[float]] = field(default_factory=list)
    answers: list[list[float]] = field(default_factory=list)

    def begin(self) -> None:
        """Begin a round."""
        self.acks.append([])
        self.answers.append([])

    def ask(self, bot: Contestant) -> None:
        """Ask once."""
        said = command(bot.url, TEXT)
        self.acks[-1].append(float(said["ack_ms"]))
        self.answers[-1].append(float(said["answer_ms"]))


def compare_drawing(folder: Path, rounds: int = ROUNDS) -> Iterator[Row]:
    """The rows: median and p99 of acks and answers while charts are drawn, against those at rest."""
    rest, busy = Times(), Times()
    small(folder)
    with kpibot(folder) as bot:
        bot.warm_up()
        buttons = [_button(bot.url, indicator) for indicator in INDICATORS]
        charts = folder / "charts"
        _round(bot, buttons, charts, Times(), Times())
        for _ in range(rounds):
            _round(bot, buttons, charts, busy, rest)
    for name, mine, theirs in (
        ("ack", busy.acks, rest.acks),
        ("answer", busy.answers, rest.answers),
    ):
        what = f"`/kpi {TEXT}`, {name} while {len(INDICATORS)} charts are drawn, against rest"
        n = sum(map(len, mine))
        yield compared(f"{what}, median (n = {n})", "ms", _blocks(mine), _blocks(theirs))
        yield compared(f"{what}, p99", "ms", _blocks(mine), _blocks(theirs), p99)


def _round(
    bot: Contestant, buttons: list[dict[str, Any]], charts: Path, busy: Times, rest: Times
) -> None:
    """Four charts, and questions while they are drawn; then as many questions without them."""
    for kept in charts.glob("*.png"):
        kept.unlink()
    busy.begin()
    for button in buttons:
        control(bot.url, "interact", **button, wait=0)
    while len(busy.acks[-1]) < MOST and not _drawn(charts):
        busy.ask(bot)
    began = perf_counter()
    while not _drawn(charts):
        sleep(0.01)
        if perf_counter() - began > LONGEST_SECONDS:
            raise TimeoutError("the charts are not drawn")
    # What was drawn is still on its way to Slack.
    for _ in range(WARM_UP):
        command(bot.url, TEXT)
    rest.begin()
    for _ in busy.acks[-1]:
        rest.ask(bot)


def _drawn(charts: Path) -> bool:
    return len(list(charts.glob("*.png"))) >= len(INDICATORS)


def _button(url: str, indicator: str) -> dict[str, Any]:
    """What pressing 「グラフ」 below the indicator's answer takes."""
    message = command(url, indicator)
    for block in message["blocks"]:
        for element in block.get("elements", ()):
            if element.get("action_id") == f"chart:{indicator}":
                return {
                    "user": "U0STAFF",
                    "channel": message["channel"],
                    "message_ts": message["ts"],
                    "block_id": block["block_id"],
                    "action_id": element["action_id"],
                }
    raise LookupError(indicator)


def _blocks(rounds: list[list[float]]) -> Blocks:
    """Rounds put together to blocks that are large enough for a p99."""
    size = max(1, len(rounds) // BLOCKS)
    return [
        [one for each in rounds[begin : begin + size] for one in each]
        for begin in range(0, size * min(BLOCKS, len(rounds)), size)
    ]


def main() -> None:
    """Measure, then print."""
    with TemporaryDirectory(prefix="kpibot-bench-") as folder:
        for line in printed(compare_drawing(Path(folder, "ours"))):
            sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
