"""`python -m tests.histories`: a thousand random histories in a few minutes, and the controls.

The line has to say `doubled=0 missed_in_window=0` and `skipped_all_reported`, with nothing forgotten
and nothing out of hours. Each control lives through the same histories with one thing broken and has
to be given away. `--seed` is that of the first history; each has the next one.
"""

from __future__ import annotations

import sys
import time

import click

from tests.histories.account import Watched
from tests.histories.broken import BROKEN
from tests.histories.living import folder, live_together


@click.command()
@click.option("--histories", default=1000, show_default=True)
@click.option("--controls", default=20, show_default=True, help="Histories of each control.")
@click.option("--seed", default=1, show_default=True, help="That of the first history.")
def main(histories: int, controls: int, seed: int) -> None:
    """Live through them and say what came of it. Exit code 1 when anything went wrong."""
    begun = time.monotonic()
    with folder() as where:
        found = live_together(Watched, where, seed, histories)
        fine = found.is_clean
        what = " ".join(f"{name.replace(' ', '_')}={n}" for name, n in found.counted.items())
        click.echo(f"histories={histories} {what} {found} seed={seed}")
        for kind, given_away in BROKEN.items():
            fates = live_together(kind, where, seed, controls)
            click.echo(f"control={kind.__name__} histories={controls} {fates}")
            fine = fine and getattr(fates, given_away) > 0
    click.echo(f"seconds={time.monotonic() - begun:.0f}")
    sys.exit(0 if fine else 1)


if __name__ == "__main__":
    main()
