"""What changed since a decision, and who is to hear which of it; read as it now stands.

Followers hear of every value that changed, channels that planners chose (`store.news_channels`) of
verdicts that changed. Whoever submitted or approved a value, and its department, hears of it anyway;
whoever is no present member of the workspace hears nothing. Approved values only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from sqlite_utils import Database

from answers.content import Content
from answers.follow import Followed
from answers.value_news import Told, value_news
from schedules.news import Change, news
from store import departments, directory, follows, news_channels, shelf
from store.acts import rows
from store.follows import Subject
from store.plan import Plan
from store.standing import Outlook, outlook
from store.submissions import Submission


def changed_since(db: Database, since: int, today: date) -> list[Told]:
    """Every approved value that is another than when `since` was the newest decision.

    A value is told of in its own collection. What was put right and back again did not change. In
    the order of plans, collections and indicators.
    """
    return [
        _told(seen, change)
        for seen in _touched(db, since, today)
        for change in news(db, seen, since).changes
        if change.after.proposal.collection == seen.cycle.collection and _differs(change)
    ]


def _touched(db: Database, since: int, today: date) -> Iterator[Outlook]:
    """Each collection in which something was approved, with the indicators that it was."""
    found = rows(
        db,
        """SELECT plan, collection, json_group_array(DISTINCT indicator) AS indicators
           FROM current_submissions WHERE kind = 'actual' AND decision > ?
           GROUP BY plan, collection ORDER BY plan, collection""",
        [since],
    )
    for row in found:
        plan = shelf.read(db, row["plan"])
        there = [i.id for i in plan.indicators if f'"{i.id}"' in row["indicators"]]
        yield outlook(db, plan, today, row["collection"], there)


def _differs(change: Change) -> bool:
    before, after = change.before, change.after
    if before is None or dict(before.proposal.values) != dict(after.proposal.values):
        return True
    return change.verdict_before.grade != change.standing.verdict.grade


def _told(seen: Outlook, change: Change) -> Told:
    one = replace(seen, standings={change.standing.indicator.id: change.standing})
    return Told(one, change.standing, change.before, change.after, change.verdict_before)


def by_audience(db: Database, found: Iterable[Told], today: date) -> dict[str, list[Told]]:
    """To each follower and channel what they are to hear of it, in the order found."""
    theirs = defaultdict[str, list[Told]](list)
    for each in found:
        subjects = _followers(db, each)
        for follower, mine in subjects.items():
            if _hears(db, each.after, follower, today):
                reasons = tuple(named(db, each.outlook.plan, mine, today))
                theirs[follower].append(replace(each, reasons=reasons))
        for channel in _channels(db, each):
            if channel not in subjects:
                theirs[channel].append(each)
    return dict(theirs)


def contents(db: Database, since: int, today: date) -> dict[str, Content]:
    """The message to each audience of what changed since a decision."""
    found, names = by_audience(db, changed_since(db, since, today), today), directory.names(db)
    return {
        audience: value_news(told, names, here=is_channel(audience))
        for audience, told in found.items()
    }


def named(db: Database, plan: Plan, subjects: Iterable[Subject], today: date) -> list[Followed]:
    """These subjects with what people call them, in the plan's order; what is gone is left out."""
    known = departments.departments(db, today)
    found = ((each, follows.named(plan, each, known)) for each in follows.in_order(plan, subjects))
    return [Followed(plan.id, each, name) for each, name in found if name]


def is_channel(follower: str) -> bool:
    """A channel's id, and nobody's of the workspace."""
    return not follower.startswith(("U", "W"))


def _followers(db: Database, told: Told) -> dict[str, list[Subject]]:
    plan, standing = told.outlook.plan, told.standing
    subjects = follows.subjects_of(plan, standing.indicator, standing.department)
    return follows.followers(db, plan.id, subjects)


def _channels(db: Database, told: Told) -> list[str]:
    if not told.verdict_changed:
        return []
    plan = told.outlook.plan
    goals = [goal for goal, _ in plan.roles[told.standing.indicator.id]]
    return [c.channel for c in news_channels.channels(db) if c.hears(plan.id, goals)]


def _hears(db: Database, approved: Submission, follower: str, today: date) -> bool:
    if is_channel(follower):
        return True
    present = departments.reachable(db, approved.department, today)
    approver = approved.decision.actor if approved.decision else None
    told_anyway = {approved.actor, approver, *present}
    return follower not in told_anyway and directory.standing(db, follower) == "member"
