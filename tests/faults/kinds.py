"""Everything that can go wrong with a post: how it is brought about, and what it does unopposed.

A `shot` is armed in the sandbox right before a post, so that it hits this one. What is `always`
armed goes wrong throughout. A `step` is where the poster's process dies; `anywhere` is at a random
moment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from schedules.delivery import WAIT_SECONDS
from tests.crash.steps import of_message
from tests.sandbox.hands import Json

PREFIX = "proof:"
STEPS = {step.name: step for step in of_message("faults", PREFIX)}
ANYWHERE = "anywhere"
LATEST_SECONDS = WAIT_SECONDS - 10
HANG_SECONDS = 0.6
FOR_EVER = 1_000_000

Shot = Callable[[Random], list[Json]]


@dataclass(frozen=True)
class Fault:
    """`control` names the careless way of working that it bites (see `careless`), None for none.

    `timeout` is the posting client's, in seconds of real time. What cannot be looked up is not
    `settled`: it has to end with the operator.
    """

    name: str
    control: str | None
    shot: Shot | None = None
    always: tuple[Json, ...] = ()
    step: str | None = None
    timeout: float = 10
    settled: bool = True


def _of_post(kind: str, **more: object) -> Json:
    return {"method": "chat.postMessage", "kind": kind, **more}


def _same(*wanted: Json) -> Shot:
    return lambda _: list(wanted)


def _too_many() -> Iterator[Fault]:
    """Nothing is posted; Retry-After says when to come again, or makes no sense, or is not there."""
    yield Fault(
        "429",
        "record-then-post",
        lambda chance: [_of_post("rate_limit", retry_after=chance.randint(1, 120))],
    )
    yield Fault(
        "429-bad-retry-after",
        "record-then-post",
        lambda chance: [_of_post("rate_limit", retry_after=chance.choice(["soon", "-5", "1e9"]))],
    )
    yield Fault(
        "429-no-retry-after", "record-then-post", _same(_of_post("rate_limit", retry_after=""))
    )


def _no_answer() -> Iterator[Fault]:
    """No answer, or none that says anything: before the effect, or after it."""
    for name, kind, more in (
        ("500", "server_error", {"status": 500}),
        ("503", "server_error", {"status": 503}),
        ("drop", "drop", {}),
        ("hang", "hang", {"seconds": HANG_SECONDS}),
        ("bad-body", "bad_body", {}),
    ):
        for effect, control in (("before", "record-then-post"), ("after", "post-then-record")):
            shot = _same(_of_post(kind, effect=effect, **more))
            timeout = HANG_SECONDS / 2 if kind == "hang" else 10
            yield Fault(f"{name}-{effect}", control, shot, timeout=timeout)


def _late(chance: Random) -> list[Json]:
    seconds = chance.uniform(1, LATEST_SECONDS)
    return [
        {"kind": "late_visibility", "seconds": seconds},
        _of_post("drop", effect="after"),
    ]


def _dropped(chance: Random) -> list[Json]:
    return [_of_post("drop", effect=chance.choice(["before", "after"]))]


def _no_look_up() -> Iterator[Fault]:
    for name, fault in (
        ("missing-scope", {"kind": "error", "error": "missing_scope"}),
        ("not-in-channel", {"kind": "error", "error": "not_in_channel"}),
        ("429-for-ever", {"kind": "rate_limit", "retry_after": 30}),
    ):
        always = {"method": "conversations.history", "times": FOR_EVER, **fault}
        yield Fault(
            f"look-up-{name}", "post-then-record", _dropped, always=(always,), settled=False
        )


def _anything(chance: Random) -> list[Json]:
    """Any fault of the post, and at times one of the calls around it."""
    shots = [f.shot for f in (*_too_many(), *_no_answer()) if f.shot and "hang" not in f.name]
    around = ["conversations.open", "conversations.history", "auth.test"]
    kinds = ["rate_limit", "server_error", "drop", "bad_body"]
    other: Json = {"method": chance.choice(around), "kind": chance.choice(kinds)}
    return chance.choice(shots)(chance) + [other] * chance.randrange(2)


def _kills() -> Iterator[Fault]:
    """Neither careless way minds a death before the call begins or after all is recorded."""
    controls = {"marked": "record-then-post", "claimed": None, "sent": None}
    for name in (*STEPS, ANYWHERE):
        yield Fault(f"kill-{name}", controls.get(name, "post-then-record"), step=name)


FAULTS: dict[str, Fault] = {
    fault.name: fault
    for fault in (
        *_too_many(),
        *_no_answer(),
        Fault("late-visibility", "short-wait", _late),
        Fault("anything", "post-then-record", _anything),
        *_no_look_up(),
        *_kills(),
    )
}
