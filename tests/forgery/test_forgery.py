"""Whatever is forged in a file is found and named; a chain that was made anew, by its noted heads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st
from sqlite_utils import Database
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from store.db import connect, open_db, remembered, writing
from store.examining import Breach, examine, find
from store.schema.seals import SEALED
from store.sealing import START, head
from tests.forgery.campaign import make_anew
from tests.forgery.city import breaches, forging, lived_in, slip_in
from tests.forgery.forgeries import forge, forgeries

VALUES = st.one_of(st.text(max_size=8), st.integers(0, 10**12))


@pytest.fixture(scope="module")
def made() -> Iterator[Database]:
    """An empty database as the code makes it."""
    db = open_db(":memory:")
    yield db
    db.conn.close()


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The hall that was lived in; not to be written."""
    db = lived_in(tmp_path_factory.mktemp("forgery"))
    yield db
    db.conn.close()


@pytest.fixture
def copy(city: Database) -> Iterator[Database]:
    """A copy of it that may be forged."""
    db = remembered(city)
    yield db
    db.conn.close()


def test_a_database_that_was_only_lived_in_is_whole(city: Database, made: Database) -> None:
    """With a row in every table of history, each of them sealed."""
    found, rows = examine(city, made), {each: city.table(each).count for each in SEALED}
    assert not found.breaches
    assert found.rows == sum(rows.values())
    assert min(rows.values()) > 0
    assert found.head == head(city)


@settings(max_examples=60)
@given(data=st.data())
def test_a_cell_a_row_and_its_place_are_found_and_named(
    city: Database, made: Database, data: st.DataObject
) -> None:
    """In any table, whatever is written into the cell. `python -m tests.torture --only forgery` does a thousand."""
    forgery = data.draw(st.sampled_from(list(forgeries(city.conn))))
    copy = remembered(city)
    with forging(copy.conn):
        try:
            expected = forge(copy.conn, forgery, data.draw(VALUES))
        except sqlite3.IntegrityError:
            # SQLite itself takes no second row of the same number.
            reject()
    assert breaches(copy, made) == expected
    copy.conn.close()


@pytest.mark.parametrize(
    ("sql", "what", "number"),
    [
        ("UPDATE seals SET sealed = replace(sealed, 'a', 'b') WHERE id = 2", "altered", 2),
        ("UPDATE seals SET sealed = CAST(x'ff' AS TEXT) WHERE id = 2", "altered", 2),
        (f"UPDATE seals SET head = '{START}' WHERE id = 2", "altered", 2),
        ("DELETE FROM seals WHERE id = 2", "removed", 2),
        ("DELETE FROM seals WHERE id = (SELECT max(id) FROM seals)", "slipped_in", None),
    ],
)
def test_a_seal_cannot_be_forged_either(
    copy: Database, made: Database, sql: str, what: str, number: int | None
) -> None:
    with forging(copy.conn):
        copy.conn.execute(sql)
    found = {
        (each.what, each.row if each.table == "seals" else None) for each in breaches(copy, made)
    }
    assert (what, number) in found


@pytest.mark.parametrize(
    ("sql", "name"),
    [
        ("DROP TRIGGER audit_no_delete", "audit_no_delete"),
        ("DROP VIEW locked", "locked"),
        ("CREATE TRIGGER extra AFTER INSERT ON inbox BEGIN SELECT 1; END", "extra"),
    ],
)
def test_what_was_done_to_triggers_and_views_is_found(
    copy: Database, made: Database, sql: str, name: str
) -> None:
    copy.conn.execute(sql)
    assert Breach("shape", name) in breaches(copy, made)


def test_a_table_that_is_gone_is_found(copy: Database, made: Database) -> None:
    with forging(copy.conn):
        copy.conn.execute("DROP TABLE stage_closings")
        copy.conn.execute("CREATE TABLE stage_closings (id INTEGER PRIMARY KEY, stage, change)")
    assert {
        Breach("shape", "stage_closings"),
        Breach("removed", "stage_closings", 987654),
    } <= breaches(copy, made)


def test_a_chain_that_was_made_anew_is_found_by_a_head_that_was_noted(
    city: Database, copy: Database, made: Database
) -> None:
    """All that a forger can do who knows how: it looks whole, and no noted head is in it."""
    heads = [row[0] for row in city.execute("SELECT head FROM seals ORDER BY id")]
    first = city.execute("SELECT sealed FROM seals WHERE id = 1").fetchone()[0].split()
    with forging(copy.conn):
        copy.conn.execute(f"UPDATE {first[0]} SET reason = '偽' WHERE rowid = ?", [first[1]])
        make_anew(copy)
    assert not breaches(copy, made)
    for number, noted in enumerate(heads, 1):
        found = find(city, noted[:12])
        assert found is not None
        assert (found.number, found.hash) == (number, noted)
        assert find(copy, noted[:12]) is None


def test_a_row_from_outside_stays_found_whatever_is_written_later(
    tmp_path: Path, made: Database
) -> None:
    db = lived_in(tmp_path)
    outside = connect(tmp_path / "kpibot.db")
    row = slip_in(outside.conn, "settings", "外から", 4000)
    outside.conn.commit()
    with writing(db):
        slip_in(db.conn, "settings", "中から", 5000)
    assert breaches(db, made) == {Breach("slipped_in", "settings", row)}
    outside.conn.close()
    db.conn.close()
