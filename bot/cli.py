"""`kpibot`: the composition root. It alone reads the environment and the clock and knows the sandbox."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path

import click

from bot import samples
from bot.logs import log_to_stderr
from bot.running import Slack, running, until_told_to_stop
from bot.settings import read_settings
from bot.shell import ask, doctor, keep, people, plans, speak, submit
from bot.shell.context import Shell
from store.db import only_one
from store.errors import CannotRun, KpiError
from store.fiscal import TOKYO

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
            click.echo(str(error), err=True)
            sys.exit(1)


@click.group(cls=Sentences, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kpibot")
@click.option("--data", type=click.Path(path_type=Path), help="データフォルダ（KPIBOT_DATA でも）")
@click.pass_context
def main(ctx: click.Context, data: Path | None) -> None:
    """市の総合戦略を、Slack の中で正直に保つ。"""
    ctx.obj = Shell(read_settings, now, data)


@main.command()
@click.option("--port", default=3900, show_default=True, help="試用画面のポート（0 で空きを使う）")
@click.option("--data", type=click.Path(path_type=Path), help="データフォルダ（KPIBOT_DATA でも）")
@click.option("--now", "start", help="試用環境の時計の始まり（例 2025-06-03T10:00:00+09:00）")
@click.option("--no-samples", is_flag=True, help="サンプルの実績値を入れない")
@click.pass_obj
def run(shell: Shell, port: int, data: Path | None, start: str | None, no_samples: bool) -> None:
    """Run the bot: in Slack with two tokens, in the sandbox with none."""
    folder = data or shell.data
    log_to_stderr(shell.settings.log_level)
    with only_one(folder):
        if shell.settings.tokens:
            _live(folder, shell)
        else:
            samples.refuse_live(folder)
            _sandbox(folder, port, start, with_samples=not no_samples)


def _live(folder: Path, shell: Shell) -> None:
    bot_token, app_token = shell.settings.tokens or ("", "")
    # Read once: no child process inherits them, and Bolt takes the client it is given.
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"):
        os.environ.pop(name, None)
    slack = Slack(bot_token, app_token, shell.settings.slack_url)
    with running(folder, "live", slack, now):
        click.echo("ready: Slack に接続しました。")
        until_told_to_stop()


def _sandbox(folder: Path, port: int, start: str | None, with_samples: bool) -> None:
    from sandbox.server import Sandbox  # noqa: PLC0415  # live runs never load it

    stage = samples.Stage(folder, with_samples)
    sandbox = Sandbox(
        folder / "sandbox",
        port,
        manifest=MANIFEST,
        start=samples.moment(start),
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
        if start is not None:
            sandbox.clock.set(samples.moment(start))
        stage.set(sandbox.clock.now())
        slack = Slack(sandbox.bot_token, sandbox.app_token, sandbox.api_url)
        with running(folder, "sandbox", slack, sandbox.clock.now) as bot:
            stage.bot = bot
            click.echo(f"ready: {sandbox.url}")
            click.echo(
                "これは試用環境（サンドボックス）です。Slack には接続せず、何も送信しません。"
            )
            until_told_to_stop()
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
    doctor.doctor,
):
    main.add_command(command)
