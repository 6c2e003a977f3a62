"""What people do in a round: submit, approve, send back; each with the messages that follow from it.

Every function runs inside one transaction (the caller's `store.inbox.once`): authority is checked,
the act is appended and what is to be said is put in the outbox, all of it or nothing.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlite_utils import Database

from answers import approval, preview
from answers.content import Content
from bot import following
from store import departments, directory, outbox, shelf, submissions
from store.acts import By
from store.people import Act, Who, permit
from store.plan import Indicator, Plan
from store.standing import Outlook, Standing, outlook, owner
from store.submissions import Proposal, Submission


def enter(db: Database, by: By, person: Who, proposal: Proposal) -> Submission:
    """Submit a proposal as `person` and ask the planners to approve it.

    Raises NotAllowed unless the person belongs to the department that owns the indicator now, and
    Stale when the same figures are there already.
    """
    plan = shelf.read(db, proposal.plan)
    owning = owner(db, plan, proposal.indicator, by.at.date())
    permit(by, person, Act.SUBMIT, subject_of(proposal), owning)
    older = submissions.open_of(db, proposal)
    department = owning.id if owning else ""
    submitted = submissions.submit(db, by, proposal, department)
    for replaced in older:
        _tell_planners_it_is_settled(db, by, replaced.id)
    _ask_planners(db, by, submitted)
    return submitted


def accept(db: Database, by: By, person: Who, number: int) -> Submission:
    """Approve a submission as `person` and tell its submitter and department."""
    permit(by, person, Act.APPROVE, f"submission:{number}")
    approved = submissions.approve(db, by, number)
    _tell_everyone(db, by, approved)
    following.tell_followers(db, by, view_of(db, approved, by.at.date())[0], approved)
    return approved


def turn_back(
    db: Database, by: By, person: Who, number: int, new_due: date | None = None
) -> Submission:
    """Send a submission back as `person`, with `by.reason`, and tell submitter and department."""
    permit(by, person, Act.SEND_BACK, f"submission:{number}")
    returned = submissions.send_back(db, by, number, new_due.isoformat() if new_due else None)
    _tell_everyone(db, by, returned)
    return returned


def subject_of(proposal: Proposal) -> str:
    """How the audit names what was tried."""
    return f"{proposal.plan}/{proposal.indicator}/{proposal.collection}"


def view_of(db: Database, submission: Submission, today: date) -> tuple[Outlook, Standing]:
    """How the submission's indicator stands in its collection, seen from today."""
    proposal = submission.proposal
    plan = shelf.read(db, proposal.plan)
    seen = outlook(db, plan, today, proposal.collection, [proposal.indicator])
    return seen, seen.standings[proposal.indicator]


def receipt(db: Database, submitted: Submission, today: date) -> Content:
    """What the submitter is told at once."""
    seen, standing = view_of(db, submitted, today)
    return preview.receipt(seen, standing, submitted)


def _ask_planners(db: Database, by: By, submitted: Submission) -> None:
    seen, standing = view_of(db, submitted, by.at.date())
    names = directory.names(db)
    asked = approval.approval_request(seen, standing, submitted, names)
    for planner in departments.planners(db):
        if planner != by.actor:
            _say(db, by, request_key(submitted.id, planner), planner, asked, "承認のお願い")


def _tell_everyone(db: Database, by: By, settled: Submission) -> None:
    _tell_planners_it_is_settled(db, by, settled.id)
    seen, standing = view_of(db, settled, by.at.date())
    told = approval.outcome(seen, standing, settled, directory.names(db))
    present = departments.reachable(db, settled.department, by.at.date())
    for user in dict.fromkeys([settled.actor, *present]):
        _say(db, by, f"outcome:{settled.id}:{user}", user, told, "審査の結果")


def _tell_planners_it_is_settled(db: Database, by: By, number: int) -> None:
    settled = submissions.submission(db, number)
    seen, standing = view_of(db, settled, by.at.date())
    told = approval.decided(seen, standing, settled, directory.names(db))
    for asked in outbox.messages(db, like=request_key(number, "U%")):
        key = f"{asked.key}:decided"
        _say(db, by, key, asked.audience, told, "承認のお願い（処理済み）", edits=asked.key)


def request_key(number: int, planner: str) -> str:
    """The outbox key of one planner's request."""
    return f"approval:{number}:{planner}"


def _say(
    db: Database,
    by: By,
    key: str,
    user: str,
    content: Content,
    title: str,
    edits: str | None = None,
) -> None:
    payload: dict[str, Any] = content.message
    outbox.enqueue(db, key, user, title, payload, by.at.timestamp(), edits=edits)


def reportable(plan: Plan, db: Database, person: Who, today: date) -> list[Indicator]:
    """The indicators this person may submit, in the plan's order."""
    if not person.admitted:
        return []
    owning = departments.owners(db, plan.id, today)
    mine: set[str] = {d.id for d in person.departments}
    return [i for i in plan.indicators if (owning.get(i.id) or owning.get(i.policy or "")) in mine]
