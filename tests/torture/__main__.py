"""`python -m tests.torture`, which is `make torture`: every campaign at its whole count.

One row a line, in Markdown as docs/figures.md has it: what was asked, what came of it, what it must
say. Exit code 1 when a line does not read so. `--only` runs single campaigns, `--share 0.02` a
fiftieth of each, `--seed` others of the same kind.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from time import monotonic

import click

from bot.logs import log_to_stderr
from tests.torture.abreast import abreast
from tests.torture.campaigns import CAMPAIGNS
from tests.torture.lines import Line
from tests.torture.machine import head


@click.command()
@click.option("--only", multiple=True, type=click.Choice(list(CAMPAIGNS)), help="Just this one.")
@click.option("--share", default=1.0, show_default=True, help="How much of each whole count.")
@click.option("--seed", default=1, show_default=True)
@click.option("--lanes", default=os.cpu_count() or 1, show_default=True, help="How many at once.")
def main(only: tuple[str, ...], share: float, seed: int, lanes: int) -> None:
    """Run the campaigns and say what came of them. Exit code 1 when one does not read as it must."""
    log_to_stderr("CRITICAL")
    chosen = "".join(f" --only {name}" for name in only)
    command = f"python -m tests.torture{chosen} --share {share:g} --seed {seed}"
    for said in head(datetime.now(UTC), command):
        click.echo(said)
    click.echo(
        "\n| campaign | asked | figures | must say | reads so | s |\n|---|---|---|---|---|---|"
    )
    begun, wrong = monotonic(), 0
    for line in abreast(only or tuple(CAMPAIGNS), share, seed, lanes):
        click.echo(_row(line))
        wrong += not line.is_clean
    click.echo(f"\n{'FAILED' if wrong else 'ok'}: wrong={wrong} seconds={monotonic() - begun:.0f}")
    sys.exit(1 if wrong else 0)


def _row(line: Line) -> str:
    reads = "yes" if line.is_clean else f"**no: {' '.join(line.wrong)}**"
    cells = (line.name, line.asked, line.said, line.must, reads, f"{line.seconds:.0f}")
    return f"| {' | '.join(map(str, cells))} |"


if __name__ == "__main__":
    main()
