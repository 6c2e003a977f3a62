"""From a plan as it stands, read as the public may see it, to its site. Pure: no clock, no database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reports.site.indicators import Published, page_of
from reports.site.model import (
    Count,
    GoalPage,
    IndicatorPage,
    PolicyPart,
    Revision,
    Site,
    Tally,
    Verdict,
)
from reports.site.verdicts import UNJUDGED
from store.fiscal import era, era_long
from store.judge import grades_of, rule_of, share
from store.plan import Goal, Plan, Role
from store.standing import Outlook
from store.terms import ROLES

NOT_JUDGED = Verdict("", "–", UNJUDGED)
Pages = Mapping[str, IndicatorPage]


@dataclass(frozen=True)
class Decided:
    """The decision that a site is made on: the days of the lock and of the publication."""

    locked_at: str
    decided_at: str


def site_of(
    outlook: Outlook,
    earlier: Plan | None,
    published: Published,
    decided: Decided,
    revisions: Sequence[Revision] = (),
    licence: str = "",
) -> Site:
    """The site of the collection that the outlook is of; `earlier` is the plan before."""
    plan, collection = outlook.plan, outlook.cycle.collection
    pages = {
        id_: page_of(outlook, standing, earlier, published)
        for id_, standing in outlook.standings.items()
    }
    return Site(
        plan_id=plan.id,
        title=plan.title,
        municipality=plan.municipality,
        period=_period(plan),
        collection=collection,
        year=era_long(collection),
        years=tuple(era(year) for year in sorted(published.years)),
        locked=decided.locked_at[:10],
        decided=decided.decided_at[:10],
        ended=plan.last_year is not None and collection >= plan.last_year,
        rule=rule_of(plan).name,
        grades=tuple(Verdict(g.code, g.mark, g.label) for g in grades_of(plan)),
        overall=tuple(_tallies(plan, pages, plan.goals)),
        goals=tuple(_goal(plan, goal, pages) for goal in plan.goals),
        policies=tuple(_policies(plan, pages)),
        indicators=tuple(pages.values()),
        revisions=tuple(revisions),
        source=plan.source or "",
        note=plan.note or "",
        licence=licence,
    )


def _period(plan: Plan) -> str:
    ends = [era_long(year) if year else "" for year in (plan.first_year, plan.last_year)]
    return "〜".join(ends) if any(ends) else ""


def _goal(plan: Plan, goal: Goal, pages: Pages) -> GoalPage:
    ids: dict[Role, tuple[str, ...]] = {"target": goal.targets, "kpi": goal.kpis}
    groups = tuple(
        (ROLES[role], tuple(pages[id_] for id_ in of_role))
        for role, of_role in ids.items()
        if of_role
    )
    names = {policy.code: policy.name for policy in plan.policies}
    return GoalPage(
        id=goal.id,
        label=goal.label,
        title=goal.title,
        direction=goal.direction or "",
        note=goal.note or "",
        tallies=tuple(_tallies(plan, pages, [goal])),
        groups=groups,
        policies=tuple(f"{code} {names.get(code, '')}".strip() for code in goal.policies),
    )


def _tallies(plan: Plan, pages: Pages, goals: Iterable[Goal]) -> Iterator[Tally]:
    """The counts of 数値目標 and KPI; an indicator that serves several of these goals counts once."""
    ids: dict[Role, dict[str, None]] = {"target": {}, "kpi": {}}
    for goal in goals:
        ids["target"] |= dict.fromkeys(goal.targets)
        ids["kpi"] |= dict.fromkeys(goal.kpis)
    for role, of_role in ids.items():
        if of_role:
            yield _tally(plan, ROLES[role], [pages[id_] for id_ in of_role])


def _tally(plan: Plan, role: str, pages: Sequence[IndicatorPage]) -> Tally:
    found = Counter(page.verdict.code for page in pages)
    rows = [*(Verdict(g.code, g.mark, g.label) for g in grades_of(plan)), NOT_JUDGED]
    counts = tuple(Count(v, found[v.code], share(found[v.code], len(pages))) for v in rows)
    return Tally(role, len(pages), counts)


def _policies(plan: Plan, pages: Pages) -> Iterator[PolicyPart]:
    for policy in plan.policies:
        goals = tuple(goal.label for goal in plan.goals if policy.code in goal.policies)
        own = tuple(pages[i.id] for i in plan.of_policy(policy.code))
        yield PolicyPart(policy.code, policy.name, goals, own)
