"""Socket Mode, with both of the clients that slack_sdk brings along."""

from __future__ import annotations

import asyncio
import gc
import json
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler as WebsocketClient
from slack_sdk import WebClient

from sandbox.server import Sandbox
from tests.sandbox.bot import build, connected
from tests.sandbox.conftest import Desk
from tests.sandbox.hands import Hands, Json, fetch, reach, soon


def url(sandbox: Sandbox) -> str:
    """Ask for a Socket Mode address."""
    client = WebClient(sandbox.app_token, base_url=sandbox.api_url)
    address: str = client.apps_connections_open(app_token=sandbox.app_token)["url"]
    return address


# slack_sdk's websocket_client client leaves its old sockets to the garbage collector, and with a
# short ping interval opens several sockets at once.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(("handler", "interval"), [(SocketModeHandler, 0.5), (WebsocketClient, 5)])
@pytest.mark.parametrize("kind", ["refresh", "disconnect"])
def test_a_bot_comes_back_after_its_socket_was_closed(
    sandbox: Sandbox, hands: Hands, handler: type, interval: float, kind: str
) -> None:
    def is_answered() -> bool:
        return bool(hands.command("U0STAFF", "C0STAFF", "/echo x", wait=0)["acked"])

    bot = build(sandbox)
    with connected(bot, sandbox, handler, ping_interval=interval):
        assert soon(is_answered)
        before = len(hands.log("connected"))
        hands.arm(kind)
        assert soon(lambda: len(hands.log("connected")) > before)
        assert soon(is_answered)
    gc.collect()


def test_a_warning_is_followed_by_the_end_of_that_socket(desk: Desk) -> None:
    desk.hands.arm("warning", seconds=0.2)
    assert soon(lambda: len(desk.hands.log("disconnected")) >= 1)
    assert soon(lambda: desk.hands.look("state")["connections"] == 1)
    assert soon(lambda: desk.hands.command("U0STAFF", "C0STAFF", "/echo x", wait=0)["acked"])


def read_first(address: str) -> tuple[int, Json | None]:
    """Connect and return the status, and the first message if there is one."""

    async def run() -> tuple[int, Json | None]:
        async with aiohttp.ClientSession() as session:
            try:
                async with session.ws_connect(address) as ws:
                    return 101, json.loads((await ws.receive(5)).data)
            except aiohttp.WSServerHandshakeError as error:
                return error.status, None

    return asyncio.run(run())


def test_a_connection_is_greeted_with_hello(sandbox: Sandbox) -> None:
    status, hello = read_first(url(sandbox))
    assert status == 101
    assert hello is not None
    assert (hello["type"], hello["num_connections"]) == ("hello", 1)
    assert hello["connection_info"] == {"app_id": "A0KPIBOT"}
    assert hello["debug_info"]["host"]


def test_a_ticket_is_good_for_one_connection(sandbox: Sandbox) -> None:
    address = url(sandbox)
    assert read_first(address)[0] == 101
    assert read_first(address)[0] == 403
    assert fetch(address.replace("ws", "http", 1)).status == 403


async def talk(address: str, first: list[Json], seconds: float = 1.0) -> None:
    """Connect, keep what comes, and ack each envelope."""
    async with aiohttp.ClientSession() as session, session.ws_connect(address) as ws:
        while True:
            message = await ws.receive(seconds)
            if message.type != aiohttp.WSMsgType.TEXT:
                return
            body = json.loads(message.data)
            first.append(body)
            if "envelope_id" in body:
                await ws.send_str(json.dumps({"envelope_id": body["envelope_id"]}))


def with_sockets(sandbox: Sandbox, count: int, work: Any) -> list[list[Json]]:
    """Open `count` plain sockets, do `work(hands)`, and return what each was sent."""
    kept: list[list[Json]] = [[] for _ in range(count)]
    addresses = [url(sandbox) for _ in range(count)]

    async def run() -> None:
        sockets = [
            asyncio.create_task(talk(a, k, 30)) for a, k in zip(addresses, kept, strict=True)
        ]
        assert await asyncio.to_thread(reach, sandbox.url, min(count, 10))
        await asyncio.to_thread(work, Hands(sandbox.url))
        for socket in sockets:
            socket.cancel()
        await asyncio.gather(*sockets, return_exceptions=True)

    asyncio.run(run())
    return kept


