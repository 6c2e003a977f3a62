"""`python -m tests.years`: four fiscal years in fast-forward, told in one line; `--ledger` tells all.

The line has to say `unexplained=0 missing=0 lost=0 doubled=0 twice_a_day=0 out_of_hours=0`.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from bot.logs import log_to_stderr
from tests.years.account import Account
from tests.years.calendar import STORY
from tests.years.playing import four_years


@click.command()
@click.option("--ledger", is_flag=True, help="Print every message with its rule.")
def main(ledger: bool) -> None:
    """Live through them and say what came of it. Exit code 1 when anything went wrong."""
    log_to_stderr("CRITICAL")
    begun = time.monotonic()
    with TemporaryDirectory() as folder, four_years(Path(folder)) as story:
        account = Account(story)
        for line in account.lines() if ledger else ():
            click.echo(line)
        wrong = account.wrong
        said = " ".join(f"{name}={count}" for name, count in wrong.items())
        seconds = time.monotonic() - begun
        click.echo(f"open_days={len(STORY)} messages={len(account.ledger)} {said} {seconds:.0f} s")
    sys.exit(1 if any(wrong.values()) else 0)


if __name__ == "__main__":
    main()
