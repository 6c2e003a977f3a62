"""Charts drawn by a process of its own, so that nobody who asks something else waits for a drawing.

matplotlib holds the interpreter for a tenth of a second a chart: in a thread of the bot it made the
slowest answers more than four times as slow.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Lock, Timer

from reports.charting.picture import Picture

IDLE_SECONDS = 300.0
"""The worker holds about 90 MB: it goes home when nobody has wanted a chart for so long."""
PATIENCE_SECONDS = 60.0
_GOODBYE_SECONDS = 5.0
ROOT = Path(__file__).parents[2]


class NotDrawn(Exception):
    """The chart could not be drawn; `str()` says why, for the log. The next one may well be."""


class Workshop:
    """One worker, one chart at a time. It starts with the first chart and ends when idle or closed.

    matplotlib keeps its list of fonts in `folder`; where nothing can be written, in a temporary
    folder; never in the home directory.
    """

    def __init__(
        self, folder: Path, idle: float = IDLE_SECONDS, patience: float = PATIENCE_SECONDS
    ) -> None:
        self._folder = folder.absolute()
        self._idle = idle
        self._patience = patience
        self._one_at_a_time = Lock()
        self._worker: subprocess.Popen[bytes] | None = None
        self._rest: Timer | None = None

    @property
    def worker(self) -> int | None:
        """The worker's process id, None while there is none."""
        return self._worker.pid if self._worker is not None else None

    def draw(self, picture: Picture) -> bytes:
        """The PNG of a picture. Raises NotDrawn when the worker fails, ends or takes too long."""
        with self._one_at_a_time:
            worker = self._at_work()
            answer = self._answer(worker, picture)
            self._rest = Timer(self._idle, self.close)
            self._rest.daemon = True
            self._rest.start()
        if isinstance(answer, bytes):
            return answer
        raise NotDrawn(answer)

    def close(self) -> None:
        """Let the worker finish what it has in hand, and end it."""
        with self._one_at_a_time:
            self._dismiss()

    def _at_work(self) -> subprocess.Popen[bytes]:
        if self._rest is not None:
            self._rest.cancel()
        if self._worker is not None and self._worker.poll() is not None:
            self._dismiss()
        if self._worker is None:
            self._worker = _start(self._folder)
        return self._worker

    def _answer(self, worker: subprocess.Popen[bytes], picture: Picture) -> bytes | str:
        """A PNG, or why there is none."""
        too_late = Timer(self._patience, worker.kill)
        too_late.start()
        try:
            return _ask(worker, picture)
        except (OSError, EOFError, pickle.UnpicklingError):
            worker.kill()
            self._dismiss()
            return f"the drawing process ended ({worker.returncode})"
        finally:
            too_late.cancel()

    def _dismiss(self) -> None:
        worker, self._worker = self._worker, None
        if worker is None or worker.stdin is None or worker.stdout is None:
            return
        with suppress(OSError):
            worker.stdin.close()
        try:
            worker.wait(_GOODBYE_SECONDS)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait()
        worker.stdout.close()


def _ask(worker: subprocess.Popen[bytes], picture: Picture) -> bytes | str:
    """Its answer. Raises OSError, EOFError or UnpicklingError when it is gone."""
    if worker.stdin is None or worker.stdout is None:
        raise OSError("no line to the worker")
    pickle.dump(picture, worker.stdin)
    worker.stdin.flush()
    answer: bytes | str = pickle.load(worker.stdout)  # noqa: S301  # our own child wrote it
    return answer


def environment(folder: Path) -> dict[str, str]:
    """Of a process that draws, with matplotlib's list of fonts kept in `folder`."""
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    return {
        **os.environ,
        "MPLCONFIGDIR": str(folder),
        # One chart at a time needs no threads of numpy's.
        "OPENBLAS_NUM_THREADS": "1",
    }


def _start(folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "reports.charting.worker"]
    return subprocess.Popen(  # noqa: S603  # nothing of a user's is in it
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment(folder), cwd=ROOT
    )
