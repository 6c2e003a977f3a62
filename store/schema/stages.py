"""The stages of a collection as planners close them, and open them again."""

from __future__ import annotations

from store.schema.columns import WHO

HISTORY = ("stage_closings",)

# What is closed although something is missing (`overruled`), or opened again, has a reason.
TABLES = (
    f"""CREATE TABLE stage_closings (
      id INTEGER PRIMARY KEY, plan TEXT NOT NULL, collection INTEGER NOT NULL,
      stage TEXT NOT NULL CHECK (stage IN ('opens', 'due', 'approvals_closed',
        'executive_meeting', 'panel', 'publication')),
      change TEXT NOT NULL CHECK (change IN ('close', 'reopen')),
      overruled INTEGER NOT NULL DEFAULT 0 CHECK (overruled IN (0, 1)), {WHO},
      CHECK ((overruled = 0 AND change = 'close')
             OR (reason IS NOT NULL AND length(reason) > 0))) STRICT""",
    "CREATE INDEX stage_closings_of ON stage_closings(plan, collection, stage, id)",
    """CREATE VIEW closed_stages AS SELECT * FROM stage_closings s
       WHERE change = 'close' AND id = (SELECT max(id) FROM stage_closings
         WHERE plan = s.plan AND collection = s.collection AND stage = s.stage)""",
)
