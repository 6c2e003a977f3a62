"""Why each message of the four years is said: the rules, worked out from the facts alone.

`expected` names every message that has to be in the ledger with the rule that caused it. A message
that it does not name has none, and one that it names and that is not there was forgotten.
"""

from __future__ import annotations

from tests.years.answers import asked, news, rewritten, told
from tests.years.facts import Facts
from tests.years.mornings import digests, reminders
from tests.years.said import Expected

RULES = {
    "weekly": "a digest, on the open day of the week from its own day on",
    "monthly": "a digest, on the open day of the month from its own day on",
    "ahead": "a department owes something due in 30, 14, 7, 3, 1 or 0 days",
    "late": "a department owes something that was due whole weeks ago, until publication",
    "again": "a department held its reminders back until this day",
    "month": "a statistic comes out this month: its first and last open day",
    "confirm": "something waits for its lead for more than three open days, and every fifth on",
    "approve": "something waits for planners for more than three open days, and every fifth on",
    "overdue": "planners: a department is late by one to four weeks, or by every fourth on",
    "stage": "a stage of the cycle begins or falls due: planners; of its beginning, departments too",
    "asked": "somebody gave figures: whoever decides next is asked",
    "decided": "what was asked about is decided: the request says so where it stands",
    "outcome": "figures were decided: who gave them and their department hear it",
    "done": "a department has given everything: its last reminders say so",
    "held": "a department holds its reminders back: its last reminders say so",
    "news": "an hour after approved values: who follows them, and the channel, of new verdicts",
    "closed": "planners closed a stage: the channel for news",
    "lock": "a planner proposes to lock: the other is asked, then both hear what became of it",
}


def expected(facts: Facts) -> Expected:
    """Every message by its key; of a message that two acts want, the first one's."""
    mornings = dict(reminders(facts))
    found = dict(digests(facts)) | {key: said for key, (said, _) in mornings.items()}
    rest = (*asked(facts), *told(facts), *news(facts), *rewritten(facts, mornings))
    for key, said in rest:
        found.setdefault(key, said)
    return found
