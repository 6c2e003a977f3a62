"""How submissions are decided on: requests, 課長確認, deputies, and the lock of a collection (締め)."""

from __future__ import annotations

from store.schema.columns import WHO

HISTORY = ("requested", "confirmations", "absences", "locks", "frozen_verdicts")

# `corrects` is the submission whose figure a planner put right, `proxy` marks what the planning
# section entered, `needs_lead` what the department's lead has to confirm before planners approve it.
COLUMNS = (
    "ALTER TABLE submissions ADD COLUMN corrects INTEGER REFERENCES submissions(id)",
    "ALTER TABLE submissions ADD COLUMN proxy INTEGER NOT NULL DEFAULT 0 CHECK (proxy IN (0, 1))",
    """ALTER TABLE submissions ADD COLUMN needs_lead INTEGER NOT NULL DEFAULT 0
       CHECK (needs_lead IN (0, 1))""",
    """CREATE TRIGGER a_correction_has_a_reason BEFORE INSERT ON submissions
       WHEN NEW.corrects IS NOT NULL AND coalesce(length(NEW.reason), 0) = 0
       BEGIN SELECT RAISE(ABORT, 'a correction has a reason'); END""",
)

# Which submissions one message asked about; `batch` is the first of them.
REQUESTS = (
    """CREATE TABLE requested (
      submission INTEGER NOT NULL REFERENCES submissions(id),
      stage TEXT NOT NULL CHECK (stage IN ('lead', 'planner')), batch INTEGER NOT NULL,
      PRIMARY KEY (submission, stage)) STRICT""",
    "CREATE INDEX requested_batch ON requested(stage, batch)",
)

CONFIRMATIONS = (
    f"""CREATE TABLE confirmations (
      id INTEGER PRIMARY KEY, submission INTEGER NOT NULL UNIQUE REFERENCES submissions(id),
      for_lead TEXT, {WHO}) STRICT""",
    """CREATE TRIGGER nobody_confirms_their_own BEFORE INSERT ON confirmations
       WHEN NEW.actor = (SELECT actor FROM submissions WHERE id = NEW.submission)
       BEGIN SELECT RAISE(ABORT, 'nobody confirms their own submission'); END""",
    """CREATE TRIGGER leads_confirm_first BEFORE INSERT ON decisions
       WHEN NEW.kind = 'approve'
        AND (SELECT needs_lead FROM submissions WHERE id = NEW.submission) = 1
        AND NOT EXISTS (SELECT 1 FROM confirmations WHERE submission = NEW.submission)
       BEGIN SELECT RAISE(ABORT, 'the lead confirms before it is approved'); END""",
    # Whoever put the same figure right on its way here; what was approved in between begins anew.
    """CREATE VIEW correctors AS WITH RECURSIVE chain(submission, actor, before) AS (
         SELECT id, actor, corrects FROM submissions WHERE corrects IS NOT NULL
         UNION
         SELECT c.submission, p.actor, p.corrects FROM chain c
           JOIN submissions p ON p.id = c.before AND p.corrects IS NOT NULL
           JOIN decisions d ON d.submission = p.id AND d.kind <> 'approve')
       SELECT submission, actor FROM chain""",
    """CREATE TRIGGER nobody_approves_what_they_corrected BEFORE INSERT ON decisions
       WHEN NEW.kind = 'approve' AND EXISTS (
         SELECT 1 FROM correctors WHERE submission = NEW.submission AND actor = NEW.actor)
       BEGIN SELECT RAISE(ABORT, 'nobody approves what they corrected'); END""",
)

# `capacity` is 'planner' or the department that is led; the newest row of a user and capacity
# holds, and one without a deputy takes the absence back.
ABSENCES = (
    f"""CREATE TABLE absences (
      id INTEGER PRIMARY KEY, user TEXT NOT NULL, capacity TEXT NOT NULL, deputy TEXT,
      first_day TEXT NOT NULL, last_day TEXT NOT NULL, {WHO},
      CHECK (deputy IS NULL OR deputy <> user), CHECK (first_day <= last_day)) STRICT""",
    "CREATE INDEX absences_user ON absences(user, capacity, id)",
)

# What holds for a collection is its newest row. 'lock' and 'unlock' are a second planner's word on
# a proposal, 'drop' takes a proposal back.
LOCKS = (
    f"""CREATE TABLE locks (
      id INTEGER PRIMARY KEY, plan TEXT NOT NULL, collection INTEGER NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN
        ('propose_lock', 'lock', 'propose_unlock', 'unlock', 'drop')),
      proposal INTEGER UNIQUE REFERENCES locks(id), {WHO},
      CHECK ((proposal IS NULL) = (kind IN ('propose_lock', 'propose_unlock'))),
      CHECK (kind <> 'propose_unlock' OR coalesce(length(reason), 0) > 0)) STRICT""",
    "CREATE INDEX locks_of ON locks(plan, collection, id)",
    """CREATE TRIGGER a_second_planner_locks BEFORE INSERT ON locks
       WHEN NEW.kind IN ('lock', 'unlock') AND NOT EXISTS (
         SELECT 1 FROM locks p WHERE p.id = NEW.proposal AND p.kind = 'propose_' || NEW.kind
           AND p.plan = NEW.plan AND p.collection = NEW.collection AND p.actor <> NEW.actor
           AND p.id = (SELECT max(id) FROM locks
             WHERE plan = NEW.plan AND collection = NEW.collection))
       BEGIN SELECT RAISE(ABORT, 'a second planner confirms a lock'); END""",
    """CREATE VIEW locked AS SELECT plan, collection, max(id) AS id FROM locks
       WHERE kind IN ('lock', 'unlock') GROUP BY plan, collection HAVING kind = 'lock'""",
    """CREATE TRIGGER a_locked_collection_takes_corrections_only BEFORE INSERT ON submissions
       WHEN EXISTS (SELECT 1 FROM locked
           WHERE plan = NEW.plan AND collection = NEW.collection)
        AND (NEW.proxy = 0 OR coalesce(length(NEW.reason), 0) = 0)
       BEGIN SELECT RAISE(ABORT, 'the collection is locked'); END""",
    """CREATE TABLE frozen_verdicts (
      id INTEGER PRIMARY KEY, lock INTEGER NOT NULL REFERENCES locks(id), plan TEXT NOT NULL,
      indicator TEXT NOT NULL, collection INTEGER NOT NULL, state TEXT NOT NULL,
      submission INTEGER REFERENCES submissions(id), period TEXT,
      "values" TEXT NOT NULL CHECK (json_valid("values")),
      baseline TEXT NOT NULL CHECK (json_valid(baseline)),
      target TEXT NOT NULL CHECK (json_valid(target)),
      rule TEXT NOT NULL, rule_version INTEGER NOT NULL, grade TEXT, label TEXT, why TEXT,
      arithmetic TEXT NOT NULL CHECK (json_valid(arithmetic)),
      UNIQUE (lock, indicator)) STRICT""",
)

TABLES = (*COLUMNS, *REQUESTS, *CONFIRMATIONS, *ABSENCES, *LOCKS)