def test_each_payload_goes_to_one_of_the_connections(sandbox: Sandbox) -> None:
    def work(hands: Hands) -> None:
        for number in range(6):
            hands.command("U0STAFF", "C0STAFF", f"/echo {number}", wait=0)

    kept = with_sockets(sandbox, 3, work)
    texts = [[body["payload"]["text"] for body in one if "payload" in body] for one in kept]
    assert sorted(text for one in texts for text in one) == list("012345")
    assert all(texts)


def test_a_duplicate_goes_to_another_connection_under_the_same_id(sandbox: Sandbox) -> None:
    def work(hands: Hands) -> None:
        hands.arm("duplicate_envelope", times=2)
        hands.command("U0STAFF", "C0STAFF", "/echo x", wait=0)
        hands.say("U0STAFF", "C0STAFF", "<@U0KPIBOT>", wait=0)

    first, second = with_sockets(sandbox, 2, work)
    ids = [
        [body["envelope_id"] for body in one if "envelope_id" in body] for one in (first, second)
    ]
    assert len(ids[0]) == 2
    assert sorted(ids[0]) == sorted(ids[1])
    attempts = [b["retry_attempt"] for b in (*first, *second) if b["type"] == "events_api"]
    assert sorted(attempts) == [0, 1]


def test_envelopes_have_slacks_shape(sandbox: Sandbox) -> None:
    def work(hands: Hands) -> None:
        hands.command("U0STAFF", "C0STAFF", "/echo x", wait=0)
        hands.say("U0STAFF", "C0STAFF", "<@U0KPIBOT>", wait=0)

    ((hello, command, event),) = with_sockets(sandbox, 1, work)
    assert hello["type"] == "hello"
    assert (command["type"], command["accepts_response_payload"]) == ("slash_commands", True)
    assert (event["type"], event["accepts_response_payload"]) == ("events_api", False)
    assert (event["retry_attempt"], event["retry_reason"]) == (0, "")


def test_the_eleventh_connection_is_one_too_many(sandbox: Sandbox) -> None:
    kept = with_sockets(sandbox, 11, lambda hands: soon(lambda: hands.log("too_many_websockets")))
    goodbyes = [one[0]["reason"] for one in kept if one[0]["type"] == "disconnect"]
    assert goodbyes == ["too_many_websockets"]


def test_an_unreadable_ack_is_complained_of(sandbox: Sandbox) -> None:
    address = url(sandbox)

    async def run() -> None:
        async with aiohttp.ClientSession() as session, session.ws_connect(address) as ws:
            await ws.receive(5)
            await ws.send_str("nonsense")
            await ws.send_str('{"envelope_id": "unknown"}')
            await ws.ping(b"x")
            logged = lambda: Hands(sandbox.url).log("late_or_double_ack")  # noqa: E731
            assert await asyncio.to_thread(soon, logged)

    asyncio.run(run())
    assert Hands(sandbox.url).log("unreadable_ack")


def test_a_deaf_connection_does_not_notice_that_the_bot_hung_up(sandbox: Sandbox) -> None:
    """Until it can hear again."""
    address, hands = url(sandbox), Hands(sandbox.url)

    async def run() -> None:
        async with aiohttp.ClientSession() as session:
            ws = await session.ws_connect(address, timeout=aiohttp.ClientWSTimeout(ws_close=0.1))
            await ws.receive(5)
            await asyncio.to_thread(hands.arm, "silent", deaf=True)
            await ws.close()

    asyncio.run(run())
    assert hands.look("state")["connections"] == 1
    hands.arm("clear")
    assert reach(sandbox.url, 0)
