"""見直し: what one planner proposes to change from a fiscal year on, and a second one agrees to."""

from __future__ import annotations

from store.schema.columns import WHO

HISTORY = ("revision_proposals", "revision_settlements")

# `after` is what is to hold for the indicator from `from_year` on, `before` what it stands in the
# place of: JSON of `store.revised.Changes`.
PROPOSALS = (
    f"""CREATE TABLE revision_proposals (
      id INTEGER PRIMARY KEY, plan TEXT NOT NULL, indicator TEXT NOT NULL, from_year INTEGER NOT NULL,
      before TEXT NOT NULL CHECK (json_valid(before)),
      after TEXT NOT NULL CHECK (json_valid(after) AND after <> '{{}}'),
      decided_by TEXT NOT NULL CHECK (length(trim(decided_by)) > 0), decided_on TEXT NOT NULL, {WHO},
      CHECK (reason IS NOT NULL AND length(trim(reason)) > 0)) STRICT""",
    "CREATE INDEX revision_proposals_of ON revision_proposals(plan, indicator, id)",
)

SETTLEMENTS = (
    f"""CREATE TABLE revision_settlements (
      id INTEGER PRIMARY KEY, proposal INTEGER NOT NULL UNIQUE REFERENCES revision_proposals(id),
      kind TEXT NOT NULL CHECK (kind IN ('agree', 'drop')), {WHO}) STRICT""",
    """CREATE TRIGGER a_second_planner_revises BEFORE INSERT ON revision_settlements
       WHEN NEW.kind = 'agree' AND NEW.actor =
         (SELECT actor FROM revision_proposals WHERE id = NEW.proposal)
       BEGIN SELECT RAISE(ABORT, 'a second planner agrees to a revision'); END""",
    """CREATE TRIGGER a_locked_collection_is_not_revised BEFORE INSERT ON revision_settlements
       WHEN NEW.kind = 'agree' AND EXISTS (
         SELECT 1 FROM revision_proposals p JOIN locked l ON l.plan = p.plan
         WHERE p.id = NEW.proposal AND l.collection >= p.from_year)
       BEGIN SELECT RAISE(ABORT, 'a locked collection is not revised'); END""",
)

TABLES = (*PROPOSALS, *SETTLEMENTS)
