"""Requests as Slack signs them, and as others try to: signed here by the published recipe alone."""

from __future__ import annotations

import hmac
import io
import json
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

TEAM = "T0KITAMOTO"
SECRET = "8f742231b10e8888abcd99baac80fd14"
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
CHALLENGE = json.dumps({"type": "url_verification", "challenge": "3eZbrw1a"}).encode()


def signed(body: bytes, moment: int | str, secret: str = SECRET) -> dict[str, str]:
    """The two headers that say who sent a body, and when."""
    base = b"v0:" + str(moment).encode() + b":" + body
    signature = "v0=" + hmac.new(secret.encode(), base, sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": str(moment), "X-Slack-Signature": signature}


def form(**fields: str) -> bytes:
    """A body of fields, as commands have it."""
    return urlencode(fields).encode()


def environ(
    body: bytes,
    headers: dict[str, str],
    kind: str | None = JSON,
    method: str = "POST",
    path: str = "/slack/events",
    query: str = "",
) -> dict[str, Any]:
    """A request as a WSGI server hands it over."""
    told = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    found = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        **told,
    }
    return found if kind is None else {**found, "CONTENT_TYPE": kind}


def click(user: str, action: str, value: str, at: str) -> dict[str, Any]:
    """A click on a button of a message, as Slack tells of it; `at` is the click's own moment."""
    return {
        "type": "block_actions",
        "user": {"id": user, "username": user, "team_id": TEAM},
        "team": {"id": TEAM, "domain": "x"},
        "container": {"type": "message", "message_ts": "1.2", "channel_id": "C0STAFF"},
        "channel": {"id": "C0STAFF", "name": "x"},
        "trigger_id": "1.2.3",
        "response_url": "http://127.0.0.1:9/actions/T/secret-address",
        "actions": [
            {
                "type": "button",
                "action_id": action,
                "block_id": "row",
                "value": value,
                "action_ts": at,
            }
        ],
    }


def sent_form(user: str, view: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    """A form as it is sent, with these fields filled in."""
    filled = {"values": {**view["state"]["values"], **values}}
    return {
        "type": "view_submission",
        "user": {"id": user, "username": user, "team_id": TEAM},
        "team": {"id": TEAM, "domain": "x"},
        "view": {**view, "state": filled},
        "response_urls": [],
    }


def mention(user: str, text: str) -> dict[str, Any]:
    """The event of a mention in the staff's channel."""
    event = {
        "type": "app_mention",
        "user": user,
        "team": TEAM,
        "channel": "C0STAFF",
        "text": text,
        "ts": "1748913000.000100",
    }
    return {
        "type": "event_callback",
        "event_id": "Ev0COPIED",
        "team_id": TEAM,
        "is_ext_shared_channel": False,
        "event": event,
    }
