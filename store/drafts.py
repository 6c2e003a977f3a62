"""What stands behind a preview's buttons: a row that survives restarts, is used once and expires."""

from __future__ import annotations

import json
import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from store.acts import By
from store.errors import NotAllowed, Stale
from store.people import Act

LIFE = timedelta(days=7)
MENDED = "mended"
GONE = "この入力は期限が切れています。お手数ですが、もう一度 `/kpi-submit` から入力してください。"
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


def look(db: Database, draft: str, by: By) -> dict[str, Any]:
    """The payload of a draft of the acting user's, still unused.

    Raises Stale when it is not there to be used, and NotAllowed for somebody else's, with the same
    sentence: who tries does not learn that there is one.
    """
    row = db.execute(
        "SELECT owner, payload, expires_at, used_at FROM drafts WHERE id = ?", [draft]
    ).fetchone()
    if row is None or row[2] < _text(by.at):
        raise Stale(GONE)
    if row[0] != by.actor:
        raise NotAllowed(GONE, by, Act.SUBMIT, "draft")
    payload: dict[str, Any] = json.loads(row[1])
    if row[3] is not None:
        raise Stale(REPLACED if payload.get(MENDED) else USED)
    return payload


def mend(db: Database, draft: str, by: By) -> dict[str, Any]:
    """Set the draft aside for the form that mends it and return its payload.

    It can be mended again, and is never submitted. Raises as `look` does.
    """
    db.execute(
        """UPDATE drafts SET used_at = NULL
           WHERE id = ? AND owner = ? AND payload ->> ? AND used_at IS NOT NULL""",
        [draft, by.actor, f"$.{MENDED}"],
    )
    payload = use(db, draft, by)
    kept = json.dumps({**payload, MENDED: True}, ensure_ascii=False)
    db.execute("UPDATE drafts SET payload = ? WHERE id = ?", [kept, draft])
    return payload


def use(db: Database, draft: str, by: By) -> dict[str, Any]:
    """Take the draft for good and return its payload. Raises as `look` does."""
    payload = look(db, draft, by)
    db.execute("UPDATE drafts SET used_at = ? WHERE id = ?", [_text(by.at), draft])
    return payload


def forget(db: Database, before: datetime) -> int:
    """Drop drafts that expired before a moment; returns how many went."""
    return int(db.execute("DELETE FROM drafts WHERE expires_at < ?", [_text(before)]).rowcount)


def _text(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
