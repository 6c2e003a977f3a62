"""What the doctor finds out from Slack: tokens, clock, scopes, channels."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse

from bot.shell.context import Shell
from bot.shell.findings import Finding
from store import departments
from store.errors import KpiError
from store.subscriptions import subscriptions

MOST_CLOCK_SKEW = 120


def slack(shell: Shell) -> Iterator[Finding]:
    """The tokens, the clock, the scopes and the channels, as far as Slack says."""
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
    told = hello.headers.get("x-oauth-scopes")
    if told is None:
        yield Finding("note", "アプリの権限は確かめられませんでした（Slack が返しません）。")
        return
    given = {s.strip() for s in str(told).split(",")}
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
    for channel in dict.fromkeys([*(each.channel for each in subscriptions(shell.db)), *named]):
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
