"""What a chart shows and says: content, before a pixel is drawn."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from reports.charting.picture import Picture
from reports.charts import draw_chart, draw_svg, sketch
from reports.fonts import font_family
from store.plan import Plan
from store.standing import Outlook
from tests.answers.city import City

PROJECT = Path(__file__).parents[2]


def sketched(city: City, indicator: str, earlier: Plan | None = None, **more: bool) -> Picture:
    return sketch(city.plan, city.standing(indicator), earlier, **more)


@pytest.fixture
def falling(city: City) -> City:
    """Fewer children wait each year; the last figure is still 確認中."""
    city.accept("1-1b", 2022, "26")
    city.accept("1-1b", 2023, "23")
    city.give("1-1b", 2024, "16")
    return city


def test_the_words_tell_figures_target_and_trend(falling: City) -> None:
    assert sketched(falling, "1-1b").alt == (
        "保育所（園）待機児童数の推移。R2 29人、R4 26人、R5 23人。目標R7 0人。R5まで減少（改善）。"
    )


def test_a_way_that_turned_is_told_from_the_last_step_and_from_the_start(city: City) -> None:
    city.accept("1-1b", 2022, "20")
    city.accept("1-1b", 2023, "23")
    assert sketched(city, "1-1b").alt.endswith("R5は前回から増加（悪化）、R2からは減少（改善）。")


def test_waiting_values_are_neither_told_nor_drawn_unless_asked_for(falling: City) -> None:
    shown, hidden = (sketched(falling, "1-1b", pending=p) for p in (True, False))
    assert "R6 16人（確認中）" in shown.alt
    assert "16" not in repr(hidden)
    dot = shown.strands[0].dots[-1]
    assert dot.hollow
    assert dot.label == "確認中 16人"
    assert [run.dashed for run in shown.strands[0].runs] == [False, True]


def test_lines_join_neighbouring_years_only(city: City) -> None:
    for round_of, year in ((2022, 2022), (2023, 2023), (2025, 2025)):
        city.accept("1-1b", round_of, "20", f"FY{year}")
    (run,) = sketch(city.plan, city.standing("1-1b", 2025)).strands[0].runs
    assert [year for year, _ in run.path] == [2022, 2023]


def test_a_chart_without_figures_says_so_with_target_and_baseline(city: City) -> None:
    bare = sketched(city, "1-1a")
    assert bare.scale is None
    assert bare.sentence == ("まだ実績がありません", "現状値 計画書に記載なし", "目標 R7 増加")
    with_baseline = sketched(city, "1-1b")
    assert with_baseline.sentence == ("まだ実績がありません",)
    assert with_baseline.strands[0].dots[0].label == "29人"
    assert with_baseline.aims[0].label == ("目標 R7", "0人／年")
    assert "まだ実績がありません" in with_baseline.alt


def test_the_baseline_is_marked_and_its_year_told_as_estimated(
    falling: City, first_phase: Plan
) -> None:
    picture = sketched(falling, "1-1b", first_phase)
    (ringed,) = [dot for dot in picture.strands[0].dots if dot.ringed]
    assert (ringed.year, ringed.label) == (2020, "29人")
    captions = {caption.year: caption.lines for caption in picture.captions}
    assert captions[2020] == ("現状値", "R2と推定")
    assert captions[2015] == ("当初値", "H27と推定")
    assert captions[2025] == ("目標年度",)


def test_both_phases_are_named_where_both_are_drawn(falling: City, first_phase: Plan) -> None:
    assert sketched(falling, "1-1b", first_phase).phases == ("第1期", "第2期（R4〜R7）")
    assert sketched(falling, "1-1b").phases == ("", "第2期（R4〜R7）")


def test_samples_are_marked_and_told_only_where_they_are_drawn(city: City) -> None:
    city.accept("1-1b", 2022, "26")
    city.give("1-1b", 2024, "16", sample=True)
    assert not sketched(city, "1-1b").sample
    shown = sketched(city, "1-1b", pending=True)
    assert shown.sample
    assert shown.alt.endswith("サンプル（架空の値）を含みます。")


def test_negative_values_and_averages_are_told_the_japanese_way(city: City) -> None:
    picture = sketched(city, "7-1a")
    assert picture.strands[0].dots[0].label == "△40人"
    assert "H30〜R2平均 △40人" in picture.alt
    assert picture.scale is not None
    assert picture.scale.marks[0][1].startswith("△")


def test_a_comparison_value_of_the_document_stands_aside(city: City) -> None:
    dots = sketched(city, "6-1b").strands[0].dots
    assert [(dot.year, dot.aside, dot.label) for dot in dots] == [
        (2019, True, "938,895回"),
        (2020, False, "1,533,264回"),
    ]


def test_a_ratio_has_a_line_at_100(city: City) -> None:
    city.accept("3-3a", 2022, "62")
    picture = sketched(city, "3-3a")
    assert picture.level == (Decimal(100), "100（男女同じ）")
    assert picture.strands[0].dots[0].label == "62:100"


def test_an_upward_target_is_an_arrow_from_what_it_is_measured_by(city: City) -> None:
    (aim,) = sketched(city, "1-1c").aims
    assert aim.label == ("目標 R7", "増加", "6.5%より上")
    assert (aim.steps[0].direction, aim.steps[0].low) == ("up", Decimal("6.5"))
    city.accept("1-1a", 2022, "44.6")
    city.accept("1-1a", 2023, "45.0")
    assert sketched(city, "1-1a").aims[0].label[-1] == "初回の44.6%より上"


def test_a_missing_target_is_said_and_not_drawn(city: City) -> None:
    (aim,) = sketched(city, "6-1c").aims
    assert aim.label == ("目標の記載なし（原典要確認）",)
    assert aim.steps == ()


def test_series_with_the_same_target_share_its_line(city: City) -> None:
    (shared,) = sketched(city, "1-4b").aims
    assert (shared.strand, shared.label) == (None, ("目標 R7", "60.0%"))
    assert [aim.label[0] for aim in sketched(city, "2-2a").aims] == ["男性 目標 R7", "女性 目標 R7"]


def test_middle_targets_are_stairs_each_over_the_years_it_judges(made_up: City) -> None:
    (aim,) = sketched(made_up, "Ⅰ-(1)-②").aims
    assert [(s.first, s.last, s.year, str(s.low)) for s in aim.steps] == [
        (2023, 2025, 2025, "11.00"),
        (2026, 2027, 2027, "10.00"),
    ]


def test_a_range_is_a_band(made_up: City) -> None:
    (step,) = sketched(made_up, "Ⅰ-(2)-①").aims[0].steps
    assert (step.low, step.high) == (Decimal(95), Decimal(105))


def test_ranks_grow_downwards_and_a_plan_is_done_or_not(made_up: City) -> None:
    made_up.accept("Ⅰ-(2)-②", 2023, "0")
    rank, done = sketched(made_up, "Ⅰ-(2)-③").scale, sketched(made_up, "Ⅰ-(2)-②").scale
    assert rank is not None
    assert done is not None
    assert rank.upside_down
    assert rank.share(Decimal(10)) > rank.share(Decimal(17))
    assert [said for _, said in done.marks] == ["未", "済"]


def test_the_same_content_has_the_same_key_and_other_content_another(falling: City) -> None:
    key = sketched(falling, "1-1b").key
    assert sketched(falling, "1-1b").key == key
    assert sketched(falling, "1-1b", pending=True).key != key
    falling.accept("1-1b", 2023, "22")
    assert sketched(falling, "1-1b").key != key


def test_the_same_chart_is_the_same_to_the_byte(falling: City) -> None:
    standing = falling.standing("1-1b")
    once, again = (draw_chart(falling.plan, standing) for _ in range(2))
    assert once == again
    assert draw_svg(falling.plan, standing) == draw_svg(falling.plan, standing)


def test_an_svg_keeps_its_text_as_text(falling: City) -> None:
    svg = draw_svg(falling.plan, falling.standing("1-1b")).decode()
    assert "保育所（園）待機児童数" in svg
    assert f"font-family: '{font_family()}'" in svg


def test_words_stay_within_what_slack_takes_however_long_an_indicator_is_drawn(
    sampled: Outlook, first_phase: Plan
) -> None:
    for standing in sampled.standings.values():
        alt = sketch(sampled.plan, standing, first_phase, pending=True).alt
        assert alt.startswith(f"{standing.indicator.name}の推移。")
        assert len(alt) <= 300
    long = replace(
        standing, indicator=standing.indicator.model_copy(update={"name": "長い名前" * 600})
    )
    assert len(sketch(sampled.plan, long).alt) == 2000


def test_drawing_leaves_no_trace_and_nothing_is_loaded_before_it() -> None:
    subprocess.run([sys.executable, "-W", "error", "-c", _ALONE], check=True, cwd=PROJECT)


_ALONE = """
import sys
from datetime import date
from reports.cache import Charts
from reports.charts import draw_chart, sketch
from store.judge import judge
from store.plan_file import builtin_plans
from store.standing import Standing, State

plan = builtin_plans()["kitamoto-2"]
indicator = plan.by_id["1-1b"]
verdict = judge(plan, indicator, None, 2024)
standing = Standing(
    indicator, 2024, State.MISSING, date(2025, 6, 12), (), None, verdict, None
)
assert sketch(plan, standing).key
assert not {"matplotlib", "PIL"} & sys.modules.keys()

drawn = draw_chart(plan, standing)
assert "matplotlib.pyplot" not in sys.modules
assert "matplotlib_fontja" not in sys.modules

import matplotlib
matplotlib.rcParams["font.size"] = 31
matplotlib.rcParams["axes.facecolor"] = "red"
matplotlib.rcParams["lines.linestyle"] = ":"
before = matplotlib.rcParams.copy()
assert draw_chart(plan, standing) == drawn
assert matplotlib.rcParams.copy() == before
"""
