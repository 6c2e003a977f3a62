"""A database of the first release, opened today: nothing is lost, and it goes on from there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from store import departments, ledger, submissions
from store.acts import By
from store.db import connect, open_db, writing
from store.examining import examine
from store.migrations import migrations
from store.people import who
from store.schema.seals import SEALED
from store.submissions import Proposal
from tests.store.first_release import PLAN, ROWS, write_first_release

TODAY = date(2025, 6, 4)
Rows = dict[str, list[dict[str, Any]]]


def everything(db: Database) -> Rows:
    """All rows of the first release's tables."""
    return {table: list(db.table(table).rows) for table in ROWS}


@pytest.fixture
def first(tmp_path: Path) -> tuple[Path, Rows]:
    """A file as the first release left it, with a row in every table, and those rows."""
    path = tmp_path / "kpibot.db"
    write_first_release(path)
    db = connect(path)
    rows_before = everything(db)
    db.conn.close()
    return path, rows_before


def test_every_row_of_the_first_release_is_there_after_the_upgrade(
    first: tuple[Path, Rows],
) -> None:
    path, before = first
    db = open_db(path)
    after = everything(db)
    for table, rows in before.items():
        kept = [{k: row[k] for k in rows[0]} for row in after[table]]
        assert kept[: len(rows)] == rows, table
    assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    assert not migrations.pending(db)
    made = open_db(":memory:")
    history = examine(db, made)
    assert history.breaches == ()
    assert history.rows == sum(db.table(each).count for each in SEALED)
    made.conn.close()


def test_figures_people_and_history_mean_what_they_meant_and_work_goes_on(
    first: tuple[Path, Rows], by: Callable[..., By]
) -> None:
    db = open_db(first[0])
    given_in = submissions.history(db, PLAN, "1-1b")
    assert {s.id: s.decision.kind if s.decision else None for s in given_in} == {
        1: "approve",
        2: "return",
        3: "approve",
        4: None,
    }
    newest = submissions.approved_of(db, Proposal(PLAN, "1-1b", 2024))
    assert newest is not None
    assert newest.proposal.values == {None: Decimal(12)}
    assert (newest.proxy, newest.needs_lead, newest.corrects) == (False, False, None)
    assert [d.name for d in who(db, "U0CHILD", "member", TODAY).departments] == ["こども課"]
    assert who(db, "U0PLANNER", "member", TODAY).planner
    assert departments.owners(db, PLAN, TODAY)["1-1"] == "children"
    told = Counter(e.what for e in ledger.events(db, ledger.Wanted(PLAN)))
    assert told == {"submit": 4, "approve": 2, "return": 1, "assign": 1, "setting": 1}
    with writing(db):
        submissions.approve(db, by("U0PLANNER"), 4)
    assert [s.id for s in submissions.waiting(db, PLAN)] == []
