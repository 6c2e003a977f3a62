"""Reminders: who held one back until when, and which message told which department of what."""

from __future__ import annotations

# Working tables: what they hold is of use while a collection runs, and history says who submitted.
TABLES = (
    """CREATE TABLE snoozes (
      plan TEXT NOT NULL, collection INTEGER NOT NULL, department TEXT NOT NULL,
      until TEXT NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL,
      PRIMARY KEY (plan, collection, department)) STRICT""",
    """CREATE TABLE reminded (
      key TEXT NOT NULL, place INTEGER NOT NULL, matter TEXT NOT NULL, department TEXT NOT NULL,
      plan TEXT NOT NULL, collection INTEGER NOT NULL,
      PRIMARY KEY (key, place)) STRICT""",
    "CREATE INDEX reminded_of ON reminded(plan, collection, matter, department)",
)
