"""`kpibot`: the composition root. It alone reads the environment and the clock."""

from __future__ import annotations

import gc
import sys
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import click
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from bot.settings import read_settings
from bot.shell.context import Shell
from bot.shell.usage import in_japanese
from store.errors import KpiError
from store.fiscal import TOKYO

# Each command and where it is. Only the one that is called is loaded: `ask` waits for no other.
COMMANDS = {
    "ask": "ask.ask",
    "backup": "keep.backup",
    "digest": "speak.digest",
    "doctor": "doctor.doctor",
    "export": "export.export",
    "import": "imports.import_",
    "manifest": "manifest.manifest",
    "memo": "memo.memo",
    "people": "people.people",
    "plan": "plans.plan",
    "planner": "people.planner",
    "publish": "publish.publish",
    "report": "report.report",
    "restore": "keep.restore",
    "run": "run.run",
    "submit": "submit.submit",
}


def now() -> datetime:
    """The time in Tokyo."""
    return datetime.now(TOKYO)


class Kpibot(click.Group):
    """The commands above. Their known errors are one sentence on stderr and exit code 1."""

    def list_commands(self, _: click.Context) -> list[str]:
        """Their names."""
        return [*COMMANDS]

    def get_command(self, _: click.Context, name: str) -> click.Command | None:
        """Load a command; None when there is none of this name."""
        if name not in COMMANDS:
            return None
        module, function = COMMANDS[name].split(".")
        # Nothing that is being loaded is garbage: looking for some takes a sixth of the time.
        gc.disable()
        try:
            command: click.Command = getattr(import_module(f"bot.shell.{module}"), function)
        finally:
            gc.enable()
        return command

    def make_context(self, *words: Any, **more: Any) -> click.Context:
        """Read what stands before the command."""
        try:
            return super().make_context(*words, **more)
        except click.UsageError as error:
            raise in_japanese(error, click.Context(self, info_name="kpibot")) from error

    def invoke(self, ctx: click.Context) -> object:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            raise in_japanese(error, ctx) from error
        except KpiError as error:
            _give_up(str(error))
        except BrokenPipeError:
            raise
        except OSError as error:
            what = f"{Path(str(error.filename)).absolute()}: " if error.filename else ""
            _give_up(f"ファイルやフォルダを使えません（{what}{error.strerror or error}）。")
        except sqlite3.OperationalError as error:
            _give_up(f"データベースを使えません（{error}）。少し待ってからもう一度お試しください。")
        except sqlite3.DatabaseError as error:
            if type(error) is not sqlite3.DatabaseError:
                raise
            _give_up(
                f"データベースが壊れています（{error}）。`kpibot doctor` で直し方を確かめてください。"
            )


def _give_up(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(1)


@click.group(cls=Kpibot, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kpibot")
@click.option("--data", type=click.Path(path_type=Path), help="データフォルダ（KPIBOT_DATA でも）")
@click.pass_context
def main(ctx: click.Context, data: Path | None) -> None:
    """市の総合戦略を、Slack の中で正直に保つ。"""
    ctx.obj = Shell(read_settings, now, data)
