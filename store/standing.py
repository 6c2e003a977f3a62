"""How each indicator stands at a moment: what is approved, what is outstanding, what it amounts to.

`outlook` reads the ledger once and gives frozen data; everything that makes content (answers,
reports, digests, reminders) works from it and asks the database nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlite_utils import Database

from store import cycle as cycles
from store import locks, shelf, submissions
from store.cycle import Cycle
from store.departments import Department, departments, owners
from store.judge import Verdict, judge
from store.kept import Kept, Same
from store.locks import Frozen
from store.people import Who
from store.plan import Indicator, Plan
from store.submissions import Submission


class State(StrEnum):
    """Where an indicator is in one collection. The value is the word people see."""

    NOT_OPEN = "照会前"
    MISSING = "未提出"
    LATE = "期限超過"
    PENDING = "確認中"
    RETURNED = "差戻し"
    AWAITING = "統計公表待ち"
    NO_SURVEY = "調査対象外年度"
    RETIRED = "廃止"
    APPROVED = "承認済"


OUTSTANDING = frozenset({State.MISSING, State.LATE, State.RETURNED})
MOST_KEPT = 64


@dataclass(frozen=True)
class Standing:
    """One indicator in one collection (報告年度), with what was approved in it or earlier.

    `actuals` are the approved submissions with values, oldest collection first, `absent` those of
    years without a figure (統計公表待ち, 調査対象外年度). `last` is the
    round's last submission that still counts, whatever became of it. `verdict` judges the newest
    actual; without one it says why not. `frozen` is the verdict that the collection was locked with
    (締め); `verdict` is 訂正後 beside it when something was corrected since. `locked` are those of
    every locked collection so far. `before` are figures of the indicator that this one continues,
    where they were read with it (`store.continuing`).
    """

    indicator: Indicator
    collection: int
    state: State
    due: date
    actuals: tuple[Submission, ...]
    last: Submission | None
    verdict: Verdict
    department: Department | None
    continued: Indicator | None = None
    frozen: Frozen | None = None
    absent: tuple[Submission, ...] = ()
    locked: Mapping[int, Frozen] = field(default_factory=dict)
    before: tuple[Submission, ...] = ()

    @property
    def latest(self) -> Submission | None:
        """The newest approved actual, of this collection or an earlier one."""
        return self.actuals[-1] if self.actuals else None

    @property
    def outstanding(self) -> bool:
        """The department still has to do something; nothing once the collection is locked."""
        return self.state in OUTSTANDING and self.frozen is None

    @property
    def awaits_lead(self) -> bool:
        """確認中, and the department's lead has not confirmed it yet (課長確認待ち)."""
        return self.last is not None and self.last.awaits_lead

    @property
    def corrected(self) -> bool:
        """Another figure counts than when the collection was locked (訂正)."""
        now = self.latest.id if self.latest else None
        return self.frozen is not None and self.frozen.submission != now

    @property
    def left_open(self) -> bool:
        """What counts now was 確認中 already when the collection was locked, for the lock's reason."""
        frozen, latest = self.frozen, self.latest
        if frozen is None or latest is None or frozen.state != State.PENDING.value:
            return False
        return latest.at <= frozen.at

    @property
    def sample(self) -> bool:
        """Some figure in it is made up for trying out."""
        return any(a.sample for a in self.actuals) or bool(self.last and self.last.sample)

    def shows_pending_to(self, who: Who) -> bool:
        """Whether `who` may see a value that is still 確認中: its department and planners."""
        return who.admitted and (who.planner or who.belongs_to(self.department))

    @property
    def settled(self) -> frozenset[int]:
        """The collections for which a figure, or that there is none, was approved."""
        return frozenset(s.proposal.collection for s in (*self.actuals, *self.absent))

    def actual(self, collection: int) -> Submission | None:
        """What was approved in one collection."""
        return next((a for a in self.actuals if a.proposal.collection == collection), None)


@dataclass(frozen=True)
class Outlook:
    """A plan as it stands in one collection on one day: the input of every maker of content."""

    plan: Plan
    cycle: Cycle
    today: date
    standings: Mapping[str, Standing]

    @property
    def sample(self) -> bool:
        """Some figure in it is made up for trying out."""
        return any(s.sample for s in self.standings.values())

    @property
    def ended(self) -> bool:
        """The plan's last year has passed: what is shown is its final evaluation."""
        last = self.plan.last_year
        return last is not None and self.today >= date(last + 1, 4, 1)

    def of(self, indicators: Iterable[str]) -> tuple[Standing, ...]:
        """The standings of these indicators, in that order."""
        return tuple(self.standings[i] for i in indicators)

    def grades(self, indicators: Iterable[str]) -> Counter[str | None]:
        """How many of these stand at which grade (code), None where nothing can be judged."""
        verdicts = [s.verdict.grade for s in self.of(indicators)]
        return Counter(grade.code if grade else None for grade in verdicts)

    def states(self, indicators: Iterable[str]) -> Counter[State]:
        """How many of these are where in the collection."""
        return Counter(s.state for s in self.of(indicators))


