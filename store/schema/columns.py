"""What the tables share: who did it, decimals as text, rows that stay as they were written."""

from __future__ import annotations

WHO = """
  at TEXT NOT NULL,
  actor TEXT NOT NULL CHECK (length(actor) > 0),
  surface TEXT NOT NULL,
  reason TEXT"""

DECIMAL = """
  CHECK (length(value) <= 24 AND value GLOB '*[0-9]*' AND value NOT GLOB '*[^0-9.-]*'
         AND value NOT GLOB '?*-*' AND value NOT GLOB '*.*.*')"""


def append_only(table: str) -> tuple[str, str]:
    """The two triggers that keep a table's rows as they were written."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    return (
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
    )
