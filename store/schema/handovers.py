"""What passes from one to another: a post to the next lead, a department's tasks to its successor."""

from __future__ import annotations

from store.schema.columns import WHO

HISTORY = ("handovers", "successions")

TABLES = (
    f"""CREATE TABLE handovers (
      id INTEGER PRIMARY KEY, department TEXT NOT NULL,
      leaving TEXT, lead TEXT NOT NULL, note TEXT,
      effective_from TEXT NOT NULL, {WHO}, CHECK (leaving IS NULL OR leaving <> lead)) STRICT""",
    "CREATE INDEX handovers_of ON handovers(department, id)",
    f"""CREATE TABLE successions (
      id INTEGER PRIMARY KEY, department TEXT NOT NULL, successor TEXT NOT NULL,
      effective_from TEXT NOT NULL, {WHO}, CHECK (department <> successor)) STRICT""",
    "CREATE INDEX successions_of ON successions(department, id)",
)
