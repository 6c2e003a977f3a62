"""On the Home tab: proposals of other planners that wait for this planner's word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from answers.admin_menu import admin_button
from answers.asked import Asked
from answers.content import cut
from answers.facts import day_of
from answers.layout import Part, quiet, say
from answers.revision_page import WORD
from answers.spans import Bold, Line, line, one_line
from store.fiscal import era
from store.locks import WORDS, LockProposal
from store.people import Act
from store.publications import PublicationProposal
from store.revised import Revision

MOST_HERE, MOST_SAID = 5, 120


class _Proposed(Protocol):
    """What every proposal says: who made it, and when."""

    @property
    def at(self) -> str: ...
    @property
    def actor(self) -> str: ...


@dataclass(frozen=True)
class Proposals:
    """What waits for a second planner: revisions, locks and what undoes them, publications."""

    revisions: tuple[Revision, ...] = ()
    locks: tuple[LockProposal, ...] = ()
    publications: tuple[PublicationProposal, ...] = ()


def to_agree(asked: Asked, waiting: Proposals) -> Iterator[Part]:
    """Those that this person may agree to, the oldest first, each with the way to its page."""
    everything = [*_revisions(asked, waiting), *_locks(asked, waiting), *_published(asked, waiting)]
    mine = sorted((p for p in everything if p[0].actor != asked.who.user), key=lambda p: p[0].at)
    if not mine:
        return
    yield say(line(Bold(f"確定を待つ提案 {len(mine)}件")))
    for proposal, said, words, reason in mine[:MOST_HERE]:
        who = asked.names.get(proposal.actor, proposal.actor)
        day = day_of(proposal.at, asked.outlook.today)
        why = f"　理由: {cut(one_line(reason), MOST_SAID)}" if reason else ""
        way = admin_button("内容を見る", words)
        yield say(said, line(f"{who} {day}提案{why}"), accessory=way)
    if len(mine) > MOST_HERE:
        yield quiet(line(f"ほか{len(mine) - MOST_HERE}件"))


_Found = Iterator[tuple[_Proposed, Line, str, str | None]]


def _revisions(asked: Asked, waiting: Proposals) -> _Found:
    if asked.who.may(Act.REVISE):
        for each in waiting.revisions:
            found = asked.plan.by_id.get(each.indicator)
            named = f" {found.name}" if found else ""
            yield each, line(Bold(f"{WORD} {each.indicator}"), named), WORD, each.reason


def _locks(asked: Asked, waiting: Proposals) -> _Found:
    if asked.who.may(Act.LOCK):
        for each in waiting.locks:
            year = era(each.collection)
            said = line(Bold(f"{WORDS[each.change]} {year}実績"))
            yield each, said, f"締め {year}", each.reason


def _published(asked: Asked, waiting: Proposals) -> _Found:
    if asked.who.may(Act.PUBLISH):
        for each in waiting.publications:
            year = era(each.collection)
            yield each, line(Bold(f"公開 {year}実績")), f"公開 {year}", None
