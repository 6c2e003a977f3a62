"""`python -m tests.crash --times 20`: the full count, one line a step, and the controls."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import click

from tests.crash.lanes import CONTROLS, is_clean, lanes
from tests.crash.steps import STEPS


@click.command()
@click.option("--times", default=20, show_default=True, help="Kills at each step.")
@click.option("--side-by-side", default=8, show_default=True, help="Sandboxes at once.")
def main(times: int, side_by_side: int) -> None:
    """Kill the bot at every step and say what came of it. Exit code 1 when anything was lost."""
    with tempfile.TemporaryDirectory() as folder, lanes(Path(folder), side_by_side) as kill:
        tolls = [kill(step, times, None) for step in STEPS]
        controls = {way: kill(step, times, way) for way, (step, _) in CONTROLS.items()}
        fine = True
        for toll in tolls:
            click.echo(str(toll.result()))
            fine = fine and is_clean(toll.result(), times)
        for way, control in controls.items():
            click.echo(f"control={way} {control.result()}")
            fine = fine and getattr(control.result(), CONTROLS[way][1]) >= times
    sys.exit(0 if fine else 1)


if __name__ == "__main__":
    main()
