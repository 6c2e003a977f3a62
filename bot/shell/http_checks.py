"""What the doctor finds out about HTTP mode: whether the bot answers what is signed with our secret."""

from __future__ import annotations

import json
import secrets
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bot.line.keys import HttpKeys
from bot.line.signing import signature_of
from bot.shell.findings import Finding

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
# Where everybody is listened to, we ask from here.
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104
SECONDS = 5


def http(keys: HttpKeys, now: datetime) -> Iterator[Finding]:
    """The port, asked as Slack asks when an address is entered; and who else can reach it."""
    yield _answering(replace(keys, host=EVERYWHERE.get(keys.host, keys.host)), now)
    if keys.host not in LOOPBACK:
        yield Finding(
            "note",
            f"HTTP モードの待受け（{keys.host}）は、このサーバーの外からも届きます。",
            "TLS のリバースプロキシだけが届くように、ファイアウォールで絞ってください。",
        )


def _answering(keys: HttpKeys, now: datetime) -> Finding:
    challenge = secrets.token_hex(8)
    try:
        said = _asked(keys, now, challenge)
    except urllib.error.HTTPError as no:
        return Finding(
            "wrong",
            f"HTTP モード: {keys.url} が要求を断りました（{no.code}）。",
            "SLACK_SIGNING_SECRET を変えたら、ボットを再起動してください。",
        )
    except (OSError, ValueError) as error:
        return Finding(
            "note",
            f"HTTP モード: {keys.url} が答えません（{type(error).__name__}）。",
            "ボットを動かしてから、もう一度確かめてください。",
        )
    if said != challenge:
        return Finding(
            "wrong",
            f"HTTP モード: {keys.url} で別のものが答えています。",
            "KPIBOT_HTTP_PORT を確かめてください。",
        )
    return Finding("ok", f"HTTP モード: {keys.url} は署名つきの要求に答えます。")


def _asked(keys: HttpKeys, now: datetime, challenge: str) -> object:
    """What comes back. Raises HTTPError for a refusal, OSError or ValueError for no answer."""
    body = json.dumps({"type": "url_verification", "challenge": challenge})
    moment = str(int(now.timestamp()))
    headers = {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": moment,
        "X-Slack-Signature": signature_of(keys.signing_secret, moment, body),
    }
    request = urllib.request.Request(keys.url, body.encode(), headers)  # noqa: S310  # our own
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(request, timeout=SECONDS) as answer:
        said = json.loads(answer.read(1000))
    return said.get("challenge") if isinstance(said, dict) else None
