"""What a button on a page of `/kpi-admin` answers: the page anew in its own place, or words beside it."""

from __future__ import annotations

from typing import Any

from slack_bolt import Respond

from answers.answer_view import CALLBACK, answer_view
from answers.content import Content
from bot.desk import Desk
from store.inbox import Reply


def show_in_place(desk: Desk, body: dict[str, Any], respond: Respond, page: Reply) -> None:
    """Show the page (its text and blocks) in the message or the modal that was clicked on."""
    if not _in_view(body):
        respond(replace_original=True, **page)
    elif body["view"].get("callback_id") == CALLBACK:
        view = answer_view(Content(page["text"], tuple(page["blocks"])))
        desk.client.views_update(view_id=body["view"]["id"], view=view)


def say_beside(body: dict[str, Any], respond: Respond, reply: Reply) -> None:
    """Say it to the acting person alone; in a modal nothing is said beside it."""
    if not _in_view(body):
        respond(response_type="ephemeral", replace_original=False, **reply)


def _in_view(body: dict[str, Any]) -> bool:
    return (body.get("container") or {}).get("type") == "view"
