"""What a plan itself says of a figure: of which years it is, which phase it belongs to, its target.

One place for it, so that tables, charts and sentences tell the same.
"""

from __future__ import annotations

import re

from store.fiscal import era
from store.plan import Indicator, Observation, Plan, Target
from store.showing import show_value
from store.standing import Standing

NO_TARGET_SAID = "目標の記載なし（原典要確認）"

_PHASE = re.compile(r"第[0-9一二三四五六七八九十]+[期次]")
_DIRECTIONS = {"up": "増加", "down": "減少"}


def phase(plan: Plan | None) -> str:
    """`第1期` as the plan calls itself; 前期計画 for a plan that is not at hand."""
    found = _PHASE.search(plan.title) if plan else None
    return found[0] if found else "本計画" if plan else "前期計画"


def years_said(observed: Observation, assumed: int | None) -> str:
    """`R1`, `H30〜R2平均`, or `R2と推定` where the plan is silent and says what it assumes."""
    years = observed.years
    if len(years) > 1:
        return f"{era(min(years))}〜{era(max(years))}平均"
    if years:
        return era(years[0])
    return f"{era(assumed)}と推定" if assumed else ""


def year_drawn(observed: Observation, assumed: int | None) -> int | None:
    """The fiscal year that a figure is drawn at: its last, else the assumed one, else None."""
    return max(observed.years) if observed.years else assumed


def same_observation(before: Indicator, indicator: Indicator) -> bool:
    """Whether the old plan's latest figures are the new plan's baselines: told and drawn once.

    All values must be equal; years that both plans write down must not differ.
    """
    latest = {s.name: s.latest for s in before.series if s.latest}
    baseline = {s.name: s.baseline for s in indicator.series if s.baseline}
    if not latest or latest.keys() != baseline.keys():
        return False
    pairs = ((latest[name], baseline[name]) for name in latest)
    return all(a.value == b.value and _of_one_time(a, b) for a, b in pairs)


def target_text(target: Target | None, indicator: Indicator) -> str:
    """One target: `0人／年`, `増加（↗）`, 目標の記載なし."""
    if target is None or target.kind == "none":
        return NO_TARGET_SAID
    if direction := _DIRECTIONS.get(target.kind):
        return direction if target.text in {None, direction} else f"{direction}（{target.text}）"
    if target.text:
        return target.text
    return show_value(target.value, indicator) if target.value is not None else "済"


def is_published(standing: Standing) -> bool:
    """The plan itself brings the newest figure, as a plan that is over does."""
    return not standing.actuals and all(s.latest for s in standing.indicator.series)


def _of_one_time(one: Observation, other: Observation) -> bool:
    return not one.years or not other.years or one.years == other.years
