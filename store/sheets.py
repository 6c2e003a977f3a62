"""Sheets (照会様式): which were issued to whom with which rows, and the work that is still to be done.

Issues are history. The work (sending a sheet, taking in a file that was dropped) is a row from the
moment its event is acknowledged until its end is told, so that a restart loses none of it. The
verbs expect to run inside a transaction (`store.db.writing`).
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlite_utils import Database

from store.acts import By, append, returned, rows
from store.plan import Indicator

WorkKind = Literal["send", "read"]
_OF_ROUND = "plan = ? AND collection = ? AND department = ?"


@dataclass(frozen=True)
class Sheet:
    """One issue. `rows` are keys (see `row_key`); `version` counts a department's issues of a round."""

    id: str
    version: int
    plan: str
    collection: int
    department: str
    rows: tuple[str, ...]
    at: str
    actor: str


@dataclass(frozen=True)
class Work:
    """A sheet to be sent (`body`: `sheet`), or a file to be taken in (`id`, `name`, `url`, `size`)."""

    key: str
    kind: WorkKind
    user: str
    team: str | None
    channel: str | None
    thread: str | None
    body: Mapping[str, Any]


def row_key(indicator: str, series: str | None) -> str:
    """What a row of a sheet is of: `1-1b`, or `2-2a|男性` for one of several series."""
    return indicator if series is None else f"{indicator}|{series}"


def row_keys(indicators: Iterable[Indicator]) -> tuple[str, ...]:
    """The rows of these indicators, one for each series."""
    return tuple(row_key(i.id, name) for i in indicators for name in i.series_names)


def indicators_of(keys: Iterable[str]) -> tuple[str, ...]:
    """The indicators that these rows are of, each once, in their order."""
    return tuple(dict.fromkeys(key.partition("|")[0] for key in keys))


def issue(
    db: Database, by: By, plan: str, collection: int, department: str, keys: Iterable[str]
) -> Sheet:
    """Append an issue of a department's sheet; it is the newest of its round from here on."""
    found = db.execute(
        f"SELECT coalesce(max(version), 0) + 1 FROM sheets WHERE {_OF_ROUND}",
        [plan, collection, department],
    ).fetchone()
    number = append(
        db,
        "sheets",
        by,
        sheet=secrets.token_hex(8),
        version=found[0],
        plan=plan,
        collection=collection,
        department=department,
        rows=json.dumps(list(keys), ensure_ascii=False),
    )
    return _sheet(rows(db, "SELECT * FROM sheets WHERE id = ?", [number])[0])


def sheet(db: Database, sheet: str) -> Sheet | None:
    """An issue by its id; None for one that was never issued here."""
    found = rows(db, "SELECT * FROM sheets WHERE sheet = ?", [sheet])
    return _sheet(found[0]) if found else None


def newest(db: Database, issued: Sheet) -> Sheet:
    """The newest issue for the same department and round; perhaps the very same."""
    args = [issued.plan, issued.collection, issued.department]
    sql = f"SELECT * FROM sheets WHERE {_OF_ROUND} ORDER BY version DESC LIMIT 1"
    return _sheet(rows(db, sql, args)[0])


def put_work(
    db: Database,
    key: str,
    kind: WorkKind,
    user: str,
    body: Mapping[str, Any],
    at: datetime,
    team: str | None = None,
    channel: str | None = None,
    thread: str | None = None,
) -> None:
    """Keep work to be done; a key that is there already stays as it is."""
    db.execute(
        """INSERT INTO sheet_work(key, kind, user, team, channel, thread, body, made_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(key) DO NOTHING""",
        [key, kind, user, team, channel, thread, json.dumps(dict(body)), _text(at)],
    )


def take_work(db: Database) -> Work | None:
    """Take the oldest work that is due, for one taker only; None when none is."""
    found = returned(
        db,
        """UPDATE sheet_work SET state = 'doing' WHERE key =
             (SELECT key FROM sheet_work WHERE state = 'due' ORDER BY made_at, rowid LIMIT 1)
           AND state = 'due' RETURNING *""",
    )
    return _work(found[0]) if found else None


def is_due(db: Database) -> bool:
    """Whether work waits that nobody has taken."""
    return bool(rows(db, "SELECT 1 FROM sheet_work WHERE state = 'due' LIMIT 1"))


def recover(db: Database) -> None:
    """At start: what whoever ran before had in hand is due again."""
    db.execute("UPDATE sheet_work SET state = 'due' WHERE state = 'doing'")


def note_upload(db: Database, key: str, upload: str) -> None:
    """The file that is to carry the sheet, before it is shared: so a second try can look for it."""
    db.execute("UPDATE sheet_work SET upload = ? WHERE key = ?", [upload, key])


def upload_of(db: Database, key: str) -> str | None:
    """The file that an earlier try noted, if any."""
    row = db.execute("SELECT upload FROM sheet_work WHERE key = ?", [key]).fetchone()
    return None if row is None else row[0]


def finish_work(db: Database, key: str) -> bool:
    """The work is at its end; False when it was before."""
    sql = "UPDATE sheet_work SET state = 'done' WHERE key = ? AND state <> 'done'"
    return bool(db.execute(sql, [key]).rowcount)


def forget(db: Database, before: datetime) -> int:
    """Drop work that was done before a moment; returns how much went."""
    sql = "DELETE FROM sheet_work WHERE state = 'done' AND made_at < ?"
    return int(db.execute(sql, [_text(before)]).rowcount)


def _sheet(row: dict[str, Any]) -> Sheet:
    return Sheet(
        row["sheet"],
        row["version"],
        row["plan"],
        row["collection"],
        row["department"],
        tuple(json.loads(row["rows"])),
        row["at"],
        row["actor"],
    )


def _work(row: dict[str, Any]) -> Work:
    return Work(
        row["key"],
        row["kind"],
        row["user"],
        row["team"],
        row["channel"],
        row["thread"],
        json.loads(row["body"]),
    )


def _text(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
