"""The process that opens files of people: confined before it loads anything, gone afterwards.

`python -m reports.sheet.child` reads a sheet of ours from stdin, `… child tables` any table, and
writes one line of JSON: what it says, or `{"refused": …}`. It may take 200 MB of addresses (reading
a sheet takes 40), 5 seconds of CPU, and may write no file.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable
from typing import Any

MEMORY = 200 * 1024 * 1024
CPU_SECONDS = 5
LIMITS = (
    (resource.RLIMIT_AS, MEMORY),
    (resource.RLIMIT_CPU, CPU_SECONDS),
    (resource.RLIMIT_FSIZE, 0),
    (resource.RLIMIT_CORE, 0),
)
SHEET, TABLES = "sheet", "tables"
# openpyxl would load these when they are there; numpy alone takes 130 MB of addresses.
NOT_NEEDED = ("numpy", "PIL", "lxml", "pandas")


def confine() -> None:
    """Give up, for the rest of this process, whatever reading a sheet does not need."""
    for limit, most in LIMITS:
        resource.setrlimit(limit, (most, most))
    sys.modules.update(dict.fromkeys(NOT_NEEDED))  # type: ignore[arg-type]


def answer(data: bytes, what: str = SHEET) -> dict[str, Any]:
    """What the file says, or why it is not taken. Never raises: a damaged file may be anything."""
    from reports.sheet.refusals import Refused  # noqa: PLC0415  # loaded once confined

    try:
        return _reader(what)(data)
    except Refused as refused:
        return {"refused": refused.reason, "about": refused.about, "form": refused.form}
    except MemoryError:
        return {"refused": "too_much"}
    except Exception as error:
        return {"refused": "broken", "error": type(error).__name__}


def _reader(what: str) -> Callable[[bytes], dict[str, Any]]:
    """Each loads what it needs when it is wanted, and not before this process is confined."""
    if what == TABLES:
        from reports.sheet.tables import tables  # noqa: PLC0415

        return tables
    from reports.sheet.examining import examine  # noqa: PLC0415

    return examine


def main() -> None:
    """Read stdin, answer on stdout."""
    confine()
    sys.stdout.write(json.dumps(answer(sys.stdin.buffer.read(), *sys.argv[1:2])))


if __name__ == "__main__":
    main()
