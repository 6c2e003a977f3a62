"""What stands behind a preview's buttons: a row that survives restarts, is used once and expires."""

from __future__ import annotations

import json
import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from store.errors import Stale

LIFE = timedelta(days=7)
MENDED = "mended"
USED = "この入力はすでに処理済みです。二重には登録されません。"
REPLACED = (
    "この確認画面は「修正」で開いた入力画面に置き換わったため、ここからは提出できません。"
    "入力画面から提出するか、もう一度「修正」を押してください。"
)


def keep(db: Database, owner: str, payload: dict[str, Any], at: datetime) -> str:
    """Keep a draft for its owner and return its id."""
    draft = secrets.token_urlsafe(12)
    db.execute(
        "INSERT INTO drafts(id, owner, payload, created_at, expires_at) VALUES (?, ?, ?, ?, ?)",
        [draft, owner, json.dumps(payload, ensure_ascii=False), _text(at), _text(at + LIFE)],
    )
    return draft


def look(db: Database, draft: str, owner: str, at: datetime) -> dict[str, Any]:
    """The draft's payload, still unused. Raises Stale when it is not there to be used."""
    row = db.execute(
        "SELECT owner, payload, expires_at, used_at FROM drafts WHERE id = ?", [draft]
    ).fetchone()
    if row is None or row[0] != owner or row[2] < _text(at):
        raise Stale(
            "この入力は期限が切れています。お手数ですが、もう一度 `/kpi-submit` から入力してください。"
        )
    payload: dict[str, Any] = json.loads(row[1])
    if row[3] is not None:
        raise Stale(REPLACED if payload.get(MENDED) else USED)
    return payload


def mend(db: Database, draft: str, owner: str, at: datetime) -> dict[str, Any]:
    """Set the draft aside for the form that mends it and return its payload.

    It can be mended again, and is never submitted. Raises Stale when it is not there or was used.
    """
    db.execute(
        """UPDATE drafts SET used_at = NULL
           WHERE id = ? AND owner = ? AND payload ->> ? AND used_at IS NOT NULL""",
        [draft, owner, f"$.{MENDED}"],
    )
    payload = use(db, draft, owner, at)
    kept = json.dumps({**payload, MENDED: True}, ensure_ascii=False)
    db.execute("UPDATE drafts SET payload = ? WHERE id = ?", [kept, draft])
    return payload


def use(db: Database, draft: str, owner: str, at: datetime) -> dict[str, Any]:
    """Take the draft for good and return its payload. Raises Stale as `look` does."""
    payload = look(db, draft, owner, at)
    db.execute("UPDATE drafts SET used_at = ? WHERE id = ?", [_text(at), draft])
    return payload


def forget(db: Database, before: datetime) -> int:
    """Drop drafts that expired before a moment; returns how many went."""
    return int(db.execute("DELETE FROM drafts WHERE expires_at < ?", [_text(before)]).rowcount)


def _text(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
