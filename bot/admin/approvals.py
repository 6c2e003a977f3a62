"""`/kpi-admin 承認`, `課長確認`, `定型文`, `訂正` and `不在`: pages about what waits and who decides."""

from __future__ import annotations

from answers.content import Content
from answers.correcting import not_locked
from answers.lead_rules import lead_rules
from answers.queue_state import Chosen
from answers.returning import templates_form
from answers.said import read_words
from bot import absences as away
from bot import queues
from bot.admin.page import Request, View
from bot.decision_forms import after_lock, templates
from bot.desk import Desk
from store import confirming, departments, locks
from store.errors import UnknownWords
from store.fiscal import read_year
from store.reading.letters import normalise


def queue_page(desk: Desk, request: Request) -> View:
    """What waits; `承認 こども課 R6` shows that department's of that collection."""
    chosen = Chosen()
    for word in request.words.split():
        year = read_year(word, desk.today)
        if year is not None:
            chosen = Chosen(chosen.department, "", year)
        else:
            chosen = Chosen(_department(desk, word), "", chosen.collection)
    return queues.queue(desk, request.person, "planner", chosen)


def lead_rules_page(desk: Desk, _: Request) -> Content:
    """Which departments want 課長確認."""
    return lead_rules_of(desk)


def lead_rules_of(desk: Desk) -> Content:
    """The page, as it stands now."""
    known = departments.departments(desk.db, desk.today).values()
    return lead_rules(tuple(known), confirming.departments_that_want(desk.db))


def templates_page(desk: Desk, _: Request) -> View:
    """The sentences that a return form offers."""
    return templates_form(templates(desk))


def correction_page(desk: Desk, request: Request) -> View | Content:
    """`訂正 1-1b R6`: a figure of a locked collection, with the reason."""
    typed = f"/kpi-admin 訂正 {request.words}".strip()
    words = read_words(request.words, desk.plan, desk.today)
    if words.indicator is None or words.collection is None:
        raise UnknownWords(
            "訂正する指標と年度を続けて入力してください。例: `/kpi-admin 訂正 1-1b R6`", typed
        )
    if locks.lock_of(desk.db, desk.plan.id, words.collection) is None:
        return not_locked(words.indicator, words.collection)
    return after_lock(desk, desk.plan.id, words.indicator.id, words.collection)


def away_page(desk: Desk, request: Request) -> View:
    """不在・代行."""
    return away.form(desk, request.person)


def _department(desk: Desk, word: str) -> str:
    known = departments.departments(desk.db, desk.today)
    if word in known:
        return word
    wanted = normalise(word)
    found = [d.id for d in known.values() if wanted in normalise(d.name)]
    if len(found) != 1:
        names = "、".join(d.name for d in known.values())
        raise UnknownWords(
            f"「{word}」という課は見つかりません。登録されている課: {names}",
            f"/kpi-admin 承認 {word}",
        )
    return found[0]
