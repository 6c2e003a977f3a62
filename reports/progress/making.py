"""From a plan as it stands to its report. Pure: what people wrote is handed in."""

from __future__ import annotations

from collections.abc import Sequence

from reports.charting.picture import Picture
from reports.charting.sketching import sketch
from reports.progress.items import Effort, Item
from reports.progress.model import OVERALL, Beside, GoalPart, Passage, Report, Tally
from reports.progress.rows import item_of
from reports.progress.sentences import goal_draft, overall_draft
from reports.progress.tally import tally
from store.judge import Grade, grades_of
from store.plan import Goal, Plan, Role
from store.report_texts import Kind, Texts
from store.standing import Outlook, Standing, State

_NOTHING = Beside()
ROLES: tuple[Role, ...] = ("target", "kpi")
WITHHELD = "記入あり（実績の承認後に載ります）"


_DRAFTS = Texts()


def report_of(
    outlook: Outlook,
    kind: Kind = "progress",
    earlier: Plan | None = None,
    beside: Beside = _NOTHING,
    texts: Texts = _DRAFTS,
    *,
    charts: bool = True,
) -> Report:
    """The report of the collection that `outlook` is of; `earlier` is the plan before, for charts.

    Of a whole period `outlook` is of the plan's last collection. Only approved values get in.
    Without `charts` nothing is sketched, for whoever only reads.
    """
    years = _years(outlook) if kind == "progress" else ()
    parts = tuple(_goal(outlook, goal, kind, years, beside, texts) for goal in outlook.plan.goals)
    items, grades = [item for part in parts for item in part.items], grades_of(outlook.plan)
    tallies = _tallies(items, grades)
    year = outlook.cycle.collection
    draft = overall_draft(items, tallies, kind, year)
    written = outlook.plan.evaluation if kind == "whole" else None
    overall = _passage(OVERALL, draft, written, texts)
    passages = (overall, *(part.passage for part in parts))
    return Report(
        kind,
        outlook.plan,
        year,
        years,
        outlook.today,
        parts,
        tallies,
        _tallies(items, grades, places=True),
        overall,
        texts.final is not None or all(each.source == "document" for each in passages),
        any(item.judged.locked for item in items),
        outlook.ended,
        beside,
        _charts(outlook, earlier) if charts else {},
        any(item.sample for item in items),
    )


def _goal(
    outlook: Outlook,
    goal: Goal,
    kind: Kind,
    years: tuple[int, ...],
    beside: Beside,
    texts: Texts,
) -> GoalPart:
    def items(role: Role, ids: Sequence[str]) -> tuple[Item, ...]:
        found = (outlook.standings[i] for i in ids)
        return tuple(
            item_of(outlook.plan, each, role, years, _effort(each, beside)) for each in found
        )

    targets, kpis = items("target", goal.targets), items("kpi", goal.kpis)
    draft = goal_draft(goal, targets, kpis, grades_of(outlook.plan), kind)
    return GoalPart(
        goal,
        tuple(_policies(outlook.plan, goal)),
        targets,
        kpis,
        _tallies((*targets, *kpis), grades_of(outlook.plan)),
        _passage(goal.id, draft, goal.evaluation if kind == "whole" else None, texts),
        beside.goals.get(goal.id, Effort()),
    )


def _effort(standing: Standing, beside: Beside) -> Effort:
    """What its department wrote. Beside a figure that is not approved it may tell of that figure.

    Of a locked year for which nothing was given there is nothing to tell.
    """
    written = beside.efforts.get(standing.indicator.id, Effort())
    unapproved = standing.state in {State.PENDING, State.RETURNED} or standing.frozen is None
    if written.text and unapproved and standing.collection not in standing.settled:
        return Effort(WITHHELD)
    return written


def _policies(plan: Plan, goal: Goal) -> list[str]:
    names = {policy.code: policy.name for policy in plan.policies}
    return [f"{code} {names.get(code, '')}".strip() for code in goal.policies]


def _tallies(
    items: Sequence[Item], grades: Sequence[Grade], *, places: bool = False
) -> dict[Role, Tally]:
    return {
        role: tally([item for item in items if item.role == role], grades, places=places)
        for role in ROLES
    }


def _passage(part: str, draft: str, document: str | None, texts: Texts) -> Passage:
    """As it was edited; else the document's own words, where it has any; else the draft."""
    held = texts.edited if texts.final is None else texts.final.passages
    basis = document or draft
    edited = held.get(part)
    if edited is not None and edited.text != basis:
        return Passage(part, edited.text, "edited", edited.drafted != basis, basis)
    return Passage(part, basis, "document" if document else "draft", False, basis)


def _years(outlook: Outlook) -> tuple[int, ...]:
    """The plan's years up to the report's; without a first year those that something is of."""
    last, first = outlook.cycle.collection, outlook.plan.first_year
    if first is not None:
        return tuple(range(min(first, last), last + 1))
    reported = {a.proposal.collection for s in outlook.standings.values() for a in s.actuals}
    return tuple(sorted(reported))


def _charts(outlook: Outlook, earlier: Plan | None) -> dict[str, Picture]:
    """A picture for each headline target."""
    ids = dict.fromkeys(i for goal in outlook.plan.goals for i in goal.targets)
    return {i: sketch(outlook.plan, outlook.standings[i], earlier) for i in ids}
