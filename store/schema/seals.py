"""The seals (封印): one row a transaction, which names the rows of history that it wrote.

`sealed` has a line for each of them: table, rowid, how many columns, and the SHA-256 of the row.
`head` is the SHA-256 of the head before, a line break, and `sealed`: see `store.sealing`.
"""

from __future__ import annotations

# Every table of history. A new one is named here too, or a test says that it is not sealed.
SEALED = (
    "plan_versions",
    "settings",
    "departments",
    "memberships",
    "assignments",
    "planners",
    "handovers",
    "successions",
    "absences",
    "submissions",
    "actual_values",
    "requested",
    "confirmations",
    "decisions",
    "locks",
    "frozen_verdicts",
    "stage_closings",
    "publications",
    "revision_proposals",
    "revision_settlements",
    "cards",
    "comparisons",
    "efforts",
    "opinions",
    "opinion_answers",
    "opinion_sheets",
    "report_texts",
    "report_finals",
    "sheets",
    "aliases",
    "alias_decisions",
    "follows",
    "followings",
    "subscriptions",
    "digests_told",
    "audit",
)

HISTORY = ("seals",)

TABLES = (
    """CREATE TABLE seals (
      id INTEGER PRIMARY KEY, sealed TEXT NOT NULL CHECK (length(sealed) > 0),
      head TEXT NOT NULL CHECK (length(head) = 64 AND head NOT GLOB '*[^0-9a-f]*')) STRICT""",
)
