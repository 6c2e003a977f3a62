"""The operator's terminal: `kpibot …` as it is typed, and what comes of it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import click
from click.testing import CliRunner

from bot.cli import main

ROOT = Path(__file__).parents[2]
KPIBOT = Path(sys.executable).with_name("kpibot")
OURS = ("SLACK_", "KPIBOT_")
# How long a command takes on a busy machine says nothing of it; one that hangs is found all the same.
PATIENCE_SECONDS = 300.0


@dataclass(frozen=True)
class Printed:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """The one sentence of a command that failed."""
        assert self.code == 1, (self.code, self.out, self.err)
        assert self.out == ""
        assert "Traceback" not in self.err
        return self.err.strip()


def kpibot(*words: str, data: Path | None = None, env: Mapping[str, str] | None = None) -> Printed:
    """Run a command in this process, with these settings and no others."""
    where = () if data is None else ("--data", str(data))
    settings = {name: None for name in os.environ if name.startswith(OURS)} | dict(env or {})
    done = CliRunner(env=settings).invoke(main, [*where, *words], catch_exceptions=False)
    return Printed(done.exit_code, done.stdout, done.stderr)


def begin(*words: str, cwd: Path, env: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
    """Start the installed command in a process of its own, with these settings and no others."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return subprocess.Popen(
        [str(KPIBOT), *words],
        cwd=cwd,
        env={**kept, **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process: subprocess.Popen[str], seconds: float = PATIENCE_SECONDS) -> Printed:
    """Wait for a process to end; what it printed."""
    out, err = process.communicate(timeout=seconds)
    return Printed(process.returncode, out, err)


def all_commands(group: click.Group, before: str = "") -> dict[str, click.Command]:
    """Every command by its full name."""
    found: dict[str, click.Command] = {}
    with click.Context(group) as looking:
        there = [(name, group.get_command(looking, name)) for name in group.list_commands(looking)]
    for name, command in there:
        assert command is not None, name
        if isinstance(command, click.Group):
            found |= all_commands(command, f"{before}{name} ")
        else:
            found[before + name] = command
    return found
