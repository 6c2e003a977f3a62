"""A file as the first release left it, with a row in every table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from store.db import connect
from store.migrations import migrations

PLAN = "kitamoto-2"
WHO = {"at": "2025-06-03T10:00:00+09:00", "actor": "U0ADMIN", "surface": "shell", "reason": None}
CHILD, PLANNER = {**WHO, "actor": "U0CHILD"}, {**WHO, "actor": "U0PLANNER"}


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


def write_first_release(path: Path) -> None:
    """Make that file."""
    db = connect(path)
    migrations.apply(db, stop_before="002-homes")
    made = set(db.table_names()) - {"_sqlite_migrations"}
    assert made == set(ROWS)
    for table, rows in ROWS.items():
        for row in rows:
            names, holes = ", ".join(row), ", ".join("?" * len(row))
            db.execute(f"INSERT INTO {table}({names}) VALUES ({holes})", list(row.values()))
    db.conn.commit()
    db.conn.close()
