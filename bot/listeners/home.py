"""The Home tab: shown when it is opened and after each act of its user, with answers in a modal."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from inspect import signature
from typing import Any

from slack_bolt import Ack, Respond

from answers.answer_view import CALLBACK, answer_view
from answers.home import refused_home
from bot.acting import acting_user, click_key, met_user, refused_once
from bot.desk import Desk
from bot.homes import renew, show
from bot.listeners import asking, welcoming
from store import homes
from store.db import writing
from store.errors import NotAllowed
from store.people import Act, Who, permit


def opened(desk: Desk, body: dict[str, Any], event: dict[str, Any]) -> None:
    """Somebody looks at the app: greet them once, and show the tab as things stand now."""
    user, at_home = event["user"], event.get("tab") == "home"
    desk.meet(user)
    person, by = desk.who(user), desk.by(user, "home")
    if not at_home:
        _at_messages(desk, person, event["channel"])
        return
    try:
        refused_once(desk, f"event:{body['event_id']}", lambda: permit(by, person, Act.ASK, "home"))
    except NotAllowed as denied:
        refusal = refused_home(str(denied))
        desk.after(lambda: desk.client.views_publish(user_id=user, view=refusal))
        return
    with writing(desk.db):
        homes.opened(desk.db, user, desk.now())
    desk.after(partial(show, desk, user))
    welcoming.greet(desk, person, at_home=True)


def _at_messages(desk: Desk, person: Who, channel: str) -> None:
    """Nothing is asked yet, so that nobody is refused: whoever may not ask is left alone."""
    if person.may(Act.ASK):
        desk.after(partial(welcoming.suggest, desk, person, channel))
        welcoming.greet(desk, person, at_home=False)


def renewed_after(listener: Callable[..., None]) -> Callable[..., None]:
    """The listener, after which the acting user's Home tab is shown anew if they ever opened it.

    Bolt gives a listener what its signature names, so that the signature stays the listener's.
    """

    @wraps(listener)
    def act(desk: Desk, body: dict[str, Any], **given: Any) -> None:
        listener(desk, body=body, **given)
        renew(desk, acting_user(body)[0])

    act.__signature__ = signature(listener)  # type: ignore[attr-defined]
    return act


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
