"""Sheets (照会様式) that were issued, and the work around them that has to outlive a restart."""

from __future__ import annotations

from store.schema.columns import WHO

HISTORY = ("sheets",)

# `rows` is a JSON list of row keys in the sheet's order. `sheet_work` is a working table: `send`
# takes a sheet to whoever asked for it, `read` takes in a file that somebody dropped.
TABLES = (
    f"""CREATE TABLE sheets (
      id INTEGER PRIMARY KEY, sheet TEXT NOT NULL UNIQUE, version INTEGER NOT NULL CHECK (version > 0),
      plan TEXT NOT NULL, collection INTEGER NOT NULL, department TEXT NOT NULL,
      rows TEXT NOT NULL CHECK (json_valid(rows)), {WHO},
      UNIQUE (plan, collection, department, version)) STRICT""",
    """CREATE TABLE sheet_work (
      key TEXT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('send', 'read')),
      user TEXT NOT NULL, team TEXT, channel TEXT, thread TEXT,
      body TEXT NOT NULL CHECK (json_valid(body)), upload TEXT,
      state TEXT NOT NULL DEFAULT 'due' CHECK (state IN ('due', 'doing', 'done')),
      made_at TEXT NOT NULL) STRICT""",
)
