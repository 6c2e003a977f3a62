"""Where what the history tells is kept: each kind of act as rows of one shape."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

What = Literal[
    "submit",
    "correct",
    "confirm",
    "approve",
    "return",
    "withdraw",
    "supersede",
    "compare",
    "card",
    "assign",
    "lock",
    "publish",
    "effort",
    "opinion",
    "answer",
    "revise",
    "setting",
    "stage",
    "report",
]
WHATS: tuple[What, ...] = get_args(What)

# `one`, `two` and `three` are told by the names that DETAILS gives them for each kind.
EVENTS = """
  SELECT CASE WHEN corrects IS NOT NULL OR EXISTS (
           SELECT 1 FROM submissions p JOIN decisions d ON d.submission = p.id
           WHERE p.plan = s.plan AND p.indicator = s.indicator AND p.collection = s.collection
             AND p.id < s.id AND d.kind = 'approve' AND d.at <= s.at) THEN 'correct' ELSE 'submit'
         END AS what, id AS number, plan, indicator AS subject, collection, department, at,
         actor, surface, reason, id AS submission, 1 AS rank,
         NULL AS one, NULL AS two, NULL AS three, NULL AS entries FROM submissions s
  UNION ALL
  SELECT 'confirm', c.id, s.plan, s.indicator, s.collection, s.department, c.at, c.actor,
         c.surface, c.reason, s.id, 2, c.for_lead, NULL, NULL, NULL
    FROM confirmations c JOIN submissions s ON s.id = c.submission
  UNION ALL
  SELECT d.kind, d.id, s.plan, s.indicator, s.collection, s.department, d.at, d.actor, d.surface,
         d.reason, s.id, 3, d.new_due, NULL, NULL, NULL
    FROM decisions d JOIN submissions s ON s.id = d.submission
  UNION ALL
  SELECT 'compare', max(id), plan, indicator, NULL, NULL, at, actor, surface, reason, NULL, 4,
         place, period, max(source), json_group_array(json_array(series, value) ORDER BY id)
    FROM comparisons GROUP BY plan, indicator, place, period, at, actor, surface
  UNION ALL
  SELECT 'card', max(id), plan, indicator, NULL, NULL, at, actor, surface, reason, NULL, 5,
         NULL, NULL, NULL, json_group_array(json_array(field, value) ORDER BY id)
    FROM cards GROUP BY plan, indicator, at, actor, surface
  UNION ALL
  SELECT 'assign', id, plan, subject, NULL, department, at, actor, surface, reason, NULL, 6,
         effective_from, NULL, NULL, NULL FROM assignments
  UNION ALL
  SELECT 'lock', id, plan, '', collection, NULL, at, actor, surface, reason, NULL, 7,
         kind, NULL, NULL, NULL FROM locks
  UNION ALL
  SELECT 'publish', id, plan, '', collection, NULL, at, actor, surface, reason, NULL, 8,
         kind, NULL, NULL, NULL FROM publications
  UNION ALL
  SELECT 'effort', id, plan, iif(kind = 'indicator', subject, ''), collection, department, at,
         actor, surface, reason, NULL, 9, work, factors, direction, NULL FROM efforts
  UNION ALL
  SELECT 'opinion', id, plan, iif(kind = 'indicator', subject, ''), collection, department, at,
         actor, surface, reason, NULL, 10, body,
         CASE WHEN gone = 1 THEN 'gone' WHEN opinion IS NULL THEN 'enter' ELSE 'mend' END, text,
         NULL FROM opinions
  UNION ALL
  SELECT 'answer', a.id, o.plan, iif(o.kind = 'indicator', o.subject, ''), o.collection,
         a.department, a.at, a.actor, a.surface, a.reason, NULL, 11, a.text, a.opinion, NULL, NULL
    FROM opinion_answers a JOIN opinions o ON o.id = a.opinion
  UNION ALL
  SELECT 'revise', id, plan, indicator, NULL, NULL, at, actor, surface, reason, NULL, 12,
         'propose', from_year, after, NULL FROM revision_proposals
  UNION ALL
  SELECT 'revise', s.id, p.plan, p.indicator, NULL, NULL, s.at, s.actor, s.surface, s.reason,
         NULL, 13, s.kind, p.from_year, p.after, NULL
    FROM revision_settlements s JOIN revision_proposals p ON p.id = s.proposal
  UNION ALL
  SELECT 'setting', id,
         iif(key LIKE 'cycle.%', substr(key, 7, instr(substr(key, 7), '.') - 1), '*'), '',
         iif(key LIKE 'cycle.%',
             CAST(substr(key, 7 + instr(substr(key, 7), '.')) AS INTEGER), NULL), NULL,
         at, actor, surface, reason, NULL, 13, key, value, NULL, NULL
    FROM settings WHERE key NOT LIKE 'own.%' AND key NOT LIKE 'digest.since.%'
  UNION ALL
  SELECT 'setting', id, '*', '', NULL, NULL, at, actor, surface, reason, NULL, 15,
         'digest.' || channel, iif(active = 1, rhythm, NULL), NULL, NULL FROM subscriptions
  UNION ALL
  SELECT 'stage', id, plan, '', collection, NULL, at, actor, surface, reason, NULL, 14,
         change, stage, CAST(overruled AS TEXT), NULL FROM stage_closings
  UNION ALL
  SELECT 'report', max(id), plan, '', collection, NULL, at, actor, surface, reason, NULL, 16,
         'edit', kind, NULL, json_group_array(json_array(part, text) ORDER BY id)
    FROM report_texts GROUP BY plan, collection, kind, at, actor, surface, reason
  UNION ALL
  SELECT 'report', id, plan, '', collection, NULL, at, actor, surface, reason, NULL, 17,
         'finish', kind, NULL, NULL FROM report_finals"""

DETAILS: Mapping[What, tuple[str, ...]] = {
    "confirm": ("for_lead",),
    "return": ("new_due",),
    "compare": ("place", "period", "source"),
    "assign": ("effective_from",),
    "lock": ("kind",),
    "publish": ("kind",),
    "effort": ("work", "factors", "direction"),
    "opinion": ("body", "kind", "text"),
    "answer": ("text",),
    "revise": ("kind", "from_year", "after"),
    "setting": ("key", "value"),
    "stage": ("kind", "stage", "overruled"),
    "report": ("kind", "report"),
}
