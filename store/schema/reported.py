"""What did not go out and was told to planners: a working table, one row a message and outcome."""

from __future__ import annotations

TABLES = (
    """CREATE TABLE reported (
         key TEXT NOT NULL,
         state TEXT NOT NULL CHECK (state IN ('dead', 'unknown', 'skipped')),
         at TEXT NOT NULL,
         PRIMARY KEY (key, state)
       ) STRICT, WITHOUT ROWID""",
)
