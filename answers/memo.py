"""答弁メモ: one indicator or goal in plain text, to be pasted anywhere, every number with its source.

Only approved values get in, so that whoever may ask may have it. Why a figure is as it is stands in it
only where the department wrote it down.
"""

from __future__ import annotations

from collections.abc import Iterator

from answers.asked import Asked
from answers.frozen import frozen_lines
from answers.intention import Kind
from answers.remarked import efforts_of_approved
from answers.sourced import (
    bare,
    latest_said,
    place_said,
    target_with_year,
    verdict_said,
    years_said,
)
from answers.spans import one_line, spoken
from answers.words import SAMPLE, grade_counts
from store.fiscal import era, era_long
from store.periods import day_in_era, show_period
from store.plan import Goal, Role
from store.plan_words import baseline_said
from store.remarks import DIRECTIONS, Effort
from store.showing import show_values
from store.standing import Standing, State
from store.terms import ROLES

SUBJECTS: tuple[Kind, ...] = ("indicator", "goal", "policy")
"""What a memo can be about."""

OURS = "※進捗率・見込み・ペースは kpibot の目安で、計画書にはありません。"
NO_REASONS = "取組・要因: 担当課の記載はありません（このメモでは推測していません）。"
APPROVED_ONLY = "※承認済みの値だけを載せています。"


def memo(asked: Asked) -> str:
    """The memo of the one indicator, goal or policy that is asked for."""
    kind, named = asked.intention.kind, asked.intention.ids[0]
    if kind == "goal":
        made = _of_goal(next(g for g in asked.plan.goals if g.id == named), asked)
    elif kind == "policy":
        made = _of_policy(named, asked)
    else:
        made = _of_indicator(asked.standings[0], asked)
    return "\n".join(made)


def _head(title: str, asked: Asked) -> Iterator[str]:
    plan, outlook = asked.plan, asked.outlook
    yield f"【答弁メモ】{title}"
    day = day_in_era(outlook.today.isoformat())
    yield f"{plan.title}／{era_long(outlook.cycle.collection)}の報告時点（{day}作成）"
    if any(standing.sample for standing in outlook.standings.values()):
        yield f"{SAMPLE}を含みます。答弁には使えません。"


def _of_indicator(standing: Standing, asked: Asked) -> Iterator[str]:
    indicator, plan = standing.indicator, asked.plan
    yield from _head(f"{indicator.name}（指標 {indicator.id}）", asked)
    yield f"位置付け: {place_said(standing, asked)}"
    yield f"判定: {verdict_said(standing, asked)}"
    yield from (f"　{spoken(each)}" for each in frozen_lines(standing, asked.outlook))
    yield f"最新値: {latest_said(standing, asked)}"
    yield f"現状値: {bare(baseline_said(indicator, plan))}（出典: {plan.title}）"
    yield f"目標値: {target_with_year(standing)}（出典: {plan.title}）"
    if standing.latest is not None:
        arithmetic = standing.verdict.arithmetic
        yield f"計算: {arithmetic}"
        if any(word in arithmetic for word in ("進捗", "維持目標")):
            yield f"　{OURS}"
    years = [f"　{each}" for each in years_said(standing, asked)]
    yield from ("推移:", *years) if years else ("推移: まだ値がありません",)
    for each in asked.beside.comparisons:
        said = show_values(each.values, indicator)
        period = show_period(each.period)
        yield f"比較: {each.place} {said}（{period}、出典: {one_line(each.source)}）"
    if indicator.definition:
        yield f"定義: {one_line(indicator.definition)}"
    yield from _efforts(efforts_of_approved(standing, asked))
    yield from _foot((standing,))


def _of_goal(goal: Goal, asked: Asked) -> Iterator[str]:
    yield from _head(f"{goal.label}　{goal.title}", asked)
    groups: dict[Role, tuple[str, ...]] = {"target": goal.targets, "kpi": goal.kpis}
    for role, ids in groups.items():
        if ids:
            yield from _group(ROLES[role], asked.outlook.of(ids), asked)
    year = asked.outlook.cycle.collection
    yield from _efforts([each for each in asked.beside.efforts if each.collection <= year])
    yield from _foot(asked.standings)


def _of_policy(code: str, asked: Asked) -> Iterator[str]:
    name = next(policy.name for policy in asked.plan.policies if policy.code == code)
    yield from _head(f"施策 {code} {name}", asked)
    yield from _group("指標", asked.standings, asked)
    yield from _foot(asked.standings)


def _group(called: str, standings: tuple[Standing, ...], asked: Asked) -> Iterator[str]:
    if not standings:
        yield f"{called}はありません。"
        return
    yield f"{called} {len(standings)}件: {grade_counts(standings, asked.plan)}"
    for standing in standings:
        indicator = standing.indicator
        yield (
            f"・{indicator.name}（{indicator.id}）: {verdict_said(standing, asked)}"
            f"。最新値 {latest_said(standing, asked)}"
            f"、現状値 {bare(baseline_said(indicator, asked.plan))}、目標値 {target_with_year(standing)}"
        )
    yield f"　現状値・目標値の出典: {asked.plan.title}"


def _efforts(there: list[Effort]) -> Iterator[str]:
    """The newest year's words, as they were written."""
    if not there:
        yield NO_REASONS
        return
    newest = there[0]
    written = f"{era(newest.collection)}、{day_in_era(newest.at)}記載"
    if newest.work:
        yield f"取組内容（{written}）: {one_line(newest.work)}"
    if newest.factors:
        yield f"要因（{written}）: {one_line(newest.factors)}"
    if newest.direction:
        yield f"今後の方向性（{written}）: {DIRECTIONS[newest.direction]}"


def _foot(standings: tuple[Standing, ...]) -> Iterator[str]:
    """What is left out, so that nobody takes an older figure for the newest."""
    waiting = [s.indicator.id for s in standings if s.state == State.PENDING]
    left = f"{'、'.join(waiting)}には確認中の値があります（承認後に載ります）。" if waiting else ""
    yield f"{APPROVED_ONLY}{left}"
