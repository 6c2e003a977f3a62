"""Who gets which digest and when, and which message of the outbox was which digest."""

from __future__ import annotations

from store.schema.columns import WHO

HISTORY = ("subscriptions", "digests_told")

# `subject` is a goal as `PLAN/GOAL` or a department's id; `day` is a weekday (Monday is 0) or a day
# of the month (31 is its last); `since` is the newest decision before the subscription began.
# Channels that had the digest before there were subscriptions keep it as they had it.
TABLES = (
    f"""CREATE TABLE subscriptions (
      id INTEGER PRIMARY KEY, channel TEXT NOT NULL CHECK (length(channel) > 0),
      scope TEXT NOT NULL CHECK (scope IN ('all', 'goal', 'department')),
      subject TEXT NOT NULL CHECK ((scope = 'all') = (subject = '')),
      rhythm TEXT NOT NULL CHECK (rhythm IN ('weekly', 'monthly')),
      day INTEGER NOT NULL CHECK
        (CASE rhythm WHEN 'weekly' THEN day BETWEEN 0 AND 4 ELSE day BETWEEN 1 AND 31 END),
      time TEXT NOT NULL CHECK (time GLOB '[0-2][0-9]:[0-5][0-9]'),
      since INTEGER NOT NULL CHECK (since >= 0),
      active INTEGER NOT NULL CHECK (active IN (0, 1)), {WHO}) STRICT""",
    "CREATE INDEX subscriptions_of ON subscriptions(channel, scope, subject, rhythm, id)",
    """INSERT INTO subscriptions(channel, scope, subject, rhythm, day, time, since, active,
         at, actor, surface, reason)
       SELECT substr(key, 14), 'all', '', 'weekly', 0, '09:00', coalesce(CAST(value AS INTEGER), 0),
         value IS NOT NULL, at, actor, surface, reason
       FROM settings WHERE key LIKE 'digest.since.%' ORDER BY id""",
    """CREATE TABLE digests_told (
      key TEXT PRIMARY KEY, subscription TEXT NOT NULL) STRICT""",
    "CREATE INDEX digests_told_of ON digests_told(subscription)",
    """INSERT INTO digests_told(key, subscription)
       SELECT key, 'weekly:' || audience FROM outbox WHERE key LIKE 'digest:%'""",
)

# When a message falls due that is of an occasion; what answers an act of a person has no such time.
DUE = ("ALTER TABLE outbox ADD COLUMN due_at REAL",)
