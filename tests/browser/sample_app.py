"""A small Bolt app for the page to talk to. It knows nothing of KPIs either."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App, Respond
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from tests.browser.sample_blocks import EVERY_KIND, form, home, option, plain, steps

Json = dict[str, Any]


def connect(url: str) -> SocketModeHandler:
    """Connect the sample app to the sandbox at `url`. Close what is returned."""
    app = App(client=WebClient("xoxb-sandbox", base_url=f"{url}/api/"))
    answers = {
        "/echo": echo,
        "/kpi": echo,
        "/blocks": blocks,
        "/form": open_form,
        "/steps": open_steps,
    }
    for name, answer in answers.items():
        app.command(name)(answer)
    app.command("/silent")(lambda: None)
    app.event("app_home_opened")(greet)
    app.event("message")(repeat)
    app.options({"action_id": "it"})(offer)
    app.view("form")(take_form)
    app.view_closed("form")(say_closed)
    app.view("steps")(lambda ack: ack())
    app.action("kind")(change_steps)
    app.action("deeper")(go_deeper)
    app.action("press")(say_pressed)
    app.action({"type": "block_actions", "block_id": "buttons"})(say_chosen)
    app.action({"type": "block_actions", "block_id": "choices"})(say_chosen)
    handler = SocketModeHandler(app, "xapp-sandbox")
    handler.connect()  # type: ignore[no-untyped-call]
    return handler


def manifest() -> Json:
    """What the sample app may do: no more than it needs."""
    commands = ("/echo", "/kpi", "/kpi-submit", "/blocks", "/form", "/steps", "/silent")
    features = {
        "slash_commands": [{"command": name, "description": f"{name}の説明"} for name in commands],
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "agent_view": {
            "agent_description": "見本のアプリ",
            "suggested_prompts": [{"title": "予定", "message": "今日の予定は"}],
        },
    }
    settings = {
        "interactivity": {"is_enabled": True},
        "event_subscriptions": {"bot_events": ["app_home_opened", "message.im"]},
    }
    scopes = {"bot": ["chat:write", "commands", "im:history"]}
    return {"features": features, "settings": settings, "oauth_config": {"scopes": scopes}}


def echo(ack: Ack, command: Json, respond: Respond) -> None:
    ack()
    respond(text=command["text"])


def blocks(ack: Ack, respond: Respond) -> None:
    ack()
    respond(text="いろいろなブロック", blocks=EVERY_KIND)


def open_form(ack: Ack, body: Json, client: WebClient) -> None:
    ack()
    client.views_open(trigger_id=body["trigger_id"], view=form())


def open_steps(ack: Ack, body: Json, client: WebClient) -> None:
    ack()
    client.views_open(trigger_id=body["trigger_id"], view=steps("最初"))


def change_steps(ack: Ack, body: Json, client: WebClient) -> None:
    ack()
    chosen = body["actions"][0]["selected_option"]["text"]["text"]
    client.views_update(view_id=body["view"]["id"], view=steps("最初", chosen))


def go_deeper(ack: Ack, body: Json, client: WebClient) -> None:
    ack()
    client.views_push(trigger_id=body["trigger_id"], view=steps("その先"))


def greet(event: Json, client: WebClient) -> None:
    client.views_publish(user_id=event["user"], view=home())


def repeat(event: Json, client: WebClient) -> None:
    if "subtype" in event and event["subtype"] != "file_share":
        return
    names = "".join(f" 添付: {file['name']}" for file in event.get("files", []))
    client.chat_postMessage(channel=event["channel"], text=f"受信: {event['text']}{names}")


def offer(ack: Ack, body: Json) -> None:
    ack(options=[option(f"{body['value']}の候補{n}", f"{n}") for n in (1, 2, 3)])


def take_form(ack: Ack, body: Json, view: Json, client: WebClient) -> None:
    values = view["state"]["values"]
    if values["value"]["it"]["value"] != "12":
        ack(response_action="errors", errors={"value": "12と入力してください"})
        return
    ack()
    thing = values["thing"]["it"]["selected_option"]["text"]["text"]
    count = values["count"]["it"]["value"]
    text = f"受け付けました: {thing}、{count}件"
    client.chat_postMessage(channel=body["user"]["id"], text=text)


def say_closed(ack: Ack, body: Json, client: WebClient) -> None:
    ack()
    client.chat_postMessage(channel=body["user"]["id"], text="閉じました")


def say_pressed(ack: Ack, body: Json, respond: Respond, client: WebClient) -> None:
    ack()
    if "message_ts" in body["container"]:
        respond(text="押されました", replace_original=False)
    else:
        client.views_publish(user_id=body["user"]["id"], view=thanks())


def thanks() -> Json:
    view = home()
    view["blocks"][0]["text"] = plain("押されました")
    return view


def say_chosen(ack: Ack, body: Json, respond: Respond) -> None:
    ack()
    action = body["actions"][0]
    chosen = [
        *[one["value"] for one in action.get("selected_options", [])],
        (action.get("selected_option") or {}).get("value"),
        action.get("selected_user"),
        action.get("selected_date"),
    ]
    words = ",".join(filter(None, chosen))
    respond(text=f"{action['action_id']}={words}", replace_original=False)
