"""Who in this process opens the live database file other than SQLite?

Closing any descriptor of that file drops SQLite's locks on it, so nothing else of the process may
open it, for however short.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from bot.shell.context import DATABASE

NAMES = frozenset(DATABASE + suffix for suffix in ("", "-wal", "-shm", "-journal"))
# The last one is SQLite too, but a second copy of it in one process takes the first one's locks.
EVENTS = frozenset({"open", "shutil.copyfile", "shutil.move", "os.link", "sqlite3.connect"})


class Watch:
    """Counts the times that something under `folder` is opened, and that is one of the live file's."""

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)
        self.opened = 0
        self.found: list[str] = []
        sys.addaudithook(self._hear)

    def _hear(self, event: str, given: tuple[Any, ...]) -> None:
        if event not in EVENTS:
            return
        for each in given:
            if not isinstance(each, str | bytes | os.PathLike):
                continue
            path = os.path.abspath(os.fsdecode(each))
            if path.startswith(self.folder):
                self.opened += 1
                if os.path.basename(path) in NAMES:
                    self.found.append(f"{event} {path}")
