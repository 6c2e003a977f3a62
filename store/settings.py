"""Settings that people change while the bot runs: history by key, the newest row holds."""

from __future__ import annotations

from sqlite_utils import Database

from store.acts import By, append, rows

SPEECH_PAUSED = "speech.paused."


def put(db: Database, by: By, key: str, value: str | None) -> None:
    """Set a key from now on (None takes the setting back); writes nothing when it holds already."""
    if get(db, key) != value:
        append(db, "settings", by, key=key, value=value)


def get(db: Database, key: str) -> str | None:
    """What holds for a key."""
    row = db.execute(
        "SELECT value FROM settings WHERE key = ? ORDER BY id DESC LIMIT 1", [key]
    ).fetchone()
    return None if row is None else row[0]


def under(db: Database, prefix: str) -> dict[str, str]:
    """All that holds for keys beginning with `prefix`, without those taken back."""
    found = rows(
        db,
        """SELECT key, value FROM settings s WHERE substr(key, 1, ?) = ?
           AND id = (SELECT max(id) FROM settings WHERE key = s.key) AND value IS NOT NULL""",
        [len(prefix), prefix],
    )
    return {r["key"]: r["value"] for r in found}


def pause(db: Database, by: By, kind: str) -> None:
    """Say nothing of a kind (`digest`, `reminder`, `nudge`) by oneself until it is resumed."""
    put(db, by, SPEECH_PAUSED + kind, "1")


def resume(db: Database, by: By, kind: str) -> None:
    """Say it again from now on; what fell due meanwhile is not made up for."""
    put(db, by, SPEECH_PAUSED + kind, None)


def paused(db: Database) -> frozenset[str]:
    """The kinds that are paused."""
    return frozenset(key.removeprefix(SPEECH_PAUSED) for key in under(db, SPEECH_PAUSED))
