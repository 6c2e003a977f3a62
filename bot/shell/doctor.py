"""`kpibot doctor`: what is set, unset and wrong, each with what to do."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from shutil import disk_usage
from typing import Literal

import click
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from bot.shell.context import DATABASE, Shell
from store import cycle, departments, outbox, settings, shelf
from store.db import kind_of
from store.errors import CannotRun, KpiError
from store.fiscal import era

MARKS = {"ok": "✓", "note": "・", "wrong": "✗"}
OLDEST_SOUND_SQLITE = (3, 51, 3)
LEAST_FREE = 200 * 1024 * 1024
MOST_CLOCK_SKEW = 120


@dataclass(frozen=True)
class Finding:
    """One line of the checklist; `todo` says what to do about it."""

    state: Literal["ok", "note", "wrong"]
    what: str
    todo: str = ""

    def __str__(self) -> str:
        return f"{MARKS[self.state]} {self.what}" + (f"\n    → {self.todo}" if self.todo else "")


@click.command()
@click.pass_obj
def doctor(shell: Shell) -> None:
    """Check tokens, database, plan, people, channels, clock and what waits to be posted."""
    findings = list(examine(shell))
    for finding in findings:
        click.echo(str(finding))
    wrong = sum(f.state == "wrong" for f in findings)
    click.echo(f"問題は{wrong}件です。" if wrong else "問題はありません。")
    if wrong:
        sys.exit(1)


def examine(shell: Shell) -> Iterator[Finding]:
    """Every finding, in the order an operator would look."""
    yield _sqlite()
    yield from _folder(shell.data)
    yield from _database(shell)
    yield from _slack(shell)


def _sqlite() -> Finding:
    if sqlite3.sqlite_version_info >= OLDEST_SOUND_SQLITE:
        return Finding("ok", f"SQLite {sqlite3.sqlite_version}")
    return Finding(
        "wrong",
        f"SQLite {sqlite3.sqlite_version} には WAL の不具合があります。",
        "pysqlite3 0.6.1 以上を入れてください（`make setup` が入れます）。",
    )


def _folder(folder: Path) -> Iterator[Finding]:
    if not folder.exists():
        yield Finding(
            "note", f"データフォルダ {folder} はまだありません。", "`kpibot plan load` が作ります。"
        )
        return
    free = disk_usage(folder).free
    if free < LEAST_FREE:
        yield Finding(
            "wrong",
            f"ディスクの空きが {free // 1024 // 1024} MB です。",
            "空きを増やしてください。",
        )
    else:
        yield Finding("ok", f"データフォルダ {folder}（空き {free // 1024**3} GB）")


def _database(shell: Shell) -> Iterator[Finding]:
    if not (shell.data / DATABASE).exists():
        yield Finding(
            "wrong", "データベースがありません。", "`kpibot plan load kitamoto-2` で作れます。"
        )
        return
    try:
        db = shell.db
    except CannotRun as error:
        yield Finding("wrong", str(error), "バックアップから戻すか、版を確かめてください。")
        return
    kinds = {"sandbox": "試用（サンプル入り）", "live": "本番", None: "未定（最初の起動で決まる）"}
    yield Finding("ok", f"データベースの種類: {kinds[kind_of(db)]}")
    if not shelf.plan_ids(db):
        yield Finding(
            "wrong", "計画がありません。", "`kpibot plan load kitamoto-2` で読み込めます。"
        )
        return
    yield from _round(shell)
    yield from _people(shell)
    yield from _posts(shell)


def _round(shell: Shell) -> Iterator[Finding]:
    plan = shell.plan()
    dates = cycle.current(cycle.held(shell.db, plan.id), plan, shell.today)
    note = f"（{cycle.DEFAULT_NOTE}）" if "due" in dates.defaults else ""
    yield Finding("ok", f"計画: {plan.title}（指標{len(plan.indicators)}件）")
    yield Finding("ok", f"照会: {era(dates.collection)}、提出期限 {dates.due.isoformat()}{note}")


def _people(shell: Shell) -> Iterator[Finding]:
    planners = departments.planners(shell.db)
    if len(planners) > 1:
        yield Finding("ok", f"企画担当 {len(planners)}人")
    else:
        yield Finding(
            "wrong",
            f"企画担当が{len(planners)}人です。自分の提出は自分で承認できません。",
            "`kpibot planner add U…` で2人以上にしてください。",
        )
    plan = shell.plan()
    owned = departments.owners(shell.db, plan.id, shell.today)
    unowned = [i.id for i in plan.indicators if not (owned.get(i.id) or owned.get(i.policy or ""))]
    if unowned:
        yield Finding(
            "wrong",
            f"担当課のない指標が{len(unowned)}件あります（{'、'.join(unowned[:5])}…）。",
            "`kpibot people load FILE` で担当を決めてください。",
        )
    else:
        yield Finding("ok", "すべての指標に担当課があります。")


def _posts(shell: Shell) -> Iterator[Finding]:
    channels = settings.digest_channels(shell.db)
    if channels:
        yield Finding("ok", f"週報のチャンネル: {'、'.join(channels)}")
    else:
        yield Finding(
            "note",
            "週報のチャンネルがありません。",
            "people ファイルの digest_channels に書いてください。",
        )
    for state, words in (("dead", "送れなかった"), ("unknown", "届いたか確かめられない")):
        for message in outbox.messages(shell.db, state):
            yield Finding(
                "wrong",
                f"{words}投稿: {message.title}（{message.audience}、{message.error}）",
                "チャンネルとボットの参加を確かめてください。",
            )


def _slack(shell: Shell) -> Iterator[Finding]:
    try:
        tokens = shell.settings.tokens
    except KpiError as error:
        yield Finding("wrong", str(error), ".env か環境変数を直してください。")
        return
    if tokens is None:
        yield Finding(
            "note",
            "Slack のトークンは未設定です（試用環境で動きます）。",
            "本番では2つとも設定します。",
        )
        return
    client = WebClient(tokens[0], base_url=shell.settings.slack_url, timeout=10)
    try:
        hello = client.auth_test()
        WebClient(base_url=shell.settings.slack_url, timeout=10).apps_connections_open(
            app_token=tokens[1]
        )
    except (SlackApiError, SlackClientError, OSError) as error:
        said = (
            error.response.get("error")
            if isinstance(error, SlackApiError)
            else type(error).__name__
        )
        yield Finding(
            "wrong", f"Slack に接続できません: {said}", "トークンとネットワークを確かめてください。"
        )
        return
    yield Finding("ok", f"Slack: {hello['team']}（{hello['team_id']}）に接続できます。")
    yield _clock(hello, shell.now())
    yield from _scopes(hello)
    yield from _channels(shell, client)


def _clock(hello: SlackResponse, now: datetime) -> Finding:
    theirs = parsedate_to_datetime(hello.headers["Date"])
    skew = abs((now - theirs).total_seconds())
    if skew > MOST_CLOCK_SKEW:
        return Finding(
            "wrong",
            f"時計が Slack と {skew:.0f} 秒ずれています。",
            "時刻を合わせてください（NTP）。",
        )
    return Finding("ok", "時計は Slack と合っています。")


def _scopes(hello: SlackResponse) -> Iterator[Finding]:
    manifest = Path(__file__).parents[2] / "manifest.json"
    given = {s.strip() for s in str(hello.headers.get("x-oauth-scopes", "")).split(",")}
    wanted = set(json.loads(manifest.read_text("utf-8"))["oauth_config"]["scopes"]["bot"])
    if missing := sorted(wanted - given):
        yield Finding(
            "wrong",
            f"アプリの権限が足りません: {'、'.join(missing)}",
            "manifest.json を反映し、アプリを再インストールしてください。",
        )
    else:
        yield Finding("ok", "アプリの権限はそろっています。")


def _channels(shell: Shell, client: WebClient) -> Iterator[Finding]:
    if not shell.has_data:
        return
    today = shell.today
    named = [d.channel for d in departments.departments(shell.db, today).values() if d.channel]
    for channel in dict.fromkeys([*settings.digest_channels(shell.db), *named]):
        try:
            found = client.conversations_info(channel=channel)["channel"]
        except (SlackApiError, SlackClientError, OSError):
            found = None
        if found and found.get("is_member"):
            yield Finding("ok", f"#{found['name']} に参加しています。")
        else:
            yield Finding(
                "wrong",
                f"チャンネル {channel} に参加していません。",
                "そこで `/invite @kpibot` としてください。",
            )
