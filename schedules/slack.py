"""Slack as the poster needs it: five verbs, and three ways in which a call can fail.

    Failed
    ├── Refused   Slack said no, for good: nothing is out and trying again changes nothing
    ├── TooMany   Slack said not now: nothing is out; `retry_after` seconds say when to come again
    └── Unsure    no answer, or none that can be read: it may be out, or not

The client must not retry by itself (see `posting_client`): slack_sdk's default handler resends a
post whose connection dropped after Slack had accepted it, which doubles the message.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from email.utils import parsedate_to_datetime
from functools import cache
from http.client import HTTPException
from ssl import SSLContext, create_default_context
from typing import Any, Protocol

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse

EVENT_TYPE = "kpibot_message"
TIMEOUT_SECONDS = 10
PAGE = 200
PATIENCE_SECONDS = 30.0
LONGEST_PATIENCE = 3600.0

# Slack's names for its own trouble: the call may have had its effect.
_THEIR_TROUBLE = frozenset(
    {"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"}
)
_NOT_NOW = frozenset({"ratelimited", "rate_limited"})
_ERROR_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")


class Failed(Exception):
    """A call that brought no good answer. `str()` names the reason in Slack's word or the library's."""


class Refused(Failed):
    """Slack said no, for good."""


class TooMany(Failed):
    """Slack said not now. `retry_after` is in seconds."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"ratelimited, {retry_after:g} s")
        self.retry_after = retry_after


class Unsure(Failed):
    """Nobody knows whether the call had its effect."""


class Slack(Protocol):
    """What the poster asks of Slack. Every method raises only from the tree of `Failed`."""

    def open(self, user: str) -> str:
        """The channel of the direct messages with a user; opening it again changes nothing."""

    def post(self, channel: str, payload: dict[str, Any], key: str) -> str:
        """Post a message that carries `key`, and return its ts. Twice is two messages.

        With `thread_ts` in the payload it is a reply in that thread.
        """

    def update(self, channel: str, ts: str, payload: dict[str, Any]) -> None:
        """Put `payload` in the place of a message. Twice is the same as once."""

    def find(self, channel: str, key: str, oldest: float, thread: str | None = None) -> str | None:
        """The ts of our own message that carries `key`, posted at `oldest` (epoch) or later.

        `thread` names the thread it would be a reply in; None is for what stands in none.
        """

    def time(self) -> float | None:
        """Slack's clock (epoch, to the second); None where the answer doesn't tell it."""


def posting_client(token: str, base_url: str | None = None) -> WebClient:
    """A client that sends each request once and gives up after ten seconds."""
    where = base_url or WebClient.BASE_URL
    return WebClient(token, where, timeout=TIMEOUT_SECONDS, ssl=trusted(where), retry_handlers=[])


def trusted(base_url: str) -> SSLContext | None:
    """Whom calls to this address trust: the machine's certificates, read once for all calls.

    Left to itself Python reads them anew for each call, which keeps the processor busy for 30 ms
    while others wait for their answers. None where nothing is encrypted.
    """
    return _certificates() if base_url.startswith("https:") else None


@cache
def _certificates() -> SSLContext:
    return create_default_context()


def single(client: WebClient, timeout: int = 30) -> WebClient:
    """A client like this one that sends each request once: tried again, a file might come twice."""
    return WebClient(
        client.token, client.base_url, timeout=timeout, ssl=client.ssl, retry_handlers=[]
    )


