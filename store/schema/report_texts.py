"""評価の文 of a report as planners put it, and the texts of a report as they were made final."""

from __future__ import annotations

from store.schema.columns import WHO

HISTORY = ("report_texts", "report_finals")

# A `text` of NULL takes an edit back: what the figures or the document say holds again. `drafted`
# is what that was when it was edited. A final holds all texts, and until somebody edits one.
_OF_REPORT = "plan = NEW.plan AND collection = NEW.collection AND kind = NEW.kind"
TABLES = (
    f"""CREATE TABLE report_texts (
      id INTEGER PRIMARY KEY, plan TEXT NOT NULL, collection INTEGER NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('progress', 'whole')), part TEXT NOT NULL,
      text TEXT CHECK (length(trim(text)) > 0), drafted TEXT NOT NULL, {WHO}) STRICT""",
    "CREATE INDEX report_texts_of ON report_texts(plan, collection, kind, part, id)",
    f"""CREATE TABLE report_finals (
      id INTEGER PRIMARY KEY, plan TEXT NOT NULL, collection INTEGER NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('progress', 'whole')),
      passages TEXT NOT NULL CHECK (json_valid(passages)), last_text INTEGER NOT NULL, {WHO})
      STRICT""",
    "CREATE INDEX report_finals_of ON report_finals(plan, collection, kind, id)",
    f"""CREATE TRIGGER the_newest_texts_are_made_final BEFORE INSERT ON report_finals
       WHEN NEW.last_text <> (SELECT coalesce(max(id), 0) FROM report_texts WHERE {_OF_REPORT})
       BEGIN SELECT RAISE(ABORT, 'the texts have moved on'); END""",
    f"""CREATE TRIGGER what_is_final_is_edited_for_a_reason BEFORE INSERT ON report_texts
       WHEN coalesce(length(trim(NEW.reason)), 0) = 0 AND EXISTS (
         SELECT 1 FROM report_finals WHERE {_OF_REPORT} AND last_text =
           (SELECT coalesce(max(id), 0) FROM report_texts WHERE {_OF_REPORT}))
       BEGIN SELECT RAISE(ABORT, 'final texts are edited for a reason'); END""",
)
