"""Who acts in a payload, and acts that must leave exactly one trace."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any, NoReturn, TypeVar

import structlog

from bot.desk import Desk
from bot.homes import renew_concerned
from store import homes
from store.acts import By
from store.errors import NotAllowed, Stale
from store.inbox import Reply, once
from store.people import Act, Who, refusal

log = structlog.get_logger()
T = TypeVar("T")

# How `store.inbox.once` keeps a refusal: its sentence alone. Messages have blocks beside their text.
REFUSED = {"text"}
# More than there will ever be rows, less than SQLite's integers hold.
MOST_DIGITS = 15


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
    """What is unique to sending a form: the view, its hash, what was filled in and the user.

    The hash alone is not enough: it stays when somebody goes back to the form and mends a value.
    """
    user, _ = acting_user(body)
    view = body["view"]
    filled = json.dumps(view["state"]["values"], sort_keys=True)
    return f"view:{view['id']}:{view['hash']}:{sha256(filled.encode()).hexdigest()[:16]}:{user}"


def number_in(text: str, otherwise: str) -> int:
    """The number that a button or a hidden field names. Raises Stale, saying `otherwise`, for none."""
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        raise Stale(otherwise)
    return int(text)


def parts_in(text: str, count: int, otherwise: str) -> list[str]:
    """The parts of a button's value or a hidden field. Raises Stale for another number of them."""
    found = text.split("|")
    if len(found) != count:
        raise Stale(otherwise)
    return found


def act_once(desk: Desk, key: str, work: Callable[[], Reply]) -> Reply:
    """Do `work` in one transaction, once for this key, and wake the speaker for what it enqueued.

    Those who will hear of it find their Home tab as it then is.
    What was refused is refused again when it is redelivered, with the same sentence.
    """
    before = homes.newest(desk.db)
    reply = once(desk.db, key, desk.now(), work)
    if reply.keys() == REFUSED:
        raise Stale(reply["text"])
    _follow_up(desk, before)
    return reply


def _follow_up(desk: Desk, before: int) -> None:
    """The act is committed: what goes wrong now must not be told as if it were not."""
    try:
        desk.wake()
        renew_concerned(desk, before)
    except BaseException:
        log.exception("act.not_followed_up")


def refuse_outsiders(by: By, person: Who, act: Act, subject: str) -> None:
    """Whoever is no present member of this workspace may do nothing, whatever they have in hand.

    Asked before anything is read, so that nobody from outside learns from a mistake of theirs.
    """
    if not person.admitted:
        raise NotAllowed(refusal(person, act), by, act, subject)


def refuse_powerless(by: By, person: Who, act: Act, subject: str, *or_by: Act) -> None:
    """Whoever may do this to nothing at all, `or_by` other acts, is refused before it is looked up.

    So what a button or a form names has no say in it: wrong names leave the same trace as right ones.
    """
    mine = (None, *person.departments)
    if not any(person.may(each, own, person.user) for each in (act, *or_by) for own in mine):
        raise NotAllowed(refusal(person, act), by, act, subject)


def looked_up(look: Callable[[], T], refuse: Callable[[], None]) -> T:
    """What is named. That a name is wrong hears only who could do something with a right one.

    For those who are told whose it is: `refuse_powerless` after looking, where that found nothing.
    """
    try:
        return look()
    except Stale:
        refuse()
        raise


def refused_once(desk: Desk, key: str, check: Callable[[], T]) -> T:
    """What a check finds that keeps no key when it passes; a refusal leaves one audit row for this key."""
    try:
        return check()
    except NotAllowed as denied:
        refuse_again(desk, key, denied)


def refuse_again(desk: Desk, key: str, denied: NotAllowed) -> NoReturn:
    """Record a refusal once for this key and raise it."""

    def refuse() -> Reply:
        raise denied

    once(desk.db, key, desk.now(), refuse)
    raise denied
