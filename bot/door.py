"""The one door for failures: a known error becomes its sentence, an unknown one a short reference.

Whatever goes wrong in a listener ends here. The person gets an answer in the way their act allows;
the log gets a traceback with the same reference.
"""

from __future__ import annotations

import re
import secrets
from typing import Any

import structlog
from slack_bolt import BoltResponse, Respond

from answers.content import Content
from answers.preview import refusal
from bot.desk import Desk
from store import directory
from store.errors import BadForm, BadInput, KpiError

log = structlog.get_logger()

MENTION = re.compile(r"<@([A-Z0-9]+)>")


def failed(desk: Desk, error: Exception, body: dict[str, Any], respond: Respond) -> BoltResponse:
    """Answer the person and, for an error we did not foresee, leave a traceback in the log."""
    said = sentence(error, body)
    kind = str(body.get("type", ""))
    if isinstance(error, BadForm):
        return BoltResponse(
            status=200, body={"response_action": "errors", "errors": dict(error.by_field)}
        )
    if kind == "view_submission":
        return BoltResponse(status=200, body=_in_the_form(desk, said, body["view"]))
    if "command" in body:
        return BoltResponse(status=200, body={"response_type": "ephemeral", **said.message})
    if body.get("response_url"):
        desk.after(
            lambda: respond(**said.message, response_type="ephemeral", replace_original=False)
        )
    elif kind == "block_actions":
        user = body["user"]["id"]
        desk.after(lambda: desk.client.chat_postMessage(channel=user, **said.message))
    return BoltResponse(status=200, body=_no_options(kind))


def sentence(error: Exception, body: dict[str, Any]) -> Content:
    """What the person is told, with what they typed given back."""
    if isinstance(error, KpiError):
        typed = error.typed if isinstance(error, BadInput) else ""
        return refusal(str(error), _as_typed(body, typed))
    reference = secrets.token_hex(4)
    log.error("listener.failed", reference=reference, exc_info=error)
    return refusal(
        f"申し訳ありません、処理できませんでした。登録はされていません。（照会番号 {reference}）",
        _as_typed(body, ""),
    )


def _as_typed(body: dict[str, Any], typed: str) -> str:
    if "command" in body:
        return f"{body['command']} {body.get('text', '')}".strip()
    return typed


def _in_the_form(desk: Desk, said: Content, view: dict[str, Any]) -> dict[str, Any]:
    """Beside the first field, so that all that was typed stays; a form without fields is replaced."""
    first = next((b["block_id"] for b in view["blocks"] if b["type"] == "input"), None)
    if first is not None:
        return {"response_action": "errors", "errors": {first: spoken(desk, said.text)}}
    replaced = {
        "type": "modal",
        "title": {"type": "plain_text", "text": "登録できません"},
        "close": {"type": "plain_text", "text": "閉じる"},
        "blocks": list(said.blocks),
    }
    return {"response_action": "update", "view": replaced}


def spoken(desk: Desk, text: str) -> str:
    """Text for a place that knows no mentions: names instead of user ids."""
    names = directory.names(desk.db)
    return MENTION.sub(lambda found: names.get(found[1], found[1]), text)


def _no_options(kind: str) -> Any:
    return {"options": []} if kind == "block_suggestion" else ""
