"""The one way in and the one way to write hold under threads, versions and the wrong folder."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlite_utils import Database
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from store import meta
from store.acts import By
from store.backup import back_up
from store.db import Connections, connect, open_db, remembered, stamp, writing
from store.errors import CannotRun
from store.holding import only_one
from store.migrations import names


def test_every_connection_is_durable_and_checks_references(db: Database) -> None:
    pragma = {
        p: db.execute(f"PRAGMA {p}").fetchone()[0]
        for p in ("journal_mode", "synchronous", "foreign_keys")
    }
    assert pragma == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_connection_keeps_little_of_the_file_in_memory(db: Database) -> None:
    assert db.execute("PRAGMA cache_size").fetchone()[0] == -512


def test_sqlite_is_past_the_wal_reset_corruption() -> None:
    assert sqlite3.sqlite_version_info >= (3, 51, 3)


def test_migrations_are_frozen_in_name_and_order() -> None:
    assert names() == (
        "001-plans-people-submissions",
        "002-homes",
        "003-follows",
        "004-aliases",
        "005-sheets",
        "006-channel-follows",
        "007-welcomes",
        "008-approval",
        "009-cards",
        "010-comparisons",
        "011-handovers",
        "012-reasons",
        "020-stages",
        "021-snoozes",
        "030-subscriptions",
        "031-due",
        "032-news-hours",
        "033-opinion-sheets",
        "034-reported",
        "040-remarks",
        "041-revisions",
        "042-report-texts",
        "044-publications",
        "045-seals",
    )


def test_threads_that_read_then_write_lose_nothing(tmp_path: Path) -> None:
    connections = Connections(tmp_path / "kpibot.db")
    connections().execute("CREATE TABLE counter (n INTEGER)")
    connections().execute("INSERT INTO counter VALUES (0)")

    def count() -> None:
        for _ in range(50):
            with writing(connections()) as db:
                n = db.execute("SELECT n FROM counter").fetchone()[0]
                db.execute("UPDATE counter SET n = ?", [n + 1])

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert connections().execute("SELECT n FROM counter").fetchone()[0] == 400


def test_who_waits_for_a_turn_and_the_file_is_refused_in_the_time_of_one_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else those who come later would each wait for everybody before them, past Slack's patience."""
    monkeypatch.setattr("store.db.BUSY_MS", 300)
    connections = Connections(tmp_path / "kpibot.db")
    waited: list[float] = []

    def refused() -> None:
        begun = time.monotonic()
        with pytest.raises(sqlite3.OperationalError, match="locked"), writing(connections()):
            raise AssertionError
        waited.append(time.monotonic() - begun)

    other = connect(tmp_path / "kpibot.db")
    other.execute("BEGIN IMMEDIATE")
    with ThreadPoolExecutor(8) as threads:
        for done in [threads.submit(refused) for _ in range(8)]:
            done.result()
    # One after the other they would have waited for 2.4 seconds.
    assert max(waited) < 2.0
    other.rollback()
    with writing(connections()) as db:
        meta.put(db, "word", "at last")
    assert connections().execute("PRAGMA busy_timeout").fetchone()[0] == 300


def test_an_error_inside_leaves_nothing_behind(db: Database) -> None:
    def slip() -> None:
        with writing(db):
            db.execute("INSERT INTO meta VALUES ('a', 'b')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        slip()
    assert db.execute("SELECT count(*) FROM meta").fetchone()[0] == 0


def test_a_database_stays_what_it_was_born_as(db: Database) -> None:
    stamp(db, "live")
    stamp(db, "live")
    with pytest.raises(CannotRun, match="本番用"):
        stamp(db, "sandbox")
    with pytest.raises(sqlite3.DatabaseError, match="born as"):
        db.execute("UPDATE meta SET value = 'sandbox' WHERE key = 'kind'")


def test_a_database_begun_anew_is_empty_or_like_the_one_that_is_given(tmp_path: Path) -> None:
    connections = Connections(tmp_path / "kpibot.db")
    stamp(connections(), "sandbox")
    meta.put(connections(), "word", "first")
    first = remembered(connections())
    meta.put(connections(), "word", "second")
    for _ in range(2):
        connections.begin_anew(first)
        assert meta.get(connections(), "word") == "first"
        assert connections().execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert shape(connections()) == shape(first)
        meta.put(connections(), "word", "third")
    connections.begin_anew()
    assert meta.get(connections(), "word") is None


def shape(db: Database) -> set[tuple[str, str]]:
    """Every table, view, index and trigger, as it was made."""
    return {*db.execute("SELECT name, sql FROM sqlite_master")}


def test_a_live_database_is_never_begun_anew(tmp_path: Path) -> None:
    connections = Connections(tmp_path / "kpibot.db")
    stamp(connections(), "live")
    with pytest.raises(CannotRun, match="本番"):
        connections.begin_anew(remembered(connections()))
    assert meta.get(connections(), "kind") == "live"


def test_a_newer_database_is_refused_in_a_sentence(tmp_path: Path) -> None:
    db = open_db(tmp_path / "kpibot.db")
    db.execute(
        "INSERT INTO _sqlite_migrations(migration_set, name, applied_at) VALUES ('kpibot', '999-later', '')"
    )
    db.conn.close()
    with pytest.raises(CannotRun, match="999-later"):
        open_db(tmp_path / "kpibot.db")


def test_a_file_that_is_no_database_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "kpibot.db").write_bytes(b"not a database at all, but long enough to look" * 100)
    with pytest.raises(CannotRun, match="開けません"):
        open_db(tmp_path / "kpibot.db")


def test_a_data_folder_has_one_bot(tmp_path: Path) -> None:
    script = (
        "from pathlib import Path; from store.holding import only_one\n"
        f"with only_one(Path({str(tmp_path)!r})): pass"
    )
    with only_one(tmp_path):
        second = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=False
        )
    assert "CannotRun" in second.stderr
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_two_processes_may_migrate_the_same_new_file(tmp_path: Path) -> None:
    script = f"from store.db import open_db; open_db({str(tmp_path / 'kpibot.db')!r})"
    started = [subprocess.Popen([sys.executable, "-c", script]) for _ in range(4)]
    assert [p.wait() for p in started] == [0, 0, 0, 0]


def test_a_backup_is_whole_and_verified(
    db: Database, tmp_path: Path, by: Callable[..., By]
) -> None:
    stamp(db, "live")
    found = back_up(db, tmp_path / "backups" / "one.db")
    copy = open_db(tmp_path / "backups" / "one.db")
    assert copy.execute("SELECT value FROM meta").fetchone()[0] == "live"
    assert found.rows == sum(copy.table(t).count for t in copy.table_names())
    with pytest.raises(CannotRun, match="すでにあります"):
        back_up(db, tmp_path / "backups" / "one.db")
    assert [p.name for p in (tmp_path / "backups").glob("*.part")] == []
