"""Misbehaviour on request: what is armed, for how often, and taking one shot of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from random import Random

from sandbox.wire import ControlError, Json

ANSWERS = ("rate_limit", "server_error", "drop", "hang", "slow", "bad_body", "error")
"""Faults of an API call, a response URL or an upload, tried in this order."""

ENVELOPES = ("duplicate_envelope", "scatter", "ack_lost", "retry_events")
SOCKETS = ("silent", "refresh", "warning", "disconnect")
CHARTS = ("native_charts_off",)
"""The workspace does not have `data_visualization` yet: a message with one is refused."""

KINDS = (*ANSWERS, *ENVELOPES, *SOCKETS, *CHARTS, "late_visibility")


@dataclass
class Fault:
    """One armed fault; `times` counts down.

    `method` limits it to one Web API method ("response_url" and "upload" count as methods).
    `effect` says for server_error, drop, hang and bad_body whether the call is carried out first
    ("after") or not at all ("before"). `seconds` is real time, for late_visibility the clock's.
    `scatter`: an envelope comes up to `copies` times, each within `seconds` by chance, so that they
    overtake each other; `seed` makes the same chances again. `redeliver`: an envelope whose ack was
    lost is sent again. `retry_events`: an event that wasn't acked is sent again as Slack does, three
    times at most, the first at once and the others `seconds` later. `abrupt`: disconnect without a
    close frame. `new`: how many of the next connections are silent right after their hello. `deaf`:
    silent ones don't read either, as when the machine at the other end is gone. Faults of the
    connections act once, at once.
    """

    kind: str
    times: int = 1
    method: str | None = None
    effect: str = "before"
    seconds: float = 1.0
    retry_after: int | str = 1
    status: int = 500
    error: str = "internal_error"
    redeliver: bool = False
    abrupt: bool = False
    new: int = 0
    deaf: bool = False
    copies: int = 1
    seed: int = 0

    def delays(self) -> list[float]:
        """Return for each copy that is scattered after how many seconds it is sent."""
        chance = Random(f"{self.seed}:{self.times}")  # noqa: S311  # to be had again
        return [chance.uniform(0, self.seconds) for _ in range(chance.randint(1, self.copies))]


class Faults:
    """The armed faults of one sandbox."""

    def __init__(self) -> None:
        self.armed: list[Fault] = []

    def arm(self, wanted: Json) -> Fault:
        """Arm a fault. ControlError if there is no such kind or a field is wrong."""
        kind = wanted.get("kind")
        if kind not in KINDS:
            raise ControlError(f"kind must be one of {', '.join([*KINDS, 'clear'])}: {kind!r}")
        fault = _fault_from(wanted)
        if kind not in SOCKETS:
            self.armed.append(fault)
        return fault

    def take(self, kinds: tuple[str, ...], method: str | None = None) -> Fault | None:
        """Return the first armed fault of these kinds that fits, using it up once."""
        for fault in self.armed:
            if fault.kind in kinds and fault.method in (None, method):
                fault.times -= 1
                if fault.times <= 0:
                    self.armed.remove(fault)
                return fault
        return None

    def clear(self) -> None:
        """Disarm everything."""
        self.armed.clear()

    def listing(self) -> list[Json]:
        """Return what is armed."""
        return [asdict(fault) for fault in self.armed]


_NUMBERS = (int, float)
_TYPES: dict[str, type | tuple[type, ...]] = {
    "kind": str,
    "times": int,
    "method": (str, type(None)),
    "effect": str,
    "seconds": _NUMBERS,
    "retry_after": (int, str),
    "status": int,
    "error": str,
    "redeliver": bool,
    "abrupt": bool,
    "new": int,
    "deaf": bool,
    "copies": int,
    "seed": int,
}


def _fault_from(wanted: Json) -> Fault:
    for name, value in wanted.items():
        if name not in _TYPES:
            raise ControlError(f"a fault has no field {name!r}; it has {', '.join(_TYPES)}")
        is_mistaken_flag = isinstance(value, bool) and _TYPES[name] is not bool
        if is_mistaken_flag or not isinstance(value, _TYPES[name]):
            raise ControlError(f"the fault's {name} can't be {value!r}")
    fault = Fault(**wanted)
    if fault.effect not in ("before", "after"):
        raise ControlError(f"effect must be before or after: {fault.effect!r}")
    if fault.times < 1 or fault.copies < 1 or fault.seconds < 0:
        raise ControlError("times and copies must be 1 or more and seconds 0 or more")
    return fault
