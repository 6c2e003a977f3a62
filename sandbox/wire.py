"""What goes over the wire: JSON objects, and the two ways of saying no.

Refusal
├── SlackError      the Web API says no: `ok: false` and Slack's name for the reason
└── ControlError    the control API says no: a 4xx and one clear sentence
"""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
"""A JSON object. Slack's own shapes are kept as they are, as plain dicts."""


class Refusal(Exception):
    """A request that is not carried out."""


class SlackError(Refusal):
    """The Web API says no. `error` is Slack's name for it, `extra` what Slack adds to the answer."""

    def __init__(self, error: str, messages: list[str] | None = None, **extra: Any) -> None:
        super().__init__(error)
        self.error = error
        self.messages = messages or []
        self.extra = extra

    def answer(self) -> Json:
        """Return the body Slack answers with."""
        answer: Json = {"ok": False, "error": self.error, **self.extra}
        if self.messages:
            answer["response_metadata"] = {"messages": self.messages}
        return answer


class ControlError(Refusal):
    """The control API says no. `str(error)` is one sentence, `status` the HTTP status."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.status = status
