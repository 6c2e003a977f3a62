"""A filled sheet against the ledger: which issue it is, whose, and what it would change."""

from __future__ import annotations

from collections.abc import Iterator

from answers.propose import check_collection
from answers.sheet_comparing import judge_compared
from answers.sheet_efforts import judge_efforts
from answers.sheet_preview import SheetPreview
from answers.sheet_rows import Refuse, judge_rows, missing_rows
from bot import rounds
from bot.desk import Desk
from bot.sheet_drafts import SheetDraft
from reports.sheet.filled import Filled, UnreadableSheet
from reports.sheet.form import checksum
from store import comparisons, departments, directory, remarks, sheets, submissions
from store.acts import By
from store.fiscal import era
from store.people import Act, Who, permit_entry, refusal
from store.sheets import Sheet, indicators_of
from store.standing import Outlook, Standing, outlook
from store.submissions import Proposal

NOT_OURS = (
    "この様式は、このボットが発行したものではありません（または別のデータのものです）。"
    "`/kpi-submit 様式` で新しい様式を受け取ってください。"
)
CHANGED = (
    "様式の管理用の情報が書き換えられているため、読み取れません。"
    "`/kpi-submit 様式` で新しい様式を受け取り、値を写してください。"
)


def read_against(desk: Desk, by: By, person: Who, filled: Filled) -> SheetDraft:
    """What the sheet would change if `person` submitted it now.

    Raises UnreadableSheet for a sheet that was not issued here, NotAllowed for somebody who may
    submit nothing of it, and BadInput when its collection takes no submissions.
    """
    issued = _issue(desk, filled)
    plan = desk.plan_of(issued.plan)
    ids = [i for i in indicators_of(issued.rows) if i in plan.by_id]
    check_collection(plan, issued.collection, desk.today, "")
    rounds.refuse_closed(desk.db, person, Proposal(plan.id, "".join(ids[:1]), issued.collection))
    seen = outlook(desk.db, plan, desk.today, issued.collection, ids)
    _permit_some(by, person, issued, seen)
    preview = SheetPreview(
        f"{era(issued.collection)}実績　{_called(desk, issued)}",
        judge_rows(issued, filled, seen, refuse_for(desk, person, issued)),
        (*_by_proxy(person, seen), *_notes(desk, issued, filled)),
        seen.sample,
        judge_compared(
            filled, seen, comparisons.by_indicator(desk.db, plan.id), _refuse(person, Act.DESCRIBE)
        ),
        judge_efforts(
            filled,
            seen,
            remarks.efforts(desk.db, plan.id, issued.collection),
            remarks.efforts(desk.db, plan.id, issued.collection, issued.at),
            _refuse(person, Act.REFLECT),
        ),
    )
    return SheetDraft(issued.id, submissions.newest_number(desk.db), preview)


def _issue(desk: Desk, filled: Filled) -> Sheet:
    issued = sheets.sheet(desk.db, filled.meta.get("sheet", ""))
    if issued is None:
        raise UnreadableSheet(NOT_OURS)
    if filled.meta.get("checksum") != checksum(issued.rows):
        raise UnreadableSheet(CHANGED)
    return issued


def _permit_some(by: By, person: Who, issued: Sheet, seen: Outlook) -> None:
    """Whoever may submit nothing of the sheet is refused as a whole, with one audit row."""
    owners = [standing.department for standing in seen.standings.values()]
    if not any(person.may(Act.SUBMIT, owner) for owner in owners):
        permit_entry(by, person, f"sheet:{issued.id}", owners[0] if owners else None)


def refuse_for(desk: Desk, person: Who, issued: Sheet) -> Refuse:
    """Why `person` may not submit an indicator from this sheet now; None where they may."""
    heir = departments.heir(desk.db, issued.department, desk.today)

    def why(standing: Standing) -> str | None:
        owner = standing.department
        if owner is None or owner.id not in {heir, issued.department}:
            now = owner.name if owner else "未設定"
            return f"この指標の担当は、いまは{now}です。この様式からは提出できません。"
        if person.may(Act.SUBMIT, owner) or person.may(Act.PROXY):
            return None
        return refusal(person, Act.SUBMIT, owner)

    return why


def _refuse(person: Who, act: Act) -> Refuse:
    """Why `person` may not do this to an indicator now; None where they may."""

    def why(standing: Standing) -> str | None:
        allowed = person.may(act, standing.department)
        return None if allowed else refusal(person, act)

    return why


def _by_proxy(person: Who, seen: Outlook) -> Iterator[str]:
    owners = [standing.department for standing in seen.standings.values()]
    if not any(person.may(Act.SUBMIT, owner) for owner in owners):
        yield "企画担当による代理入力になります。ほかの企画担当が承認します。"


def _notes(desk: Desk, issued: Sheet, filled: Filled) -> Iterator[str]:
    """What there is to say of the file as a whole."""
    newest = sheets.newest(desk.db, issued)
    if newest.version > issued.version:
        day = f"{int(newest.at[5:7])}/{int(newest.at[8:10])}"
        yield (
            f"この様式は第{issued.version}版です。"
            f"新しい様式（第{newest.version}版、{day}発行）が発行されています。{_differences(issued, newest)}"
        )
    missing = missing_rows(issued, filled)
    if missing:
        yield f"ファイルにない行があります: {' '.join(missing)}。その行は何も変わりません。"


def _differences(issued: Sheet, newest: Sheet) -> str:
    before, after = indicators_of(issued.rows), indicators_of(newest.rows)
    added = [i for i in after if i not in before]
    gone = [i for i in before if i not in after]
    said = [
        f"新しい様式で加わった指標: {' '.join(added)}。" if added else "",
        f"新しい様式からなくなった指標: {' '.join(gone)}。" if gone else "",
    ]
    return "".join(said) or "行は同じなので、このまま読み取りました。"


def _called(desk: Desk, issued: Sheet) -> str:
    return directory.names(desk.db).get(issued.department, issued.department)
