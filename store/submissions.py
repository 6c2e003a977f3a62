"""実績値 as they are submitted, approved, returned, withdrawn and superseded: the ledger's verbs.

Nothing is ever changed: a submission is a row, what became of it is another. Each verb expects to
run inside a transaction (`store.db.writing`), together with the inbox row of the act.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlite_utils import Database

from store.acts import By, append, rows
from store.errors import NotAllowed, Stale
from store.submitted import (
    Confirmation,
    Decision,
    Kind,
    Outcome,
    Proposal,
    SeriesValues,
    Submission,
    select,
)

__all__ = [
    "Confirmation",
    "Decision",
    "Kind",
    "Outcome",
    "Proposal",
    "SeriesValues",
    "Submission",
]

OF_ROUND = "plan = ? AND indicator = ? AND collection = ?"
OUTCOME_WORDS: dict[str, str] = {
    "approve": "承認済み",
    "return": "差戻し済み",
    "withdraw": "取下げ済み",
    "supersede": "新しい提出に置き換え済み",
}


OWN = "ご自身の提出は承認できません。ほかの企画担当が承認します。"
CORRECTED = "ご自身が直した値は承認できません。ほかの企画担当が承認します。"
AWAITS_LEAD = "この提出は担当課の課長の確認を待っています。確認が済むと承認できます。"


def submit(
    db: Database,
    by: By,
    proposal: Proposal,
    department: str,
    sample: bool = False,
    *,
    corrects: int | None = None,
    proxy: bool = False,
    needs_lead: bool = False,
) -> Submission:
    """Append a submission; one that is still 確認中 for the same figure is superseded.

    `corrects` names the submission that a planner puts right, for `by.reason`. Raises Stale when the
    same figures are already waiting or already approved.
    """
    given = select(db, OF_ROUND, _round(proposal))
    waiting = [each for each in given if each.open]
    _refuse_repetition(proposal, waiting, _approved_last(given))
    number = append(
        db,
        "submissions",
        by,
        **_columns(proposal),
        department=department,
        sample=int(sample),
        corrects=corrects,
        proxy=int(proxy),
        needs_lead=int(needs_lead),
    )
    for series, value in proposal.values.items():
        db.execute(
            "INSERT INTO actual_values(submission, series, value) VALUES (?, ?, ?)",
            [number, series or "", format(value, "f")],
        )
    for older in waiting:
        append(db, "decisions", by, submission=older.id, kind="supersede")
    return submission(db, number)


def open_of(db: Database, proposal: Proposal) -> list[Submission]:
    """What is 確認中 for the same figure: the same indicator and collection."""
    return select(db, f"decided IS NULL AND {OF_ROUND}", _round(proposal))


def approved_of(db: Database, proposal: Proposal) -> Submission | None:
    """The figure of the same indicator and collection that counts now."""
    return next(iter(select(db, OF_ROUND, _round(proposal), view="current_submissions")), None)


def _approved_last(given: Iterable[Submission]) -> Submission | None:
    """Of all that was given for a figure, what counts now: as `current_submissions` has it."""
    approved = {s.decision.id: s for s in given if s.decision and s.decision.kind == "approve"}
    return approved[max(approved)] if approved else None


def _refuse_repetition(
    proposal: Proposal, waiting: Iterable[Submission], approved: Submission | None
) -> None:
    if any(s.proposal.same_figures(proposal) for s in waiting):
        raise Stale("同じ内容がすでに提出され、確認中です。二重には登録されません。")
    if not waiting and approved is not None and approved.proposal.same_figures(proposal):
        raise Stale("同じ内容がすでに承認されています。変更はありません。")


def approve(db: Database, by: By, number: int) -> Submission:
    """Approve a submission that is 確認中. Nobody approves their own, nor what they put right.

    Raises Stale when it was decided before or waits for 課長確認, NotAllowed for one's own.
    """
    found = undecided(db, number)
    if why := not_by(db, found, by.actor):
        raise NotAllowed(why, by, "approve", f"submission:{number}")
    if found.awaits_lead:
        raise Stale(AWAITS_LEAD)
    append(db, "decisions", by, submission=number, kind="approve")
    return submission(db, number)


def not_by(db: Database, found: Submission, user: str) -> str | None:
    """Why `user` may not approve this submission whoever they are: it is theirs. None if they may."""
    mine = db.execute(
        "SELECT 1 FROM correctors WHERE submission = ? AND actor = ?", [found.id, user]
    ).fetchone()
    if mine is not None:
        return CORRECTED
    return OWN if found.actor == user else None


def confirm(db: Database, by: By, number: int, for_lead: str | None = None) -> Submission:
    """課長確認: planners may be asked now. `for_lead` names the lead whom a deputy stands in for.

    Raises Stale when it was decided or confirmed before or needs no confirmation, NotAllowed for
    one's own.
    """
    found = undecided(db, number)
    if found.confirmation is not None:
        who, when = found.confirmation.actor, found.confirmation.at[:16].replace("T", " ")
        raise Stale(f"この提出は課長確認済みです（<@{who}>、{when}）。変更はありません。")
    if not found.needs_lead:
        raise Stale("この提出に課長確認は要りません。変更はありません。")
    if found.actor == by.actor:
        said = "ご自身の提出は確認できません。"
        raise NotAllowed(said, by, "confirm", f"submission:{number}")
    append(db, "confirmations", by, submission=number, for_lead=for_lead)
    return submission(db, number)


def send_back(db: Database, by: By, number: int, new_due: str | None = None) -> Submission:
    """Return a submission to its department; `by.reason` says why (the schema insists)."""
    undecided(db, number)
    append(db, "decisions", by, submission=number, kind="return", new_due=new_due)
    return submission(db, number)


def withdraw(db: Database, by: By, number: int) -> Submission:
    """Take a submission back before it was decided."""
    undecided(db, number)
    append(db, "decisions", by, submission=number, kind="withdraw")
    return submission(db, number)


def undecided(db: Database, number: int) -> Submission:
    """The submission, still 確認中. Raises Stale, saying what became of it, when it is not."""
    found = submission(db, number)
    if found.decision is not None:
        who, when = found.decision.actor, found.decision.at[:16].replace("T", " ")
        raise Stale(
            f"この提出は{OUTCOME_WORDS[found.decision.kind]}です（<@{who}>、{when}）。変更はありません。"
        )
    return found


def submission(db: Database, number: int) -> Submission:
    """One submission by its number. Raises Stale when there is none."""
    found = select(db, "id = ?", [number])
    if not found:
        raise Stale("この提出は見つかりません。")
    return found[0]


def history(db: Database, plan: str, indicator: str) -> list[Submission]:
    """Everything ever submitted for one indicator, oldest first."""
    return select(db, "plan = ? AND indicator = ?", [plan, indicator])


def waiting(db: Database, plan: str | None = None) -> list[Submission]:
    """What is 確認中, oldest first."""
    if plan is None:
        return select(db, "decided IS NULL", [])
    return select(db, "decided IS NULL AND plan = ?", [plan])


def for_planners(db: Database, plan: str | None = None) -> list[Submission]:
    """What planners can decide on: 確認中 without what waits for 課長確認; oldest first."""
    return [each for each in waiting(db, plan) if not each.awaits_lead]


def given_for(db: Database, plan: str) -> frozenset[str]:
    """The indicators of a plan for which figures were given, whatever became of them."""
    found = rows(
        db,
        """SELECT DISTINCT indicator FROM submissions s JOIN actual_values v ON v.submission = s.id
           WHERE plan = ?""",
        [plan],
    )
    return frozenset(row["indicator"] for row in found)


def newest_number(db: Database) -> int:
    """The number of the newest submission there is, 0 before the first."""
    return int(db.execute("SELECT coalesce(max(id), 0) FROM submissions").fetchone()[0])


def since(db: Database, proposal: Proposal, number: int) -> list[Submission]:
    """What was submitted for the same figure after submission `number`, oldest first."""
    return select(db, f"id > ? AND {OF_ROUND}", [number, *_round(proposal)])


def approved_until(
    db: Database, plan: str, indicators: Iterable[str], until: int
) -> dict[str, list[Submission]]:
    """The approved submissions that count, by indicator, of collections up to `until`; oldest first."""
    among, args = _among(plan, indicators)
    found = select(
        db,
        f"{among} AND collection <= ?",
        [*args, until],
        view="current_submissions",
        order="collection",
    )
    by_indicator: dict[str, list[Submission]] = {}
    for each in found:
        by_indicator.setdefault(each.proposal.indicator, []).append(each)
    return by_indicator


def last_of(
    db: Database, plan: str, indicators: Iterable[str], collection: int
) -> dict[str, Submission]:
    """The last submission of a collection, by indicator, that was neither withdrawn nor superseded."""
    among, args = _among(plan, indicators)
    found = select(
        db,
        f"""id IN (SELECT max(id) FROM submission_states WHERE {among} AND collection = ?
            AND decided IS NOT 'withdraw' AND decided IS NOT 'supersede' GROUP BY indicator)""",
        [*args, collection],
    )
    return {each.proposal.indicator: each for each in found}


def _among(plan: str, indicators: Iterable[str]) -> tuple[str, list[Any]]:
    ids = list(indicators)
    return f"plan = ? AND indicator IN ({', '.join('?' for _ in ids)})", [plan, *ids]


def _round(proposal: Proposal) -> list[Any]:
    return [proposal.plan, proposal.indicator, proposal.collection]


def _columns(proposal: Proposal) -> dict[str, Any]:
    return {
        "plan": proposal.plan,
        "indicator": proposal.indicator,
        "collection": proposal.collection,
        "kind": proposal.kind,
        "period": proposal.period,
        "month": proposal.month,
        "source": proposal.source,
        "note": proposal.note,
        "typed": proposal.typed,
        "oddities": json.dumps(proposal.oddities, ensure_ascii=False),
    }
