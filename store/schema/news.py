"""The hours within which changed values are gathered into one message for each audience."""

from __future__ import annotations

# One hour is open at most; one that was told of stays as it was.
TABLES = (
    """CREATE TABLE news_hours (
      id INTEGER PRIMARY KEY, opened_at TEXT NOT NULL, since INTEGER NOT NULL,
      told_at TEXT, until INTEGER, CHECK ((told_at IS NULL) = (until IS NULL))) STRICT""",
    "CREATE UNIQUE INDEX news_hours_open ON news_hours((1)) WHERE told_at IS NULL",
    """CREATE TRIGGER news_hours_told BEFORE UPDATE ON news_hours WHEN OLD.told_at IS NOT NULL
       BEGIN SELECT RAISE(ABORT, 'an hour that was told of stays as it was'); END""",
    """CREATE TRIGGER news_hours_kept BEFORE DELETE ON news_hours
       BEGIN SELECT RAISE(ABORT, 'hours are never deleted'); END""",
)
