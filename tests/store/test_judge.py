"""Verdicts: every kind of target, direction, baseline and rule."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from store.errors import KpiError
from store.judge import SeriesVerdict, Verdict, grades_of, judge, rule_of, share, show_percent
from store.judging.pace import BEHIND, ON_TRACK, PACES
from store.judging.rules import RULES
from store.plan import Baseline, Better, Indicator, Plan, Target, TargetKind
from tests.store.making import baseline, indicator, plan, series, target


def verdict_on(
    value: str | None,
    goal: Target | None,
    start: Baseline | None = None,
    better: Better = "higher",
    year: int = 2024,
    earlier: tuple[str, ...] = (),
    unit: str = "人",
    rule: str = "attainment",
) -> Verdict:
    measured = indicator(unit, series(start=start, goal=goal), better=better)
    values = None if value is None else single(value)
    before = [single(each) for each in earlier]
    return judge(plan(measured, rule=rule), measured, values, year, before)


def single(value: str) -> Mapping[str | None, Decimal]:
    return {None: Decimal(value)}


def labels(verdict: Verdict) -> tuple[str | None, str | None]:
    grade, pace = verdict.grade, verdict.pace
    return grade.label if grade else None, pace.label if pace else None


RANGE = target("range", low=Decimal(40), high=Decimal(60))


@pytest.mark.parametrize(
    ("better", "goal", "start", "value", "grade", "pace"),
    [
        # value, higher: baseline short of the target
        ("higher", target(value="100"), baseline("50"), "100", "達成", "順調"),
        ("higher", target(value="100"), baseline("50"), "130", "達成", "順調"),
        ("higher", target(value="100"), baseline("50"), "90", "向上", "順調"),
        ("higher", target(value="100"), baseline("50"), "89", "向上", "やや遅れ"),
        ("higher", target(value="100"), baseline("50"), "70", "向上", "やや遅れ"),
        ("higher", target(value="100"), baseline("50"), "69", "向上", "遅れ"),
        ("higher", target(value="100"), baseline("50"), "50", "未達成", "遅れ"),
        ("higher", target(value="100"), baseline("50"), "40", "未達成", "遅れ"),
        # … missing, equal, past
        ("higher", target(value="100"), None, "100", "達成", None),
        ("higher", target(value="100"), None, "99", "未達成", None),
        ("higher", target(value="100"), baseline("100"), "100", "達成", None),
        ("higher", target(value="100"), baseline("100"), "99", "未達成", None),
        ("higher", target(value="100"), baseline("120"), "110", "達成", None),
        ("higher", target(value="100"), baseline("120"), "99", "未達成", None),
        # value, lower
        ("lower", target(value="0"), baseline("29"), "0", "達成", "順調"),
        ("lower", target(value="0"), baseline("29"), "12", "向上", "やや遅れ"),
        ("lower", target(value="0"), baseline("29"), "40", "未達成", "遅れ"),
        ("lower", target(value="0"), None, "12", "未達成", None),
        ("lower", target(value="0"), baseline("0"), "1", "未達成", None),
        ("lower", target(value="0"), baseline("0"), "0", "達成", None),
        ("lower", target(value="5"), baseline("3"), "5", "達成", None),
        # directions
        ("higher", target("up"), baseline("34.2"), "34.3", "達成", None),
        ("higher", target("up"), baseline("34.2"), "34.2", "未達成", None),
        ("higher", target("up"), baseline("34.2"), "30", "未達成", None),
        ("lower", target("down"), baseline("43"), "42", "達成", None),
        ("lower", target("down"), baseline("43"), "43", "未達成", None),
        ("higher", target("up"), None, "34.3", None, None),
        # parity: 男性 per 女性100
        ("parity", target("parity", "100"), baseline("60"), "100", "達成", "順調"),
        ("parity", target("parity", "100"), baseline("60"), "99.6", "達成", "順調"),
        ("parity", target("parity", "100"), baseline("60"), "92", "向上", "順調"),
        ("parity", target("parity", "100"), baseline("60"), "120", "向上", "やや遅れ"),
        ("parity", target("parity", "100"), baseline("60"), "140", "未達成", "遅れ"),
        ("parity", target("parity", "100"), baseline("60"), "50", "未達成", "遅れ"),
        ("parity", target("parity", "100"), None, "95", "未達成", None),
        ("parity", target("parity", "100"), baseline("100"), "98", "未達成", None),
        # range
        ("higher", RANGE, baseline("20"), "40", "達成", "順調"),
        ("higher", RANGE, baseline("20"), "60", "達成", "順調"),
        ("higher", RANGE, baseline("20"), "36", "向上", "順調"),
        ("higher", RANGE, baseline("20"), "61", "向上", "順調"),
        ("higher", RANGE, baseline("20"), "19", "未達成", "遅れ"),
        ("higher", RANGE, None, "39", "未達成", None),
        ("higher", RANGE, baseline("50"), "61", "未達成", None),
        # done, rank
        ("higher", target("done"), None, "1", "達成", None),
        ("higher", target("done"), baseline("0"), "0", "未達成", None),
        ("lower", target("rank", "3"), baseline("10"), "3", "達成", "順調"),
        ("lower", target("rank", "3"), baseline("10"), "1", "達成", "順調"),
        ("lower", target("rank", "3"), baseline("10"), "4", "向上", "順調"),
        ("lower", target("rank", "3"), baseline("10"), "11", "未達成", "遅れ"),
        ("lower", target("rank", "3"), None, "4", "未達成", None),
        # nothing to be judged against
        ("higher", target("none"), baseline("476"), "500", None, None),
        ("higher", None, baseline("476"), "500", None, None),
    ],
)
def test_a_value_is_graded_by_its_target_and_baseline(
    better: Better,
    goal: Target | None,
    start: Baseline | None,
    value: str,
    grade: str | None,
    pace: str | None,
) -> None:
    assert labels(verdict_on(value, goal, start, better)) == (grade, pace)


def test_every_kind_of_target_has_a_verdict() -> None:
    for kind in get_args(TargetKind):
        found = verdict_on("1", target(kind, "1", low=Decimal(0)), baseline("0"))
        assert (found.grade is None) == (kind == "none")


@pytest.mark.parametrize(
    ("value", "goal", "why"),
    [
        (None, target(value="100"), "未提出"),
        ("55", target("none"), "目標の記載なし"),
        ("55", target("up"), "比較対象なし"),
        ("55", target(value="100"), "現状値なし・向上は判定できない"),
    ],
)
def test_what_could_not_be_told_is_said(value: str | None, goal: Target, why: str) -> None:
    found = verdict_on(value, goal)
    assert found.why == why
    assert why in found.arithmetic


def test_the_caller_says_why_there_is_no_value() -> None:
    measured = indicator("人", series(goal=target(value="100")))
    found = judge(plan(measured), measured, None, 2024, unjudged="調査対象外年度")
    assert (found.grade, found.pace, found.why) == (None, None, "調査対象外年度")


def test_a_direction_without_baseline_compares_with_the_earliest_actual() -> None:
    found = verdict_on("55", target("up"), earlier=("50", "60"), unit="%")
    assert labels(found) == ("達成", None)
    assert found.arithmetic == "最初の実績50%→目標 増加、R6は55%: ＋5ポイント→達成"


def test_earlier_actuals_never_stand_in_for_the_baseline_of_a_figure() -> None:
    assert verdict_on("55", target(value="100"), earlier=("50",)).why is not None


@pytest.mark.parametrize(
    ("value", "goal", "start", "better", "unit", "line"),
    [
        (
            "12", target(value="0"), baseline("29"), "lower", "人",
            "現状値29人（R2と推定）→目標0人、R6は12人: 17/29=進捗59%、R6時点の見込み80%→やや遅れ",
        ),
        (
            "18.6", target(value="19.00"), baseline("18.43", 2019), "higher", "年",
            "現状値18.43年（R1）→目標19.00年、R6は18.6年: 0.17/0.57=進捗30%、R6時点の見込み83%→遅れ",
        ),
        (
            "-50", target(value="0"), baseline("-40", 2018, 2019, 2020), "higher", "人",
            "現状値△40人（H30〜R2）→目標0人、R6は△50人: △10/40=進捗△25%、R6時点の見込み80%→遅れ",
        ),
        (
            "12", target(value="0", year=None), baseline("29"), "lower", "人",
            "現状値29人（R2と推定）→目標0人、R6は12人: 17/29=進捗59%→向上",
        ),
        (
            "57.0", target(value="56.3"), baseline("56.3"), "higher", "%",
            "現状値56.3%（R2と推定）→目標56.3%、R6は57.0%: 維持目標、目標との差0.7ポイント→維持",
        ),
        (
            "1", target(value="0"), baseline("0"), "lower", "件",
            "現状値0件（R2と推定）→目標0件、R6は1件: 維持目標、目標との差1件→割込み",
        ),
        (
            "32", target("up"), baseline("34.2"), "higher", "%",
            "現状値34.2%（R2と推定）→目標 増加、R6は32%: △2.2ポイント→未達成",
        ),
        (
            "95", target("parity", "100"), None, "parity", "",
            "現状値なし→目標男性100：女性100、R6は男性95：女性100: 未達成（現状値なし・向上は判定できない）",
        ),
        (
            "0", target("done", text="策定済"), None, "higher", "",
            "現状値なし→目標 策定済、R6は未: 未達成（現状値なし・向上は判定できない）",
        ),
        (
            "45", RANGE, baseline("20"), "higher", "%",
            "現状値20%（R2と推定）→目標40%〜60%、R6は45%: 20/20=進捗100%、R6時点の見込み80%→順調",
        ),
    ],
)  # fmt: skip
def test_the_arithmetic_is_said_in_one_line(
    value: str, goal: Target, start: Baseline | None, better: Better, unit: str, line: str
) -> None:
    assert verdict_on(value, goal, start, better, unit=unit).arithmetic == line


@pytest.mark.parametrize(
    ("value", "code", "distance"),
    [("0", "kept", "0"), ("3", "lost", "3")],
)
def test_a_target_that_the_baseline_had_met_is_held_or_lost(
    value: str, code: str, distance: str
) -> None:
    found = verdict_on(value, target(value="0"), baseline("0"), "lower")
    assert found.progress is None
    assert found.pace is None
    assert found.holding is not None
    assert (found.holding.code, found.holding.distance) == (code, Decimal(distance))


@pytest.mark.parametrize(
    ("start", "goal", "year"),
    [
        (baseline("50", 2024), target(value="100"), 2024),
        (baseline("50", 2025), target(value="100", year=2025), 2025),
        (baseline("50", 2020), target(value="100", year=None), 2024),
    ],
)
def test_without_a_line_to_be_on_there_is_no_pace(start: Baseline, goal: Target, year: int) -> None:
    found = verdict_on("70", goal, start, year=year)
    assert found.pace is None
    assert found.progress == Decimal("0.4")


def test_a_baseline_of_no_known_year_has_no_pace() -> None:
    measured = indicator("人", series(start=baseline("50"), goal=target(value="100")))
    found = judge(plan(measured, assumed_baseline_year=None), measured, {None: Decimal(70)}, 2024)
    assert found.pace is None
    assert found.arithmetic == "現状値50人→目標100人、R6は70人: 20/50=進捗40%→向上"


def test_a_baseline_of_several_years_counts_as_of_its_last() -> None:
    found = verdict_on("70", target(value="100"), baseline("50", 2018, 2019, 2020))
    assert found.series[0].expected == Decimal("0.8")


def test_parity_met_at_its_precision_has_come_all_the_way() -> None:
    found = verdict_on("99.6", target("parity", "100"), baseline("60"), "parity", year=2025)
    assert labels(found) == ("達成", "順調")
    assert found.progress == 1


def test_past_the_targets_year_the_whole_way_is_expected() -> None:
    found = verdict_on("99", target(value="100"), baseline("50"), year=2027)
    assert found.series[0].expected == 1
    assert labels(found) == ("向上", "やや遅れ")


def test_a_verdict_is_provisional_until_the_plans_last_year() -> None:
    goal = target(value="100")
    assert verdict_on("50", goal, year=2024).as_of_label == "R6時点"
    assert not verdict_on("50", goal, year=2024).final
    assert verdict_on("50", goal, year=2025).as_of_label is None
    measured = indicator("人", series(goal=target(value="100", year=None)))
    endless = judge(plan(measured, last_year=None), measured, {None: Decimal(1)}, 2024)
    assert endless.as_of_label == "R6時点"


def test_a_years_own_target_is_judged_before_the_last_one() -> None:
    goals = (target(value="40", year=2023), target(value="100", year=2025))
    measured = indicator("人", series(start=baseline("0")).model_copy(update={"targets": goals}))
    judged = [
        judge(plan(measured), measured, {None: Decimal(50)}, year).grade for year in (2023, 2024)
    ]
    assert [grade and grade.label for grade in judged] == ["達成", "向上"]


SEXES = indicator(
    "年",
    series("男性", baseline("18.43", 2019), target(value="19.00")),
    series("女性", baseline("20.72", 2019), target(value="21.50")),
)


def both(men: str, women: str) -> Verdict:
    values: dict[str | None, Decimal] = {"男性": Decimal(men), "女性": Decimal(women)}
    return judge(plan(SEXES), SEXES, values, 2024)


def test_the_worst_series_counts() -> None:
    assert labels(both("19.1", "21.6")) == ("達成", "順調")
    assert labels(both("18.6", "21.6")) == ("向上", "遅れ")
    assert labels(both("18.43", "21.0")) == ("未達成", "遅れ")
    found = both("18.6", "21.6")
    assert found.progress == found.series[0].progress
    assert found.arithmetic.startswith("男性: 現状値18.43年（R1）→")
    assert "／女性: " in found.arithmetic


def test_nothing_is_judged_until_every_series_has_a_value() -> None:
    found = judge(plan(SEXES), SEXES, {"男性": Decimal("19.1")}, 2024)
    assert (found.grade, found.why) == (None, "女性: 未提出")


def test_a_series_without_a_pace_leaves_the_indicator_without() -> None:
    mixed = indicator(
        "%",
        series("児童", baseline("60"), target(value="50")),
        series("生徒", baseline("20"), target(value="50")),
    )
    values: dict[str | None, Decimal] = {"児童": Decimal(40), "生徒": Decimal(70)}
    found = judge(plan(mixed), mixed, values, 2024)
    assert labels(found) == ("未達成", None)
    assert (found.progress, found.holding) == (None, None)
    assert found.series[1].pace == ON_TRACK


@pytest.mark.parametrize(
    ("rule", "value", "goal", "start", "better", "label"),
    [
        ("four-grade", "100", target(value="100"), None, "higher", "A"),
        ("four-grade", "80", target(value="100"), None, "higher", "B"),
        ("four-grade", "79", target(value="100"), None, "higher", "C"),
        ("four-grade", "49", target(value="100"), None, "higher", "D"),
        ("four-grade", "40", target(value="30"), None, "lower", "C"),
        ("four-grade", "12", target(value="0"), baseline("29"), "lower", None),
        ("four-grade", "85", target("parity", "100"), None, "parity", "B"),
        ("four-grade", "70", RANGE, None, "higher", "B"),
        ("four-grade", "30", RANGE, None, "higher", "B"),
        ("four-grade", "90", RANGE, None, "higher", "C"),
        ("four-grade", "10", RANGE, None, "higher", "C"),
        ("four-grade", "0", target("done"), None, "higher", "D"),
        ("four-grade", "5", target("up"), baseline("5"), "higher", "D"),
        ("four-grade", "5", target("up"), None, "higher", None),
        ("s-a-b-c", "110", target(value="100"), baseline("50"), "higher", "S"),
        ("s-a-b-c", "109", target(value="100"), baseline("50"), "higher", "A"),
        ("s-a-b-c", "200", target(value="100"), None, "higher", "A"),
        ("s-a-b-c", "99", target(value="100"), baseline("50"), "higher", "B"),
        ("s-a-b-c", "50", target(value="100"), baseline("50"), "higher", "C"),
        ("s-a-b-c", "50", target(value="100"), None, "higher", "C"),
    ],
)
def test_other_municipalities_grade_by_other_rules(
    rule: str, value: str, goal: Target, start: Baseline | None, better: Better, label: str | None
) -> None:
    found = verdict_on(value, goal, start, better, rule=rule)
    assert (found.grade and found.grade.label[0]) == label
    assert found.rule == rule
    assert found.grade is not None or found.why


def test_the_rule_is_named_in_the_plan() -> None:
    assert [grade.label for grade in grades_of(plan(indicator()))] == ["達成", "向上", "未達成"]
    assert [grade.mark for grade in grades_of(plan(indicator()))] == ["●", "▲", "■"]
    assert rule_of(plan(indicator(), rule="s-a-b-c")).version == 1
    with pytest.raises(KpiError, match="進展"):
        rule_of(plan(indicator(), rule="進展"))


def test_shares_round_half_up_to_one_decimal() -> None:
    counts = ((2, 4), (1, 4), (8, 23), (4, 23), (11, 23), (1, 16), (0, 0))
    shares = [str(share(count, total)) for count, total in counts]
    assert shares == ["50.0", "25.0", "34.8", "17.4", "47.8", "6.3", "0.0"]


@pytest.mark.parametrize(
    ("part", "shown"),
    [
        ("0.586", "59%"),
        ("0.9999", "99%"),
        ("1", "100%"),
        ("2.99", "299%"),
        ("-0.31", "△31%"),
        ("-0.001", "0%"),
        ("0.005", "1%"),
    ],
)
def test_only_a_met_target_shows_all_of_the_way(part: str, shown: str) -> None:
    assert show_percent(Decimal(part)) == shown


NUMBERS = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places),
    st.integers(-(10**12), 10**12) | st.integers(-120, 120),
    st.integers(0, 6),
)
RULE_NAMES = st.sampled_from(sorted(RULES))


@st.composite
def goals(draw: st.DrawFn) -> tuple[Target, Better]:
    kind: TargetKind = draw(st.sampled_from(("value", "up", "down", "parity", "range", "rank")))
    better: Better = draw(st.sampled_from(("higher", "lower")))
    year = draw(st.none() | st.integers(2018, 2030))
    if kind == "range":
        low, high = sorted((draw(NUMBERS), draw(NUMBERS)))
        return Target(year=year, kind=kind, low=low, high=high), better
    if kind in {"up", "down"}:
        return Target(year=year, kind=kind), "higher" if kind == "up" else "lower"
    value = draw(NUMBERS)
    known: dict[TargetKind, Better] = {"parity": "parity", "rank": "lower"}
    return Target(year=year, kind=kind, value=value), known.get(kind, better)


@st.composite
def settings_of_a_case(draw: st.DrawFn) -> tuple[Plan, Indicator, int]:
    goal, better = draw(goals())
    start = draw(st.none() | st.builds(Baseline, value=NUMBERS))
    measured = indicator("人", series(start=start, goal=goal), better=better)
    return plan(measured, rule=draw(RULE_NAMES)), measured, draw(st.integers(2018, 2030))


def one(plan_: Plan, measured: Indicator, year: int, value: Decimal) -> SeriesVerdict:
    [found] = judge(plan_, measured, {None: value}, year).series
    return found


@given(settings_of_a_case(), NUMBERS)
@settings(max_examples=500, deadline=None)
def test_a_met_target_is_never_behind_and_a_missed_one_never_all_the_way(
    case: tuple[Plan, Indicator, int], value: Decimal
) -> None:
    found = one(*case, value)
    if found.met:
        assert found.pace in {None, ON_TRACK}
        assert found.progress is None or found.progress >= 1
        assert found.holding is None or found.holding.code == "kept"
    else:
        assert found.progress is None or found.progress < 1
        assert (
            found.progress is None or int(show_percent(found.progress)[:-1].replace("△", "-")) < 100
        )
        assert found.holding is None or found.holding.code == "lost"
    assert "遅れ" not in found.arithmetic or not found.met


@given(NUMBERS, NUMBERS, st.sampled_from(("higher", "lower", "parity")))
@settings(max_examples=300, deadline=None)
def test_a_hair_short_of_the_target_is_missed_however_it_is_rounded(
    start: Decimal, goal: Decimal, better: Better
) -> None:
    hair = Decimal("0.000001")
    value = goal - hair if better == "higher" else goal + hair
    assume(better != "parity" or int(goal.as_tuple().exponent) <= -6)
    kind: TargetKind = "parity" if better == "parity" else "value"
    found = verdict_on(str(value), target(kind, str(goal)), Baseline(value=start), better)
    assert found.progress is None or found.progress < 1
    assert "進捗100%" not in found.arithmetic


def distance(measured: Indicator, value: Decimal) -> Decimal:
    """How far `value` is on the wrong side of its target, the further the worse."""
    goal = measured.series[0].targets[0]
    if goal.kind == "parity":
        return abs(value - (goal.value or 0))
    if goal.kind == "range":
        assert goal.low is not None
        assert goal.high is not None
        return max(goal.low - value, value - goal.high, Decimal(0))
    return value if measured.better == "lower" else -value


@given(settings_of_a_case(), NUMBERS, NUMBERS)
@settings(max_examples=500, deadline=None)
def test_a_better_value_never_has_a_worse_verdict(
    case: tuple[Plan, Indicator, int], first: Decimal, second: Decimal
) -> None:
    made, measured, _ = case
    assume(distance(measured, first) != distance(measured, second))
    good, bad = sorted((first, second), key=lambda value: distance(measured, value))
    better, worse = one(*case, good), one(*case, bad)
    if better.grade and worse.grade:
        ranks = grades_of(made)
        assert ranks.index(better.grade) <= ranks.index(worse.grade)
    if better.pace and worse.pace:
        assert PACES.index(better.pace) <= PACES.index(worse.pace)
    if better.progress is not None and worse.progress is not None:
        assert better.progress >= worse.progress
    assert better.met or not worse.met


@given(settings_of_a_case(), NUMBERS)
@settings(deadline=None)
def test_only_a_way_that_is_left_has_a_pace(
    case: tuple[Plan, Indicator, int], value: Decimal
) -> None:
    found = one(*case, value)
    assert (found.progress is None) or (found.holding is None)
    assert found.pace is None or found.expected is not None
    assert found.pace != BEHIND or (found.progress or 0) * 2 < (found.expected or 0)
