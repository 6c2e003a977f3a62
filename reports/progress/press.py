"""Reports printed by a process of their own, so that nobody who asks something else waits for it.

Setting a PDF takes seconds of the interpreter and memory that would stay taken. The process gets one
report, gives every form of it, and is gone.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path
from threading import Lock

from reports.charting.worker import NICE
from reports.charting.workshop import ROOT, environment
from reports.progress.model import Report
from reports.progress.printing import FORMATS, Format, printed

PATIENCE_SECONDS = 120.0
_ONE_AT_A_TIME = Lock()


class NotPrinted(Exception):
    """The report could not be printed; `str()` says why, for the log."""


def press(report: Report, fonts: Path, patience: float = PATIENCE_SECONDS) -> dict[Format, bytes]:
    """Every form of the report. `fonts` is where matplotlib keeps its list of fonts.

    Raises NotPrinted when the process fails or takes too long.
    """
    command = [sys.executable, "-m", "reports.progress.press"]
    try:
        with _ONE_AT_A_TIME:
            done = subprocess.run(  # noqa: S603  # nothing of a user's is in it
                command,
                input=pickle.dumps(report),
                capture_output=True,
                timeout=patience,
                env=environment(fonts.absolute()),
                cwd=ROOT,
                check=False,
            )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotPrinted(str(error)) from error
    if done.returncode:
        raise NotPrinted(done.stderr.decode(errors="replace"))
    made: dict[Format, bytes] = pickle.loads(done.stdout)  # noqa: S301  # our own child wrote it
    return made


def main() -> None:
    """Read a report from stdin, write all its forms to stdout."""
    if hasattr(os, "nice"):
        os.nice(NICE)
    report: Report = pickle.load(sys.stdin.buffer)  # noqa: S301  # the bot wrote it
    # What a library prints must not come between.
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as told:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        pickle.dump({form: printed(report, form) for form in FORMATS}, told)


if __name__ == "__main__":
    main()
