"""What the app is in Slack, as its manifest says: by Socket Mode, or told by requests to an address.

Names and scopes are the same either way. https://docs.slack.dev/reference/app-manifest
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.line.keys import PATH
from store.errors import BadInput

MANIFEST = Path(__file__).parents[1] / "manifest.json"

Manifest = dict[str, Any]


def read_manifest() -> Manifest:
    """The manifest of Socket Mode."""
    found: Manifest = json.loads(MANIFEST.read_text("utf-8"))
    return found


def for_requests(manifest: Manifest, url: str) -> Manifest:
    """The same app in HTTP mode: Socket Mode off, and everything sent to this address.

    Slack asks another address for the options of a menu; ours is the same.
    """
    features, settings = manifest["features"], manifest["settings"]
    commands = [{**each, "url": url} for each in features["slash_commands"]]
    addresses = {"request_url": url, "message_menu_options_url": url}
    return {
        **manifest,
        "features": {**features, "slash_commands": commands},
        "settings": {
            **settings,
            "event_subscriptions": {"request_url": url, **settings["event_subscriptions"]},
            "interactivity": {**settings["interactivity"], **addresses},
            "socket_mode_enabled": False,
        },
    }


def request_url(typed: str) -> str:
    """The address that Slack is to send to; one without a path gets ours. Raises BadInput for none.

    Slack sends nowhere but to https.
    """
    try:
        parts = urlsplit(typed)
        good = parts.scheme == "https" and bool(parts.hostname)
    except ValueError:
        good = False
    if not good or parts.query or parts.fragment:
        raise BadInput(
            f"「{typed}」は Slack が送れるアドレスではありません。例: https://kpi.example.jp", typed
        )
    return typed if parts.path.strip("/") else typed.rstrip("/") + PATH
