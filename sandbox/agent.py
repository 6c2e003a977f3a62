"""The app as an agent: what its direct messages suggest to ask, and what it says it is doing.

https://docs.slack.dev/ai/developing-agents. Kept in memory only, as what passes.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sandbox import limits
from sandbox.messages import Message, Messages, micros
from sandbox.pulse import Pulse
from sandbox.wire import Json

STATUS_SECONDS = 120.0


@dataclass(frozen=True)
class Status:
    """What the app said in a thread that it is doing, and until when (real time) that holds."""

    text: str
    since: str
    until: float


class Agent:
    """Prompts by channel, statuses by channel and thread. `usual` are the manifest's prompts."""

    def __init__(self, usual: Sequence[Json], messages: Messages, pulse: Pulse) -> None:
        self._usual = {"title": "", "prompts": list(usual)}
        self._messages = messages
        self._pulse = pulse
        self._prompts: dict[str, Json] = {}
        self._statuses: dict[tuple[str, str], Status] = {}

    def clear(self) -> None:
        """Forget everything that was set."""
        self._prompts.clear()
        self._statuses.clear()

    def suggest(self, channel: str, prompts: Sequence[Json], title: str) -> None:
        """Offer these prompts in a channel from now on."""
        self._prompts[channel] = {"title": title, "prompts": list(prompts)}
        self._pulse.beat()

    def suggested(self, channel: str) -> Json:
        """Return the prompts of a channel and their title."""
        return self._prompts.get(channel, self._usual)

    def set_status(self, channel: str, thread: str, text: str) -> None:
        """Show a status in a thread until the app posts there, for two minutes at most."""
        self._statuses.pop((channel, thread), None)
        if text:
            until = time.monotonic() + STATUS_SECONDS
            self._statuses[channel, thread] = Status(text, self._messages.next_ts(), until)
        self._pulse.beat()

    def statuses(self, channel: str) -> list[Json]:
        """Return the statuses that a channel's threads show now."""
        written = self._messages.of_channel(channel)
        return [
            {"thread_ts": thread, "status": status.text}
            for (where, thread), status in self._statuses.items()
            if where == channel
            and time.monotonic() < status.until
            and not any(_answers(message, thread, status) for message in written)
        ]


def mistakes_in_prompts(prompts: Any) -> list[str]:
    """Return Slack's messages on suggested prompts; [] if all is well."""
    if not isinstance(prompts, list) or len(prompts) > limits.PROMPTS:
        return ["[ERROR] must be a list of no more than 4 items"]
    return [
        f"[ERROR] missing required field: {name} [json-pointer:/{at}]"
        for at, prompt in enumerate(prompts)
        for name in ("title", "message")
        if not isinstance(prompt, dict) or not isinstance(prompt.get(name), str) or not prompt[name]
    ]


def _answers(message: Message, thread: str, status: Status) -> bool:
    in_thread = (message.thread_ts or message.ts) == thread and not message.ephemeral_to
    return message.by_app and in_thread and micros(message.ts) > micros(status.since)
