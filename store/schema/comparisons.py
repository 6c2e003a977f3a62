"""What other places report of the same thing."""

from __future__ import annotations

from store.schema.columns import DECIMAL, WHO

HISTORY = ("comparisons",)

# One row a series; a `value` of NULL takes it back.
TABLES = (
    f"""CREATE TABLE comparisons (
      id INTEGER PRIMARY KEY, plan TEXT NOT NULL, indicator TEXT NOT NULL, series TEXT NOT NULL,
      place TEXT NOT NULL CHECK (length(place) > 0), period TEXT NOT NULL,
      value TEXT {DECIMAL}, source TEXT CHECK (length(source) > 0), {WHO},
      CHECK (value IS NULL OR source IS NOT NULL)) STRICT""",
    "CREATE INDEX comparisons_of ON comparisons(plan, indicator, place, period, series, id)",
)
