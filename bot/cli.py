"""`kpibot`: the composition root. It alone reads the environment and the clock and knows the sandbox."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from bot import samples
from bot.app import Bot
from bot.health import telling_machines
from bot.logs import log_to_stderr
from bot.running import (
    Slack,
    hear_of_stopping,
    leave_in_time,
    running,
    until_told_to_stop,
)
from bot.settings import read_settings
from bot.shell import (
    ask,
    doctor,
    export,
    imports,
    keep,
    memo,
    people,
    plans,
    publish,
    report,
    speak,
    submit,
)
from bot.shell.context import Shell
from store.db import only_one
from store.errors import CannotRun, KpiError
from store.fiscal import TOKYO

if TYPE_CHECKING:
    from sandbox.server import Sandbox

MANIFEST = Path(__file__).parents[1] / "manifest.json"


def now() -> datetime:
    """The time in Tokyo."""
    return datetime.now(TOKYO)


class Sentences(click.Group):
    """A group whose known errors are one sentence on stderr and exit code 1."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except KpiError as error:
            _give_up(str(error))
        except BrokenPipeError:
            raise
        except OSError as error:
            what = f"{error.filename}: " if error.filename else ""
            _give_up(f"ファイルやフォルダを使えません（{what}{error.strerror or error}）。")
        except sqlite3.OperationalError as error:
            _give_up(f"データベースを使えません（{error}）。少し待ってからもう一度お試しください。")


def _give_up(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(1)


@click.group(cls=Sentences, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kpibot")
@click.option("--data", type=click.Path(path_type=Path), help="データフォルダ（KPIBOT_DATA でも）")
@click.pass_context
def main(ctx: click.Context, data: Path | None) -> None:
    """市の総合戦略を、Slack の中で正直に保つ。"""
    ctx.obj = Shell(read_settings, now, data)


@main.command(help="ボットを動かす。トークンが2つあれば Slack で、なければ試用環境で")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=3900,
    show_default=True,
    help="試用画面のポート（0 で空きを使う）",
)
@click.option("--data", type=click.Path(path_type=Path), help="データフォルダ（KPIBOT_DATA でも）")
@click.option("--now", "start", help="試用環境の時計の始まり（例 2025-06-03T10:00:00+09:00）")
@click.option("--no-samples", is_flag=True, help="サンプルの実績値を入れない")
@click.pass_obj
def run(shell: Shell, port: int, data: Path | None, start: str | None, no_samples: bool) -> None:
    """Run the bot: in Slack with two tokens, in the sandbox with none."""
    folder, slack = data or shell.data, _slack(shell)
    at = samples.moment(start) if start else None
    log_to_stderr(shell.settings.log_level)
    with only_one(folder):
        if slack:
            _live(folder, slack, shell.settings.health_port)
        else:
            samples.refuse_live(folder)
            _sandbox(folder, port, at, with_samples=not no_samples)


def _slack(shell: Shell) -> Slack | None:
    """Where Slack is, read once: no child process inherits the tokens, and Bolt takes our client."""
    tokens, url = shell.settings.tokens, shell.settings.slack_url
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"):
        os.environ.pop(name, None)
    return Slack(*tokens, url) if tokens else None


def _live(folder: Path, slack: Slack, health: int | None) -> None:
    with running(folder, "live", slack, now) as bot, telling_machines(bot, health):
        told = hear_of_stopping()
        click.echo("ready: Slack に接続しました。")
        until_told_to_stop(told)
        leave_in_time()


def _sandbox(folder: Path, port: int, at: datetime | None, with_samples: bool) -> None:
    with in_sandbox(folder, port, at, with_samples) as (sandbox, _):
        told = hear_of_stopping()
        click.echo(f"ready: {sandbox.url}")
        click.echo("これは試用環境（サンドボックス）です。Slack には接続せず、何も送信しません。")
        until_told_to_stop(told)


@contextmanager
def in_sandbox(
    folder: Path, port: int, at: datetime | None, with_samples: bool
) -> Iterator[tuple[Sandbox, Bot]]:
    """A sandbox and the bot connected to it, until the block is left.

    The caller holds the folder. Without `at` the clock goes on from where it was. Raises
    CannotRun when the port is busy.
    """
    from sandbox.clock import Clock  # noqa: PLC0415  # live runs never load it
    from sandbox.server import Sandbox  # noqa: PLC0415

    clock = Clock()
    stage = samples.Stage(folder, with_samples, now, clock.move_on)
    sandbox = Sandbox(
        folder / "sandbox",
        port,
        clock,
        manifest=MANIFEST,
        start=at or samples.START,
        on_clock=stage.on_clock,
        on_reset=stage.on_reset,
    )
    try:
        sandbox.start()
    except OSError as error:
        raise CannotRun(
            f"ポート {port} は使えません（{error.strerror}）。--port で別の番号を指定してください。"
        ) from error
    try:
        if at is not None:
            sandbox.clock.set(at)
        stage.set(sandbox.clock.now())
        slack = Slack(sandbox.bot_token, sandbox.app_token, sandbox.api_url)
        with running(folder, "sandbox", slack, sandbox.clock.now) as bot:
            stage.bot = bot
            yield sandbox, bot
    finally:
        sandbox.stop()


for command in (
    ask.ask,
    plans.plan,
    people.people,
    people.planner,
    submit.submit,
    speak.digest,
    keep.backup,
    keep.restore,
    export.export,
    memo.memo,
    report.report,
    publish.publish,
    imports.import_,
    doctor.doctor,
):
    main.add_command(command)
