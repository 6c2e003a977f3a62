"""How an HTTP request is answered when a fault is armed for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from aiohttp import web

from sandbox.faults import ANSWERS, Fault
from sandbox.world import World

Work = Callable[[], web.StreamResponse]


async def misbehave(
    world: World, request: web.Request, method: str, carry_out: Work
) -> web.StreamResponse:
    """Answer a request by `carry_out`, or as the first fault that is armed for `method` says."""
    fault = world.faults.take(ANSWERS, method)
    if fault is None:
        return carry_out()
    world.note("fault", fault=fault.kind, method=method, effect=fault.effect)
    if fault.kind == "slow":
        answer = carry_out()
        await asyncio.sleep(fault.seconds)
        return answer
    if fault.effect == "after" and fault.kind in ("server_error", "drop", "hang", "bad_body"):
        carry_out()
    if fault.kind in ("drop", "hang"):
        await asyncio.sleep(fault.seconds if fault.kind == "hang" else 0)
        _hang_up(request)
    return _bad_answer(fault)


def _bad_answer(fault: Fault) -> web.Response:
    if fault.kind == "rate_limit":
        body = {"ok": False, "error": "ratelimited"}
        after = str(fault.retry_after)
        return web.json_response(body, status=429, headers={"Retry-After": after} if after else {})
    if fault.kind == "error":
        return web.json_response({"ok": False, "error": fault.error})
    if fault.kind == "server_error":
        return web.Response(status=fault.status, text="Internal Server Error")
    return web.Response(text='{"ok": tru', content_type="application/json")


def _hang_up(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()
