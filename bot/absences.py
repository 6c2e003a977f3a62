"""不在・代行 as leads and planners act it out: the posts they hold, who may stand in, who is told."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlite_utils import Database

from answers.away import CAPACITY, DEPUTY, FIRST, LAST, away_form, deputy_told
from bot.desk import Desk
from bot.telling import say
from store import absences, departments, directory
from store.absences import PLANNER, Absence
from store.acts import By
from store.errors import BadForm, NotAllowed, Stale
from store.people import Act, Who, refusal

SECTION = "企画担当"
# Longer than any leave: a typing mistake in the year is asked about.
MOST_DAYS = 366


def posts(person: Who) -> dict[str, str]:
    """The capacities in which this person may be away, with their names."""
    if not person.admitted:
        return {}
    led = {d.id: f"{d.name}の課長" for d in person.departments if d.id in person.leads}
    return ({PLANNER: SECTION} if person.planner else {}) | led


def permit_away(by: By, person: Who) -> None:
    """Leads and planners only; else raise NotAllowed."""
    if not posts(person):
        raise NotAllowed(refusal(person, Act.BE_AWAY), by, Act.BE_AWAY, "absence")


def form(desk: Desk, person: Who) -> dict[str, Any]:
    """The form, with what is registered already."""
    return away_form(posts(person), person.away, directory.names(desk.db), desk.today)


def register(
    db: Database,
    by: By,
    person: Who,
    capacity: str,
    deputy: str,
    first: date | None,
    last: date | None,
) -> Absence:
    """Keep an absence and tell the deputy. Raises BadForm for a deputy or days that cannot be."""
    permit_away(by, person)
    held = posts(person)
    if capacity not in held:
        raise BadForm({CAPACITY: "今の役割から選んでください。"})
    wrong = _wrong_days(by.at.date(), first, last)
    if said := _wrong_deputy(db, by, capacity, deputy):
        wrong[DEPUTY] = said
    if wrong or first is None or last is None:
        raise BadForm(wrong)
    absence = Absence(person.user, capacity, deputy, first, last)
    absences.be_away(db, by, absence)
    told = deputy_told(absence, held[capacity], directory.names(db), by.at.date())
    key = f"deputy:{person.user}:{capacity}:{by.at.isoformat()}"
    say(db, by, key, deputy, told, "代行のお願い")
    return absence


def take_back(db: Database, by: By, person: Who, capacity: str) -> None:
    """End an absence now. Raises Stale when there is none."""
    permit_away(by, person)
    if not absences.be_back(db, by, person.user, capacity, by.at.date()):
        raise Stale("この不在はすでに終わっています。変更はありません。")


def _wrong_days(today: date, first: date | None, last: date | None) -> dict[str, str]:
    if first is None or last is None:
        empty = {FIRST: first, LAST: last}
        return {block: "日を選んでください。" for block, day in empty.items() if day is None}
    if last < today:
        return {LAST: "最後の日は今日以降を選んでください。"}
    if last < first:
        return {LAST: "最後の日は最初の日以降を選んでください。"}
    if (last - first).days >= MOST_DAYS:
        return {LAST: "不在は1年以内にしてください。年が違っていませんか。"}
    return {}


def _wrong_deputy(db: Database, by: By, capacity: str, deputy: str) -> str | None:
    if deputy == by.actor:
        return "ご自身以外の人を選んでください。"
    if directory.standing(db, deputy) != "member":
        return "この人は利用できません。職員から選んでください。"
    if capacity == PLANNER:
        fits = deputy in departments.planners(db)
        return None if fits else "企画担当の代行者は、企画担当から選んでください。"
    fits = deputy in departments.reachable(db, capacity, by.at.date())
    return None if fits else "課長の代行者は、同じ課の人から選んでください。"
