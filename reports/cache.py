"""Charts kept on disk under the name of their content, so that each is drawn once.

Any number of threads and processes may use one folder: a file appears whole or not at all, and
one that is damaged all the same is drawn anew. What is kept is never out of date, since other
content has another name; the least recently used goes when there are too many.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from struct import unpack
from tempfile import NamedTemporaryFile
from threading import Lock
from zlib import crc32

from reports.charting.picture import Picture
from reports.charting.sketching import sketch
from reports.charts import Chart
from store.plan import Plan
from store.standing import Standing

MOST = 400
"""About 70 kB each: under 30 MB in all."""

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_UNFINISHED = ".unfinished"


class Charts:
    """Charts of a folder, which is made when the first one is kept; `draw` makes the PNGs.

    It may hold values that are 確認中: keep it where the database is. When nothing can be written
    there, charts are drawn each time.
    """

    def __init__(self, folder: Path, draw: Callable[[Picture], bytes], most: int = MOST) -> None:
        self._folder = folder
        self._draw = draw
        self._most = most
        self._drawing = Lock()

    @property
    def fonts(self) -> Path:
        """Where matplotlib keeps its list of fonts."""
        return self._folder / "matplotlib"

    def chart(
        self, plan: Plan, standing: Standing, earlier: Plan | None = None, *, pending: bool = False
    ) -> Chart:
        """What `draw_chart` gives for the same arguments, from the folder when it is there."""
        return self.chart_of(sketch(plan, standing, earlier, pending=pending))

    def chart_of(self, picture: Picture) -> Chart:
        """The chart of a sketched picture. Raises what `draw` raises."""
        file = self._folder / f"{picture.key}.png"
        png = _kept(file)
        if png is None:
            # Who waited for another thread to draw the same finds it drawn.
            with self._drawing:
                png = _kept(file)
                if png is None:
                    png = self._draw(picture)
                    self._keep(file, png)
        return Chart(png, picture.alt, picture.key)

    def _keep(self, file: Path, png: bytes) -> None:
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            _write(file, png)
            self._make_room()

    def _make_room(self) -> None:
        """Remove the least recently used, and what a killed process left unfinished."""
        used = sorted(_by_use(self._folder), reverse=True)
        for _, file in used[self._most :]:
            file.unlink(missing_ok=True)


def _by_use(folder: Path) -> Iterator[tuple[float, Path]]:
    for file in folder.iterdir():
        if file.suffix in {".png", _UNFINISHED}:
            # Another process may have removed it a moment ago.
            with suppress(FileNotFoundError):
                yield file.stat().st_mtime, file


def _write(file: Path, png: bytes) -> None:
    with NamedTemporaryFile(dir=file.parent, suffix=_UNFINISHED, delete=False) as unfinished:
        try:
            unfinished.write(png)
            unfinished.close()
            os.replace(unfinished.name, file)
        except OSError:
            Path(unfinished.name).unlink(missing_ok=True)
            raise


def _kept(file: Path) -> bytes | None:
    """The whole PNG in a file, None where there is none; marks it as used."""
    try:
        png = file.read_bytes()
        if not is_whole(png):
            return None
        os.utime(file)
    except OSError:
        return None
    return png


def is_whole(png: bytes) -> bool:
    """Whether these bytes are a PNG from signature to end, every part of it as it was written.

    By the parts' own checksums (ISO/IEC 15948, 5.3): a machine that lost power may leave a file
    of the right length full of zeros.
    """
    at, kind = len(_SIGNATURE), b""
    if not png.startswith(_SIGNATURE):
        return False
    while kind != b"IEND" and at + 12 <= len(png):
        length, kind = unpack(">I4s", png[at : at + 8])
        end = at + 8 + length
        if png[end : end + 4] != crc32(png[at + 4 : end]).to_bytes(4, "big"):
            return False
        at = end + 4
    return kind == b"IEND" and at == len(png)
