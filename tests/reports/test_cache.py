"""Charts on disk: each drawn once, never half, never too many, whoever else uses the folder."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.cache import Charts, is_whole
from reports.charting.picture import Picture
from reports.charts import Chart, draw, draw_chart
from store.plan import Plan
from store.standing import Outlook

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "charts"


@pytest.fixture(scope="module")
def drawn(sampled: Outlook, first_phase: Plan) -> Chart:
    return draw_chart(sampled.plan, sampled.standings["1-1b"], first_phase)


def draw_png(picture: Picture) -> bytes:
    return draw(picture).png


def chart(charts: Charts, sampled: Outlook, first_phase: Plan, indicator: str = "1-1b") -> Chart:
    return charts.chart(sampled.plan, sampled.standings[indicator], first_phase)


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def test_a_kept_chart_is_the_one_that_is_drawn(
    folder: Path, sampled: Outlook, first_phase: Plan, drawn: Chart
) -> None:
    charts = Charts(folder, draw_png)
    assert chart(charts, sampled, first_phase) == drawn
    assert names(folder) == {f"{drawn.key}.png"}
    assert chart(charts, sampled, first_phase) == drawn


def test_a_kept_chart_is_not_drawn_again(
    folder: Path, sampled: Outlook, first_phase: Plan, drawn: Chart
) -> None:
    other = draw_chart(sampled.plan, sampled.standings["2-2a"], first_phase).png
    folder.mkdir()
    (folder / f"{drawn.key}.png").write_bytes(other)
    assert chart(Charts(folder, draw_png), sampled, first_phase).png == other


@pytest.mark.parametrize("damage", ["half", "zeros", "empty", "more"])
def test_a_damaged_file_is_drawn_anew(
    folder: Path, sampled: Outlook, first_phase: Plan, drawn: Chart, damage: str
) -> None:
    bad = {
        "half": drawn.png[: len(drawn.png) // 2],
        "zeros": drawn.png[:1000] + bytes(len(drawn.png) - 1000),
        "empty": b"",
        "more": drawn.png + b"\0",
    }[damage]
    folder.mkdir()
    file = folder / f"{drawn.key}.png"
    file.write_bytes(bad)
    assert chart(Charts(folder, draw_png), sampled, first_phase) == drawn
    assert file.read_bytes() == drawn.png


@given(st.data())
def test_a_png_that_was_cut_or_changed_anywhere_is_not_whole(
    drawn: Chart, data: st.DataObject
) -> None:
    assert is_whole(drawn.png)
    at = data.draw(st.integers(0, len(drawn.png) - 1))
    assert not is_whole(drawn.png[:at])
    changed = bytearray(drawn.png)
    changed[at] ^= data.draw(st.integers(1, 255))
    assert not is_whole(bytes(changed))


def test_the_least_recently_used_goes_when_there_are_too_many(
    folder: Path, sampled: Outlook, first_phase: Plan
) -> None:
    charts = Charts(folder, draw_png, most=2)
    first, second = (chart(charts, sampled, first_phase, i).key for i in ("1-1b", "2-2a"))
    for moment, key in ((100, first), (200, second)):
        os.utime(folder / f"{key}.png", (moment, moment))
    chart(charts, sampled, first_phase, "1-1b")
    third = chart(charts, sampled, first_phase, "7-1a").key
    assert names(folder) == {f"{first}.png", f"{third}.png"}


def test_what_a_killed_process_left_goes_too_and_other_files_stay(
    folder: Path, sampled: Outlook, first_phase: Plan
) -> None:
    folder.mkdir()
    for name in ("tmp1.unfinished", "readme.txt"):
        (folder / name).write_bytes(b"half")
        os.utime(folder / name, (100, 100))
    key = chart(Charts(folder, draw_png, most=1), sampled, first_phase).key
    assert names(folder) == {f"{key}.png", "readme.txt"}


def test_a_folder_that_cannot_be_written_costs_only_time(
    tmp_path: Path, sampled: Outlook, first_phase: Plan, drawn: Chart
) -> None:
    (tmp_path / "file").write_text("not a folder")
    assert chart(Charts(tmp_path / "file" / "charts", draw_png), sampled, first_phase) == drawn


def test_threads_that_ask_for_the_same_chart_share_one_drawing(
    folder: Path, sampled: Outlook, first_phase: Plan, drawn: Chart
) -> None:
    charts = Charts(folder, draw_png)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: chart(charts, sampled, first_phase), range(16)))
    assert found == [drawn] * 16
    assert names(folder) == {f"{drawn.key}.png"}


def test_processes_that_share_a_small_folder_all_get_whole_charts(folder: Path) -> None:
    command = [sys.executable, "-W", "error", "-c", _ASK_OFTEN, str(folder)]
    running = [subprocess.Popen(command, cwd=PROJECT) for _ in range(2)]
    assert [process.wait(60) for process in running] == [0, 0]
    assert len(names(folder)) <= 2


_ASK_OFTEN = """
import sys
from datetime import date
from pathlib import Path
from reports.cache import Charts, is_whole
from reports.charts import draw
from store.judge import judge
from store.plan_file import builtin_plans
from store.standing import Standing, State

plan = builtin_plans()["kitamoto-2"]
charts = Charts(Path(sys.argv[1]), lambda picture: draw(picture).png, most=2)
for turn in range(2):
    for name in ("1-1b", "2-2a", "7-1a"):
        indicator = plan.by_id[name]
        verdict = judge(plan, indicator, None, 2024)
        due = date(2025, 6, 12)
        standing = Standing(indicator, 2024, State.MISSING, due, (), None, verdict, None)
        chart = charts.chart(plan, standing)
        assert is_whole(chart.png)
"""
