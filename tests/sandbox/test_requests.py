"""An app without Socket Mode: told by signed requests, which the real slack_bolt checks."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient

from sandbox.server import Sandbox
from tests.sandbox.bot import Bot, _listen
from tests.sandbox.conftest import Desk
from tests.sandbox.hands import Hands, Json, soon

LOST = {"kind": "ack_lost", "redeliver": True}
COMMANDS = ("/echo", "/form", "/slow", "/post")


class Threads(ThreadingMixIn, WSGIServer):
    """A request a thread."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """Says nothing of what it serves."""

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


class Listening:
    """A small Bolt app that checks signatures, on a port of its own; and what came to it."""

    def __init__(self, sandbox: Sandbox, secret: str) -> None:
        self.heard: list[tuple[bytes, str | None]] = []
        client = WebClient(sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[])
        app = App(client=client, signing_secret=secret, listener_executor=ThreadPoolExecutor(8))
        self.bot = Bot(app, client)
        self._handler = SlackRequestHandler(app)
        _listen(self.bot)
        self.server = make_server("127.0.0.1", 0, self._answer, Threads, Quiet)
        self.url = f"http://127.0.0.1:{self.server.server_port}/slack/events"
        self._thread = threading.Thread(target=self.server.serve_forever)
        self._thread.start()

    def _answer(self, environ: Any, start: Any) -> Any:
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        self.heard.append((body, environ.get("HTTP_X_SLACK_RETRY_REASON")))
        return self._handler({**environ, "wsgi.input": io.BytesIO(body)}, start)

    def stop(self) -> None:
        """Close the port."""
        self.server.shutdown()
        self.server.server_close()
        self._thread.join()


def manifest(url: str) -> Json:
    """An app that is told everything at one address."""
    return {
        "features": {
            "app_home": {"home_tab_enabled": True},
            "slash_commands": [{"command": name, "url": url} for name in COMMANDS],
        },
        "oauth_config": {"scopes": {"bot": ["commands", "chat:write", "im:history"]}},
        "settings": {
            "event_subscriptions": {"request_url": url, "bot_events": ["message.im"]},
            "interactivity": {
                "is_enabled": True,
                "request_url": url,
                "message_menu_options_url": url,
            },
            "socket_mode_enabled": False,
        },
    }


@pytest.fixture(scope="module")
def listening(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Listening]]:
    """A sandbox whose app was told its address while it ran."""
    sandbox = Sandbox(tmp_path_factory.mktemp("requests"))
    sandbox.start()
    app = Listening(sandbox, sandbox.signing_secret)
    sandbox.configure(manifest(app.url))
    yield Desk(sandbox, app.bot, Hands(sandbox.url)), app
    app.stop()
    sandbox.stop()


@pytest.fixture
def asked(listening: tuple[Desk, Listening]) -> tuple[Desk, Listening]:
    """The same, as good as new: nobody waits for an answer that a fault could be meant for."""
    desk, app = listening
    assert soon(lambda: desk.hands.look("state")["in_flight"] == 0)
    desk.hands.do("reset")
    app.heard.clear()
    desk.bot.heard.clear()
    return listening


def test_commands_forms_menus_and_events_are_requests(asked: tuple[Desk, Listening]) -> None:
    desk, _ = asked
    hands = desk.hands
    (echoed,) = hands.command("U0STAFF", "C0STAFF", "/echo 1-1 待機児童")["messages"]
    assert echoed["text"] == "1-1 待機児童"
    (view,) = hands.command("U0STAFF", "C0STAFF", "/form")["views"]
    place = {"user": "U0STAFF", "view_id": view["id"]}
    found = hands.do("suggest", **place, block_id="who", action_id="find", value="こ")
    assert [each["value"] for each in found["options"]] == ["こ1", "こ2"]
    bad = hands.do("submit-view", **place, values={"amount": {"text": {"value": "誤り"}}})
    assert bad["errors"] == {"amount": "直してください"}
    hands.say("U0STAFF", "D0STAFF", "こんにちは")
    assert soon(lambda: "聞きました: こんにちは" in str(hands.messages("D0STAFF", "U0STAFF")))
    sent = [(line["type"], line["acked"]) for line in hands.log("request")]
    assert sent[:2] == [("slash_commands", True)] * 2
    assert ("events_api", True) in sent
    assert hands.look("state")["connections"] == 1


@pytest.mark.parametrize("fault", [{"kind": "duplicate_envelope"}, LOST], ids=["twice", "lost"])
def test_an_event_comes_again_as_slack_brings_it(
    asked: tuple[Desk, Listening], fault: Json
) -> None:
    desk, app = asked
    desk.hands.do("fault", **fault)
    # What was still on its way of another test is about other words.
    words = f"again {fault['kind']}"
    desk.hands.say("U0STAFF", "D0STAFF", words, wait=0)

    def about() -> list[tuple[bytes, str | None]]:
        return [each for each in app.heard if words.encode() in each[0]]

    assert soon(lambda: "http_timeout" in [reason for _, reason in about()])
    (again,) = [body for body, reason in about() if reason]
    assert [body for body, _ in about()].count(again) == 2


def test_whoever_does_not_answer_in_time_or_at_all_has_failed(
    asked: tuple[Desk, Listening],
) -> None:
    desk, _ = asked
    late = desk.hands.command("U0STAFF", "C0STAFF", "/slow 3.2", wait=0)
    assert (late["acked"], late["error"]) == (False, "operation_timeout")


def test_an_address_has_to_answer_a_challenge(tmp_path: Path) -> None:
    sandbox = Sandbox(tmp_path / "data")
    sandbox.start()
    stranger = Listening(sandbox, "another secret")
    try:
        with pytest.raises(ValueError, match="did not answer the challenge"):
            sandbox.configure(manifest(stranger.url))
        told = Hands(sandbox.url).command("U0STAFF", "C0STAFF", "/echo x", wait=0)
        assert told["error"] == "dispatch_failed"
    finally:
        stranger.stop()
        sandbox.stop()


@pytest.mark.parametrize("part", ["event_subscriptions", "interactivity", "slash_commands"])
def test_a_manifest_without_socket_mode_names_every_address(tmp_path: Path, part: str) -> None:
    data = json.loads(json.dumps(manifest("https://x.example.jp/")))
    if part == "slash_commands":
        del data["features"][part][0]["url"]
    else:
        del data["settings"][part]["request_url"]
    with pytest.raises(ValueError, match="without Socket Mode"):
        Sandbox(tmp_path / "data", manifest=data)
