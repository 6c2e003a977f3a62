"""A page of `/kpi-admin` after something was done on it: shown anew where it stands."""

from __future__ import annotations

from typing import Any

from slack_bolt import Respond

from answers.answer_view import CALLBACK, answer_view
from answers.content import Content
from answers.preview import receipt_view
from bot.desk import Desk
from store.inbox import Reply


def in_place(desk: Desk, body: dict[str, Any], respond: Respond, page: Reply) -> None:
    """Put the page as it now is in the place of the message or modal that was acted in, after the ack."""
    if (body.get("container") or {}).get("type") == "view":
        desk.after(lambda: show_page(desk, body, page))
    else:
        desk.after(lambda: respond(replace_original=True, **page))


def show_page(desk: Desk, body: dict[str, Any], page: Reply) -> None:
    """Put the page in the place of the one in the modal that was acted in."""
    view = answer_view(Content(page["text"], tuple(page["blocks"])))
    if body["view"].get("callback_id") == CALLBACK:
        desk.client.views_update(view_id=body["view"]["id"], view=view)


def say_beside(desk: Desk, body: dict[str, Any], respond: Respond, reply: Reply) -> None:
    """Say it to the acting person alone, after the ack; in a modal nothing is said beside it."""
    if (body.get("container") or {}).get("type") != "view":
        desk.after(lambda: respond(response_type="ephemeral", replace_original=False, **reply))


def after_form(page: Content, view: dict[str, Any]) -> Reply:
    """The answer to a form that was sent: the page stands in its place, under the form's own title."""
    return {"response_action": "update", "view": {**receipt_view(page), "title": view["title"]}}
