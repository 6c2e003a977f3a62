"""Sheets of opinions (意見の様式) that were issued."""

from __future__ import annotations

from store.schema.columns import WHO

HISTORY = ("opinion_sheets",)

# `body` is the meeting that it is about (all where it is NULL); `rows` is a JSON list of
# [opinion, newest answer or 0] as they stood when it was issued.
TABLES = (
    f"""CREATE TABLE opinion_sheets (
      id INTEGER PRIMARY KEY, sheet TEXT NOT NULL UNIQUE,
      plan TEXT NOT NULL, collection INTEGER NOT NULL,
      body TEXT CHECK (body IN ('executive_meeting', 'panel')),
      rows TEXT NOT NULL CHECK (json_valid(rows)), {WHO}) STRICT""",
)
