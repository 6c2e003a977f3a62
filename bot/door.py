"""The one door for failures: a known error becomes its sentence, an unknown one a short reference.

Whatever goes wrong in a listener ends here. The person gets an answer in the way their act allows;
the log gets a traceback with the same reference.
"""

from __future__ import annotations

import re
import secrets
from typing import Any

import structlog
from slack_bolt import Ack, BoltResponse, Respond
from slack_bolt.error import BoltUnhandledRequestError
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from answers.content import Content, unescape
from answers.preview import refusal
from bot.acting import acting_user
from bot.desk import FAILURES, Desk
from store import directory
from store.errors import BadForm, BadInput, KpiError, Stale

log = structlog.get_logger()

OLD = "この画面は古いため使えません。お手数ですが、もう一度 `/kpi` から開いてください。"
NOT_FOLLOWED = (
    "この指標の入力欄がまだ表示されていません。指標を選び直すか、フォームを開き直してください。"
)
# By what SQLite says of it.
ADVICE = {
    "locked": "ほかの処理が続いているため、少し待ってからもう一度お試しください。",
    "full": "サーバーの空き容量が足りないため、運用担当にお知らせください。",
}
NOT_DONE = "申し訳ありません、処理できませんでした。登録はされていません。"
NOT_SHOWN = (
    "申し訳ありません、続きの処理でエラーが起きました。"
    "もう一度開いて、登録されたかどうかを確かめてください。"
)
MENTION = re.compile(r"<@([A-Z0-9]+)>")


def failed(
    desk: Desk, error: Exception, body: dict[str, Any], respond: Respond, ack: Ack
) -> BoltResponse:
    """Answer the person and, for an error we did not foresee, leave a traceback in the log."""
    if ack.response is not None:
        # The act is committed: its ack stands, and only what was to follow is missing.
        desk.after(lambda: tell_of_rest(desk, body, respond, error), quiet=True)
        return ack.response
    return _answer(desk, error, body, respond)


def _answer(desk: Desk, error: Exception, body: dict[str, Any], respond: Respond) -> BoltResponse:
    kind = str(body.get("type", ""))
    if isinstance(error, BoltUnhandledRequestError):
        if kind == "event_callback":
            return BoltResponse(status=200, body="")
        error = Stale(OLD)
    if isinstance(error, BadForm) and (errors := _beside_fields(error, body["view"])):
        return BoltResponse(status=200, body={"response_action": "errors", "errors": errors})
    said = sentence(error, body)
    if kind == "event_callback":
        # Not acked, so that Slack brings it again: nothing of it is committed.
        return BoltResponse(status=500, body="")
    if kind == "view_submission":
        return BoltResponse(status=200, body=_in_the_form(desk, said, body["view"]))
    if "command" in body:
        return BoltResponse(status=200, body={"response_type": "ephemeral", **said.message})
    if body.get("response_url") or kind == "block_actions":
        desk.after(lambda: tell(desk, body, respond, said), quiet=True)
    return BoltResponse(status=200, body=_no_options(kind))


def tell_of_rest(desk: Desk, body: dict[str, Any], respond: Respond, error: BaseException) -> None:
    """Tell the person that something after the ack of their act went wrong. Events are nobody's."""
    said = sentence(error, {}, NOT_SHOWN)
    if body.get("type") != "event_callback":
        tell(desk, body, respond, said)


def tell(desk: Desk, body: dict[str, Any], respond: Respond, said: Content) -> None:
    """Say something beside what the person has before them, or in their direct messages."""
    if body.get("response_url"):
        try:
            respond(**said.message, response_type="ephemeral", replace_original=False)
        except FAILURES:
            log.warning("door.no_answer_there")
        else:
            return
    user, _ = acting_user(body)
    desk.client.chat_postMessage(channel=user, **said.message)


def sentence(error: BaseException, body: dict[str, Any], unforeseen: str = NOT_DONE) -> Content:
    """What the person is told, with what they typed given back; `unforeseen` for a bug of ours."""
    if isinstance(error, KpiError):
        typed = error.typed if isinstance(error, BadInput) else ""
        return refusal(str(error), _as_typed(body, typed))
    reference = secrets.token_hex(4)
    log.error("listener.failed", reference=reference, exc_info=error)
    advised = f"{unforeseen}{_advice(error)}（照会番号 {reference}）"
    return refusal(advised, _as_typed(body, ""))


def _advice(error: BaseException) -> str:
    """What to do where the database file itself could not be written, nothing for the rest."""
    words = str(error) if isinstance(error, sqlite3.OperationalError) else ""
    return next((advice for word, advice in ADVICE.items() if word in words), "")


def _as_typed(body: dict[str, Any], typed: str) -> str:
    if "command" in body:
        return f"{body['command']} {body.get('text', '')}".strip()
    return typed


def _beside_fields(error: BadForm, view: dict[str, Any]) -> dict[str, str]:
    """Each sentence beside its field, none where the form has no fields.

    Slack takes none for a field that is not there yet.
    """
    inputs = [b["block_id"] for b in view["blocks"] if b["type"] == "input"]
    if set(error.by_field) <= set(inputs):
        return dict(error.by_field)
    return dict.fromkeys(inputs[:1], NOT_FOLLOWED)


def _in_the_form(desk: Desk, said: Content, view: dict[str, Any]) -> dict[str, Any]:
    """Beside the first field, so that all that was typed stays; a form without fields is replaced."""
    first = next((b["block_id"] for b in view["blocks"] if b["type"] == "input"), None)
    if first is not None:
        return {"response_action": "errors", "errors": {first: unescape(spoken(desk, said.text))}}
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
