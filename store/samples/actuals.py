"""Sample actual values for any plan, made from its baselines and targets and marked as samples.

The same plan always gives the same samples: a figure is the baseline moved part of the way to the
target, how far being drawn from the indicator's id. Nothing here is a forecast or a finding.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from hashlib import sha256

from sqlite_utils import Database

from store.acts import By
from store.cycle import DEFAULTS
from store.fiscal import TOKYO
from store.periods import default_period
from store.plan import Indicator, Plan, Series
from store.submissions import Proposal, approve, send_back, submit

# Part of the way from baseline to target that a sample has come, year by year of the plan.
STEPS = {
    "well": ("0.3", "0.6", "1.0", "1.1"),
    "slowly": ("0.1", "0.2", "0.45", "0.6"),
    "badly": ("-0.1", "-0.2", "-0.3", "-0.3"),
}
FORTUNES = ("well", "well", "slowly", "slowly", "badly")
NOTE = "サンプル（架空の値）"


@dataclass(frozen=True)
class SamplePeople:
    """Who submits and who approves the samples: department → (its id, a lead), and a planner."""

    leads: dict[str, tuple[str, str]]
    planner: str


def load_samples(
    db: Database, plan: Plan, people: SamplePeople, left_open: frozenset[str], now: datetime
) -> None:
    """Fill a sandbox database with samples of every collection of the plan that is over by `now`.

    Of the newest collection about half is submitted, some of it still waiting and one returned;
    `left_open` names indicators that stay 未提出 in it, for trying out.
    """
    years = [y for y in _years(plan) if datetime(y + 1, *DEFAULTS["opens"], 9, tzinfo=TOKYO) < now]
    for year in years:
        newest = year == years[-1]
        for indicator in plan.indicators:
            if newest and (indicator.id in left_open or _chance(indicator.id, "given") < 50):
                continue
            if _moment(year, indicator.id) + timedelta(days=1) < now:
                _one(db, plan, indicator, year, people, newest)


def _one(
    db: Database, plan: Plan, indicator: Indicator, year: int, people: SamplePeople, newest: bool
) -> None:
    owner = people.leads.get(indicator.id) or people.leads.get(indicator.policy or "")
    values = dict(sample_values(plan, indicator, year))
    if owner is None or len(values) < len(indicator.series):
        return
    department, lead = owner
    given = _moment(year, indicator.id)
    proposal = Proposal(
        plan.id, indicator.id, year, values=values, period=default_period(year), note=NOTE
    )
    submitted = submit(db, By(lead, given, "sample"), proposal, department, sample=True)
    decider = By(people.planner, given + timedelta(days=1), "sample")
    fate = _chance(indicator.id, "fate")
    if newest and fate < 15:
        return
    if newest and fate < 22:
        send_back(
            db,
            decider.because("数え方（延べか実数か）を確認してください（サンプル）"),
            submitted.id,
        )
        return
    approve(db, decider, submitted.id)


def sample_values(
    plan: Plan, indicator: Indicator, year: int
) -> Iterator[tuple[str | None, Decimal]]:
    """One made-up value a series, as precise as the plan's own figures."""
    step = year - (plan.first_year or year)
    fortune = FORTUNES[_chance(indicator.id, "course") % len(FORTUNES)]
    fraction = Decimal(STEPS[fortune][min(step, 3)])
    for series in indicator.series:
        value = _value(indicator, series, fraction)
        if value is not None:
            yield series.name, value


def _value(indicator: Indicator, series: Series, fraction: Decimal) -> Decimal | None:
    target = series.target(None)
    start, goal = series.baseline, target.value if target else None
    if target is not None and target.kind == "done":
        return Decimal(1) if fraction >= 1 else Decimal(0)
    if target is not None and target.low is not None and target.high is not None:
        goal = (target.low + target.high) / 2
    base = start.value if start else (goal or Decimal(50)) * Decimal("0.9")
    gap = goal - base if goal is not None else _drift(indicator, base)
    moved = base + (gap or _drift(indicator, base) / 4) * fraction
    return _rounded(indicator, moved, base, goal)


def _drift(indicator: Indicator, base: Decimal) -> Decimal:
    step = max(abs(base) / 10, Decimal(1))
    return -step if indicator.better == "lower" else step


def _rounded(
    indicator: Indicator, moved: Decimal, base: Decimal, goal: Decimal | None
) -> Decimal | None:
    figures = [figure for figure in (base, goal) if figure is not None]
    places = min((int(f.as_tuple().exponent) for f in figures), default=0)
    if places < -2 or indicator.unit not in {"%", "年", "㎡", "ポイント", "倍", "万円"}:
        places = 0 if indicator.unit not in {"%", "年", "㎡", "ポイント", "倍", "万円"} else -2
    value = moved.quantize(Decimal(1).scaleb(places), ROUND_HALF_UP)
    floor = None if indicator.unit == "ポイント" or base < 0 else Decimal(0)
    value = value if floor is None else max(value, floor)
    return min(value, Decimal(100)) if indicator.unit == "%" else value


def _years(plan: Plan) -> range:
    first, last = plan.first_year, plan.last_year
    return range(first, last + 1) if first is not None and last is not None else range(0)


def _moment(year: int, indicator: str) -> datetime:
    opens = datetime(year + 1, *DEFAULTS["opens"], 10, tzinfo=TOKYO)
    day = (opens + timedelta(days=2 + _chance(indicator, "day") % 17)).date()
    return datetime.combine(_weekday(day), opens.timetz())


def _weekday(day: date) -> date:
    return day if day.weekday() < 5 else day + timedelta(days=7 - day.weekday())


def _chance(indicator: str, what: str) -> int:
    """A number from 0 to 99 that depends on nothing but the indicator's id."""
    return sha256(f"{what}:{indicator}".encode()).digest()[0] * 100 // 256
