"""What people follow."""

from __future__ import annotations

from store.schema.columns import WHO

HISTORY = ("follows",)

TABLES = (
    f"""CREATE TABLE follows (
      id INTEGER PRIMARY KEY, plan TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('indicator', 'policy', 'goal')), subject TEXT NOT NULL,
      active INTEGER NOT NULL CHECK (active IN (0, 1)), {WHO}) STRICT""",
    "CREATE INDEX follows_subject ON follows(plan, kind, subject, actor, id)",
    "CREATE INDEX follows_actor ON follows(actor, plan)",
)
