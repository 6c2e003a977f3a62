"""What people do in a round: submit, confirm, approve, send back, withdraw, put right.

Every function runs inside one transaction (the caller's `store.inbox.once`): authority is checked,
the act is appended and what is to be said is put in the outbox, all of it or nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlite_utils import Database

from answers import preview
from answers.content import Content
from bot import telling
from schedules.changes.telling import notice
from store import confirming, departments, locks, shelf, submissions
from store.acts import By
from store.departments import Department
from store.errors import Closed, Stale
from store.fiscal import era, fiscal_year
from store.people import Act, Who, permit, permit_entry
from store.plan import Indicator, Plan
from store.standing import Outlook, Standing, outlook, owner
from store.submissions import Proposal, Submission


def enter(db: Database, by: By, person: Who, proposal: Proposal) -> Submission:
    """Submit a proposal as `person` and ask for its approval, of the department's lead first where
    the department wants that (課長確認).

    A planner who is not of the department submits by proxy (代理入力). Raises NotAllowed for anybody
    else, Closed when the collection is locked and Stale when the same figures are there already.
    """
    submitted = _append(db, by, person, proposal)
    _ask(db, by, [submitted])
    return submitted


def enter_all(
    db: Database, by: By, person: Who, proposals: Sequence[Proposal]
) -> tuple[Submission, ...]:
    """Submit many proposals (a sheet) at once, with one request to each who is asked.

    Proposals whose figures are there already are left out of what is returned. Raises as `enter`
    does, and then nothing is submitted; Stale when there was nothing new in any.
    """
    made: list[Submission] = []
    same: list[Stale] = []
    for proposal in proposals:
        try:
            made.append(_append(db, by, person, proposal))
        except Stale as there_already:
            same.append(there_already)
    if same and not made:
        raise same[0]
    _ask(db, by, made)
    return tuple(made)


def _append(db: Database, by: By, person: Who, proposal: Proposal) -> Submission:
    owning = _owner(db, by, proposal)
    permit_entry(by, person, subject_of(proposal), owning)
    refuse_closed(db, person, proposal)
    older = submissions.open_of(db, proposal)
    submitted = submissions.submit(
        db,
        by,
        proposal,
        owning.id if owning else "",
        proxy=not person.may(Act.SUBMIT, owning),
        needs_lead=_needs_lead(db, by, person, owning),
    )
    _replaced(db, by, older)
    return submitted


def _needs_lead(db: Database, by: By, person: Who, owning: Department | None) -> bool:
    """What a member submits, unless the department has no lead that could be asked."""
    if owning is None or not confirming.wanted(db, owning.id):
        return False
    if not person.belongs_to(owning) or person.leads_today(owning):
        return False
    return bool(telling.leads_of(db, owning.id, by.at.date()))


def correct(db: Database, by: By, person: Who, number: int, proposal: Proposal) -> Submission:
    """Put a submitted figure right as a planner, for `by.reason`: another planner approves it.

    What is put right is still 確認中 and is superseded, or is the approved figure of a locked
    collection. Raises Stale when it was decided otherwise, NotAllowed for anybody else.
    """
    permit(by, person, Act.CORRECT, f"submission:{number}")
    found = submissions.submission(db, number)
    if not (found.decision and found.decision.kind == "approve"):
        submissions.undecided(db, number)
    if found.awaits_lead:
        raise Stale(submissions.AWAITS_LEAD)
    older = submissions.open_of(db, proposal)
    made = submissions.submit(db, by, proposal, found.department, proxy=True, corrects=number)
    _replaced(db, by, older)
    telling.ask(db, by, "planner", [made])
    return made


def enter_after_lock(db: Database, by: By, person: Who, proposal: Proposal) -> Submission:
    """Enter a figure for a locked collection as a planner, for `by.reason` (訂正).

    It names the approved figure that it puts right, where there is one.
    """
    permit(by, person, Act.CORRECT, subject_of(proposal))
    approved = submissions.approved_of(db, proposal)
    if approved is not None:
        return correct(db, by, person, approved.id, proposal)
    owning, older = _owner(db, by, proposal), submissions.open_of(db, proposal)
    made = submissions.submit(db, by, proposal, owning.id if owning else "", proxy=True)
    _replaced(db, by, older)
    telling.ask(db, by, "planner", [made])
    return made


def accept(db: Database, by: By, person: Who, number: int) -> Submission:
    """Approve a submission as `person` and tell its submitter and department."""
    permit(by, person, Act.APPROVE, f"submission:{number}")
    approved = submissions.approve(db, by, number)
    decided(db, by, [approved])
    return approved


def turn_back(
    db: Database, by: By, person: Who, number: int, new_due: date | None = None
) -> Submission:
    """Send a submission back as `person`, with `by.reason`, and tell submitter and department.

    Planners may, and the department's lead while it waits for their 課長確認.
    """
    permit_return(db, by, person, submissions.submission(db, number))
    returned = submissions.send_back(db, by, number, new_due.isoformat() if new_due else None)
    decided(db, by, [returned])
    return returned


def permit_return(db: Database, by: By, person: Who, found: Submission) -> None:
    """Let a 差戻し pass, or raise NotAllowed."""
    subject = f"submission:{found.id}"
    owning = department_of(db, found, by.at.date())
    if found.awaits_lead and person.may(Act.CONFIRM, owning):
        return
    permit(by, person, Act.SEND_BACK, subject)


def withdraw(db: Database, by: By, person: Who, number: int) -> Submission:
    """Take a submission back as its submitter or their lead (取下げ); every request says so."""
    found = submissions.submission(db, number)
    owning = department_of(db, found, by.at.date())
    permit(by, person, Act.WITHDRAW, f"submission:{number}", owning, found.actor)
    withdrawn = submissions.withdraw(db, by, number)
    telling.settled(db, by, [withdrawn])
    telling.withdrawn(db, by, withdrawn)
    return withdrawn


def _ask(db: Database, by: By, made: Sequence[Submission]) -> None:
    to_lead = [s for s in made if s.awaits_lead]
    for department in dict.fromkeys(s.department for s in to_lead):
        telling.ask(db, by, "lead", [s for s in to_lead if s.department == department])
    telling.ask(db, by, "planner", [s for s in made if not s.awaits_lead])


def _replaced(db: Database, by: By, older: Sequence[Submission]) -> None:
    telling.settled(db, by, [submissions.submission(db, each.id) for each in older])


def decided(db: Database, by: By, found: Sequence[Submission]) -> None:
    """Say what became of these: in their requests, to submitters and departments.

    What changed is told to followers and channels at the end of the hour.
    """
    telling.settled(db, by, found)
    telling.outcomes(db, by, found)
    approvals = [s.decision.id for s in found if s.decision and s.decision.kind == "approve"]
    if approvals:
        notice(db, min(approvals) - 1, by.at)


def refuse_closed(db: Database, person: Who, proposal: Proposal) -> None:
    """Raises Closed for what was retired by then, and for a locked collection, saying who puts its
    figures right and how.
    """
    _refuse_retired(db, proposal)
    if locks.lock_of(db, proposal.plan, proposal.collection) is None:
        return
    year = era(proposal.collection)
    how = (
        f"`/kpi-admin 訂正 {proposal.indicator} {year}` から理由を付けて訂正できます。"
        if person.planner
        else "訂正が必要なときは、値と理由を企画担当にお知らせください。"
    )
    raise Closed(f"{year}実績は締められているため、登録されていません。{how}", proposal.typed or "")


def _refuse_retired(db: Database, proposal: Proposal) -> None:
    plan = shelf.read(db, proposal.plan).as_of(proposal.collection)
    found = plan.by_id.get(proposal.indicator)
    if found and found.retired_from is not None and found.retired_in(proposal.collection):
        raise Closed(
            f"{found.id} は{era(found.retired_from)}から廃止された指標です。"
            f"{era(proposal.collection)}実績の提出は要りません。登録されていません。",
            proposal.typed or "",
        )


def department_of(db: Database, found: Submission, today: date) -> Department | None:
    """The department that answers for a submission today: the one that gave it, or its successor."""
    heir = departments.heir(db, found.department, today)
    return departments.departments(db, today).get(heir)


def _owner(db: Database, by: By, proposal: Proposal) -> Department | None:
    return owner(db, shelf.read(db, proposal.plan), proposal.indicator, by.at.date())


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


def reportable(plan: Plan, db: Database, person: Who, today: date) -> list[Indicator]:
    """The indicators this person may submit, in the plan's order; planners may by proxy submit all.

    Without those that were retired by the last year that is over.
    """
    if not person.admitted:
        return []
    asked = [i for i in plan.indicators if not i.retired_in(fiscal_year(today) - 1)]
    if person.planner:
        return asked
    owning = departments.owners(db, plan.id, today)
    mine: set[str] = {d.id for d in person.departments}
    return [i for i in asked if (owning.get(i.id) or owning.get(i.policy or "")) in mine]
