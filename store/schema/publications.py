"""公開の決定: two planners decide that a locked collection is published; one may take it back."""

from __future__ import annotations

from store.schema.columns import WHO

HISTORY = ("publications",)

# 'publish' is a second planner's word on a proposal, 'drop' takes a proposal back. What is decided
# is about one lock: a collection that is unlocked is not published, nor when it is locked anew.
TABLES = (
    f"""CREATE TABLE publications (
      id INTEGER PRIMARY KEY, plan TEXT NOT NULL, collection INTEGER NOT NULL,
      lock INTEGER NOT NULL REFERENCES locks(id),
      kind TEXT NOT NULL CHECK (kind IN ('propose', 'publish', 'drop', 'revoke')),
      proposal INTEGER UNIQUE REFERENCES publications(id), {WHO},
      CHECK ((proposal IS NULL) = (kind IN ('propose', 'revoke'))),
      CHECK (kind <> 'revoke' OR length(trim(coalesce(reason, ''))) > 0)) STRICT""",
    "CREATE INDEX publications_of ON publications(plan, collection, id)",
    """CREATE TRIGGER only_what_is_locked_is_published BEFORE INSERT ON publications
       WHEN NEW.kind IN ('propose', 'publish') AND NOT EXISTS (SELECT 1 FROM locked
         WHERE id = NEW.lock AND plan = NEW.plan AND collection = NEW.collection)
       BEGIN SELECT RAISE(ABORT, 'only a locked collection is published'); END""",
    """CREATE TRIGGER a_second_planner_publishes BEFORE INSERT ON publications
       WHEN NEW.kind = 'publish' AND NOT EXISTS (
         SELECT 1 FROM publications p WHERE p.id = NEW.proposal AND p.kind = 'propose'
           AND p.plan = NEW.plan AND p.collection = NEW.collection AND p.lock = NEW.lock
           AND p.actor <> NEW.actor
           AND p.id = (SELECT max(id) FROM publications
             WHERE plan = NEW.plan AND collection = NEW.collection))
       BEGIN SELECT RAISE(ABORT, 'a second planner confirms a publication'); END""",
    """CREATE VIEW published AS
       SELECT p.id, p.plan, p.collection, p.lock, p.at, p.actor FROM publications p
         JOIN locked l ON l.id = p.lock
       WHERE p.kind = 'publish' AND p.id = (SELECT max(id) FROM publications
         WHERE plan = p.plan AND collection = p.collection AND kind IN ('publish', 'revoke'))""",
)
