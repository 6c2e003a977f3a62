"""`/kpi` and the buttons that ask: words become an intention, the intention an answer."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, Respond

from answers.ask import understand
from answers.content import Content
from answers.reply import answer
from bot.acting import acting_user, met_user, refused_once
from bot.desk import Desk
from bot.door import sentence
from store import departments, directory, follows, shelf
from store.errors import KpiError
from store.people import Act, Who, permit


def kpi(desk: Desk, ack: Ack, command: dict[str, Any], respond: Respond) -> None:
    """Answer in the ack itself; somebody never seen before is looked up after it."""
    user, team = acting_user(command)
    key = f"command:{command['trigger_id']}"
    if desk.knows(user):
        ack(response_type="ephemeral", **_reply(desk, key, user, team, command["text"]).message)
        return
    ack()
    desk.after(lambda: _answer_later(desk, key, command, respond))


def _answer_later(desk: Desk, key: str, command: dict[str, Any], respond: Respond) -> None:
    user, team = met_user(desk, command)
    try:
        said = _reply(desk, key, user, team, command["text"])
    except KpiError as error:
        said = sentence(error, command)
    respond(response_type="ephemeral", **said.message)


def ask_button(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """A button that asks what it carries; the answer is for the one who clicked."""
    user, team = met_user(desk, body)
    key, words = f"action:{user}:{action['action_ts']}", action.get("value", "")
    said = _reply(desk, key, user, team, words)
    ack()
    desk.after(lambda: respond(response_type="ephemeral", replace_original=False, **said.message))


def _reply(desk: Desk, key: str, user: str, team: str | None, words: str) -> Content:
    person = desk.who(user, team)
    by = desk.by(user, "command")
    refused_once(desk, key, lambda: permit(by, person, Act.ASK, words or "overview"))
    return reply_to(desk, person, words)


def reply_to(desk: Desk, person: Who, words: str) -> Content:
    """What `/kpi` answers to these words."""
    plan = desk.plan
    known = departments.departments(desk.db, desk.today)
    intention = understand(words, plan, known.values(), desk.today)
    seen = desk.outlook(intention.year, intention.scope)
    names = directory.names(desk.db)
    followed = follows.followed(desk.db, person.user, plan.id)
    return answer(intention, seen, person, names, shelf.predecessor(desk.db, plan), followed)
