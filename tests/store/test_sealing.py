"""What a transaction adds to history is sealed with it, so that any other tool can verify it."""

from __future__ import annotations

import hashlib
import json
import sqlite3 as anybody
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlite_utils import Database

from store import settings
from store.acts import By
from store.db import connect, open_db, writing
from store.errors import BadInput
from store.examining import Breach, examine, find
from store.migrations import migrations
from store.schema.seals import HISTORY, SEALED
from store.sealing import adopt, forget, head

Act = Callable[..., By]


@pytest.fixture(scope="module")
def made() -> Database:
    """An empty database as the code makes it."""
    return open_db(":memory:")


def test_every_table_of_history_is_named_among_the_sealed(made: Database) -> None:
    """A table is of history when triggers refuse changes and deletions."""
    sql = "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name = tbl_name || ?"
    kept, stays = (
        {row[0] for row in made.execute(sql, [of])} for of in ("_no_delete", "_no_update")
    )
    assert kept == stays == {*SEALED, *HISTORY}


def test_a_transaction_has_one_seal_and_none_when_it_adds_nothing(db: Database, by: Act) -> None:
    with writing(db):
        settings.put(db, by(), "one", "1")
        with writing(db):
            settings.put(db, by(), "two", "2")
    with writing(db):
        db.execute("INSERT INTO inbox(key, at) VALUES ('k', 'now')")
    assert sealed(db) == [["settings 1", "settings 2"]]


def test_what_was_undone_is_not_sealed(db: Database, by: Act) -> None:
    """Neither a whole transaction nor a part of one."""

    def slip() -> None:
        settings.put(db, by(), "gone", "1")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), writing(db):
        slip()
    with writing(db):
        with pytest.raises(ZeroDivisionError), db.atomic():
            slip()
        settings.put(db, by(), "kept", "1")
    assert sealed(db) == [["settings 1"]]
    assert [row["key"] for row in db.table("settings").rows] == ["kept"]


def sealed(db: Database) -> list[list[str]]:
    """Table and number of what each seal names."""
    texts = db.execute("SELECT sealed FROM seals ORDER BY id").fetchall()
    return [[" ".join(line.split()[:2]) for line in text.split("\n")] for (text,) in texts]


def test_any_other_tool_can_verify_it(db: Database, tmp_path: Path, by: Act) -> None:
    """As docs/operate.md says, with nothing of ours."""
    for word in ("提出", '改行\nと"引用符"', "𩸽"):
        with writing(db):
            settings.put(db, by(reason=None), "key", word)
    plain, before = anybody.connect(tmp_path / "kpibot.db"), "0" * 64
    for sealed_lines, noted in plain.execute("SELECT sealed, head FROM seals ORDER BY id"):
        for line in sealed_lines.split("\n"):
            table, row, columns, digest = line.split()
            cells = plain.execute(f"SELECT * FROM {table} WHERE rowid = {row}").fetchone()
            said = json.dumps([table, int(row), *cells[: int(columns)]], separators=(",", ":"))
            assert hashlib.sha256(said.encode()).hexdigest() == digest
        before = hashlib.sha256(f"{before}\n{sealed_lines}".encode()).hexdigest()
        assert before == noted
    plain.close()
    newest = head(db)
    assert newest is not None
    assert (newest.number, newest.hash, newest.short) == (3, before, before[:12])


def test_what_was_sealed_verifies_after_a_column_was_added(db: Database, by: Act) -> None:
    """In a row that is older than the column, it holds what it was added with, or was altered."""
    with writing(db):
        settings.put(db, by(), "old", "1")
    grown = open_db(":memory:")
    for each in (db, grown):
        each.execute("ALTER TABLE settings ADD COLUMN more INTEGER NOT NULL DEFAULT 0")
        each.execute("ALTER TABLE settings ADD COLUMN word TEXT DEFAULT 'なし'")
    with writing(db):
        db.execute(
            """INSERT INTO settings(key, at, actor, surface, more) VALUES ('new', 'x', 'y', 'z', 5)"""
        )
    assert not examine(db, grown).breaches
    trigger = db.execute(
        "SELECT sql FROM sqlite_master WHERE name = 'settings_no_update'"
    ).fetchone()
    db.execute("DROP TRIGGER settings_no_update")
    db.execute("UPDATE settings SET more = more + 1")
    db.execute(trigger[0])
    assert [each.row for each in examine(db, grown).breaches] == [1, 2]


def test_rows_that_a_migration_brings_into_a_new_table_are_sealed(
    db: Database, by: Act, made: Database
) -> None:
    with writing(db):
        settings.put(db, by(), "key", "1")
    forget(db)
    db.execute("INSERT INTO audit VALUES (1, 'a', 's', 'done', 'at', 'actor', 'x', NULL)")
    assert examine(db, made).breaches == (Breach("slipped_in", "audit", 1),)
    with writing(db):
        adopt(db, ["audit", "no_such_table"])
    assert not examine(db, made).breaches


def test_a_database_without_seals_is_sealed_as_it_stands(
    tmp_path: Path, by: Act, made: Database
) -> None:
    """In more seals than one where there is much of it; nothing before the step keeps one from writing."""
    db = connect(tmp_path / "older.db")
    migrations.apply(db, stop_before="045-seals")
    with writing(db):
        for number in range(1200):
            settings.put(db, by(), "key", str(number))
    db.conn.close()
    db = open_db(tmp_path / "older.db")
    found = examine(db, made)
    assert (found.rows, found.breaches) == (1200, ())
    assert found.head is not None
    assert found.head.number == 3
    db.conn.close()


@pytest.mark.parametrize("typed", ["", "abc", "0123456789ag", "0" * 65, "%" * 12])
def test_what_cannot_be_a_head_is_refused_in_a_sentence(db: Database, typed: str) -> None:
    with pytest.raises(BadInput, match="16進数"):
        find(db, typed)


def test_nothing_is_found_where_nothing_was_sealed(db: Database, made: Database) -> None:
    assert examine(db, made).rows == 0
    assert head(db) is None
    assert find(db, "0" * 12) is None
