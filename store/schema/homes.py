"""Home tabs that people opened."""

from __future__ import annotations

# Whose Home tab was opened, and the hash of the view that it shows (None before the first).
TABLES = ("CREATE TABLE homes (user TEXT PRIMARY KEY, hash TEXT, opened_at TEXT NOT NULL) STRICT",)
