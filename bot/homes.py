"""The Home tabs that are open: shown to their users, and shown anew to those whom an act concerns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError

from answers.asked import Asked
from answers.home import home, refused_home
from answers.home_proposals import Proposals
from answers.intention import Intention
from answers.own_notices import MOST_KEPT, Notices
from bot.desk import FAILURES, Desk
from bot.opinions_seen import seen_by
from store import (
    directory,
    follows,
    homes,
    locks,
    publications,
    remarks,
    revisions,
    submissions,
)
from store.db import writing
from store.manners import kept, manners
from store.people import Act, Who, refusal

log = structlog.get_logger()

# Whoever publishes second begins again with what is new; so many begin at once by chance at most.
TRIES = 4
# Opening the tab shows it anew, so that only tabs that may still be before somebody's eyes matter.
LOOKED_AT = timedelta(days=2)


def renew_concerned(desk: Desk, since: int) -> None:
    """Show anew the tabs of those to whom something was put in the outbox after row `since`.

    Whoever hears of an act is whom it concerns. Done beside everything else, one tab at a time, a
    user once however much happens meanwhile; a tab that stays behind is shown when it is opened.
    """
    _join(desk, homes.concerned(desk.db, since, desk.now() - LOOKED_AT))


def renew(desk: Desk, user: str) -> None:
    """Show the acting user's tab anew, before those of others, if they ever opened it."""
    _join(desk, [user], first=True)


def _join(desk: Desk, users: Iterable[str], *, first: bool = False) -> None:
    if desk.turns.join(users, first=first):
        desk.after(partial(_serve, desk), quiet=True)


def _serve(desk: Desk) -> None:
    for user in desk.turns.served():
        try:
            if homes.is_open(desk.db, user):
                show(desk, user)
        except FAILURES as error:
            log.warning("home.not_renewed", user=user, error=str(error))
        except Exception:
            log.exception("home.not_renewed", user=user)


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
    if not person.may(Act.ASK):
        return refused_home(refusal(person, Act.ASK))
    outlook, names = desk.outlook(), directory.names(desk.db)
    followed = follows.followed(desk.db, person.user, outlook.plan.id)
    asked = Asked(Intention("overview"), outlook, person, names, follows=followed)
    open_ones = seen_by(desk, person, remarks.opinions_waiting(desk.db))
    waiting = submissions.waiting(desk.db, outlook.plan.id)
    notices = _notices(desk, person.user)
    proposals = _proposals(desk, outlook.plan.id) if person.planner else None
    return home(asked, waiting, open_ones, notices, proposals)


def _proposals(desk: Desk, plan: str) -> Proposals:
    db = desk.db
    return Proposals(
        revisions.waiting(db, plan), locks.waiting(db, plan), publications.waiting(db, plan)
    )


def _notices(desk: Desk, user: str) -> Notices:
    found = kept(desk.db, user, desk.now(), MOST_KEPT)
    return Notices(manners(desk.db, user), found)
