"""Forms: what Slack's client checks before it submits, and what the bot answers to it."""

from __future__ import annotations

from dataclasses import replace

from sandbox import payloads
from sandbox.ack import Ack
from sandbox.api.views import new_view, push_for, update_for
from sandbox.values import elements, is_empty
from sandbox.wire import Json, SlackError
from sandbox.workspace import User
from sandbox.world import World


def client_errors(view: Json) -> Json:
    """Return what Slack's client objects to before it sends a form: {block_id: sentence}."""
    errors: Json = {}
    for block in view["blocks"]:
        if block["type"] == "input":
            element = block["element"]
            value = view["state"]["values"][block["block_id"]][element["action_id"]]
            mistake = _mistake(block, element, value)
            if mistake:
                errors[block["block_id"]] = mistake
    return errors


def response_urls(world: World, user: User, view: Json) -> list[Json]:
    """Return the response URLs of a submission: for each channel chosen in a select that asks."""
    urls = []
    for block, element in elements(view["blocks"]):
        value = view["state"]["values"].get(block["block_id"], {}).get(element["action_id"], {})
        channel = value.get("selected_conversation") or value.get("selected_channel")
        if element.get("response_url_enabled") and channel:
            ids = {"block_id": block["block_id"], "action_id": element["action_id"]}
            url = payloads.response_url(world, "app", world.passes.issue_url(channel, user.id))
            urls.append({**ids, "channel_id": channel, "response_url": url})
    return urls


def take_response(world: World, user: User, view: Json, ack: Ack, told: Json) -> Ack:
    """Do what the ack of a submission says; field errors go into `told["errors"]`.

    Without a payload the form closes. A response that Slack wouldn't take becomes the ack's
    error, with Slack's messages in `told["details"]`.
    """
    if not ack.acked:
        return ack
    try:
        _respond(world, user, view, ack.payload or {}, told)
    except SlackError as refusal:
        world.complain("invalid_view_response", error=refusal.error, messages=refusal.messages)
        told["details"] = refusal.messages
        return replace(ack, error=refusal.error)
    return ack


def _respond(world: World, user: User, view: Json, payload: Json, told: Json) -> None:
    match payload.get("response_action"):
        case None:
            world.views.close(view["id"])
        case "clear":
            world.views.close_all(user.id)
        case "errors":
            told["errors"] = _errors(view, payload)
        case "update":
            update_for(world, view, payload.get("view"))
        case "push":
            push_for(world, new_view(world, payload.get("view"), kind="modal"), user.id)
        case other:
            raise SlackError("invalid_response_action", [f"[ERROR] no such action: {other}"])


def _errors(view: Json, payload: Json) -> Json:
    errors = payload.get("errors")
    inputs = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors:
        raise SlackError("invalid_errors", ["[ERROR] missing required field: errors"])
    strange = sorted(set(errors) - inputs)
    if strange:
        raise SlackError("invalid_errors", [f"[ERROR] no input block: {', '.join(strange)}"])
    return errors


def _mistake(block: Json, element: Json, value: Json) -> str | None:
    if is_empty(value):
        return None if block.get("optional") else "この項目は必須です"
    text = value.get("value")
    if not isinstance(text, str):
        return None
    if len(text) < element.get("min_length", 0):
        return f"{element['min_length']}文字以上で入力してください"
    if len(text) > element.get("max_length", 3000):
        return f"{element.get('max_length', 3000)}文字以内で入力してください"
    return _number_mistake(element, text) if element["type"] == "number_input" else None


def _number_mistake(element: Json, text: str) -> str | None:
    try:
        number = float(text)
    except ValueError:
        return "数値を入力してください"
    if not element.get("is_decimal_allowed") and not number.is_integer():
        return "整数を入力してください"
    if number < float(element.get("min_value", "-inf")):
        return f"{element['min_value']}以上の数値を入力してください"
    if number > float(element.get("max_value", "inf")):
        return f"{element['max_value']}以下の数値を入力してください"
    return None
