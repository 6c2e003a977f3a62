"""What followers hear when a value is approved. Runs inside the approval's transaction."""

from __future__ import annotations

from sqlite_utils import Database

from answers.follow import followed_news
from schedules.news import news
from store import departments, directory, follows, outbox
from store.acts import By
from store.standing import Outlook
from store.submissions import Submission


def tell_followers(db: Database, by: By, seen: Outlook, approved: Submission) -> None:
    """One DM to each follower when the value is another than before; `seen` is as it stands now.

    Whoever submitted or approved it, and its department, hears of it anyway; whoever is no present
    member of the workspace hears nothing.
    """
    if approved.decision is None:
        return
    for change in news(db, seen, approved.decision.id - 1).changes:
        before, after = change.before, change.after
        if before is not None and dict(before.proposal.values) == dict(after.proposal.values):
            continue
        told_anyway = _told_anyway(db, by, approved)
        subjects = follows.subjects_of(seen.plan, change.standing.indicator)
        names = directory.names(db)
        for user, mine in follows.followers(db, seen.plan.id, subjects).items():
            if user in told_anyway or directory.standing(db, user) != "member":
                continue
            said = followed_news(seen, change.standing, before, after, mine, names)
            key = f"follow:{approved.decision.id}:{user}"
            outbox.enqueue(db, key, user, "フォローのお知らせ", said.message, by.at.timestamp())


def _told_anyway(db: Database, by: By, approved: Submission) -> frozenset[str]:
    present = departments.reachable(db, approved.department, by.at.date())
    return frozenset({approved.actor, by.actor, *present})