class SlackWeb:
    """`Slack` over the Web API. `client` comes from `posting_client`."""

    def __init__(self, client: WebClient) -> None:
        if client.retry_handlers:
            raise ValueError("a client that retries by itself can post twice")
        self._client = client
        self._me: tuple[str, str] | None = None

    def open(self, user: str) -> str:
        """conversations.open."""
        return str(self._call(self._client.conversations_open, users=user)["channel"]["id"])

    def post(self, channel: str, payload: dict[str, Any], key: str) -> str:
        """chat.postMessage. Any member can read metadata, so it holds the key and nothing else."""
        answer = self._call(
            self._client.chat_postMessage,
            channel=channel,
            text=payload["text"],
            blocks=payload.get("blocks"),
            thread_ts=payload.get("thread_ts"),
            metadata={"event_type": EVENT_TYPE, "event_payload": {"key": key}},
            link_names=False,
            unfurl_links=False,
            unfurl_media=False,
        )
        return str(answer["ts"])

    def update(self, channel: str, ts: str, payload: dict[str, Any]) -> None:
        """chat.update."""
        self._call(
            self._client.chat_update,
            channel=channel,
            ts=ts,
            text=payload["text"],
            blocks=payload.get("blocks"),
            link_names=False,
        )

    def find(self, channel: str, key: str, oldest: float, thread: str | None = None) -> str | None:
        """conversations.history (of a thread: conversations.replies) to its end, for our own message."""
        user, bot = self._whoami()
        for message in self._messages(channel, oldest, thread):
            mine = message.get("bot_id") == bot or message.get("user") == user
            if mine and _key_of(message) == key:
                return str(message["ts"])
        return None

    def _messages(
        self, channel: str, oldest: float, thread: str | None
    ) -> Iterator[dict[str, Any]]:
        method = (
            self._client.conversations_replies if thread else self._client.conversations_history
        )
        where = {"channel": channel, "ts": thread} if thread else {"channel": channel}
        cursor: str | None = None
        while cursor != "":
            page = self._call(
                method,
                **where,
                oldest=f"{oldest:.6f}",
                include_all_metadata=True,
                limit=PAGE,
                cursor=cursor,
            )
            yield from page["messages"]
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""

    def time(self) -> float | None:
        """The `Date` of auth.test's answer."""
        headers = {k.lower(): v for k, v in self._call(self._client.auth_test).headers.items()}
        date = headers.get("date")
        return parsedate_to_datetime(str(date)).timestamp() if date else None

    def _whoami(self) -> tuple[str, str]:
        if self._me is None:
            answer = self._call(self._client.auth_test)
            self._me = (str(answer["user_id"]), str(answer["bot_id"]))
        return self._me

    def _call(self, method: Callable[..., SlackResponse], **arguments: Any) -> SlackResponse:
        try:
            return method(**arguments)
        except SlackApiError as error:
            raise meaning(error) from error
        except (SlackClientError, HTTPException, OSError, ValueError, AttributeError) as error:
            # AttributeError is how the SDK meets a body that is JSON and no object.
            raise Unsure(f"{type(error).__name__}: {error}") from error


def meaning(error: SlackApiError) -> Failed:
    """What it means that Slack said no."""
    response = error.response
    name = str(response.get("error", ""))
    if response.status_code == 429 or name in _NOT_NOW:
        return TooMany(_patience(response.headers))
    if response.status_code != 200 or name in _THEIR_TROUBLE or not _ERROR_NAME.match(name):
        return Unsure(f"{response.status_code} {name}"[:300])
    return Refused(name)


def retry_after(headers: dict[str, Any]) -> float | None:
    """Retry-After in seconds; None for a header that is missing or makes no sense."""
    lower = {name.lower(): value for name, value in headers.items()}
    try:
        asked = float(lower["retry-after"])
    except (KeyError, TypeError, ValueError):
        return None
    return asked if 0 <= asked <= LONGEST_PATIENCE else None


def _patience(headers: dict[str, Any]) -> float:
    """The same; half a minute where Slack gives no sensible time."""
    asked = retry_after(headers)
    return PATIENCE_SECONDS if asked is None else asked


def _key_of(message: dict[str, Any]) -> str | None:
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != EVENT_TYPE:
        return None
    key = (metadata.get("event_payload") or {}).get("key")
    return None if key is None else str(key)
