"""Passes that run out: trigger ids (3 s, once) and response URLs (30 min, 5 times)."""

from __future__ import annotations

import re
import secrets
from dataclasses import asdict, dataclass, replace
from datetime import timedelta

from sandbox.clock import Clock
from sandbox.store import Store
from sandbox.wire import SlackError

_TRIGGER = re.compile(r"\d+\.\d+\.[0-9a-f]+")

TRIGGER_LIFE = timedelta(seconds=3)
RESPONSE_URL_LIFE = timedelta(minutes=30)
RESPONSE_URL_USES = 5


@dataclass(frozen=True)
class Trigger:
    """What a trigger id stands for. `view_id` is the modal it came from, if any."""

    id: str
    user: str
    issued: float
    view_id: str | None = None
    used: bool = False


@dataclass(frozen=True)
class ResponseUrl:
    """What a response URL answers: a command, or a click on message `ts`."""

    key: str
    channel: str
    user: str
    issued: float
    ts: str | None = None
    thread_ts: str | None = None
    uses: int = 0


class Passes:
    """Issues trigger ids and response URLs and says whether they still hold, by the clock."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._triggers: dict[str, Trigger] = {}
        self._urls: dict[str, ResponseUrl] = {}
        self.load()

    def load(self) -> None:
        """Read what is kept: response URLs. Trigger ids live too short to matter."""
        self._triggers = {}
        self._urls = {key: ResponseUrl(**body) for key, body in self._store.read("response_url")}

    def issue_trigger(self, user: str, view_id: str | None = None) -> str:
        """Return a new trigger id for something `user` did."""
        number = f"{secrets.randbelow(10**13)}.{secrets.randbelow(10**12)}"
        trigger_id = f"{number}.{secrets.token_hex(16)}"
        self._triggers[trigger_id] = Trigger(trigger_id, user, self._now(), view_id)
        self._forget_old_triggers()
        return trigger_id

    def check_trigger(self, trigger_id: str) -> Trigger:
        """Return what a trigger id stands for. SlackError if it has run out or was used."""
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            known = _TRIGGER.fullmatch(trigger_id)
            raise SlackError("expired_trigger_id" if known else "invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self._now() - trigger.issued > TRIGGER_LIFE.total_seconds():
            raise SlackError("expired_trigger_id")
        return trigger

    def use_trigger(self, trigger: Trigger) -> None:
        """Mark a trigger id as used; it opens one view."""
        self._triggers[trigger.id] = replace(trigger, used=True)

    def issue_url(
        self, channel: str, user: str, ts: str | None = None, thread_ts: str | None = None
    ) -> str:
        """Return the key of a new response URL."""
        url = ResponseUrl(secrets.token_urlsafe(18), channel, user, self._now(), ts, thread_ts)
        self._keep(url)
        return url.key

    def check_url(self, key: str) -> ResponseUrl:
        """Return what a response URL answers. SlackError if it has run out or was used up."""
        url = self._urls.get(key)
        if url is None or self._now() - url.issued > RESPONSE_URL_LIFE.total_seconds():
            raise SlackError("expired_url")
        if url.uses >= RESPONSE_URL_USES:
            raise SlackError("used_url")
        return url

    def use_url(self, url: ResponseUrl) -> None:
        """Count one use of a response URL."""
        self._keep(replace(url, uses=url.uses + 1))

    def _keep(self, url: ResponseUrl) -> None:
        self._store.put("response_url", url.key, asdict(url))
        self._urls[url.key] = url

    def _forget_old_triggers(self) -> None:
        while len(self._triggers) > 10_000:
            self._triggers.pop(next(iter(self._triggers)))

    def _now(self) -> float:
        return self._clock.now().timestamp()
