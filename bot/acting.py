"""Who acts in a payload, and acts that must leave exactly one trace."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.desk import Desk
from store.errors import NotAllowed
from store.inbox import Reply, once


def acting_user(body: dict[str, Any]) -> tuple[str, str | None]:
    """The acting user's id and the team that the payload gives them (None when it says nothing)."""
    if "user_id" in body:
        return str(body["user_id"]), body.get("user_team_id") or body.get("team_id")
    user = body["user"]
    return str(user["id"]), user.get("team_id")


def met_user(desk: Desk, body: dict[str, Any]) -> tuple[str, str | None]:
    """The same, once the directory has had a chance to know them."""
    user, team = acting_user(body)
    desk.meet(user)
    return user, team


def click_key(body: dict[str, Any], action: dict[str, Any]) -> str:
    """What is unique to a click: the message or view, the user and the action's own timestamp."""
    user, _ = acting_user(body)
    place = (body.get("container") or {}).get("message_ts") or (body.get("view") or {}).get("id")
    return f"click:{place}:{user}:{action['action_ts']}"


def view_key(body: dict[str, Any]) -> str:
    """What is unique to sending a form: the view, its hash and the user."""
    user, _ = acting_user(body)
    view = body["view"]
    return f"view:{view['id']}:{view['hash']}:{user}"


def act_once(desk: Desk, key: str, work: Callable[[], Reply]) -> Reply:
    """Do `work` in one transaction, once for this key, and wake the speaker for what it enqueued."""
    reply = once(desk.db, key, desk.now(), work)
    desk.wake()
    return reply


def refused_once(desk: Desk, key: str, check: Callable[[], None]) -> None:
    """Run a check that writes nothing when it passes; a refusal leaves one audit row for this key."""
    try:
        check()
    except NotAllowed as denied:
        refuse_again(desk, key, denied)


def refuse_again(desk: Desk, key: str, denied: NotAllowed) -> None:
    """Record a refusal once for this key and raise it."""

    def refuse() -> Reply:
        raise denied

    once(desk.db, key, desk.now(), refuse)
    raise denied
