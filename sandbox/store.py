"""What survives a kill −9: documents and bytes in one SQLite file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from sandbox.wire import Json

SCHEMA = """
CREATE TABLE IF NOT EXISTS things (
  kind TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS blobs (id TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT;
"""


class Store:
    """Documents by kind and id. What `put` has returned from survives the end of the process.

    The file belongs to one process at a time: opening it a second time raises OSError.
    Each call is a transaction of its own; all calls come from one thread at a time.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._db = sqlite3.connect(
                path, isolation_level=None, check_same_thread=False, timeout=1
            )
            # Nobody else reads the file, and an exclusive lock says so to a second sandbox.
            # NORMAL in WAL mode survives the process; only a power cut could take the last rows.
            self._db.executescript(
                "PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
            )
            self._db.executescript(SCHEMA)
        except sqlite3.OperationalError as error:
            raise OSError(f"{path}: {error} (is another sandbox using this folder?)") from error

    def put(self, kind: str, key: str, body: Json) -> None:
        """Keep `body` under (kind, key), in place of what was there."""
        self._db.execute(
            "INSERT INTO things VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET body = excluded.body",
            (kind, key, json.dumps(body, ensure_ascii=False)),
        )

    def drop(self, kind: str, key: str) -> None:
        """Forget what is under (kind, key), if anything is."""
        self._db.execute("DELETE FROM things WHERE kind = ? AND id = ?", (kind, key))

    def read(self, kind: str) -> Iterator[tuple[str, Json]]:
        """Yield (key, body) of one kind, in the order of the keys."""
        rows = self._db.execute("SELECT id, body FROM things WHERE kind = ? ORDER BY id", (kind,))
        for key, body in rows.fetchall():
            yield key, json.loads(body)

    def put_bytes(self, key: str, body: bytes) -> None:
        """Keep the bytes of a file."""
        self._db.execute("INSERT OR REPLACE INTO blobs VALUES (?, ?)", (key, body))

    def read_bytes(self, key: str) -> bytes | None:
        """Return the bytes of a file, None if there are none."""
        row = self._db.execute("SELECT body FROM blobs WHERE id = ?", (key,)).fetchone()
        return None if row is None else bytes(row[0])

    def clear(self) -> None:
        """Forget everything."""
        self._db.executescript("BEGIN; DELETE FROM things; DELETE FROM blobs; COMMIT;")

    def close(self) -> None:
        """Give the file back."""
        self._db.close()
