"""見直し as planners act it out: proposed, agreed to by another, told to whoever it concerns.

Every function runs inside one transaction (the caller's `store.inbox.once`).
"""

from __future__ import annotations

from datetime import date

from sqlite_utils import Database

from answers.revision_given import Given, held_of
from answers.revision_page import WORD, revision_asked, revision_settled, revision_told
from bot import telling
from bot.revisions_seen import seen_by
from store import cycle, departments, directory, revisions, shelf
from store.acts import By
from store.errors import Stale
from store.people import Act, Who, permit
from store.plan import Plan
from store.revised import Revision
from store.standing import owner

TITLE = f"{WORD}の提案"
OVERTAKEN = (
    "提案の後に、変える前の内容か変更先の課が変わったため、確定できません。変更はありません。"
    "提案を取り下げ、`/kpi-admin 見直し` から提案し直してください。"
)


def propose(
    db: Database, by: By, person: Who, plan: Plan, indicator: str, given: Given
) -> Revision:
    """Propose a revision as a planner, and ask the other planners for their word."""
    permit(by, person, Act.REVISE, f"{plan.id}/{indicator}")
    owning = owner(db, plan, indicator, by.at.date())
    then = plan.as_of(given.decided.from_year)
    before = held_of(then, indicator, owning.id if owning else None, given.after)
    why = by.because(given.reason)
    made = revisions.propose(db, why, plan.id, indicator, given.decided, before, given.after)
    for planner in departments.planners(db):
        if planner != by.actor:
            asked = revision_asked(made, seen_by(db, plan, planner, by.at.date()))
            telling.say(db, by, f"{_key(made)}{planner}", planner, asked, TITLE)
    return made


def settle(db: Database, by: By, person: Who, number: int, agreed: bool) -> Revision:
    """Agree to another planner's proposal, or drop one; everybody who was asked sees it.

    What is agreed to holds at once: a new owner from the day on which the collection of its first
    year opens, or from today.
    """
    permit(by, person, Act.REVISE, f"revision:{number}")
    overtaken = agreed and _overtaken(db, by, number)
    made = revisions.settle(db, by, number, agreed)
    if overtaken:
        raise Stale(OVERTAKEN)
    plan, today = shelf.read(db, made.plan), by.at.date()
    if agreed and made.after.owner is not None:
        since = max(today, _opens(db, plan, made.from_year))
        why = by.because(made.reason)
        departments.assign(db, why, plan.id, [made.indicator], made.after.owner, since)
    seen = seen_by(db, plan, by.actor, today)
    who = directory.names(db).get(by.actor, by.actor)
    told = revision_settled(made, seen, who)
    telling.edit(db, by, _key(made), told, TITLE)
    if made.actor != by.actor:
        telling.say(db, by, f"revision-settled:{number}:{made.actor}", made.actor, told, WORD)
    if agreed:
        _tell_owner(db, by, plan, made)
    return made


def _overtaken(db: Database, by: By, number: int) -> bool:
    """What the second planner would agree to no longer begins with what the first one saw."""
    made, today = revisions.proposal(db, number), by.at.date()
    if made is None:
        return False
    then = shelf.read(db, made.plan).as_of(made.from_year)
    if made.indicator not in then.by_id:
        return True
    if made.after.owner is not None and made.after.owner not in departments.departments(db, today):
        return True
    owning = owner(db, then, made.indicator, today)
    held = held_of(then, made.indicator, owning.id if owning else None, made.after)
    return held != made.before


def _tell_owner(db: Database, by: By, plan: Plan, made: Revision) -> None:
    owning = owner(db, plan, made.indicator, by.at.date())
    told = {by.actor, made.actor, *departments.planners(db)}
    people = departments.reachable(db, owning.id, by.at.date()) if owning else ()
    for user in people:
        if user not in told:
            said = revision_told(made, seen_by(db, plan, user, by.at.date()))
            telling.say(db, by, f"revision-told:{made.number}:{user}", user, said, WORD)


def _opens(db: Database, plan: Plan, year: int) -> date:
    return cycle.cycle(cycle.held(db, plan.id), plan.id, year).opens


def _key(revision: Revision) -> str:
    return f"revision:{revision.number}:"
