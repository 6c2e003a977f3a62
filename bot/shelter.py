"""Around every listener: whatever goes wrong in it, or in what it leaves for later, is told.

Bolt answers for an Exception alone. What is none (SystemExit, say) would end the envelope without
an ack, and nobody would hear of it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from inspect import Parameter, signature
from typing import Any

from slack_bolt import Respond

from bot.desk import Desk, teller
from bot.door import tell_of_rest

OURS = ("body", "respond")


class Ended(Exception):
    """A listener was ended by what is no error; `__cause__` says by what."""


def sheltered(listener: Callable[..., None]) -> Callable[..., None]:
    """The listener, whose every end Bolt knows. It gets what its signature names, as before."""
    wanted = signature(listener).parameters

    @wraps(listener)
    def act(desk: Desk, body: dict[str, Any], respond: Respond, **given: Any) -> None:
        given |= {"body": body, "respond": respond}
        given = {name: value for name, value in given.items() if name in wanted}
        before = teller.set(partial(tell_of_rest, desk, body, respond))
        try:
            listener(desk, **given)
        except Exception:
            raise
        except BaseException as end:
            raise Ended(type(end).__name__) from end
        finally:
            teller.reset(before)

    ours = [Parameter(n, Parameter.POSITIONAL_OR_KEYWORD) for n in OURS if n not in wanted]
    named = sorted([*wanted.values(), *ours], key=lambda each: each.default is not Parameter.empty)
    act.__signature__ = signature(listener).replace(parameters=named)  # type: ignore[attr-defined]
    return act
