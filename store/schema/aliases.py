"""Words that people taught for something of a plan, and what was decided of them."""

from __future__ import annotations

from store.schema.columns import WHO

HISTORY = ("aliases", "alias_decisions")

# `key` is the words in the one spelling by which they are found. `mark` names a decision among all
# databases: what is kept in memory for one is never taken for another's.
TABLES = (
    f"""CREATE TABLE aliases (
      id INTEGER PRIMARY KEY, plan TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('indicator', 'policy', 'goal')), subject TEXT NOT NULL,
      words TEXT NOT NULL CHECK (length(words) BETWEEN 2 AND 40), key TEXT NOT NULL,
      {WHO}) STRICT""",
    "CREATE INDEX aliases_words ON aliases(plan, key, id)",
    f"""CREATE TABLE alias_decisions (
      id INTEGER PRIMARY KEY, alias INTEGER NOT NULL REFERENCES aliases(id),
      kind TEXT NOT NULL CHECK (kind IN ('learn', 'decline', 'forget')),
      mark TEXT NOT NULL DEFAULT (lower(hex(randomblob(8)))), {WHO}) STRICT""",
    """CREATE UNIQUE INDEX alias_decided_once ON alias_decisions(alias) WHERE kind <> 'forget'""",
    """CREATE UNIQUE INDEX alias_forgotten_once ON alias_decisions(alias) WHERE kind = 'forget'""",
    """CREATE TRIGGER only_what_was_learnt_is_forgotten BEFORE INSERT ON alias_decisions
       WHEN NEW.kind = 'forget' AND NOT EXISTS
         (SELECT 1 FROM alias_decisions WHERE alias = NEW.alias AND kind = 'learn')
       BEGIN SELECT RAISE(ABORT, 'only what was learnt can be forgotten'); END""",
    """CREATE VIEW alias_states AS
       SELECT a.*, coalesce(f.kind, d.kind) AS decided, coalesce(f.at, d.at) AS decided_at,
              coalesce(f.actor, d.actor) AS decided_by
       FROM aliases a
       LEFT JOIN alias_decisions d ON d.alias = a.id AND d.kind <> 'forget'
       LEFT JOIN alias_decisions f ON f.alias = a.id AND f.kind = 'forget'""",
)