_kept: Kept[Outlook] = Kept(MOST_KEPT)


def outlook(
    db: Database,
    plan: Plan,
    today: date,
    collection: int | None = None,
    indicators: Iterable[str] | None = None,
) -> Outlook:
    """How these indicators (all by default) stand in a collection (the current one by default).

    The plan is taken as it is in that collection, whatever was revised since (見直し). The same object
    while history stays as it is.
    """
    ids = None if indicators is None else tuple(indicators)
    key = Same(plan), today, collection, ids
    return _kept(db, key, lambda: _outlook(db, plan, today, collection, ids))


def _outlook(
    db: Database,
    plan: Plan,
    today: date,
    collection: int | None,
    indicators: tuple[str, ...] | None,
) -> Outlook:
    dates = cycles.held(db, plan.id)
    now = cycles.current(dates, plan, today)
    asked = now if collection is None else cycles.cycle(dates, plan.id, collection)
    plan = plan.as_of(asked.collection)
    ids = tuple(plan.by_id) if indicators is None else indicators
    approved = submissions.approved_until(db, plan.id, ids, asked.collection)
    last = submissions.last_of(db, plan.id, ids, asked.collection)
    known, owning = departments(db, today), owners(db, plan.id, today)
    earlier = shelf.predecessor(db, plan)
    frozen = locks.frozen_by(db, plan.id, asked.collection)
    standings = {
        i: _standing(
            plan,
            plan.by_id[i],
            asked,
            today,
            approved.get(i, []),
            last.get(i),
            known.get(owning.get(i) or owning.get(plan.by_id[i].policy or "") or ""),
            earlier.by_id.get(plan.by_id[i].continues or "") if earlier else None,
            frozen.get(i, {}),
        )
        for i in ids
    }
    return Outlook(plan, asked, today, standings)


def owner(db: Database, plan: Plan, indicator: str, today: date) -> Department | None:
    """The department that owns an indicator today: its own assignment, else its policy's."""
    owning = owners(db, plan.id, today)
    found = owning.get(indicator) or owning.get(plan.by_id[indicator].policy or "")
    return departments(db, today).get(found or "")


def _standing(
    plan: Plan,
    indicator: Indicator,
    cycle: Cycle,
    today: date,
    approved: list[Submission],
    last: Submission | None,
    department: Department | None,
    continued: Indicator | None,
    locked: Mapping[int, Frozen],
) -> Standing:
    actuals = tuple(s for s in approved if s.proposal.kind == "actual")
    absent = tuple(s for s in approved if s.proposal.kind != "actual")
    state, due = _state(indicator, cycle, today, last, approved)
    verdict = _verdict(plan, indicator, actuals, cycle.collection, state)
    return Standing(
        indicator,
        cycle.collection,
        state,
        due,
        actuals,
        last,
        verdict,
        department,
        continued,
        locked.get(cycle.collection),
        absent,
        locked,
    )


def _verdict(
    plan: Plan,
    indicator: Indicator,
    actuals: tuple[Submission, ...],
    collection: int,
    state: State,
) -> Verdict:
    if state is State.RETIRED:
        return judge(plan, indicator, None, collection, (), state.value)
    values: list[Mapping[str | None, Decimal]] = [a.proposal.values for a in actuals]
    newest = values[-1] if values else None
    round_of = actuals[-1].proposal.collection if actuals else collection
    then = plan.as_of(round_of)
    period = actuals[-1].proposal.period if actuals else None
    known, found = values[:-1], then.by_id[indicator.id]
    return judge(then, found, newest, round_of, known, state.value, period=period)


def _state(
    indicator: Indicator,
    cycle: Cycle,
    today: date,
    last: Submission | None,
    approved: list[Submission],
) -> tuple[State, date]:
    if last is not None and last.open:
        return State.PENDING, cycle.due
    if indicator.retired_in(cycle.collection):
        return State.RETIRED, cycle.due
    if last is not None and last.decision and last.decision.kind == "return":
        return State.RETURNED, _due(last.decision.new_due, cycle.due)
    settled = next((s for s in approved if s.proposal.collection == cycle.collection), None)
    if settled is not None:
        return _APPROVED[settled.proposal.kind], cycle.due
    return _unanswered(indicator, cycle, today), cycle.due


def _unanswered(indicator: Indicator, cycle: Cycle, today: date) -> State:
    if indicator.survey_years and cycle.collection not in indicator.survey_years:
        return State.NO_SURVEY
    if not cycle.open_on(today):
        return State.NOT_OPEN
    return State.LATE if today > cycle.due else State.MISSING


_APPROVED = {
    "actual": State.APPROVED,
    "awaiting": State.AWAITING,
    "no_survey": State.NO_SURVEY,
}


def _due(new: str | None, due: date) -> date:
    return date.fromisoformat(new) if new else due
