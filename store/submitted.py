"""A submission as it stands in history: what was proposed, by whom, and what became of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal

from sqlite_utils import Database

from store.departments import NAME_ON

Kind = Literal["actual", "awaiting", "no_survey"]
Outcome = Literal["approve", "return", "withdraw", "supersede"]
SeriesValues = Mapping[str | None, Decimal]


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
class Confirmation:
    """課長確認: who confirmed, and for which lead when it was a deputy."""

    at: str
    actor: str
    for_lead: str | None


@dataclass(frozen=True)
class Submission:
    """One submission as it stands in history.

    `corrects` is the submission whose figure the planning section put right with it, for `reason`;
    `proxy` marks what that section entered (代理入力); `needs_lead` asks for a 課長確認 first. `department_name` is
    what the department was called on the day of the submission.
    """

    id: int
    proposal: Proposal
    department: str
    sample: bool
    at: str
    actor: str
    surface: str
    decision: Decision | None
    reason: str | None = None
    corrects: int | None = None
    proxy: bool = False
    needs_lead: bool = False
    confirmation: Confirmation | None = None
    department_name: str | None = None

    @property
    def open(self) -> bool:
        """Still 確認中."""
        return self.decision is None

    @property
    def awaits_lead(self) -> bool:
        """課長確認待ち: 確認中, and planners are not asked before the department's lead confirmed."""
        return self.open and self.needs_lead and self.confirmation is None


_NAME = NAME_ON.format(department="v.department", day="substr(v.at, 1, 10)")


def select(
    db: Database,
    where: str,
    args: list[Any],
    view: str = "submission_states",
    order: str = "id",
) -> list[Submission]:
    """The submissions of a view for which `where` holds."""
    cursor = db.execute(
        f"""SELECT *, (SELECT json_group_array(json_array(series, value)) FROM
              (SELECT series, value FROM actual_values WHERE submission = v.id ORDER BY rowid)
            ) AS figures,
              (SELECT json_array(at, actor, for_lead) FROM confirmations WHERE submission = v.id)
                AS confirmed,
              {_NAME} AS department_name
            FROM {view} v WHERE {where} ORDER BY {order}, id""",
        args,
    )
    names = tuple(column[0] for column in cursor.description)
    return [_submission(names, row) for row in cursor.fetchall()]


# History never changes: what a row was read as once, the same row is again.
@lru_cache(maxsize=2048)
def _submission(names: tuple[str, ...], values: tuple[Any, ...]) -> Submission:
    row = dict(zip(names, values, strict=True))
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
        oddities=tuple(json.loads(row["oddities"] or "[]")),
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
        row["reason"],
        row["corrects"],
        bool(row["proxy"]),
        bool(row["needs_lead"]),
        Confirmation(*json.loads(row["confirmed"])) if row["confirmed"] else None,
        row["department_name"],
    )
