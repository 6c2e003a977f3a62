"""What was approved since a channel's last digest, told by decisions and not by clocks.

A decision's number only ever grows, so a clock that was set back neither hides nor repeats news.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlite_utils import Database

from store import submissions
from store.acts import rows
from store.judge import Verdict, judge
from store.plan import Indicator, Plan
from store.standing import Outlook, Standing
from store.submissions import Submission


@dataclass(frozen=True)
class Change:
    """One indicator whose approved value is new: from what it was at the last digest to what it is.

    `before` is what `after` replaces: the value of the same collection, else of the one before.
    """

    standing: Standing
    before: Submission | None
    after: Submission
    verdict_before: Verdict

    @property
    def corrected(self) -> bool:
        """The value of the same collection was there before."""
        rounds = {s.proposal.collection for s in (self.before, self.after) if s}
        return self.before is not None and len(rounds) == 1


@dataclass(frozen=True)
class News:
    """Everything new since a digest. `mark` is the newest decision there is."""

    changes: tuple[Change, ...]
    mark: int

    def graded_before(self, outlook: Outlook, indicators: Iterable[str]) -> Counter[str | None]:
        """How many of these indicators stood at which grade (code) at the last digest."""
        old = {change.standing.indicator.id: change.verdict_before for change in self.changes}
        verdicts = (old.get(s.indicator.id, s.verdict) for s in outlook.of(indicators))
        return Counter(v.grade.code if v.grade else None for v in verdicts)


def newest_decision(db: Database) -> int:
    """The number of the newest decision, 0 before the first."""
    return int(db.execute("SELECT coalesce(max(id), 0) FROM decisions").fetchone()[0])


def news(db: Database, outlook: Outlook, since: int) -> News:
    """What was approved in decisions after `since`, in the plan's order."""
    plan = outlook.plan
    found = {
        row["indicator"]
        for row in rows(
            db,
            """SELECT DISTINCT indicator FROM current_submissions
               WHERE plan = ? AND kind = 'actual' AND decision > ? AND collection <= ?""",
            [plan.id, since, outlook.cycle.collection],
        )
    }
    changes = (
        _change(plan, standing, submissions.history(db, plan.id, indicator), since)
        for indicator, standing in outlook.standings.items()
        if indicator in found
    )
    return News(tuple(changes), newest_decision(db))


def _change(plan: Plan, standing: Standing, history: list[Submission], since: int) -> Change:
    old = _approved_by(history, since, standing.collection)
    after = next(s for s in reversed(standing.actuals) if s.decision and s.decision.id > since)
    before = [s for s in old if s.proposal.collection <= after.proposal.collection]
    verdict = _judged(plan, standing.indicator, old, standing.collection)
    return Change(standing, before[-1] if before else None, after, verdict)


def _approved_by(history: list[Submission], mark: int, until: int) -> list[Submission]:
    """The values that held when `mark` was the newest decision, oldest collection first."""
    held: dict[int, Submission] = {}
    approved = (s for s in history if s.decision and s.decision.kind == "approve")
    for each in sorted(approved, key=lambda s: s.decision.id if s.decision else 0):
        if each.decision and each.decision.id <= mark and each.proposal.collection <= until:
            held[each.proposal.collection] = each
    return [held[c] for c in sorted(held) if held[c].proposal.kind == "actual"]


def _judged(plan: Plan, indicator: Indicator, held: list[Submission], collection: int) -> Verdict:
    values = [s.proposal.values for s in held]
    of_round = held[-1].proposal.collection if held else collection
    then = plan.as_of(of_round)
    newest = values[-1] if values else None
    return judge(then, then.by_id[indicator.id], newest, of_round, values[:-1])
