"""`/kpi` and the buttons that ask: words become an intention, the intention an answer."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, Respond

from answers.content import Content
from answers.learning import with_offer
from answers.teachable import subject_of
from bot import following, memos, opinions_seen
from bot.acting import acting_user, met_user, refused_once
from bot.channels import asked_in
from bot.desk import Desk
from bot.door import sentence
from bot.reading import as_mine, read, told
from store.errors import KpiError
from store.people import Act, Who, permit


def kpi(desk: Desk, ack: Ack, command: dict[str, Any], respond: Respond) -> None:
    """Answer in the ack itself; somebody never seen before is looked up after it."""
    user, team = acting_user(command)
    key = f"command:{command['trigger_id']}"
    if desk.knows(user):
        said = _reply(desk, key, user, team, command["text"], channel=asked_in(command))
        ack(response_type="ephemeral", **said.message)
        return
    ack()
    desk.after(lambda: _answer_later(desk, key, command, respond))


def _answer_later(desk: Desk, key: str, command: dict[str, Any], respond: Respond) -> None:
    user, team = met_user(desk, command)
    try:
        said = _reply(desk, key, user, team, command["text"], channel=asked_in(command))
    except KpiError as error:
        said = sentence(error, command)
    respond(response_type="ephemeral", **said.message)


def ask_button(
    desk: Desk,
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    respond: Respond,
    unread: str = "",
) -> None:
    """A button that asks what it carries; the answer is for the one who clicked.

    `unread` are the words for which it was picked, when it is one of several readings.
    """
    user, team = met_user(desk, body)
    key, words = f"action:{user}:{action['action_ts']}", action.get("value", "")
    said = _reply(desk, key, user, team, words, unread, channel=asked_in(body))
    ack()
    desk.after(lambda: respond(response_type="ephemeral", replace_original=False, **said.message))


def _reply(
    desk: Desk,
    key: str,
    user: str,
    team: str | None,
    words: str,
    unread: str = "",
    *,
    channel: str | None,
) -> Content:
    person = desk.who(user, team)
    by = desk.by(user, "command")
    refused_once(desk, key, lambda: permit(by, person, Act.ASK, words or "overview"))
    return reply_to(desk, person, words, unread, channel=channel)


def reply_to(
    desk: Desk, person: Who, words: str, unread: str = "", *, channel: str | None = None
) -> Content:
    """What `/kpi` answers to these words; with `unread`, that they were picked for those others.

    `channel` is where they were said; None for direct messages and views.
    """
    page = (
        following.page(desk, person, words, channel)
        or opinions_seen.page(desk, person, words)
        or memos.page(desk, person, words)
    )
    if page:
        return page
    found = read(desk.db, as_mine(words, person), desk.today)
    said = told(desk.db, found, person)
    return with_offer(said, found.plan, subject_of(found.intention), unread) if unread else said
