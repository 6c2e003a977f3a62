"""How kpibot talks: Slack listeners, settings and the command line."""

from __future__ import annotations

import sys
from importlib import import_module


def _load(library: str, without: str) -> None:
    """Load a library, before anybody else here does, as it is where the other one is not installed.

    Whoever imports the other one later gets it as usual.
    """
    if library in sys.modules or without in sys.modules:
        return
    sys.modules[without] = None  # type: ignore[assignment]
    try:
        import_module(library)
    finally:
        del sys.modules[without]


# Each takes the other wherever it finds it, for what nobody here uses: column types of numpy, which
# comes with matplotlib, and coloured tracebacks. That would be 30 MB and a third of a second.
_load("sqlite_utils", without="numpy")
_load("structlog", without="rich")
