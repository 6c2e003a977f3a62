"""`kpibot run`: the bot put together, in Slack or in the sandbox, of which nobody else knows."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
import structlog

from bot import cli, samples
from bot.app import Bot
from bot.health import telling_machines
from bot.line.keys import LOOPBACK, HttpKeys, SocketKeys
from bot.logs import log_to_stderr
from bot.manifest import MANIFEST, for_requests, read_manifest
from bot.running import (
    Slack,
    hear_of_stopping,
    leave_in_time,
    running,
    until_told_to_stop,
)
from bot.settings import NEEDED
from bot.shell.context import DATABASE, Shell
from store import upgrading
from store.errors import CannotRun
from store.holding import only_one

if TYPE_CHECKING:
    from sandbox.server import Sandbox

log = structlog.get_logger()

# A folder that is to hold real figures would become one for trying out, and stay so.
NO_TOKENS = f"Slack のトークンが設定されていません。{NEEDED}設定の行の頭に # が残っていませんか。"


@click.command(help="ボットを動かす。トークンがあれば Slack で、なければ試用環境で")
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
@click.option("--http", is_flag=True, help="試用環境でも、署名つきの HTTP で届ける")
@click.option("--live", is_flag=True, help="Slack でだけ動かす。トークンがなければ始めない")
@click.pass_obj
def run(
    shell: Shell,
    port: int,
    data: Path | None,
    start: str | None,
    no_samples: bool,
    http: bool,
    live: bool,
) -> None:
    """Run the bot: in Slack with its tokens, in the sandbox with none unless it has to be `live`."""
    folder, slack = data or shell.data, _slack(shell)
    if live and slack is None:
        raise CannotRun(NO_TOKENS)
    at = samples.moment(start) if start else None
    log_to_stderr(shell.settings.log_level)
    with only_one(folder):
        if slack:
            _live(folder, slack, shell.settings.health_port)
        else:
            samples.refuse_live(folder)
            _sandbox(folder, port, at, with_samples=not no_samples, http=http)


def _slack(shell: Shell) -> Slack | None:
    """Where Slack is, read once: no child process inherits the tokens, and Bolt takes our client."""
    tokens, url = shell.settings.tokens, shell.settings.slack_url
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"):
        os.environ.pop(name, None)
    return Slack(*tokens, url) if tokens else None


def _live(folder: Path, slack: Slack, health: int | None) -> None:
    if kept := upgrading.upgrade(folder / DATABASE, cli.now()):
        log.info("database.upgraded", kept=str(kept))
    with running(folder, "live", slack, cli.now) as bot, telling_machines(bot, health):
        told = hear_of_stopping()
        bot.make_up_for_the_night()
        address = bot.line.address
        waiting = f"{address} で Slack からの要求を待っています。"
        click.echo(f"ready: {waiting if address else 'Slack に接続しました。'}")
        until_told_to_stop(told)
        leave_in_time()


def _sandbox(folder: Path, port: int, at: datetime | None, with_samples: bool, http: bool) -> None:
    with in_sandbox(folder, port, at, with_samples, http) as (sandbox, _):
        told = hear_of_stopping()
        click.echo(f"ready: {sandbox.url}")
        click.echo("これは試用環境（サンドボックス）です。Slack には接続せず、何も送信しません。")
        until_told_to_stop(told)


@contextmanager
def in_sandbox(
    folder: Path, port: int, at: datetime | None, with_samples: bool, http: bool = False
) -> Iterator[tuple[Sandbox, Bot]]:
    """A sandbox and the bot connected to it, over a socket or over `http`, until the block is left.

    The caller holds the folder. Without `at` the clock goes on from where it was. Raises
    CannotRun when the port is busy.
    """
    from sandbox.clock import Clock  # noqa: PLC0415  # live runs never load it
    from sandbox.server import Sandbox  # noqa: PLC0415

    clock = Clock()
    stage = samples.Stage(folder, with_samples, cli.now, clock.move_on)
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
        requests = HttpKeys(sandbox.signing_secret, LOOPBACK, 0)
        keys = requests if http else SocketKeys(sandbox.app_token)
        slack = Slack(sandbox.bot_token, keys, sandbox.api_url)
        with running(folder, "sandbox", slack, sandbox.clock.now) as bot:
            if bot.line.address:
                sandbox.configure(for_requests(read_manifest(), bot.line.address))
            stage.bot = bot
            yield sandbox, bot
    finally:
        sandbox.stop()
