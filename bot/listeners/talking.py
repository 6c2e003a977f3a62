"""Mentions and direct messages: asked in plain words, answered where they were asked.

An event is committed before it is acked: its row in the inbox and its answer in the outbox are one
transaction, so that the answer outlives a crash and is posted once, however often the event comes.
Answers stand in the thread of the question: conversations with an agent are threads, in direct
messages too (https://docs.slack.dev/ai/migrating-to-agent-messaging).
In a channel everybody reads along: the answer is what staff without a department would see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from answers import preview
from answers.content import Content, unescape
from bot.acting import act_once
from bot.desk import Desk
from bot.door import sentence
from bot.listeners import sheet_files
from bot.listeners.asking import reply_to
from bot.status import show_at_work
from store import outbox
from store.acts import record
from store.inbox import Reply
from store.people import Act, Who, refusal

TITLE = "質問への答え"
# Everything else that comes as a message was not written by a person just now.
WRITTEN = frozenset({None, "file_share", "thread_broadcast"})
MENTION = re.compile(r"<@[UW][A-Z0-9]+(?:\|[^>]*)?>")
FORMATTING = " \t\r\n\u3000*_~`"
MOST_AUDITED = 100
# Whom the bot can write to though it does not answer them.
REACHABLE = frozenset({"guest", "unknown"})
NOT_IN_SHARED = (
    "このチャンネルは組織の外と共有されているため、ここではお答えしません。"
    "答えは DM でお送りします。"
)


@dataclass(frozen=True)
class Question:
    """Words that somebody wrote to the bot, and where. `direct`: in their direct messages."""

    id: str
    user: str
    team: str | None
    channel: str
    thread: str
    words: str
    direct: bool
    shared: bool

    @property
    def key(self) -> str:
        """The outbox key of its answer."""
        return f"reply:{self.id}"


def mentioned(desk: Desk, body: dict[str, Any], event: dict[str, Any]) -> None:
    """@kpibot in a channel: answered in the thread of the mention."""
    if _is_written(event):
        _take(desk, _question(body, event, direct=False))


def written_to(desk: Desk, body: dict[str, Any], event: dict[str, Any]) -> None:
    """A direct message: answered in its thread. One with files brings a sheet back."""
    if not _is_written(event) or event.get("channel_type") != "im":
        return
    if event.get("files"):
        sheet_files.dropped(desk, body, event)
    elif event.get("text"):
        _take(desk, _question(body, event, direct=True))


def words_of(text: str) -> str:
    """What is asked, as it was typed: without mentions, escapes and the signs of formatting."""
    return unescape(MENTION.sub(" ", text)).strip(FORMATTING)


def in_public(person: Who) -> Who:
    """Anybody of the same standing: no department, no planning, nothing followed."""
    return Who("", person.standing)


def _is_written(event: dict[str, Any]) -> bool:
    by_app = event.get("bot_id") or not event.get("user")
    return not by_app and not event.get("edited") and event.get("subtype") in WRITTEN


def _question(body: dict[str, Any], event: dict[str, Any], *, direct: bool) -> Question:
    thread = event.get("thread_ts")
    return Question(
        body["event_id"],
        event["user"],
        event.get("user_team") or event.get("team"),
        event["channel"],
        thread or event["ts"],
        words_of(event.get("text", "")),
        direct,
        # A channel that is not said to be the workspace's own counts as shared.
        body.get("is_ext_shared_channel", True) and not direct,
    )


def _take(desk: Desk, question: Question) -> None:
    """Commit the event with what is to be said."""
    desk.meet(question.user)
    person = desk.who(question.user, question.team)
    by = desk.by(question.user, "message")
    if question.direct and person.may(Act.ASK):
        where = (question.channel, question.thread)
        desk.after(partial(show_at_work, desk, *where, question.key), quiet=True)
    said = tuple(_said(desk, person, question))

    def take() -> Reply:
        if not person.may(Act.ASK):
            about = question.words[:MOST_AUDITED] or "overview"
            record(desk.db, by.because(refusal(person, Act.ASK)), Act.ASK, about, "denied")
        for key, audience, payload in said:
            outbox.enqueue(desk.db, key, audience, TITLE, payload, by.at.timestamp())
        return {}

    act_once(desk, f"event:{question.id}", take)


def _said(desk: Desk, person: Who, question: Question) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """What is said, each with its key and to whom."""
    if not person.may(Act.ASK):
        audience = question.channel if question.direct else question.user
        if question.direct or person.standing in REACHABLE:
            yield question.key, audience, preview.refusal(refusal(person, Act.ASK)).message
    elif question.shared:
        declined = preview.refusal(NOT_IN_SHARED)
        yield f"{question.key}:declined", question.channel, _below(question, declined)
        yield question.key, question.user, _answer(desk, person, question.words).message
    else:
        asker = person if question.direct else in_public(person)
        said = _answer(desk, asker, question.words, None if question.direct else question.channel)
        yield question.key, question.channel, _below(question, said)


def _below(question: Question, said: Content) -> dict[str, Any]:
    return {**said.message, "thread_ts": question.thread}


def _answer(desk: Desk, person: Who, words: str, channel: str | None = None) -> Content:
    """What `/kpi` answers. Whatever goes wrong is said as a sentence, as everywhere."""
    try:
        return reply_to(desk, person, words, channel=channel)
    except Exception as error:
        return sentence(error, {})
