"""答弁メモ as words ask for it: 答弁 1-1b R6, 答弁 目標3."""

from __future__ import annotations

from datetime import date

from sqlite_utils import Database

from answers.asked import Asked
from answers.content import Content
from answers.memo import SUBJECTS, memo
from answers.memo_page import WORD, memo_asked_back, memo_page
from bot.desk import Desk
from bot.reading import as_mine, beside, read
from store.errors import UnknownWords
from store.people import Who
from store.reading.letters import fold

ASKED_BY = frozenset({WORD, f"{WORD}メモ", f"議会{WORD}", f"議会{WORD}メモ"})
ANYBODY = Who("", "member")
"""Whoever reads a memo: it holds nothing that only some may see."""


def page(desk: Desk, person: Who, words: str) -> Content | None:
    """What 答弁 asks for; None when the words ask for something else."""
    first, _, rest = fold(words).strip().partition(" ")
    if first not in ASKED_BY:
        return None
    asked = asked_for(desk.db, as_mine(rest, person), desk.today)
    if asked is None:
        understood = (
            f"「{rest.strip()}」は1つの指標や目標として読めません。" if rest.strip() else ""
        )
        return memo_asked_back(understood, desk.plan.indicators[0].id)
    return memo_page(asked)


def memo_of(db: Database, words: str, today: date) -> str:
    """The memo that the words ask for. Raises UnknownWords where they name no one thing."""
    asked = asked_for(db, words, today)
    if asked is None:
        said = f"「{words}」は1つの指標・目標・施策として読めません。例: 1-1b、目標3"
        raise UnknownWords(said, words)
    return memo(asked)


def asked_for(db: Database, words: str, today: date) -> Asked | None:
    """The one indicator, goal or policy that the words name, as anybody may see it."""
    found = read(db, words, today)
    if found.intention.kind not in SUBJECTS:
        return None
    held = beside(db, found)
    return Asked(found.intention, found.outlook, ANYBODY, {}, found.earlier, beside=held)
