"""The tables of the first release. What is current is a view."""

from __future__ import annotations

from store.schema.columns import DECIMAL, WHO

HISTORY = (
    "plan_versions",
    "departments",
    "memberships",
    "assignments",
    "planners",
    "settings",
    "submissions",
    "actual_values",
    "decisions",
    "audit",
)

PLANS = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
    """CREATE TRIGGER meta_kind_stays BEFORE UPDATE ON meta WHEN OLD.key = 'kind'
       BEGIN SELECT RAISE(ABORT, 'a database stays what it was born as'); END""",
    f"""CREATE TABLE plan_versions (
      id INTEGER PRIMARY KEY, plan TEXT NOT NULL, first_year INTEGER, last_year INTEGER,
      body TEXT NOT NULL CHECK (json_valid(body)), {WHO}) STRICT""",
    "CREATE INDEX plan_versions_plan ON plan_versions(plan, id)",
    f"""CREATE TABLE settings (
      id INTEGER PRIMARY KEY, key TEXT NOT NULL, value TEXT, {WHO}) STRICT""",
    "CREATE INDEX settings_key ON settings(key, id)",
)

PEOPLE = (
    f"""CREATE TABLE departments (
      id INTEGER PRIMARY KEY, department TEXT NOT NULL, name TEXT NOT NULL, channel TEXT,
      active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
      effective_from TEXT NOT NULL, {WHO}) STRICT""",
    f"""CREATE TABLE memberships (
      id INTEGER PRIMARY KEY, department TEXT NOT NULL, user TEXT NOT NULL,
      role TEXT NOT NULL CHECK (role IN ('lead', 'member', 'none')),
      effective_from TEXT NOT NULL, {WHO}) STRICT""",
    "CREATE INDEX memberships_user ON memberships(user)",
    f"""CREATE TABLE assignments (
      id INTEGER PRIMARY KEY, plan TEXT NOT NULL, subject TEXT NOT NULL, department TEXT,
      effective_from TEXT NOT NULL, {WHO}) STRICT""",
    "CREATE INDEX assignments_plan ON assignments(plan, subject)",
    f"""CREATE TABLE planners (
      id INTEGER PRIMARY KEY, user TEXT NOT NULL,
      active INTEGER NOT NULL CHECK (active IN (0, 1)), {WHO}) STRICT""",
    f"""CREATE TABLE audit (
      id INTEGER PRIMARY KEY, act TEXT NOT NULL, subject TEXT NOT NULL,
      outcome TEXT NOT NULL CHECK (outcome IN ('done', 'denied')), {WHO}) STRICT""",
    """CREATE TABLE directory (
      user TEXT PRIMARY KEY, team TEXT, name TEXT NOT NULL,
      standing TEXT NOT NULL CHECK (standing IN
        ('member', 'guest', 'other_workspace', 'bot', 'deactivated')),
      seen_at TEXT NOT NULL) STRICT""",
)

SUBMISSIONS = (
    f"""CREATE TABLE submissions (
      id INTEGER PRIMARY KEY, plan TEXT NOT NULL, indicator TEXT NOT NULL,
      collection INTEGER NOT NULL CHECK (collection BETWEEN 1926 AND 2200),
      kind TEXT NOT NULL CHECK (kind IN ('actual', 'awaiting', 'no_survey')),
      period TEXT, month INTEGER CHECK (month BETWEEN 1 AND 12),
      source TEXT, note TEXT, typed TEXT, oddities TEXT NOT NULL DEFAULT '[]',
      department TEXT NOT NULL, sample INTEGER NOT NULL DEFAULT 0 CHECK (sample IN (0, 1)),
      {WHO},
      CHECK ((kind = 'actual') = (period IS NOT NULL))) STRICT""",
    "CREATE INDEX submissions_of ON submissions(plan, indicator, collection, id)",
    f"""CREATE TABLE actual_values (
      submission INTEGER NOT NULL REFERENCES submissions(id), series TEXT NOT NULL,
      value TEXT NOT NULL {DECIMAL},
      PRIMARY KEY (submission, series)) STRICT""",
    f"""CREATE TABLE decisions (
      id INTEGER PRIMARY KEY, submission INTEGER NOT NULL UNIQUE REFERENCES submissions(id),
      kind TEXT NOT NULL CHECK (kind IN ('approve', 'return', 'withdraw', 'supersede')),
      new_due TEXT, {WHO},
      CHECK (kind <> 'return' OR length(reason) > 0)) STRICT""",
    """CREATE TRIGGER nobody_approves_their_own BEFORE INSERT ON decisions
       WHEN NEW.kind = 'approve'
        AND NEW.actor = (SELECT actor FROM submissions WHERE id = NEW.submission)
       BEGIN SELECT RAISE(ABORT, 'nobody approves their own submission'); END""",
    """CREATE VIEW submission_states AS
       SELECT s.*, d.id AS decision, d.kind AS decided, d.at AS decided_at,
              d.actor AS decided_by, d.reason AS decided_why, d.new_due
       FROM submissions s LEFT JOIN decisions d ON d.submission = s.id""",
    """CREATE VIEW current_submissions AS
       SELECT * FROM submission_states r WHERE decided = 'approve' AND NOT EXISTS (
         SELECT 1 FROM submissions s JOIN decisions d ON d.submission = s.id
         WHERE s.plan = r.plan AND s.indicator = r.indicator AND s.collection = r.collection
           AND d.kind = 'approve' AND d.id > r.decision)""",
    "CREATE VIEW open_submissions AS SELECT * FROM submission_states WHERE decided IS NULL",
)

WORKING = (
    """CREATE TABLE drafts (
      id TEXT PRIMARY KEY, owner TEXT NOT NULL, payload TEXT NOT NULL CHECK (json_valid(payload)),
      created_at TEXT NOT NULL, expires_at TEXT NOT NULL, used_at TEXT) STRICT""",
    """CREATE TABLE inbox (
      key TEXT PRIMARY KEY, at TEXT NOT NULL, reply TEXT CHECK (reply IS NULL OR json_valid(reply)))
      STRICT""",
    """CREATE TABLE outbox (
      key TEXT PRIMARY KEY, audience TEXT NOT NULL, title TEXT NOT NULL,
      payload TEXT CHECK (payload IS NULL OR json_valid(payload)),
      state TEXT NOT NULL
        CHECK (state IN ('due', 'sending', 'sent', 'skipped', 'unknown', 'dead')),
      edits TEXT, verify INTEGER NOT NULL DEFAULT 0, attempt INTEGER NOT NULL DEFAULT 0,
      made_at REAL NOT NULL, first_at REAL, last_try REAL, next_at REAL NOT NULL,
      channel TEXT, ts TEXT, via TEXT, error TEXT, mark INTEGER) STRICT""",
    "CREATE INDEX outbox_due ON outbox(state, next_at)",
    "CREATE INDEX outbox_tried ON outbox(last_try)",
)

TABLES = (*PLANS, *PEOPLE, *SUBMISSIONS, *WORKING)
