"""The stages of a collection: what each still lacks, and how planners close it.

A stage goes by the name of its date in `store.cycle`: 照会, 提出, 承認, the executive meeting, the
panel, 公表. What a stage needs is the visible table `NEEDS`; a part that adds something to be done
before a stage ends adds a line there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from sqlite_utils import Database

from store.acts import By, append, rows
from store.cycle import DEFAULTS
from store.errors import BadInput, Stale
from store.standing import Outlook, Standing, State

STAGES = tuple(DEFAULTS)
# Shown in this order, the most pressing first.
_OUTSTANDING = (State.LATE, State.MISSING, State.RETURNED)


class Progress(StrEnum):
    """Where a stage is. The value is the word people see."""

    AHEAD = "まだ"
    UNDER_WAY = "進行中"
    DONE = "完了"


@dataclass(frozen=True)
class Gap:
    """Something that a stage lacks: in words, and the indicators that it is about, if any."""

    what: str
    standings: tuple[Standing, ...] = ()

    @property
    def departments(self) -> tuple[str, ...]:
        """The names of the departments whose indicators these are."""
        owning = [s.department.name for s in self.standings if s.department]
        return tuple(dict.fromkeys(owning))


@dataclass(frozen=True)
class Closing:
    """A stage as it was closed; `overruled`: although something was missing, for `reason`."""

    stage: str
    at: str
    actor: str
    overruled: bool
    reason: str | None


def _not_open(outlook: Outlook) -> Iterator[Gap]:
    if not outlook.cycle.open_on(outlook.today):
        yield Gap("照会の開始前")


def _without_owner(outlook: Outlook) -> Iterator[Gap]:
    found = tuple(s for s in outlook.standings.values() if s.department is None)
    if found:
        yield Gap("担当課なし", found)


def _outstanding(outlook: Outlook) -> Iterator[Gap]:
    for state in _OUTSTANDING:
        owed = (s for s in outlook.standings.values() if s.outstanding and s.state == state)
        if found := tuple(owed):
            yield Gap(state.value, found)


def _waiting(outlook: Outlook) -> Iterator[Gap]:
    pending = [s for s in outlook.standings.values() if s.state == State.PENDING]
    for what, lead in (("課長確認待ち", True), ("確認中", False)):
        if found := tuple(s for s in pending if s.awaits_lead == lead):
            yield Gap(what, found)


def _unlocked(outlook: Outlook) -> Iterator[Gap]:
    """Every verdict of a locked collection is frozen."""
    if any(s.frozen is None for s in outlook.standings.values()):
        yield Gap("締めが済んでいない")


def _meetings(outlook: Outlook) -> Iterator[Gap]:
    labels = outlook.plan.labels
    bodies = {"executive_meeting": labels.executive_meeting, "panel": labels.panel}
    for stage, body in bodies.items():
        if stage not in outlook.cycle.closed:
            yield Gap(f"{body}が完了していない")


Need = Callable[[Outlook], Iterator[Gap]]
NEEDS: dict[str, tuple[Need, ...]] = {
    "opens": (_not_open, _without_owner),
    "due": (_not_open, _outstanding),
    "approvals_closed": (_not_open, _outstanding, _waiting),
    "executive_meeting": (_unlocked,),
    "panel": (_unlocked,),
    "publication": (_unlocked, _meetings),
}
# A stage begins once the date of this one has come; submission and approval run side by side.
_BEGINS = {
    "opens": "opens",
    "due": "opens",
    "approvals_closed": "opens",
    "executive_meeting": "approvals_closed",
    "panel": "executive_meeting",
    "publication": "panel",
}


def gaps(outlook: Outlook, stage: str) -> tuple[Gap, ...]:
    """What a stage of the outlook's collection (all indicators) lacks; nothing: it is complete."""
    return tuple(gap for need in NEEDS[stage] for gap in need(outlook))


def progress(outlook: Outlook, stage: str) -> Progress:
    """Where a stage is today: 完了 by a planner's word only; 進行中 by date or the stage before."""
    cycle = outlook.cycle
    if stage in cycle.closed:
        return Progress.DONE
    before = STAGES[max(0, STAGES.index(stage) - 1)]
    begun = outlook.today >= cycle.day(_BEGINS[stage]) or before in cycle.closed
    return Progress.UNDER_WAY if begun else Progress.AHEAD


def current(outlook: Outlook) -> str | None:
    """The first stage under way that lacks something, else the first that is not closed.

    None before the collection opens and once everything is closed. 照会 itself is but the beginning
    of 提出, and never in the way of it.
    """
    under_way = [s for s in STAGES[1:] if progress(outlook, s) == Progress.UNDER_WAY]
    lacking = (stage for stage in under_way if gaps(outlook, stage))
    return next(lacking, next(iter(under_way), None))


def closings(db: Database, plan: str, collection: int) -> dict[str, Closing]:
    """The stages of a collection that are closed now, by stage."""
    found = rows(
        db, "SELECT * FROM closed_stages WHERE plan = ? AND collection = ?", [plan, collection]
    )
    return {
        r["stage"]: Closing(r["stage"], r["at"], r["actor"], bool(r["overruled"]), r["reason"])
        for r in found
    }


def close(db: Database, by: By, outlook: Outlook, stage: str, overrule: bool = False) -> None:
    """Close a stage that is complete; with `overrule` and `by.reason`, also one that is not.

    Raises Stale when it is closed already, BadInput when something is missing and nobody overrules
    it with a reason.
    """
    plan, collection = outlook.plan.id, outlook.cycle.collection
    if stage in closings(db, plan, collection):
        raise Stale("この段階はすでに完了しています。変更はありません。")
    lacking = gaps(outlook, stage)
    if lacking and not (overrule and by.reason):
        what = "、".join(gap_said(gap) for gap in lacking)
        raise BadInput(f"不足があるため、理由がなければ完了にできません（{what}）。")
    append(
        db,
        "stage_closings",
        by,
        plan=plan,
        collection=collection,
        stage=stage,
        change="close",
        overruled=int(bool(lacking)),
    )


def reopen(db: Database, by: By, plan: str, collection: int, stage: str) -> None:
    """Take a closing back; wants `by.reason` (the schema insists). Raises Stale when it is open."""
    if stage not in closings(db, plan, collection):
        raise Stale("この段階は完了していません。変更はありません。")
    append(
        db,
        "stage_closings",
        by,
        plan=plan,
        collection=collection,
        stage=stage,
        change="reopen",
    )


def gap_said(gap: Gap) -> str:
    """`未提出 12件`, or the bare words of what is not counted."""
    return f"{gap.what} {len(gap.standings)}件" if gap.standings else gap.what
