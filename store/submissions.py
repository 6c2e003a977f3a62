"""実績値 as they are submitted, approved, returned, withdrawn and superseded: the ledger's verbs.

Nothing is ever changed: a submission is a row, what became of it is another. Each verb expects to
run inside a transaction (`store.db.writing`), together with the inbox row of the act.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from sqlite_utils import Database

from store.acts import By, append, rows
from store.errors import NotAllowed, Stale

Kind = Literal["actual", "awaiting", "no_survey"]
Outcome = Literal["approve", "return", "withdraw", "supersede"]
SeriesValues = Mapping[str | None, Decimal]

OF_ROUND = "plan = ? AND indicator = ? AND collection = ?"
OUTCOME_WORDS: dict[str, str] = {
    "approve": "承認済み",
    "return": "差戻し済み",
    "withdraw": "取下げ済み",
    "supersede": "新しい提出に置き換え済み",
}


@dataclass(frozen=True)
class Proposal:
    """What somebody wants to submit for one indicator and collection (報告年度).

    `actual` has values and a period (see `store.periods`); `awaiting` (統計公表待ち) may have the
    month it is expected in; `no_survey` (調査対象外年度) has neither.
    """

    plan: str
    indicator: str
    collection: int
    kind: Kind = "actual"
    values: SeriesValues = field(default_factory=dict)
    period: str | None = None
    month: int | None = None
    source: str | None = None
    note: str | None = None
    typed: str | None = None
    oddities: tuple[str, ...] = ()

    def same_figures(self, other: Proposal) -> bool:
        """Says the same thing, whatever was typed to say it."""
        mine = (self.kind, dict(self.values), self.period, self.month, self.source, self.note)
        theirs = (
            other.kind,
            dict(other.values),
            other.period,
            other.month,
            other.source,
            other.note,
        )
        return mine == theirs


@dataclass(frozen=True)
class Decision:
    """What became of a submission, with who, when and why."""

    id: int
    kind: Outcome
    at: str
    actor: str
    reason: str | None
    new_due: str | None


@dataclass(frozen=True)
class Submission:
    """One submission as it stands in history."""

    id: int
    proposal: Proposal
    department: str
    sample: bool
    at: str
    actor: str
    surface: str
    decision: Decision | None

    @property
    def open(self) -> bool:
        """Still 確認中."""
        return self.decision is None


def submit(
    db: Database, by: By, proposal: Proposal, department: str, sample: bool = False
) -> Submission:
    """Append a submission; one that is still 確認中 for the same figure is superseded.

    Raises Stale when the same figures are already waiting or already approved.
    """
    waiting = open_of(db, proposal)
    approved = _select(db, OF_ROUND, _round(proposal), view="current_submissions")
    _refuse_repetition(proposal, waiting, approved)
    number = append(
        db, "submissions", by, **_columns(proposal), department=department, sample=int(sample)
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
    return _select(db, f"decided IS NULL AND {OF_ROUND}", _round(proposal))


def _refuse_repetition(
    proposal: Proposal, waiting: Iterable[Submission], approved: Iterable[Submission]
) -> None:
    if any(s.proposal.same_figures(proposal) for s in waiting):
        raise Stale("同じ内容がすでに提出され、確認中です。二重には登録されません。")
    if not waiting and any(s.proposal.same_figures(proposal) for s in approved):
        raise Stale("同じ内容がすでに承認されています。変更はありません。")


def approve(db: Database, by: By, number: int) -> Submission:
    """Approve a submission that is 確認中. Nobody approves their own.

    Raises Stale when it was decided before, NotAllowed for one's own.
    """
    found = undecided(db, number)
    if found.actor == by.actor:
        raise NotAllowed(
            "ご自身の提出は承認できません。ほかの企画担当が承認します。",
            by,
            "approve",
            f"submission:{number}",
        )
    append(db, "decisions", by, submission=number, kind="approve")
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
    found = _select(db, "id = ?", [number])
    if not found:
        raise Stale("この提出は見つかりません。")
    return found[0]


def history(db: Database, plan: str, indicator: str) -> list[Submission]:
    """Everything ever submitted for one indicator, oldest first."""
    return _select(db, "plan = ? AND indicator = ?", [plan, indicator])


def waiting(db: Database, plan: str | None = None) -> list[Submission]:
    """What is 確認中, oldest first."""
    if plan is None:
        return _select(db, "decided IS NULL", [])
    return _select(db, "decided IS NULL AND plan = ?", [plan])


def newest_number(db: Database) -> int:
    """The number of the newest submission there is, 0 before the first."""
    return int(db.execute("SELECT coalesce(max(id), 0) FROM submissions").fetchone()[0])


def since(db: Database, proposal: Proposal, number: int) -> list[Submission]:
    """What was submitted for the same figure after submission `number`, oldest first."""
    return _select(db, f"id > ? AND {OF_ROUND}", [number, *_round(proposal)])


def newest(
    db: Database, plan: str, indicators: Iterable[str], until: int
) -> tuple[list[Submission], list[Submission]]:
    """For these indicators and collections up to `until`: what is approved, and what came last.

    The first list holds the current approved submission of each round, the second the last
    submission of each round that was neither withdrawn nor superseded; both oldest round first.
    """
    ids = list(indicators)
    marks = ", ".join("?" for _ in ids)
    among = f"plan = ? AND indicator IN ({marks}) AND collection <= ?"
    args = [plan, *ids, until]
    approved = _select(db, among, args, view="current_submissions", order="collection")
    last = _select(
        db,
        f"""id IN (SELECT max(id) FROM submission_states WHERE {among}
            AND decided IS NOT 'withdraw' AND decided IS NOT 'supersede'
            GROUP BY indicator, collection)""",
        args,
        order="collection",
    )
    return approved, last


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


def _select(
    db: Database,
    where: str,
    args: list[Any],
    view: str = "submission_states",
    order: str = "id",
) -> list[Submission]:
    found = rows(
        db,
        f"""SELECT *, (SELECT json_group_array(json_array(series, value)) FROM
              (SELECT series, value FROM actual_values WHERE submission = v.id ORDER BY rowid)
            ) AS figures FROM {view} v WHERE {where} ORDER BY {order}, id""",
        args,
    )
    return [_submission(row) for row in found]


def _submission(row: dict[str, Any]) -> Submission:
    proposal = Proposal(
        plan=row["plan"],
        indicator=row["indicator"],
        collection=row["collection"],
        kind=row["kind"],
        values={series or None: Decimal(value) for series, value in json.loads(row["figures"])},
        period=row["period"],
        month=row["month"],
        source=row["source"],
        note=row["note"],
        typed=row["typed"],
        oddities=tuple(json.loads(row["oddities"])),
    )
    decision = row["decision"] and Decision(
        row["decision"],
        row["decided"],
        row["decided_at"],
        row["decided_by"],
        row["decided_why"],
        row["new_due"],
    )
    return Submission(
        row["id"],
        proposal,
        row["department"],
        bool(row["sample"]),
        row["at"],
        row["actor"],
        row["surface"],
        decision,
    )
