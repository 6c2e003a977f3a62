"""What deserves a look, and why: a verdict that fell, three times worse in a row, far behind pace."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from answers.facts import age_said
from answers.layout import Part, say
from answers.spans import Bold, Code, line
from schedules.news import Change, News
from store.judge import Verdict, grades_of, show_percent
from store.plan import Indicator, Plan, Series
from store.plan_words import target_said
from store.showing import show_values
from store.standing import Outlook, Standing

MOST = 5
IN_A_ROW = 3
_WORSE = {"higher": "減少", "lower": "増加", "parity": "目標から離反"}


@dataclass(frozen=True)
class Concern:
    """One indicator and the reasons to look at it, the gravest first."""

    standing: Standing
    why: tuple[str, ...]


def concerns(outlook: Outlook, news: News) -> list[Concern]:
    """What deserves a look, the gravest first: fallen verdicts, then runs of worse, then pace."""
    changes = {change.standing.indicator.id: change for change in news.changes}
    found = []
    for standing in outlook.standings.values():
        reasons = (
            _fell(outlook.plan, changes.get(standing.indicator.id)),
            _worse_and_worse(standing),
            _behind(standing.verdict),
        )
        why = tuple(reason for reason in reasons if reason)
        if why:
            gravest = next(n for n, reason in enumerate(reasons) if reason)
            found.append((gravest, _progress(standing), Concern(standing, why)))
    return [concern for _, _, concern in sorted(found, key=lambda each: each[:2])]


def attention(outlook: Outlook, news: News) -> Part | None:
    """`気になるもの`: at most five, each with why; None when there is nothing."""
    lines = [
        line(
            Code(each.standing.indicator.id),
            f" {each.standing.indicator.name}: {figures_said(each.standing)}、",
            "、".join(each.why),
        )
        for each in concerns(outlook, news)[:MOST]
    ]
    return say(line(Bold("気になるもの")), *lines) if lines else None


def figures_said(standing: Standing) -> str:
    """`目標380人に対し312人`; of a figure that is older than the round `312人（R5の値）`."""
    indicator, latest = standing.indicator, standing.latest
    values = show_values(latest.proposal.values, indicator) if latest else "—"
    age = age_said(latest, standing.collection, brief=True) if latest else ""
    dated = f"{values}（{age}）" if age else values
    return f"目標{target_said(indicator, standing.collection)}に対し{dated}"


def _fell(plan: Plan, change: Change | None) -> str | None:
    if change is None:
        return None
    before, after = change.verdict_before.grade, change.standing.verdict.grade
    order = grades_of(plan)
    if before is None or after is None or order.index(after) <= order.index(before):
        return None
    return f"{before.mark} {before.label} → {after.mark} {after.label}"


def _worse_and_worse(standing: Standing) -> str | None:
    indicator = standing.indicator
    for series in indicator.series:
        values = _values(standing, series)
        steps = [_is_worse(indicator, series, old, new) for old, new in pairwise(values)]
        if len(steps) >= IN_A_ROW and all(steps[-IN_A_ROW:]):
            name = f"{series.name}が" if series.name else ""
            return f"{name}{IN_A_ROW}回続けて{_WORSE[indicator.better]}"
    return None


def _values(standing: Standing, series: Series) -> list[Decimal]:
    """The reference baseline and what was approved after it, as far as there are values."""
    start = [series.baseline.value] if series.baseline else []
    actuals = (actual.proposal.values for actual in standing.actuals)
    return start + [values[series.name] for values in actuals if series.name in values]


def _is_worse(indicator: Indicator, series: Series, old: Decimal, new: Decimal) -> bool:
    if indicator.better == "parity":
        target = series.target(None)
        even = target.value if target and target.value is not None else Decimal(100)
        return abs(new - even) > abs(old - even)
    return new < old if indicator.better == "higher" else new > old


def _behind(verdict: Verdict) -> str | None:
    if verdict.pace is None or verdict.pace.code != "behind" or verdict.progress is None:
        return None
    return f"ペースの遅れ（進捗{show_percent(verdict.progress)}）"


def _progress(standing: Standing) -> Decimal:
    progress = standing.verdict.progress
    return Decimal(1) if progress is None else progress
