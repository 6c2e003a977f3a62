"""`python -m tests.faults`: every fault against a hundred messages each, one line a fault.

Each line has to end `lost=0 doubled=0`, or where nothing can be looked up `resent=0` with as many
`unknown` as `operator_told`. Then the controls: the same faults against ways of working that lose
or double. `--seed` makes the same run again; `--only drop-after` runs one fault.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import click

from bot.logs import log_to_stderr
from tests.faults.kinds import FAULTS
from tests.faults.running import LEDGER, bites, suffering


@click.command()
@click.option("--messages", default=100, show_default=True, help="Messages that meet each fault.")
@click.option("--controls", default=20, show_default=True, help="The same for the controls.")
@click.option("--seed", default=1, show_default=True)
@click.option("--side-by-side", default=4, show_default=True, help="Sandboxes at once.")
@click.option("--only", multiple=True, type=click.Choice(list(FAULTS)), help="Just this fault.")
def main(messages: int, controls: int, seed: int, side_by_side: int, only: tuple[str, ...]) -> None:
    """Deliver through every fault and say what came of it. Exit code 1 when anything was lost."""
    log_to_stderr("CRITICAL")
    faults = only or tuple(FAULTS)
    ways = {name: FAULTS[name].control for name in faults}
    with (
        tempfile.TemporaryDirectory() as folder,
        suffering(Path(folder), side_by_side, seed) as suffer,
    ):
        tolls = [suffer(name, LEDGER, messages) for name in faults]
        careless = [suffer(name, way, controls) for name, way in ways.items() if way]
        fine = True
        for each in tolls:
            click.echo(str(each.result()))
            fine = fine and each.result().is_clean
        for each in careless:
            click.echo(str(each.result()))
            fine = fine and bites(each.result())
    sys.exit(0 if fine else 1)


if __name__ == "__main__":
    main()
