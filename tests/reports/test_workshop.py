"""The process that draws: started when needed, gone when not, and never the end of the bot."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from reports.charting.picture import Picture
from reports.charting.workshop import NotDrawn, Workshop
from reports.charts import draw, sketch
from store.plan import Plan
from store.standing import Outlook
from tests.sandbox.hands import soon

PROJECT = Path(__file__).parents[2]


class Fatal:
    """What ends the process that unpickles it."""

    def __reduce__(self) -> tuple[Any, ...]:
        return os._exit, (3,)


@pytest.fixture(scope="module")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where matplotlib keeps its list of fonts, which takes seconds to make."""
    return tmp_path_factory.mktemp("charts") / "matplotlib"


@pytest.fixture
def workshop(fonts: Path) -> Iterator[Workshop]:
    # It draws after everybody else, which on a busy machine takes its time.
    opened = Workshop(fonts, patience=600)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def picture(sampled: Outlook, first_phase: Plan) -> Picture:
    return sketch(sampled.plan, sampled.standings["1-1b"], first_phase)


@pytest.fixture(scope="module")
def png(picture: Picture) -> bytes:
    return draw(picture).png


def test_the_worker_draws_what_is_drawn_here(
    workshop: Workshop, picture: Picture, png: bytes
) -> None:
    assert workshop.worker is None
    assert workshop.draw(picture) == png


def test_one_worker_draws_chart_after_chart_until_the_workshop_closes(
    workshop: Workshop, picture: Picture
) -> None:
    workshop.draw(picture)
    worker = workshop.worker
    workshop.draw(picture)
    assert workshop.worker == worker
    workshop.close()
    assert workshop.worker is None


def test_a_worker_that_nobody_needs_goes_home(fonts: Path, picture: Picture, png: bytes) -> None:
    workshop = Workshop(fonts, idle=0.05)
    for _ in range(2):
        assert workshop.draw(picture) == png
        assert soon(lambda: workshop.worker is None)


def test_a_worker_that_dies_over_a_chart_costs_that_chart_only(
    workshop: Workshop, picture: Picture, png: bytes
) -> None:
    with pytest.raises(NotDrawn, match=r"ended \(3\)"):
        workshop.draw(cast("Picture", Fatal()))
    assert workshop.draw(picture) == png


def test_a_worker_that_was_killed_at_rest_is_replaced(
    workshop: Workshop, picture: Picture, png: bytes
) -> None:
    workshop.draw(picture)
    killed = workshop.worker or 0
    os.kill(killed, signal.SIGKILL)
    os.waitid(os.P_PID, killed, os.WEXITED | os.WNOWAIT)
    assert workshop.draw(picture) == png
    assert workshop.worker != killed


def test_a_worker_that_hangs_is_given_up(fonts: Path, picture: Picture) -> None:
    workshop = Workshop(fonts, patience=0.001)
    with pytest.raises(NotDrawn, match="ended"):
        workshop.draw(picture)
    assert workshop.worker is None


def test_a_picture_that_cannot_be_drawn_is_told_and_the_worker_stays(
    workshop: Workshop, picture: Picture, png: bytes
) -> None:
    workshop.draw(picture)
    worker = workshop.worker
    with pytest.raises(NotDrawn, match="TypeError"):
        workshop.draw(replace(picture, years=cast("tuple[int, int]", ("R2", 7))))
    assert workshop.draw(picture) == png
    assert workshop.worker == worker


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signals_to_the_whole_group_leave_the_worker_to_the_bot(
    workshop: Workshop, picture: Picture, png: bytes, number: signal.Signals
) -> None:
    workshop.draw(picture)
    worker = workshop.worker or 0
    os.kill(worker, number)
    assert workshop.draw(picture) == png
    assert workshop.worker == worker


def run(tmp_path: Path, code: str, fonts: Path | None = None) -> subprocess.CompletedProcess[str]:
    """A process of its own with a home of its own; done when its children are gone too."""
    home = tmp_path / "home"
    home.mkdir(exist_ok=True)
    hidden = {"MPLCONFIGDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"}
    environment = {name: said for name, said in os.environ.items() if name not in hidden}
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", _SKETCHED + code, str(fonts or tmp_path / "fonts")],
        env=environment | {"HOME": str(home)},
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_worker_does_not_outlive_the_bot(tmp_path: Path, fonts: Path) -> None:
    ended = run(tmp_path, "workshop.draw(picture)\nos.kill(os.getpid(), signal.SIGKILL)", fonts)
    assert ended.returncode == -signal.SIGKILL
    assert ended.stderr == ""


def test_the_bot_itself_never_loads_matplotlib(tmp_path: Path, fonts: Path) -> None:
    ended = run(
        tmp_path,
        "workshop.draw(picture)\nworkshop.close()\nassert 'matplotlib' not in sys.modules",
        fonts,
    )
    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.parametrize(
    "code", ["workshop.draw(picture); workshop.close()", "draw(picture)"], ids=["worker", "here"]
)
def test_matplotlib_writes_nothing_into_the_home_directory(tmp_path: Path, code: str) -> None:
    ended = run(tmp_path, code)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert list((tmp_path / "home").iterdir()) == []


def test_the_list_of_fonts_is_kept_in_the_folder(
    fonts: Path, workshop: Workshop, picture: Picture
) -> None:
    workshop.draw(picture)
    assert list(fonts.glob("fontlist-*.json"))


_SKETCHED = """
import os, signal, sys
from datetime import date
from pathlib import Path
from reports.charting.workshop import Workshop
from reports.charts import draw, sketch
from store.judge import judge
from store.plan_file import builtin_plans
from store.standing import Standing, State

plan = builtin_plans()["kitamoto-2"]
indicator = plan.by_id["1-1b"]
verdict = judge(plan, indicator, None, 2024)
standing = Standing(indicator, 2024, State.MISSING, date(2025, 6, 12), (), None, verdict, None)
picture = sketch(plan, standing)
workshop = Workshop(Path(sys.argv[1]))
"""
