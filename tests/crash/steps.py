"""The steps at which the bot dies: right before or right after one function of ours."""

from __future__ import annotations

import functools
import importlib
import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Fits = Callable[[tuple[Any, ...], Any], bool]
ACK = "slack_bolt.adapter.socket_mode.websocket_client:send_response"


def always(_: tuple[Any, ...], __: Any) -> bool:
    """Any call will do."""
    return True


@dataclass(frozen=True)
class Step:
    """A place to die: `before` or after the first call of `place` (`module:name`) that `fits`.

    `fits` gets the call's arguments and, after it, its result. `holds` names a function that is
    not to begin meanwhile, where its thread could overtake the death. `after` names the step at
    which the bot before died: this one dies while it makes up for that.
    """

    scene: str
    name: str
    place: str
    before: bool = False
    fits: Fits = always
    holds: str | None = None
    after: str | None = None

    @property
    def id(self) -> str:
        """`submit:committed`."""
        return f"{self.scene}:{self.name}"


def of_act(scene: str, table: str) -> list[Step]:
    """From the click to the ack of an act that appends to `table`.

    `before` the transaction; inside it after its `row` and, all written, `uncommitted`; `committed`
    and not yet acked; `acked` and not yet shown.
    """

    def its_row(given: tuple[Any, ...], _: Any) -> bool:
        return bool(given[1] == table)

    def of_person(given: tuple[Any, ...], _: Any) -> bool:
        return bool(given[1].type == "interactive")

    return [
        Step(scene, "before", "bot.acting:once", before=True),
        Step(scene, "row", "store.submissions:append", fits=its_row),
        Step(scene, "uncommitted", "store.inbox:_keep"),
        Step(scene, "committed", "bot.acting:once"),
        Step(scene, "acked", ACK, fits=of_person, holds="bot.desk:_logged"),
    ]


def of_message(scene: str, start: str) -> list[Step]:
    """From the claim to the end of delivering a message whose key starts with `start`.

    `marked` is after the row says that the message may be out, `posted` after chat.postMessage
    returned, `uncommitted` inside the transaction that records it as sent. The next bot then dies
    while it is `recovering` what was in hand, or once it has `looked-up` the message.
    """

    def meant(key: str) -> bool:
        return key.startswith(start) and not key.endswith(":decided")

    def claimed(_: tuple[Any, ...], message: Any) -> bool:
        return message is not None and meant(message.key)

    def posted(given: tuple[Any, ...], _: Any) -> bool:
        return meant(given[3])

    def marked(given: tuple[Any, ...], _: Any) -> bool:
        return meant(given[1])

    def sent(given: tuple[Any, ...], _: Any) -> bool:
        return meant(given[2].key)

    post = "schedules.slack:SlackWeb.post"
    return [
        Step(scene, "claimed", "schedules.delivery:Poster._claim", fits=claimed),
        Step(scene, "marked", post, before=True, fits=posted),
        Step(scene, "posted", post, fits=posted),
        Step(scene, "uncommitted", "store.outbox:mark_sent", fits=marked),
        Step(scene, "sent", "schedules.delivery:Poster._sent", fits=sent),
        Step(scene, "recovering", "store.outbox:recover", after=f"{scene}:posted"),
        Step(scene, "looked-up", "schedules.slack:SlackWeb.find", after=f"{scene}:posted"),
    ]


STEPS: dict[str, Step] = {
    step.id: step
    for step in (
        *of_act("submit", "submissions"),
        Step("submit", "replaced", "bot.desk:_logged"),
        *of_act("approve", "decisions"),
        *of_act("form", "submissions"),
        *of_message("request", "approval:"),
        *of_message("outcome", "outcome:"),
        Step("digest", "enqueued", "schedules.memory:hear_until"),
        *of_message("digest", "digest:"),
    )
}


def die_at(step: Step) -> None:
    """From now on this process kills itself with SIGKILL at the step."""
    if step.holds is not None:
        replace(step.holds, lambda _real: lambda *_: threading.Event().wait())
    replace(step.place, functools.partial(_mortal, step))


def _mortal(step: Step, real: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(real)
    def mortal(*given: Any, **named: Any) -> Any:
        if step.before and step.fits(given, None):
            os.kill(os.getpid(), signal.SIGKILL)
        result = real(*given, **named)
        if not step.before and step.fits(given, result):
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return mortal


def replace(place: str, make: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    """Put what `make` makes of the function at `place` there instead, in this process."""
    module, _, path = place.partition(":")
    *outer, name = path.split(".")
    owner = functools.reduce(getattr, outer, importlib.import_module(module))
    setattr(owner, name, make(getattr(owner, name)))
