"""Charts of an indicator over the years: data in, PNG or SVG out. Nothing global, no clock.

matplotlib is loaded when the first chart is drawn, and draws one chart at a time. The bot has its
charts drawn by `reports.charting.workshop`.
"""

from __future__ import annotations

import atexit
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from threading import Lock
from typing import TYPE_CHECKING

from reports.charting.picture import Picture
from reports.charting.sketching import sketch
from store.plan import Plan
from store.standing import Standing

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["Chart", "draw", "draw_chart", "draw_svg", "keep_fonts_in", "sketch", "svg_of"]

_ONE_AT_A_TIME = Lock()


@dataclass(frozen=True)
class Chart:
    """A PNG of 1080×600 pixels, the same in words (at most 2,000 letters), and its content's name.

    The same content has the same `key`, whenever and wherever it is drawn.
    """

    png: bytes
    alt: str
    key: str


def draw_chart(
    plan: Plan, standing: Standing, earlier: Plan | None = None, *, pending: bool = False
) -> Chart:
    """The chart of one indicator: values over both phases, target, baseline.

    `earlier` is the plan of `standing.continued`, where it is held. Values that are 確認中 are
    drawn (hollow, dashed) only if `pending`: whoever asks decides who may see them. Raises
    CannotRun when the font is not installed.
    """
    return draw(sketch(plan, standing, earlier, pending=pending))


def draw(picture: Picture) -> Chart:
    """The chart of a sketched picture."""
    with _drawn(picture) as figure:
        out = BytesIO()
        figure.savefig(out, format="png", metadata={"Software": None})
    return Chart(out.getvalue(), picture.alt, picture.key)


def draw_svg(
    plan: Plan, standing: Standing, earlier: Plan | None = None, *, pending: bool = False
) -> bytes:
    """The same chart as SVG, its text kept as text: whoever shows it needs a Japanese font."""
    return svg_of(sketch(plan, standing, earlier, pending=pending))


def svg_of(picture: Picture) -> bytes:
    """The SVG of a sketched picture; the same picture gives the same bytes."""
    with _drawn(picture) as figure:
        out = BytesIO()
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return out.getvalue()


@contextmanager
def _drawn(picture: Picture) -> Iterator[Figure]:
    """The figure, while matplotlib's settings are its own defaults, whatever the machine's are."""
    with _ONE_AT_A_TIME:
        _keep_out_of_home()
        import matplotlib as mpl  # noqa: PLC0415  # half a second and 40 MB that most answers do without

        from reports.charting.drawing import figure_of  # noqa: PLC0415

        with mpl.rc_context():
            mpl.rcdefaults()
            mpl.rcParams["svg.fonttype"] = "none"
            mpl.rcParams["svg.hashsalt"] = picture.key
            yield figure_of(picture)


def keep_fonts_in(folder: Path) -> None:
    """Let matplotlib keep its list of fonts there, so that a second process need not make it."""
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("MPLCONFIGDIR", str(folder))


def _keep_out_of_home() -> None:
    """Give matplotlib a folder for its list of fonts, unless it has one or was loaded already.

    By itself it would write into the home directory, which a service may not have.
    """
    if "matplotlib" not in sys.modules and "MPLCONFIGDIR" not in os.environ:
        folder = mkdtemp(prefix="kpibot-matplotlib-")
        atexit.register(rmtree, folder, ignore_errors=True)
        os.environ["MPLCONFIGDIR"] = folder
