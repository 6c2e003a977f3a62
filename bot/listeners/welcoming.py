"""First contact: a greeting once a person, ever, and what the direct messages suggest to ask."""

from __future__ import annotations

import structlog

from answers.asked import Asked
from answers.intention import Intention
from answers.welcome import PROMPTS_TITLE, prompts, welcome
from bot.desk import FAILURES, Desk
from store import directory, outbox, submissions, welcomes
from store.db import writing
from store.people import Who

log = structlog.get_logger()

TITLE = "はじめてのあいさつ"


def greet(desk: Desk, person: Who, *, at_home: bool) -> None:
    """Greet somebody who looks at the app for the first time.

    In direct messages where the bot has spoken already nothing is put below what waits there; the
    greeting then comes when they first open Home.
    """
    if welcomes.greeted(desk.db, person.user):
        return
    if not at_home and welcomes.spoken_to(desk.db, person.user):
        return
    asked = _asked(desk, person)
    waiting = submissions.waiting(desk.db, asked.plan.id) if person.planner else []
    said = welcome(asked, sum(s.actor != person.user for s in waiting)).message
    with writing(desk.db):
        if welcomes.greet(desk.db, person.user, desk.now()):
            at = desk.now().timestamp()
            outbox.enqueue(desk.db, f"welcome:{person.user}", person.user, TITLE, said, at)
    desk.wake()


def suggest(desk: Desk, person: Who, channel: str) -> None:
    """Suggest questions in somebody's direct messages; where the app is no agent, nothing happens.

    Without a thread, as agents have to: https://docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts
    """
    suggested = prompts(_asked(desk, person))
    try:
        desk.client.assistant_threads_setSuggestedPrompts(
            channel_id=channel, title=PROMPTS_TITLE, prompts=suggested
        )
    except FAILURES as error:
        log.info("prompts.not_set", error=str(error))


def _asked(desk: Desk, person: Who) -> Asked:
    names = directory.names(desk.db)
    return Asked(Intention("overview"), desk.outlook(), person, names)
