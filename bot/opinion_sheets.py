"""Sheets of opinions (意見の様式): issued, held against what is on record, recorded by one button."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from answers.opinion_given import GivenOpinion, OnRecord
from answers.opinion_preview import OpinionsPreview
from answers.opinion_rows import judge_opinions
from answers.opinion_sheet import opinions_form
from answers.opinion_sheet_messages import comes_with, file_name, recorded, title_of
from answers.sheet_rows import RowState
from answers.subjects import subjects_of
from bot import opinions
from bot.desk import Desk
from bot.opinion_drafts import OpinionsDraft
from bot.opinions_seen import owners, seen_by
from bot.remarking import owner_of
from bot.sheet_beside import do_each
from bot.sheet_sending import Parcel
from reports.sheet.filled import Filled, UnreadableSheet
from reports.sheet.opining import write_opinions
from store import departments, opinion_sheets, remarks
from store import opinions as kept_opinions
from store.acts import By
from store.errors import Stale
from store.inbox import Reply
from store.opinion_sheets import OpinionSheet
from store.people import Act, Who, permit
from store.plan import Plan
from store.remarks import Body, Opinion

NOT_OURS = (
    "この様式は、このボットが発行したものではありません（または別のデータのものです）。"
    "`/kpi-admin 意見 様式` で新しい様式を受け取ってください。"
)
OVER = (
    "この様式の計画は終わり、次の計画に替わっています。対応は `/kpi 意見` の画面から書けます。"
    "次の計画への意見は `/kpi-admin 意見 様式` で新しい様式を受け取ってください。"
)
MEANWHILE = "プレビューの後に、同じ意見が #{number} として記録されました。"
GONE = "対象か担当課が、プレビューの後に変わりました。ファイルをもう一度送ってください。"


def issue(desk: Desk, by: By, collection: int, body: Body | None) -> OpinionSheet:
    """Issue a sheet with what is on record. Inside the act's transaction."""
    plan = desk.plan
    there = [each for each in remarks.opinions(desk.db, plan.id, collection) if _of(body, each)]
    return opinion_sheets.issue(desk.db, by, plan.id, collection, body, there)


def parcel(desk: Desk, issued: OpinionSheet) -> Parcel:
    """The issued sheet as a file, filled in with what is on record."""
    plan = desk.plan_of(issued.plan)
    there = remarks.opinions(desk.db, issued.plan, issued.collection)
    seen = seen_by(desk, desk.who(issued.actor), there)
    known = departments.departments(desk.db, desk.today).values()
    made = write_opinions(opinions_form(issued, plan, seen, known))
    return Parcel(file_name(issued, plan), made, comes_with(issued, plan))


def read_opinions(desk: Desk, by: By, person: Who, filled: Filled) -> OpinionsDraft:
    """What the sheet would record if `person` said so now.

    Raises NotAllowed for whoever is no planner, before anything of the sheet is told, and
    UnreadableSheet for one that was not issued here or is of a plan that is over.
    """
    named = filled.meta.get("sheet", "")[:40]
    permit(by, person, Act.ADMINISTER, f"opinion_sheet:{named}")
    issued = opinion_sheets.sheet(desk.db, named)
    if issued is None:
        raise UnreadableSheet(NOT_OURS)
    if issued.plan != desk.plan.id:
        raise UnreadableSheet(OVER)
    plan = desk.plan
    rows = judge_opinions(filled, on_record(desk, issued, plan))
    return OpinionsDraft(issued.id, OpinionsPreview(title_of(issued, plan), rows))


def on_record(desk: Desk, issued: OpinionSheet, plan: Plan) -> OnRecord:
    """What a sheet is held against, now."""
    held = {each.number: each for each in remarks.opinions(desk.db, plan.id, issued.collection)}
    return OnRecord(
        plan,
        desk.today,
        owners(desk, held.values()),
        kept_opinions.wordings(desk.db, plan.id, issued.collection),
        held,
        kept_opinions.answers_among(desk.db, issued.answers),
        partial(owner_of, desk, plan),
    )


def record_opinions(desk: Desk, by: By, person: Who, draft: OpinionsDraft) -> Reply:
    """Record the good rows of a preview, as a planner; who is to answer hears of all at once.

    Inside the act's transaction. A row that may no longer be recorded is told with its reason.
    """
    permit(by, person, Act.ADMINISTER, f"opinion_sheet:{draft.opinions}")
    issued = opinion_sheets.sheet(desk.db, draft.opinions)
    if issued is None or issued.plan != desk.plan.id:
        raise Stale(OVER)
    record = on_record(desk, issued, desk.plan)
    write = partial(_write, desk, by, person, issued, record)
    done, lapsed = do_each(desk.db, by, draft.preview.good, write)
    _tell(desk, by, done)
    return recorded(draft.preview, done, lapsed).message


def _of(body: Body | None, opinion: Opinion) -> bool:
    return body in {None, opinion.body}


def _write(
    desk: Desk, by: By, person: Who, issued: OpinionSheet, record: OnRecord, given: GivenOpinion
) -> GivenOpinion:
    """Enter or answer what a row says; the row with the number that it got."""
    number = given.number
    if given.entry is not None:
        said = given.entry.said
        if (there := record.saying(said)) is not None:
            raise Stale(MEANWHILE.format(number=there))
        owner = said.department
        if given.entry.owner_of_subject:
            owning = record.owner_of(said.subject)
            owner = owning.id if owning else None
        known = {None, *record.departments}
        if said.subject not in subjects_of(record.plan) or owner not in known:
            raise Stale(GONE)
        said = replace(said, department=owner)
        number = kept_opinions.enter(desk.db, by, issued.plan, issued.collection, said)
    if given.answer is not None:
        opinions.write_answer(desk, by, person, number, given.answer, given.seen)
    return replace(given, number=number)


def _tell(desk: Desk, by: By, done: Sequence[GivenOpinion]) -> None:
    new = [each for each in done if each.state is RowState.NEW and each.answer is None]
    opinions.tell_owners(desk, by, [opinions.found(desk, each.number) for each in new])
    answered = [each for each in done if each.state is RowState.CHANGED]
    opinions.tell_askers(desk, by, [opinions.found(desk, each.number) for each in answered])
