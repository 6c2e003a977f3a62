"""取組内容・要因・今後の方向性 as departments write them, and 意見 with what was done about each."""

from __future__ import annotations

from store.schema.columns import WHO

HISTORY = ("efforts", "opinions", "opinion_answers")

# The newest row of a subject and collection holds; one without a word takes back what was written.
EFFORTS = (
    f"""CREATE TABLE efforts (
      id INTEGER PRIMARY KEY, plan TEXT NOT NULL, collection INTEGER NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('goal', 'indicator')),
      subject TEXT NOT NULL CHECK (length(subject) > 0), department TEXT,
      work TEXT CHECK (length(work) > 0), factors TEXT CHECK (length(factors) > 0),
      direction TEXT CHECK (direction IN ('expand', 'continue', 'review', 'end')), {WHO}) STRICT""",
    "CREATE INDEX efforts_of ON efforts(plan, collection, kind, subject, id)",
)

# `opinion` is the first row of an opinion that was mended since: of all its rows the newest holds,
# and `gone` takes the opinion back. One without a department is for the planning section.
OPINIONS = (
    f"""CREATE TABLE opinions (
      id INTEGER PRIMARY KEY, opinion INTEGER REFERENCES opinions(id),
      plan TEXT NOT NULL, collection INTEGER NOT NULL,
      body TEXT NOT NULL CHECK (body IN ('executive_meeting', 'panel')), held_on TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('whole', 'goal', 'indicator')), subject TEXT NOT NULL,
      text TEXT NOT NULL CHECK (length(trim(text)) > 0), department TEXT, due TEXT,
      gone INTEGER NOT NULL DEFAULT 0 CHECK (gone IN (0, 1)), {WHO},
      CHECK ((kind = 'whole') = (subject = '')),
      CHECK (opinion IS NOT NULL OR gone = 0)) STRICT""",
    "CREATE INDEX opinions_of ON opinions(plan, collection, id)",
    "CREATE INDEX opinions_first ON opinions(opinion, id)",
    """CREATE TRIGGER an_opinion_is_mended_at_its_first_row BEFORE INSERT ON opinions
       WHEN NEW.opinion IS NOT NULL AND NOT EXISTS (
         SELECT 1 FROM opinions f WHERE f.id = NEW.opinion AND f.opinion IS NULL
           AND f.plan = NEW.plan AND f.collection = NEW.collection)
       BEGIN SELECT RAISE(ABORT, 'an opinion is mended at its first row'); END""",
    """CREATE VIEW current_opinions AS SELECT coalesce(opinion, id) AS number, * FROM opinions o
       WHERE gone = 0 AND id = (SELECT max(id) FROM opinions
         WHERE coalesce(opinion, id) = coalesce(o.opinion, o.id))""",
)

# What was done about an opinion; the newest answer counts. `department` is whose answer it is.
ANSWERS = (
    f"""CREATE TABLE opinion_answers (
      id INTEGER PRIMARY KEY, opinion INTEGER NOT NULL REFERENCES opinions(id),
      text TEXT NOT NULL CHECK (length(trim(text)) > 0), department TEXT, {WHO}) STRICT""",
    "CREATE INDEX opinion_answers_of ON opinion_answers(opinion, id)",
    """CREATE TRIGGER an_answer_is_to_an_opinion_that_holds BEFORE INSERT ON opinion_answers
       WHEN NOT EXISTS (SELECT 1 FROM current_opinions WHERE number = NEW.opinion)
       BEGIN SELECT RAISE(ABORT, 'an answer is to an opinion that holds'); END""",
)

TABLES = (*EFFORTS, *OPINIONS, *ANSWERS)
