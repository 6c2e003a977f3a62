"""A small bot made with the real slack_bolt: it echoes, opens forms and keeps what it was sent."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.socket_mode.websocket_client import (
    SocketModeHandler as WebsocketClient,
)
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.server import Sandbox
from tests.sandbox.hands import Hands, Json, reach


def plain(text: str) -> Json:
    """A plain_text object."""
    return {"type": "plain_text", "text": text}


def button(action_id: str, text: str = "押す", **more: Any) -> Json:
    """A button."""
    return {"type": "button", "action_id": action_id, "text": plain(text), **more}


def actions(*elements: Json, block_id: str = "row") -> Json:
    """An actions block."""
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def option(value: str) -> Json:
    """An option of a select."""
    return {"text": plain(value), "value": value}


def entry(block_id: str, element: Json, **more: Any) -> Json:
    """An input block."""
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain("項目"),
        "element": element,
        **more,
    }


def modal(*blocks: Json, callback_id: str = "form", **more: Any) -> Json:
    """A modal with these blocks."""
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain("入力"),
        "submit": plain("送信"),
        "blocks": list(blocks),
        **more,
    }


FORM = modal(
    entry("amount", {"type": "plain_text_input", "action_id": "text", "max_length": 10}),
    entry(
        "kind",
        {
            "type": "static_select",
            "action_id": "pick",
            "options": [option("a"), option("b")],
            "initial_option": option("a"),
        },
    ),
    entry(
        "who",
        {"type": "external_select", "action_id": "find", "min_query_length": 1},
        optional=True,
    ),
    actions(button("in_form"), block_id="more"),
    private_metadata="kept",
    notify_on_close=True,
)


@dataclass
class Bot:
    """A connected bot, and everything it was sent, newest last."""

    app: App
    client: WebClient
    heard: list[Json] = field(default_factory=list)

    def last(self, kind: str) -> Json:
        """Return the last body of a type (`event_callback` bodies by their event's type)."""
        for body in reversed(self.heard):
            if kind in (body.get("type"), body.get("event", {}).get("type"), body.get("command")):
                return body
        raise AssertionError(f"nothing heard of {kind}")


def build(sandbox: Sandbox) -> Bot:
    """Build the bot: every listener, not connected yet."""
    client = WebClient(sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[])
    app = App(
        client=client,
        listener_executor=ThreadPoolExecutor(16),
        raise_error_for_unhandled_request=False,
    )
    bot = Bot(app, client)
    _listen(bot)
    return bot


@contextlib.contextmanager
def connected(
    bot: Bot, sandbox: Sandbox, handler: type = SocketModeHandler, **options: Any
) -> Iterator[Any]:
    """Connect the bot for as long as the block runs."""
    before = Hands(sandbox.url).look("state")["connections"]
    link = handler(bot.app, sandbox.app_token, **options)
    link.connect()
    assert reach(sandbox.url, before + 1)
    if handler is SocketModeHandler:
        # The built-in client closes only between two reads, each up to 3 s long.
        link.client.current_session.sock.settimeout(0.2)
    try:
        yield link
    finally:
        if handler is WebsocketClient:
            _close(link, sandbox)
        else:
            link.close()


def _close(link: Any, sandbox: Sandbox) -> None:
    """Close a websocket_client handler.

    It waits up to 10 s unless the server closes first, and for ever if it was reconnecting.
    """
    link.client.auto_reconnect_enabled = False
    closing = threading.Thread(target=link.close)
    Hands(sandbox.url).arm("disconnect")
    closing.start()
    while closing.is_alive():
        Hands(sandbox.url).arm("disconnect")
        closing.join(0.1)


def _listen(bot: Bot) -> None:
    app = bot.app

    @app.middleware
    def keep(body: Json, next: Any) -> None:
        bot.heard.append(body)
        next()

    app.command("/echo")(_echo)
    app.command("/form")(_form)
    app.command("/slow")(_slow)
    app.command("/post")(_post)
    app.command("/bad")(lambda ack: ack(blocks=[{"type": "section"}], text="x"))
    app.action("press")(_press)
    app.action("in_form")(_in_form)
    for name in ("pick", "tick", "day", "menu", "typed", "people"):
        app.action(name)(lambda ack: ack())
    app.options("find")(_find)
    app.view("form")(_submitted)
    app.view("second")(lambda ack: ack(response_action="clear"))
    app.view_closed("form")(lambda ack: ack())
    app.event("app_mention")(lambda event, say: say(f"はい: {event['text']}"))
    app.event("app_home_opened")(_home)
    app.event("message")(_message)
    for name in ("file_shared", "team_join", "user_change", "member_joined_channel"):
        app.event(name)(lambda: None)


def _echo(ack: Ack, command: Json) -> None:
    ack(text=command["text"], blocks=[actions(button("press", value="v"), button("other"))])


def _post(ack: Ack, command: Json, client: WebClient) -> None:
    client.chat_postMessage(channel=command["channel_id"], text=command["text"])
    ack()


def _form(ack: Ack, command: Json, client: WebClient) -> None:
    client.views_open(trigger_id=command["trigger_id"], view=FORM)
    ack()


def _slow(ack: Ack, command: Json) -> None:
    time.sleep(float(command["text"]))
    ack("遅い")


def _press(ack: Ack, respond: Respond, action: Json) -> None:
    ack()
    respond(f"押した {action['value']}", replace_original=True)


def _in_form(ack: Ack, body: Json, client: WebClient) -> None:
    ack()
    field = entry("more", {"type": "plain_text_input", "action_id": "text"})
    with contextlib.suppress(SlackApiError):
        client.views_push(trigger_id=body["trigger_id"], view=modal(field, callback_id="second"))


def _find(ack: Ack, payload: Json) -> None:
    ack(options=[option(payload["value"] + end) for end in ("1", "2")])


def _submitted(ack: Ack, body: Json, view: Json, client: WebClient) -> None:
    text = view["state"]["values"]["amount"]["text"]["value"]
    answers: dict[str | None, Json] = {
        "誤り": {"response_action": "errors", "errors": {"amount": "直してください"}},
        "更新": {"response_action": "update", "view": modal({"type": "divider"})},
        "次": {"response_action": "push", "view": modal({"type": "divider"}, callback_id="second")},
        "消す": {"response_action": "clear"},
        "変": {"response_action": "update", "view": {"type": "modal"}},
        "無": {"response_action": "errors", "errors": {"nowhere": "x"}},
    }
    if text in answers:
        ack(answers[text])
        return
    ack()
    client.chat_postMessage(channel=body["user"]["id"], text=f"受け取りました: {text}")


def _home(event: Json, client: WebClient) -> None:
    client.views_publish(
        user_id=event["user"], view={"type": "home", "blocks": [actions(button("tick"))]}
    )


def _message(event: Json, say: Any) -> None:
    if event.get("subtype") in (None, "file_share") and not event.get("bot_id"):
        say(f"聞きました: {event['text']}", thread_ts=event.get("thread_ts"))
