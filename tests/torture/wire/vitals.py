"""What the process of a bot takes, once it is warm and in the end, and how long its log of writes gets."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from bot.shell.context import DATABASE

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Taken:
    """Resident memory in kB, and open file descriptors."""

    kb: int
    fds: int


class Vitals:
    """Those of one process and its data folder. `begin` and `end` are looked at when told to."""

    def __init__(self, pid: int, data: Path) -> None:
        self._pid = pid
        self._wal = data / f"{DATABASE}-wal"
        self._most_wal = 0
        self.begin = self.end = Taken(0, 0)

    def is_warm(self) -> None:
        """What it takes now is what it shall not take much more than."""
        self.begin = self._taken()

    def is_over(self) -> None:
        """Nothing more comes."""
        self.end = self._taken()

    def see_wal(self) -> None:
        """Note how long the log of writes is."""
        if self._wal.exists():
            self._most_wal = max(self._most_wal, self._wal.stat().st_size)

    @property
    def growth_pct(self) -> float:
        """How much more memory in the end, in per cent."""
        return round((self.end.kb - self.begin.kb) / self.begin.kb * 100, 1)

    @property
    def fds_more(self) -> int:
        """How many more files are open in the end."""
        return self.end.fds - self.begin.fds

    @property
    def wal_mb(self) -> float:
        """How long the log of writes ever was, in MB."""
        return round(self._most_wal / MEGABYTE, 1)

    def _taken(self) -> Taken:
        status = Path(f"/proc/{self._pid}/status").read_text("utf-8").splitlines()
        memory = next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
        return Taken(memory, len(os.listdir(f"/proc/{self._pid}/fd")))
