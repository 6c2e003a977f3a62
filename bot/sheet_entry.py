"""One button submits a sheet: every row that still may be, in one transaction; the rest is said."""

from __future__ import annotations

from dataclasses import replace

from answers import sheet_messages
from answers.sheet_rows import GOOD, Judged, RowState
from bot import rounds
from bot.acting import refuse_outsiders
from bot.desk import Desk
from bot.opinion_drafts import OpinionsDraft
from bot.opinion_sheets import record_opinions
from bot.sheet_comparing import record_compared
from bot.sheet_drafts import SheetDraft, from_payload
from bot.sheet_efforts import write_efforts
from bot.sheet_reading import refuse_for
from store import drafts, sheets, submissions
from store.acts import By, record
from store.errors import Closed, NotAllowed, Stale
from store.inbox import Reply
from store.people import Act, Who, permit_entry
from store.standing import outlook
from store.submissions import Proposal, Submission

SAME = "同じ内容がすでに提出または承認されています。"
GONE = "この指標は今の計画にありません。"


def press(desk: Desk, user: str, team: str | None, draft: str, *, with_odd: bool) -> Reply:
    """Use up a draft and do what its preview shows, whichever kind of sheet it is of.

    Runs inside the act's transaction; `with_odd` also does what was asked about.
    """
    by, person = desk.by(user, "sheet"), desk.who(user, team)
    refuse_outsiders(by, person, Act.SUBMIT, "draft")
    kept = from_payload(drafts.use(desk.db, draft, by))
    if isinstance(kept, OpinionsDraft):
        return record_opinions(desk, by, person, kept)
    return _submit(desk, by, person, kept, with_odd)


def _submit(desk: Desk, by: By, person: Who, kept: SheetDraft, with_odd: bool) -> Reply:
    """Submit the rows. Who may what is decided now, row by row: a row that may no longer be submitted
    is told with its reason and keeps no other back.
    """
    wanted = kept.preview.of(*GOOD, *((RowState.ODD,) if with_odd else ()))
    checked = [(row, _why_not(desk, by, person, kept, row)) for row in wanted]
    lapsed = [replace(row, why=(why,)) for row, why in checked if why]
    made = _enter(desk, by, person, [row for row, why in checked if not why])
    submitted = {each.proposal.indicator for each in made}
    taken = [row for row, _ in checked if row.indicator in submitted]
    same = [
        replace(row, why=(SAME,))
        for row, why in checked
        if not why and row.indicator not in submitted
    ]
    issued = sheets.sheet(desk.db, kept.sheet)
    plan = issued.plan if issued else ""
    compared = record_compared(desk, by, person, plan, kept.preview.to_record)
    wrote = write_efforts(desk, by, person, issued, kept.preview.to_write) if issued else ([], [])
    left = 0 if with_odd else len(kept.preview.of(RowState.ODD))
    return sheet_messages.receipt(
        kept.preview, taken, (*lapsed, *same), left, made, *compared, *wrote
    ).message


def _enter(desk: Desk, by: By, person: Who, rows: list[Judged]) -> tuple[Submission, ...]:
    """Submit these with one request for all, but those whose figures are there already."""
    proposals = [row.proposal for row in rows if row.proposal]
    try:
        return rounds.enter_all(desk.db, by, person, proposals) if proposals else ()
    except Stale:
        return ()


def _why_not(desk: Desk, by: By, person: Who, kept: SheetDraft, row: Judged) -> str | None:
    """Why a row that was good when it was shown may not be submitted any more."""
    proposal = row.proposal
    plan = desk.plan_of(proposal.plan) if proposal else None
    if proposal is None or plan is None or proposal.indicator not in plan.by_id:
        return GONE
    newer = submissions.since(desk.db, proposal, kept.seen)
    if newer:
        return f"プレビューの後に <@{newer[-1].actor}> さんが同じ指標を提出しました。"
    return _refused(desk, by, person, kept, proposal)


def _refused(desk: Desk, by: By, person: Who, kept: SheetDraft, proposal: Proposal) -> str | None:
    plan, issued = desk.plan_of(proposal.plan), sheets.sheet(desk.db, kept.sheet)
    ids = [proposal.indicator]
    standing = outlook(desk.db, plan, desk.today, proposal.collection, ids).standings[ids[0]]
    try:
        permit_entry(by, person, rounds.subject_of(proposal), standing.department)
        rounds.refuse_closed(desk.db, person, proposal)
    except NotAllowed as denied:
        record(desk.db, by.because(str(denied)), denied.act, denied.subject, "denied")
        return str(denied)
    except Closed as closed:
        return str(closed)
    return refuse_for(desk, person, issued)(standing) if issued else GONE
