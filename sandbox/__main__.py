"""`python -m sandbox`: the sandbox alone, in a process of its own."""

from __future__ import annotations

import signal
import sys
import threading
from datetime import datetime
from pathlib import Path

import click

from sandbox.server import Sandbox


@click.command()
@click.option("--port", default=3900, show_default=True, help="Port; 0 takes a free one.")
@click.option(
    "--data", required=True, type=click.Path(file_okay=False, path_type=Path), help="Data folder."
)
@click.option("--manifest", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--workspace", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--start", help="When the clock begins, like 2026-05-11T08:59:00+09:00.")
def main(
    port: int, data: Path, manifest: Path | None, workspace: Path | None, start: str | None
) -> None:
    """Run the sandbox until SIGTERM or Ctrl-C."""
    enough = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: enough.set())
    try:
        begin = datetime.fromisoformat(start) if start else None
        sandbox = Sandbox(data, port, manifest=manifest, workspace=workspace, start=begin)
        sandbox.start()
    except ValueError as error:
        raise click.BadParameter(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"cannot start on port {port}: {error}") from error
    click.echo(f"sandbox: {sandbox.url}")
    sys.stdout.flush()
    enough.wait()
    sandbox.stop()


if __name__ == "__main__":
    main()
