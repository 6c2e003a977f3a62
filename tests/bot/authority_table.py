"""Who may do what, written out by hand from the design: every act, in every role.

`○` is allowed, `・` is refused. It is not made from `store.people`: the bot is held against it.
"""

from __future__ import annotations

from store.people import Act

# Who plays each role, in the order of the columns. こども課 owns what is acted upon.
PEOPLE = {
    "planner": "U0PLANNER2",
    "lead": "U0CHILD",
    "absent lead": "U0CITY",
    "deputy": "U0CIVIC",
    "member": "U0CHILD2",
    "lead elsewhere": "U0WELFARE",
    "member elsewhere": "U0TRADE",
    "staff": "U0STAFF",
    "guest": "U0GUEST",
    "other workspace": "U0OUTSIDE",
    "deactivated": "U0GONE",
    "other bot": "U0OTHERBOT",
    "nobody": "U0NOBODY",
}
# What is said to those who are from outside, whatever they try.
SHUT_OUT = {
    "guest": "ゲストの方は利用できません。",
    "other workspace": "ほかのワークスペースの方は利用できません。",
    "deactivated": "無効になっている利用者です。",
    "other bot": "ボットからは利用できません。",
    "nobody": "利用者を確認できませんでした。",
}
OUTSIDE = frozenset(SHUT_OUT)
INSIDE = frozenset(PEOPLE) - OUTSIDE

# planner | lead, absent lead, their deputy, member | lead and member elsewhere, staff | from outside
TABLE = """
ask         ○ ○○○○ ○○○ ・・・・・
submit      ・ ○○○○ ・・・ ・・・・・
proxy       ○ ・・・・ ・・・ ・・・・・
confirm     ・ ○○○・ ・・・ ・・・・・
withdraw    ・ ○○○・ ・・・ ・・・・・
approve     ○ ・・・・ ・・・ ・・・・・
send_back   ○ ・・・・ ・・・ ・・・・・
correct     ○ ・・・・ ・・・ ・・・・・
lock        ○ ・・・・ ・・・ ・・・・・
publish     ○ ・・・・ ・・・ ・・・・・
be_away     ○ ○○・・ ○・・ ・・・・・
administer  ○ ・・・・ ・・・ ・・・・・
describe    ○ ○○○○ ・・・ ・・・・・
reflect     ○ ○○○○ ・・・ ・・・・・
answer      ○ ○○○○ ・・・ ・・・・・
revise      ○ ・・・・ ・・・ ・・・・・
"""


def _read(table: str) -> dict[Act, frozenset[str]]:
    allowed = {}
    for line in table.strip().splitlines():
        act, marks = line.split(maxsplit=1)
        there = zip(PEOPLE, marks.replace(" ", ""), strict=True)
        allowed[Act(act)] = frozenset(role for role, mark in there if mark == "○")
    return allowed


ALLOWED = _read(TABLE)
CELLS = [(act, role) for act in ALLOWED for role in PEOPLE]
