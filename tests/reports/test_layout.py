"""Scales, line breaks and places of labels: pure rules, whatever the figures are."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.charting.layout import rows_of, wrap
from reports.charting.picture import Caption
from reports.charting.placing import Box, Wanted, place, spread
from reports.charting.scale import scale_of
from store.plan import Plan

numbers = st.decimals(-(10**15), 10**15, places=6, allow_nan=False) | st.integers(-99, 99).map(
    Decimal
)
ids = st.sampled_from(["1-1b", "6-3d", "7-1a", "1-5a", "5-1c", "2-2a", "3-3a"])
PAGE = Box(0, 0, 1000, 600)


@given(ids, st.lists(numbers, min_size=1, max_size=12))
def test_a_scale_holds_all_figures_and_marks_some_values_in_order(
    plan: Plan, indicator: str, values: list[Decimal]
) -> None:
    scale = scale_of(plan.by_id[indicator], values)
    assert all(0 < scale.share(value) < 1 for value in values)
    marks = [value for value, _ in scale.marks]
    assert 1 <= len(marks) <= 9
    assert marks == sorted(marks)
    assert all(0 <= scale.share(mark) <= 1 for mark in marks)
    assert len({said for _, said in scale.marks}) == len(marks)


@pytest.mark.parametrize(
    ("indicator", "values", "said"),
    [
        ("1-1b", "0 29 26", ["0", "10", "20", "30"]),
        ("4-2b", "0 1", ["0", "1", "2"]),
        ("4-1a", "0 0", ["0", "1", "2"]),
        ("6-3e", "19.0 100", ["0", "25", "50", "75", "100"]),
        ("7-1a", "-40 0", ["△40", "△30", "△20", "△10", "0"]),
        ("1-5a", "-2.4 1.2", ["△3", "△2", "△1", "0", "+1"]),
        ("5-1c", "2920245 3000000", ["2,900,000", "2,950,000", "3,000,000"]),
    ],
)
def test_marks_are_round_and_written_the_japanese_way(
    plan: Plan, indicator: str, values: str, said: list[str]
) -> None:
    scale = scale_of(plan.by_id[indicator], [Decimal(v) for v in values.split()])
    assert [text for _, text in scale.marks][: len(said)] == said


def test_a_hairs_breadth_does_not_look_like_a_leap(plan: Plan) -> None:
    scale = scale_of(plan.by_id["4-2c"], [Decimal("77.6"), Decimal("77.7")])
    assert scale.share(Decimal("77.7")) - scale.share(Decimal("77.6")) < 0.05


boxes = st.builds(
    Box.around, st.floats(0, 1000), st.floats(0, 600), st.floats(5, 60), st.floats(5, 60)
)
labels = st.builds(
    Wanted,
    st.floats(0, 1000),
    st.floats(0, 600),
    st.floats(10, 150),
    st.just(22.0),
    st.just(10.0),
    st.booleans(),
)


@given(st.lists(labels, max_size=12), st.lists(boxes, max_size=12), st.lists(boxes, max_size=5))
def test_labels_lie_on_nothing_and_inside(
    wanted: list[Wanted], taken: list[Box], soft: list[Box]
) -> None:
    found = [box for box in place(wanted, taken, soft, PAGE) if box]
    assert all(PAGE.holds(box) for box in found)
    assert not any(box.shared(other) for box in found for other in taken)
    assert not any(one.shared(other) for one, other in combinations(found, 2))


def test_a_label_stands_above_its_dot_or_below_where_that_is_better() -> None:
    above, below = (Wanted(500, 300, 60, 20, 10, below=b) for b in (False, True))
    assert place([above], [], [], PAGE) == (Box(470, 310, 530, 330),)
    assert place([below], [], [], PAGE) == (Box(470, 270, 530, 290),)


def test_a_label_without_any_place_is_left_out() -> None:
    assert place([Wanted(500, 300, 60, 20, 10)], [PAGE], [], PAGE) == (None,)


@given(st.lists(st.floats(0, 600), min_size=1, max_size=8))
def test_things_side_by_side_are_moved_apart_and_stay_inside(centres: list[float]) -> None:
    found = spread(centres, [40.0] * len(centres), PAGE)
    ordered = sorted(found)
    assert all(after - before >= 40 - 1e-6 for before, after in pairwise(ordered))
    assert ordered[0] >= 20 - 1e-6
    assert ordered[-1] <= 580 + 1e-6


def test_what_stands_clear_is_not_moved() -> None:
    assert spread([100, 400], [40, 40], PAGE) == (100, 400)


def letters(text: str) -> float:
    return len(text)


@given(st.text(st.sampled_from("待機児童数（園）、。ー17abc "), max_size=80), st.integers(4, 30))
def test_no_line_is_wider_than_its_room(text: str, width: int) -> None:
    lines = wrap(text, width, letters, 3)
    assert len(lines) <= 3
    assert all(len(line) <= width for line in lines)
    if not lines[-1].endswith("…"):
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_lines_break_where_japanese_may_break_and_are_of_like_width() -> None:
    name = "一般国道17号、南大通りおよび上尾道路(上尾バイパス)沿道における開発件数"
    assert wrap(name, 30, letters, 2) == (
        "一般国道17号、南大通りおよび上尾道路",
        "(上尾バイパス)沿道における開発件数",
    )
    assert wrap("待機児童数、保育所（園）", 5, letters, 3) == ("待機児童", "数、保育", "所（園）")


def test_captions_that_would_touch_stand_in_rows() -> None:
    captions = [Caption(year, ("十文字の言葉である。",)) for year in range(4)]
    placed = rows_of(captions, lambda year: 100 + 60 * year, lambda text: len(text) * 10.0, 1080)
    assert [each.row for each in placed] == [0, 1, 0, 1]


def test_a_caption_never_leaves_the_canvas() -> None:
    (placed,) = rows_of([Caption(0, ("長い言葉",))], lambda _: 5, lambda _: 200.0, 1080)
    assert placed.x == 108
