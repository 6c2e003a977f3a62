"""Every chart as it is drawn: the right size, all text inside, no label on another, no letter missing."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import combinations
from struct import unpack

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from sqlite_utils import Database

from reports.cache import is_whole
from reports.charting.drawing import figure_of
from reports.charting.picture import Picture
from reports.charting.placing import Box
from reports.charts import draw, sketch
from store.plan import Plan
from store.plan_file import builtin_plans
from store.samples.actuals import sample_values
from store.standing import Outlook
from tests.answers.city import City

IDS = list(builtin_plans()["kitamoto-2"].by_id)
CANVAS = Box(0, 0, 1080, 600)


def written(picture: Picture) -> list[tuple[str, str, Box]]:
    """(part, text, place in pixels) of all that is written."""
    figure = figure_of(picture)
    assert isinstance(figure.canvas, FigureCanvasAgg)
    return list(_texts(figure.canvas, figure.findobj(Text)))


def _texts(canvas: FigureCanvasAgg, found: list[Text]) -> Iterator[tuple[str, str, Box]]:
    renderer = canvas.get_renderer()  # type: ignore[no-untyped-call]
    for text in found:
        if text.get_text() and text.get_gid():
            extent = text.get_window_extent(renderer)
            yield text.get_gid() or "", text.get_text(), Box(*extent.extents)


def check(texts: list[tuple[str, str, Box]]) -> None:
    """No text is cut, no text lies on another by more than a little."""
    assert [said for _, said, box in texts if not CANVAS.holds(box)] == []
    touching = [
        (one[1], other[1])
        for one, other in combinations(texts, 2)
        if one[2].shared(other[2]) > 0.12 * min(area(one[2]), area(other[2]))
    ]
    assert touching == []


def area(box: Box) -> float:
    return (box.right - box.left) * (box.top - box.foot)


@pytest.mark.parametrize("indicator", IDS)
def test_every_indicator_is_drawn_with_samples_over_both_phases(
    sampled: Outlook, first_phase: Plan, indicator: str
) -> None:
    picture = sketch(sampled.plan, sampled.standings[indicator], first_phase, pending=True)
    chart = draw(picture)
    assert is_whole(chart.png)
    assert unpack(">II", chart.png[16:24]) == (1080, 600)
    assert 20_000 < len(chart.png) < 200_000
    texts = written(picture)
    check(texts)
    said = {part: text for part, text, _ in texts}
    assert said["sample"] == "サンプル（架空の値）"
    values = [text for part, text, _ in texts if part == "value"]
    assert sorted(values) == sorted(dot.label for s in picture.strands for dot in s.dots)


def test_every_indicator_is_drawn_before_anything_is_reported(
    city: City, first_phase: Plan
) -> None:
    for standing in city.outlook(2024).standings.values():
        texts = written(sketch(city.plan, standing, first_phase))
        assert "まだ実績がありません" in {said for _, said, _ in texts}
        check(texts)


def test_every_indicator_of_the_old_plan_is_drawn(db: Database, first_phase: Plan) -> None:
    for standing in City(db, first_phase).found().outlook(2021).standings.values():
        texts = written(sketch(first_phase, standing))
        assert len([part for part, _, _ in texts if part == "value"]) >= 2
        check(texts)


def test_every_kind_of_target_is_drawn(made_up: City) -> None:
    for indicator in made_up.plan.indicators:
        for year in range(2023, 2028):
            values = {s: str(v) for s, v in sample_values(made_up.plan, indicator, year)}
            given = made_up.give(indicator.id, year, values, sample=True)
            if year < 2027:
                made_up.approve(given)
    for standing in made_up.outlook(2027).standings.values():
        check(written(sketch(made_up.plan, standing, pending=True)))


def test_ten_years_of_large_numbers_find_room(city: City) -> None:
    indicator = city.indicator("6-1b").model_copy(update={"continues": None})
    plan = city.plan.model_copy(update={"last_year": 2031})
    actuals = tuple(
        city.accept("6-1b", year, str(1_533_264 + year % 3 * 91_111), f"FY{year}", sample=True)
        for year in range(2022, 2032)
    )
    standing = replace(city.standing("6-1b"), indicator=indicator, actuals=actuals)
    texts = written(sketch(plan, standing))
    check(texts)
    assert len([part for part, _, _ in texts if part == "value"]) == 12


def test_a_name_of_any_length_and_any_letters_is_drawn(city: City) -> None:
    standing = city.standing("4-2b")
    for name in ("とても長い名前の指標" * 30, "A" * 300, "𠮷田さんの😀が", "$x_1^2$の割合 100%"):
        changed = standing.indicator.model_copy(update={"name": name})
        check(written(sketch(city.plan, replace(standing, indicator=changed))))


def test_a_unit_of_any_length_leaves_the_mark_of_samples_free(city: City) -> None:
    city.accept("4-2b", 2022, "1", sample=True)
    standing = city.standing("4-2b")
    changed = standing.indicator.model_copy(update={"unit": "とても長い単位" * 20})
    texts = written(sketch(city.plan, replace(standing, indicator=changed)))
    parts = {part: box for part, _, box in texts}
    assert parts["subtitle"].right < parts["sample"].left
    assert [said for _, said, box in texts if not CANVAS.holds(box)] == []


def test_a_name_that_looks_like_a_formula_is_shown_as_it_is(city: City) -> None:
    standing = city.standing("4-2b")
    changed = standing.indicator.model_copy(update={"name": "$x_1$の割合"})
    texts = written(sketch(city.plan, replace(standing, indicator=changed)))
    assert ("title", "$x_1$の割合") in {(part, said) for part, said, _ in texts}


def test_more_series_than_anybody_can_read_still_give_a_chart(city: City) -> None:
    indicator = city.indicator("2-2a")
    names = [f"とても長い名前の系列その{number}" for number in range(24)]
    many = tuple(indicator.series[0].model_copy(update={"name": name}) for name in names)
    changed = indicator.model_copy(update={"series": many, "continues": None})
    standing = replace(city.standing("2-2a"), indicator=changed, continued=None)
    texts = written(sketch(city.plan, standing))
    assert [said for _, said, box in texts if not CANVAS.holds(box)] == []


def test_threads_that_draw_at_once_get_what_they_asked_for(
    sampled: Outlook, first_phase: Plan
) -> None:
    pictures = [sketch(sampled.plan, sampled.standings[i], first_phase) for i in IDS[:4]] * 2
    with ThreadPoolExecutor(4) as pool:
        charts = list(pool.map(draw, pictures))
    assert charts[:4] == charts[4:]
    assert len({chart.png for chart in charts}) == 4
