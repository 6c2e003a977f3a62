"""A small city hall that was lived in: people, figures, decisions, and a row in every table of history."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from store.db import open_db, writing
from store.examining import Breach, examine
from store.fiscal import TOKYO
from store.schema.seals import SEALED
from tests.hall import Hall, found_hall

NOW = datetime(2025, 6, 3, 10, tzinfo=TOKYO)


def hall(folder: Path) -> Database:
    """The hall's database: two departments gave figures, planners approved and returned some."""
    db = open_db(folder / "kpibot.db")
    found_hall(db, NOW)
    people = Hall(lambda: db, lambda: NOW)
    for department, user in (("children", "U0CHILD2"), ("welfare", "U0WELFARE")):
        people.gives(user, people.owed(department)[:4])
    people.confirms("U0CHILD")
    waiting = people.waiting()
    people.approves(waiting[:-1])
    people.returns(waiting[-1])
    return db


def lived_in(folder: Path) -> Database:
    """The same with a row, whatever it says, in each table of history that had none."""
    db = hall(folder)
    with forging(db.conn), writing(db):
        for table in SEALED:
            if not db.table(table).count:
                slip_in(db.conn, table, "その他")
    return db


@contextmanager
def forging(conn: sqlite3.Connection) -> Iterator[None]:
    """With the file's triggers and checks out of the way, and the triggers back as they were."""
    triggers = conn.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for pragma in ("ignore_check_constraints=ON", "foreign_keys=OFF"):
        conn.execute(f"PRAGMA {pragma}")
    for name, _ in triggers:
        conn.execute(f"DROP TRIGGER main.{name}")
    yield
    for _, sql in triggers:
        conn.execute(sql)
    conn.commit()


def slip_in(conn: sqlite3.Connection, table: str, text: str, number: int = 987654) -> int:
    """Insert a row that says nothing in particular; its rowid."""
    columns = conn.execute(f"PRAGMA table_info({table})").fetchall()
    row = [text if kind == "TEXT" else number for _, _, kind, *_ in columns]
    marks = ", ".join("?" for _ in row)
    return int(conn.execute(f"INSERT INTO {table} VALUES ({marks})", row).lastrowid or 0)


def breaches(db: Database, made: Database) -> set[Breach]:
    """What is found in a database, beside an empty one as the code makes it."""
    return set(examine(db, made).breaches)
