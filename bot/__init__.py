"""How kpibot talks: Slack listeners, settings and the command line."""

from __future__ import annotations

import sys

# sqlite_utils loads numpy wherever it is installed, for column types that nobody here uses: a tenth
# of a second and 17 MB at every start, only because matplotlib brings it. So it is loaded once, before
# anybody else here does, while numpy cannot be found. Whoever imports numpy later gets it as usual.
if "numpy" not in sys.modules and "sqlite_utils" not in sys.modules:
    sys.modules["numpy"] = None  # type: ignore[assignment]
    try:
        import sqlite_utils  # noqa: F401
    finally:
        del sys.modules["numpy"]
