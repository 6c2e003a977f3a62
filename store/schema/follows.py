"""What people and channels follow, and whom the bot has greeted."""

from __future__ import annotations

from store.schema.columns import WHO

HISTORY = ("follows",)

TABLES = (
    f"""CREATE TABLE follows (
      id INTEGER PRIMARY KEY, plan TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('indicator', 'policy', 'goal')), subject TEXT NOT NULL,
      active INTEGER NOT NULL CHECK (active IN (0, 1)), {WHO}) STRICT""",
    "CREATE INDEX follows_subject ON follows(plan, kind, subject, actor, id)",
    "CREATE INDEX follows_actor ON follows(actor, plan)",
)

# What stands in the place of `follows`: a channel follows too, and a department can be followed.
FOLLOWINGS_HISTORY = ("followings",)
FOLLOWINGS = (
    f"""CREATE TABLE followings (
      id INTEGER PRIMARY KEY, plan TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('indicator', 'policy', 'goal', 'department')),
      subject TEXT NOT NULL, follower TEXT NOT NULL CHECK (length(follower) > 0),
      active INTEGER NOT NULL CHECK (active IN (0, 1)), {WHO}) STRICT""",
    "CREATE INDEX followings_subject ON followings(plan, kind, subject, follower, id)",
    "CREATE INDEX followings_follower ON followings(follower, plan)",
    """INSERT INTO followings(plan, kind, subject, follower, active, at, actor, surface, reason)
       SELECT plan, kind, subject, actor, active, at, actor, surface, reason
       FROM follows ORDER BY id""",
)

# Whoever opened Home before the first greeting was made knows the bot.
WELCOMES = (
    "CREATE TABLE welcomes (user TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT",
    "INSERT INTO welcomes(user, at) SELECT user, opened_at FROM homes",
)
