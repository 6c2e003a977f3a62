"""`/kpi-admin` and the buttons that open its pages: for planners, decided at each act."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, Respond

from answers.admin_menu import admin_menu
from answers.answer_view import CALLBACK, answer_view
from answers.content import Content
from bot.acting import click_key, met_user, refused_once
from bot.admin.page import Page, Request, View
from bot.admin.pages import PAGES
from bot.desk import Desk
from store.people import Act, permit
from store.reading.letters import normalise

MENU = tuple((page.word, page.says) for page in PAGES)


def kpi_admin(desk: Desk, ack: Ack, command: dict[str, Any], respond: Respond) -> None:
    """The page that the words ask for; without words the menu."""
    said = _said(desk, f"command:{command['trigger_id']}", command, command["text"])
    if isinstance(said, Content):
        ack(response_type="ephemeral", **said.message)
        return
    ack()
    desk.after(lambda: desk.open_view(command["trigger_id"], said, respond))


def admin_button(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """The page that a button names. In a view, where nothing is said beside it, a modal shows it."""
    said = _said(desk, click_key(body, action), body, action.get("value", ""))
    ack()
    if (body.get("container") or {}).get("type") == "view":
        view = answer_view(said) if isinstance(said, Content) else said
        desk.after(lambda: show_view(desk, body, view))
    elif isinstance(said, Content):
        told = said.message
        desk.after(lambda: respond(response_type="ephemeral", replace_original=False, **told))
    else:
        desk.after(lambda: desk.open_view(body["trigger_id"], said, respond))


def show_view(desk: Desk, body: dict[str, Any], view: View) -> None:
    """Open a modal from Home, or put it in the place of the answer that is open already."""
    if body["view"].get("callback_id") == CALLBACK:
        desk.client.views_update(view_id=body["view"]["id"], view=view)
    else:
        desk.client.views_open(trigger_id=body["trigger_id"], view=view)


def _said(desk: Desk, key: str, body: dict[str, Any], words: str) -> Content | View:
    user, team = met_user(desk, body)
    person, by = desk.who(user, team), desk.by(user, "admin")
    refused_once(desk, key, lambda: permit(by, person, Act.ADMINISTER, words or "menu"))
    word, rest = (*words.split(maxsplit=1), "", "")[:2]
    page = _page(word)
    if page is None:
        return admin_menu(MENU, words if word and normalise(word) != "ヘルプ" else "")
    return page.make(desk, Request(person, rest.strip()))


def _page(word: str) -> Page | None:
    wanted = normalise(word)
    return next((p for p in PAGES if wanted in {normalise(each) for each in p.called}), None)
