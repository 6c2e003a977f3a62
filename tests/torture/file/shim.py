"""The shim under a process: how it is built, preloaded and told what to do."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).with_name("shim.c")
NO_COMPILER = "gcc is not installed: failing disks and power cuts can't be tried without it"


class NoCompiler(Exception):
    """There is no gcc here."""


def has_compiler() -> bool:
    """Whether the shim can be built."""
    return shutil.which("gcc") is not None


def build(folder: Path) -> Path:
    """Compile the shim into a folder. Raises NoCompiler where there is no gcc."""
    if not has_compiler():
        raise NoCompiler(NO_COMPILER)
    made = folder / "shim.so"
    command = ["gcc", "-shared", "-fPIC", "-O2", "-Wall", "-Werror", "-o", str(made), str(SOURCE)]
    subprocess.run([*command, "-ldl"], check=True)
    return made


def under(shim: Path) -> dict[str, str]:
    """The environment of a process that has it."""
    return {**os.environ, "LD_PRELOAD": str(shim)}


@dataclass(frozen=True)
class Fault:
    """The `at`-th write, sync or truncation fails with `errno`, `always` every one after it too."""

    at: int
    errno: int
    always: bool


class Shim:
    """The shim that this process has."""

    def __init__(self, watched: str) -> None:
        self._calls = ctypes.CDLL(None)
        self._calls.io_seen.restype = ctypes.c_long
        self._calls.io_watch(watched.encode())

    def count(self) -> None:
        """Count operations from here on; none fails."""
        self._calls.io_fail_at(ctypes.c_long(0), 0, 0)

    def fail(self, fault: Fault) -> None:
        """Count from here on and let this happen."""
        self._calls.io_fail_at(ctypes.c_long(fault.at), fault.errno, int(fault.always))

    @property
    def seen(self) -> int:
        """How many operations there were."""
        return int(self._calls.io_seen())

    @property
    def fired(self) -> bool:
        """Whether one failed."""
        return bool(self._calls.io_fired())

    def write_down(self, path: Path) -> None:
        """From here on append every operation to a file."""
        self._calls.io_log_to(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND))

    def note(self, word: bytes) -> None:
        """Write a word among the operations."""
        self._calls.io_note(word)
