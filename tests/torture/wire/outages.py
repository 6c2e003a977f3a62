"""Slack gives out no line for ten minutes: it is asked now and then, and a line is there soon after."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.sandbox.hands import Json, soon
from tests.torture.campaign import Ask
from tests.torture.lines import Figure, Line
from tests.torture.wire.crowd import FOR_EVER
from tests.torture.wire.silence import (
    LANES,
    PATIENCE_SECONDS,
    SCALE,
    WORST_SECONDS,
    Lane,
    lanes,
)

OUTAGE_SECONDS = 600
MOST_CALLS = 130
OF_CONTROL = 2
METHOD = "apps.connections.open"
WAYS: tuple[Json, ...] = (
    {"kind": "server_error", "status": 503},
    {"kind": "drop"},
    {"kind": "rate_limit", "retry_after": 1},
    {"kind": "rate_limit", "retry_after": "now and then"},
    {"kind": "error", "error": "internal_error"},
)
Counted = tuple[int, float | None]


def outages(ask: Ask) -> Iterator[Line]:
    """So many outages; then as the library asks by itself."""
    with lanes(ask.folder / "ours", min(LANES, ask.count)) as begin:
        runs = [begin(_outage(WAYS[n % len(WAYS)], True)) for n in range(ask.count)]
        found = [run.result() for run in runs]
    back = [seconds for _, seconds in found if seconds is not None]
    figures: dict[str, Figure] = {
        "scale": f"1/{SCALE}",
        "most_calls": max(calls for calls, _ in found),
        "least_calls": min(calls for calls, _ in found),
        "recovered": len(back),
        "worst_s": round(max(back, default=0.0) * SCALE, 1),
    }
    must = f"most_calls<={MOST_CALLS} least_calls>0 recovered=asked worst_s<{WORST_SECONDS}"
    yield Line("outages", ask.count, figures, must)
    ours = max(calls for calls, _ in found)
    yield _control(ask.folder / "control", min(ask.count, OF_CONTROL), ours)


def _control(folder: Path, count: int, ours: int) -> Line:
    with lanes(folder, count) as begin:
        runs = [begin(_outage(WAYS[1], False)) for _ in range(count)]
        calls = max(run.result()[0] for run in runs)
    figures: dict[str, Figure] = {"asks": "the library", "most_calls": calls, "ours": ours}
    return Line("outages control", count, figures, "most_calls>ours")


def _outage(way: Json, ours: bool) -> Callable[[Lane], Counted]:
    """How often Slack was asked, and in how many real seconds a line was there again."""

    def run(lane: Lane) -> Counted:
        if not ours:
            del lane.line.client.issue_new_wss_url
        hands, before = lane.town.hands, lane.connections
        asked = len(hands.log("fault"))
        hands.do("fault", **way, method=METHOD, times=FOR_EVER)
        hands.arm("disconnect")
        time.sleep(OUTAGE_SECONDS / SCALE)
        calls, begun = len(hands.log("fault")) - asked, time.monotonic()
        hands.arm("clear")
        if not soon(lambda: lane.connections > before, PATIENCE_SECONDS):
            return calls, None
        return calls, time.monotonic() - begun

    return run
