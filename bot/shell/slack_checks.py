"""What the doctor finds out from Slack: tokens, clock, scopes, channels."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from email.utils import parsedate_to_datetime

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse

from bot.line.keys import HttpKeys, SocketKeys
from bot.manifest import read_manifest
from bot.shell.context import Shell
from bot.shell.findings import Finding
from bot.shell.http_checks import http
from store import departments
from store.db import Kind, kind_of
from store.errors import CannotRun, KpiError
from store.subscriptions import subscriptions

MOST_CLOCK_SKEW = 120
SET_BOTH = "SLACK_BOT_TOKEN と、もう1つを設定します（.env.example）。行の頭の # を取ったかも確かめてください。"
ANOTHER = (
    "このままでは始まりません。本番には新しいフォルダを KPIBOT_DATA に指定し、"
    "計画と担当を読み込み直してください。"
)
NOT_TAKEN = "アプリの管理画面の値と見比べ、作り直したときは設定も書き換えてください。"


def slack(shell: Shell) -> Iterator[Finding]:
    """The tokens, the clock, the scopes and the channels, as far as Slack says."""
    try:
        tokens = shell.settings.tokens
    except KpiError as error:
        yield Finding("wrong", str(error), ".env か環境変数を直してください。")
        return
    kind = _kind(shell)
    if tokens is None:
        yield _untold(kind)
        return
    if kind == "sandbox":
        yield Finding(
            "wrong", "試用（サンプル入り）のデータフォルダに、本番のトークンがあります。", ANOTHER
        )
        return
    bot_token, keys = tokens
    client = WebClient(bot_token, base_url=shell.settings.slack_url, timeout=10)
    asking = "SLACK_BOT_TOKEN"
    try:
        hello = client.auth_test()
        if isinstance(keys, SocketKeys):
            asking = "SLACK_APP_TOKEN"
            WebClient(base_url=shell.settings.slack_url, timeout=10).apps_connections_open(
                app_token=keys.app_token
            )
    except SlackApiError as error:
        said = error.response.get("error")
        yield Finding("wrong", f"Slack が {asking} を受け付けません（{said}）。", NOT_TAKEN)
        return
    except (SlackClientError, OSError) as error:
        yield Finding(
            "wrong",
            f"Slack（{shell.settings.slack_url}）に接続できません（{type(error).__name__}）。",
            "外向きの HTTPS が通るか（プロキシ・ファイアウォール・DNS）を確かめてください。",
        )
        return
    yield Finding("ok", f"Slack: {hello['team']}（{hello['team_id']}）に接続できます。")
    if isinstance(keys, HttpKeys):
        yield from http(keys, shell.real_now())
    yield _clock(hello, shell.now())
    yield from _scopes(hello)
    yield from _channels(shell, client)


def _kind(shell: Shell) -> Kind | None:
    """Of the database; None where there is none that can be read, or it is not decided yet."""
    with suppress(CannotRun):
        return kind_of(shell.db)
    return None


def _untold(kind: Kind | None) -> Finding:
    """What it means that there are no tokens."""
    if kind == "live":
        return Finding(
            "wrong", "本番のデータフォルダですが、Slack のトークンが設定されていません。", SET_BOTH
        )
    later = "" if kind else "このまま動かすと、データフォルダは試用のものになり、本番に使えません。"
    return Finding(
        "note",
        f"Slack のトークンは未設定です（試用環境で動きます）。{later}",
        f"本番では、{SET_BOTH}",
    )


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
    told = hello.headers.get("x-oauth-scopes")
    if told is None:
        yield Finding("note", "アプリの権限は確かめられませんでした（Slack が返しません）。")
        return
    given = {s.strip() for s in str(told).split(",")}
    wanted = set(read_manifest()["oauth_config"]["scopes"]["bot"])
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
