"""What Slack adds to the definition cards that the plan file begins."""

from __future__ import annotations

from store.schema.columns import WHO

HISTORY = ("cards",)

# A `value` of NULL takes an entry back: what the plan says holds again.
TABLES = (
    f"""CREATE TABLE cards (
      id INTEGER PRIMARY KEY, plan TEXT NOT NULL, indicator TEXT NOT NULL,
      field TEXT NOT NULL CHECK (field IN ('definition', 'source', 'holder', 'frequency',
        'publishes_in', 'measure', 'method', 'as_of')),
      value TEXT CHECK (length(value) > 0), {WHO}) STRICT""",
    "CREATE INDEX cards_of ON cards(plan, indicator, field, id)",
    "CREATE INDEX cards_newest ON cards(plan, id)",
)
