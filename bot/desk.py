"""What every listener needs: the store, the clock, who is asking, and a way to do things after the ack."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from http.client import HTTPException
from threading import BoundedSemaphore
from typing import Any

import structlog
from slack_bolt import Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError
from sqlite_utils import Database

from bot.turns import Turns
from reports.cache import Charts
from schedules.slack import single
from store import aliases, directory, shelf
from store.acts import By
from store.db import Connections, writing
from store.errors import KpiError, Stale
from store.people import Who, who
from store.plan import Plan
from store.standing import Outlook, outlook

log = structlog.get_logger()

# How a call to Slack fails, by Slack's word, on the way, or with a body that is none.
FAILURES = (SlackClientError, HTTPException, OSError, ValueError, AttributeError)

# views.publish may be called 100 times a minute (Slack's tier 4); the rest is for who opens Home.
MOST_RENEWED = 60

# Of the threads that do things after the ack; the rest opens forms.
MOST_AT_SHEETS = 4

# Reports are printed one at a time: one may wait, and whoever comes then is asked to come again.
MOST_AT_REPORTS = 2

# Who hears of what goes wrong after the ack of the act at hand (see `bot.shelter`).
Teller = Callable[[BaseException], object]
teller: ContextVar[Teller | None] = ContextVar("teller", default=None)

NOT_OPENED = "入力画面を開けませんでした。もう一度お試しください。"


@dataclass(frozen=True)
class Desk:
    """The bot's desk. `client` looks things up and opens forms; `wake` sends what is due.

    In `turns` those wait whose Home tab is to be shown anew; `seats` are for those who are at
    sheets and files, `presses` for those whose report is being printed.
    """

    connections: Connections
    client: WebClient
    team: str
    now: Callable[[], datetime]
    wake: Callable[[], None]
    afterwards: Executor
    charts: Charts
    turns: Turns = field(default_factory=lambda: Turns(MOST_RENEWED))
    seats: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(MOST_AT_SHEETS))
    presses: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(MOST_AT_REPORTS))

    @property
    def db(self) -> Database:
        """The calling thread's connection."""
        return self.connections()

    @property
    def today(self) -> date:
        """The day it is in Tokyo."""
        return self.now().date()

    @property
    def plan(self) -> Plan:
        """The plan that is current today."""
        return shelf.running_on(self.db, self.today)

    @property
    def reading(self) -> Plan:
        """The same, as questions are read by it: with the words that people taught."""
        return aliases.reading(self.db, self.plan)

    def outlook(
        self, collection: int | None = None, indicators: Iterable[str] | None = None
    ) -> Outlook:
        """How the current plan stands."""
        return outlook(self.db, self.plan, self.today, collection, indicators)

    def plan_of(self, plan: str) -> Plan:
        """A plan by its id."""
        return shelf.read(self.db, plan)

    def by(self, user: str, surface: str, reason: str | None = None) -> By:
        """An act of this user, now."""
        return By(user, self.now(), surface, reason)

    def knows(self, user: str) -> bool:
        """No look-up is needed to say who this is."""
        return directory.standing(self.db, user) is not None

    def who(self, user: str, team: str | None = None) -> Who:
        """Who `user` is now, from what is known. `team` is what the payload says of them: a
        foreign one shuts them out. Somebody unknown is let in nowhere (see `meet`).
        """
        known = directory.standing(self.db, user) or "unknown"
        if team is not None and team != self.team and known in {"member", "unknown"}:
            known = "other_workspace"
        return who(self.db, user, known, self.today)

    def meet(self, user: str) -> None:
        """Look an unknown user up, for at most a second; no answer leaves them unknown."""
        if self.knows(user):
            return
        quick = single(self.client, timeout=1)
        try:
            self.remember([quick.users_info(user=user)["user"]])
        except FAILURES:
            log.warning("identity.unknown", user=user)

    def remember(self, users: Iterable[dict[str, Any]]) -> None:
        """Keep what Slack says of these users."""
        with writing(self.db):
            directory.remember(self.db, users, self.team, self.now())

    def open_view(self, trigger_id: str, view: dict[str, Any], respond: Respond) -> None:
        """Open a form; when Slack will not (too late, say), tell the person to try again."""
        try:
            self.client.views_open(trigger_id=trigger_id, view=view)
        except FAILURES as error:
            log.warning("view.not_opened", error=str(error))
            respond(text=NOT_OPENED, response_type="ephemeral", replace_original=False)

    def push_view(self, trigger_id: str, view: dict[str, Any]) -> None:
        """Open a form over the one in front. Raises Stale, to be told, when that was closed."""
        try:
            self.client.views_push(trigger_id=trigger_id, view=view)
        except FAILURES as error:
            log.warning("view.not_opened", error=str(error))
            raise Stale(NOT_OPENED) from error

    def after(self, work: Callable[[], object], *, quiet: bool = False) -> None:
        """Do something once the ack is on its way. What goes wrong is logged.

        The acting person hears of it too, unless it is `quiet`: nothing that they wait for.
        """
        self.afterwards.submit(_logged, work, None if quiet else teller.get())


def _logged(work: Callable[[], object], tell: Teller | None = None) -> None:
    try:
        work()
    except BaseException as error:
        if not isinstance(error, KpiError):
            log.exception("after_ack.failed")
        if tell is not None:
            _logged(partial(tell, error))
