"""What every test may ask for: a fresh database, the plans, a moment."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copyfile, disk_usage

import pytest
from hypothesis import settings
from sqlite_utils import Database

from store.acts import By
from store.db import open_db
from store.fiscal import TOKYO
from store.plan import Plan
from store.plan_file import builtin_plans

# How long an example takes says more of the machine than of the code.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

# What the tests write is written in memory where there is room: a disk keeps every commit waiting.
MEMORY, ROOM = Path("/dev/shm"), 2 * 1024**3
if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and disk_usage(MEMORY).free > ROOM:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))

NOON = datetime(2025, 6, 3, 12, 0, tzinfo=TOKYO)


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that was only just made, to be copied: making one takes a hundred times as long."""
    path = tmp_path_factory.mktemp("empty") / "kpibot.db"
    open_db(path).conn.close()
    return path


@pytest.fixture
def db(tmp_path: Path, empty_database: Path) -> Iterator[Database]:
    """A fresh database on disk."""
    copyfile(empty_database, tmp_path / "kpibot.db")
    made = open_db(tmp_path / "kpibot.db")
    yield made
    made.conn.close()


@pytest.fixture(scope="session")
def plan() -> Plan:
    """The city's current plan."""
    return builtin_plans()["kitamoto-2"]


@pytest.fixture
def by() -> Callable[..., By]:
    """An act of somebody, some minutes after noon of 3 June 2025."""

    def act(actor: str = "U0CHILD", minutes: float = 0, reason: str | None = None) -> By:
        return By(actor, NOON + timedelta(minutes=minutes), "test", reason)

    return act


# Folders whose files take a minute or more: begun last, one would keep a process alone at the end.
LONGEST = ("years", "file", "wire", "crash", "faults", "histories", "browser")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest; within a folder the order stays."""
    items.sort(key=lambda item: _place(item.path.parent.name))


def _place(folder: str) -> int:
    return LONGEST.index(folder) if folder in LONGEST else len(LONGEST)
