"""The Home tab: shown when it is opened and after each act of its user, with answers in a modal."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from inspect import signature
from typing import Any

import structlog
from slack_bolt import Ack, Respond
from slack_sdk.errors import SlackApiError

from answers.answer_view import CALLBACK, answer_view
from answers.asked import Asked
from answers.home import home, refused_home
from answers.intention import Intention
from bot.acting import acting_user, click_key, met_user, refused_once
from bot.desk import Desk
from bot.listeners import asking
from store import directory, homes, submissions
from store.db import writing
from store.errors import NotAllowed
from store.people import Act, Who, permit

log = structlog.get_logger()

# Whoever publishes second begins again with what is new; so many begin at once by chance at most.
TRIES = 4


def opened(desk: Desk, body: dict[str, Any], event: dict[str, Any]) -> None:
    """Somebody looks at the tab: show it as things stand now."""
    if event.get("tab") != "home":
        return
    user = event["user"]
    desk.meet(user)
    person, by = desk.who(user), desk.by(user, "home")
    try:
        refused_once(desk, f"event:{body['event_id']}", lambda: permit(by, person, Act.ASK, "home"))
    except NotAllowed as denied:
        refusal = refused_home(str(denied))
        desk.after(lambda: desk.client.views_publish(user_id=user, view=refusal))
        return
    with writing(desk.db):
        homes.opened(desk.db, user, desk.now())
    desk.after(partial(show, desk, user))


def renewed_after(listener: Callable[..., None]) -> Callable[..., None]:
    """The listener, after which the acting user's Home tab is shown anew if they ever opened it.

    Bolt gives a listener what its signature names, so that the signature stays the listener's.
    """

    @wraps(listener)
    def act(desk: Desk, body: dict[str, Any], **given: Any) -> None:
        listener(desk, body=body, **given)
        desk.after(partial(_renew, desk, acting_user(body)[0]))

    act.__signature__ = signature(listener)  # type: ignore[attr-defined]
    return act


def _renew(desk: Desk, user: str) -> None:
    if homes.is_open(desk.db, user):
        show(desk, user)


def show(desk: Desk, user: str) -> None:
    """Publish the tab. Of two who publish at once the later one looks again and has the last word."""
    for attempt in range(TRIES):
        seen = homes.hash_of(desk.db, user) if attempt < TRIES - 1 else None
        view = home_of(desk, desk.who(user))
        try:
            shown = desk.client.views_publish(user_id=user, view=view, hash=seen)
        except SlackApiError as error:
            if error.response.get("error") != "hash_conflict":
                raise
        else:
            with writing(desk.db):
                homes.published(desk.db, user, shown["view"]["hash"])
            return


def home_of(desk: Desk, person: Who) -> dict[str, Any]:
    """What this person's Home tab shows now."""
    asked = Asked(Intention("overview"), desk.outlook(), person, directory.names(desk.db))
    return home(asked, submissions.waiting(desk.db, asked.plan.id))


def ask_button(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """A button that asks. In the Home tab, where nothing can be answered beside it, a modal opens."""
    if (body.get("container") or {}).get("type") != "view":
        asking.ask_button(desk, ack, body, action, respond)
        return
    user, team = met_user(desk, body)
    person, by, words = desk.who(user, team), desk.by(user, "home"), action.get("value", "")
    refused_once(
        desk, click_key(body, action), lambda: permit(by, person, Act.ASK, words or "overview")
    )
    view = answer_view(asking.reply_to(desk, person, words))
    ack()
    if body["view"].get("callback_id") == CALLBACK:
        desk.after(lambda: desk.client.views_update(view_id=body["view"]["id"], view=view))
    else:
        desk.after(lambda: desk.client.views_open(trigger_id=body["trigger_id"], view=view))
