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
from store.migrations import migrations
from store.people import who
from store.submissions import Proposal

PLAN = "kitamoto-2"
WHO = {"at": "2025-06-03T10:00:00+09:00", "actor": "U0ADMIN", "surface": "shell", "reason": None}
CHILD, PLANNER = {**WHO, "actor": "U0CHILD"}, {**WHO, "actor": "U0PLANNER"}
TODAY = date(2025, 6, 4)
Rows = dict[str, list[dict[str, Any]]]


def given(number: int, collection: int, **more: Any) -> dict[str, Any]:
    """A submission as the first release wrote it."""
    return {
        "id": number,
        "plan": PLAN,
        "indicator": "1-1b",
        "collection": collection,
        "kind": "actual",
        "period": f"FY{collection}",
        "source": "県の公表値",
        "typed": "12人",
        "department": "children",
        **CHILD,
        **more,
    }


ROWS: dict[str, tuple[dict[str, Any], ...]] = {
    "meta": ({"key": "kind", "value": "live"},),
    "plan_versions": ({"plan": PLAN, "first_year": 2020, "last_year": 2025, "body": "{}", **WHO},),
    "settings": ({"key": "plan.current", "value": PLAN, **WHO},),
    "departments": (
        {"department": "children", "name": "こども課", "effective_from": "2025-04-01", **WHO},
    ),
    "memberships": (
        {
            "department": "children",
            "user": "U0CHILD",
            "role": "member",
            "effective_from": "2025-04-01",
            **WHO,
        },
    ),
    "assignments": (
        {
            "plan": PLAN,
            "subject": "1-1",
            "department": "children",
            "effective_from": "2025-04-01",
            **WHO,
        },
    ),
    "planners": ({"user": "U0PLANNER", "active": 1, **WHO},),
    "submissions": (given(1, 2023), given(2, 2024), given(3, 2024), given(4, 2025)),
    "actual_values": tuple(
        {"submission": n, "series": "", "value": v}
        for n, v in ((1, "13"), (2, "21"), (3, "12"), (4, "11"))
    ),
    "decisions": (
        {"submission": 1, "kind": "approve", **PLANNER},
        {"submission": 2, "kind": "return", **PLANNER, "reason": "延べ人数ですか"},
        {"submission": 3, "kind": "approve", **PLANNER},
    ),
    "audit": ({"act": "approve", "subject": "1-1b", "outcome": "denied", **CHILD},),
    "directory": ({"user": "U0CHILD", "name": "担当", "standing": "member", "seen_at": WHO["at"]},),
    "drafts": (
        {
            "id": "d1",
            "owner": "U0CHILD",
            "payload": "{}",
            "created_at": WHO["at"],
            "expires_at": WHO["at"],
        },
    ),
    "inbox": ({"key": "click:1", "at": WHO["at"], "reply": "{}"},),
    "outbox": (
        {
            "key": "digest:2025-W23:C1",
            "audience": "C1",
            "title": "週報",
            "payload": "{}",
            "state": "due",
            "made_at": 0.0,
            "next_at": 0.0,
        },
    ),
}


def everything(db: Database) -> Rows:
    """All rows of the first release's tables."""
    return {table: list(db.table(table).rows) for table in ROWS}


@pytest.fixture
def first(tmp_path: Path) -> tuple[Path, Rows]:
    """A file as the first release left it, with a row in every table, and those rows."""
    path = tmp_path / "kpibot.db"
    db = connect(path)
    migrations.apply(db, stop_before="002-homes")
    made = set(db.table_names()) - {"_sqlite_migrations"}
    assert made == set(ROWS)
    for table, rows in ROWS.items():
        for row in rows:
            names, holes = ", ".join(row), ", ".join("?" * len(row))
            db.execute(f"INSERT INTO {table}({names}) VALUES ({holes})", list(row.values()))
    db.conn.commit()
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
