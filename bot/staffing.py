"""A department's form against the ledger: what it begins with, what it says, what changed by it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import ValidationError
from sqlite_utils import Database

from answers.answer_view import answer_view
from answers.content import Content
from answers.department_form import (
    CHANNEL,
    INDICATORS,
    LEADS,
    MEMBERS,
    NAME,
    POLICIES,
    department_form,
)
from answers.people_fields import ID, SINCE
from bot.desk import FAILURES, Desk
from store import departments, directory
from store.acts import By
from store.errors import BadForm
from store.inbox import Reply
from store.people_file import DepartmentEntry

BOTH = "課長と担当者の両方に選ばれている人がいます。どちらか一方にしてください。"
NO_DAY = "いつからかを選んでください。"
NO_NAME = "課の名前を入力してください。"
BAD_ID = "課の記号は英数字と - _ で40文字までです。例: children"
TAKEN = "この記号はすでに使われています。別の記号にしてください。"


def metadata(department: str, mark: int, filled: int) -> str:
    """What a form carries: which department, as it was when, filled in how often."""
    return f"{department}|{mark}|{filled}"


def mark(db: Database, department: str) -> int:
    """How much history a department has; a form that was opened before any more of it is old."""
    counted = db.execute(
        """SELECT (SELECT count(*) FROM departments WHERE department = ?1)
                + (SELECT count(*) FROM memberships WHERE department = ?1)
                + (SELECT count(*) FROM assignments WHERE department = ?1)""",
        [department],
    ).fetchone()
    return int(counted[0])


def groups(desk: Desk) -> list[tuple[str, str]]:
    """The workspace's user groups (id, name); none when Slack will not say."""
    try:
        found = desk.client.usergroups_list(include_disabled=False)["usergroups"]
    except FAILURES:
        return []
    return [(group["id"], f"@{group['handle']} {group['name']}") for group in found]


def as_given(desk: Desk, department: str) -> dict[str, Any]:
    """What a department's form begins with."""
    found = departments.departments(desk.db, desk.today).get(department)
    if found is None:
        return {}
    people = departments.members(desk.db, department, desk.today)
    owning = departments.owners(desk.db, desk.plan.id, desk.today)
    owned = [subject for subject, owner in owning.items() if owner == department]
    return {
        ID: found.id,
        NAME: found.name,
        CHANNEL: found.channel,
        LEADS: [user for user, role in people.items() if role == "lead"],
        MEMBERS: [user for user, role in people.items() if role == "member"],
        POLICIES: owned,
        INDICATORS: [subject for subject in owned if subject in desk.plan.by_id],
    }


def form(
    desk: Desk, department: str, given: Mapping[str, Any], said: str = "", filled: int = 0
) -> dict[str, Any]:
    """The form of a department, new if it has no id yet."""
    carried = metadata(department, mark(desk.db, department), filled)
    return department_form(
        desk.plan, given, groups(desk), carried, desk.today, said=said, filled=filled
    )


def entry_of(
    db: Database, department: str, given: Mapping[str, Any], today: date
) -> DepartmentEntry:
    """The form as a department. Raises BadForm with what is wrong, beside its field."""
    wrong = {}
    if not given[NAME]:
        wrong[NAME] = NO_NAME
    if given[SINCE] is None:
        wrong[SINCE] = NO_DAY
    if set(given[LEADS]) & set(given[MEMBERS]):
        wrong[LEADS] = BOTH
    if not department and given[ID] in _ever(db):
        wrong[ID] = TAKEN
    if wrong:
        raise BadForm(wrong)
    try:
        return DepartmentEntry(
            id=department or given[ID] or "",
            name=given[NAME],
            channel=given[CHANNEL],
            leads=given[LEADS],
            members=given[MEMBERS],
            owns=(*given[POLICIES], *given[INDICATORS]),
            since=given[SINCE] or today,
        )
    except ValidationError as error:
        raise BadForm({ID if not department else NAME: BAD_ID}) from error


def give_up(db: Database, by: By, plan: str, entry: DepartmentEntry, since: date) -> None:
    """What the department owned and the form no longer names belongs to nobody from that day on."""
    owning = departments.owners(db, plan, since)
    left = [s for s, owner in owning.items() if owner == entry.id and s not in entry.owns]
    departments.assign(db, by, plan, left, None, since)


def described(desk: Desk, department: str, since: date) -> dict[str, str]:
    """A department on a day, in words, by what may change."""
    names = directory.names(desk.db)
    found = departments.departments(desk.db, since).get(department)
    people = departments.members(desk.db, department, since)
    owning = departments.owners(desk.db, desk.plan.id, since)

    def called(role: str) -> str:
        return "・".join(names.get(u, u) for u, r in people.items() if r == role) or "—"

    return {
        "名前": found.name if found else "—",
        "課長": called("lead"),
        "担当者": called("member"),
        "督促": ("課のチャンネル" if found.channel else "各自のDM") if found else "—",
        "担当": "・".join(s for s, owner in owning.items() if owner == department) or "—",
    }


def changes(before: Mapping[str, str], after: Mapping[str, str], since: date) -> list[str]:
    """`課長 A → B（2025/4/1から）` for each thing that is not what it was."""
    day = f"{since.year}/{since.month}/{since.day}から"
    return [f"{k} {before[k]} → {after[k]}（{day}）" for k in after if before[k] != after[k]]


def instead(content: Content) -> Reply:
    """What stands in the place of the form that was sent."""
    return {"response_action": "update", "view": answer_view(content)}


def check_people(db: Database, picked: Mapping[str, Iterable[str]]) -> None:
    """Raise BadForm, beside their fields, for people who cannot act here: guests, bots, unknown ones."""
    names, wrong = directory.names(db), {}
    for block, users in picked.items():
        out = [names.get(u, u) for u in users if directory.standing(db, u) != "member"]
        if out:
            wrong[block] = (
                f"利用できない人が選ばれています: {'・'.join(out)}。"
                "このワークスペースの正式なメンバーを選んでください。"
            )
    if wrong:
        raise BadForm(wrong)


def full_members(db: Database, users: Sequence[str]) -> list[str]:
    """Those of these users who can act here."""
    return [user for user in users if directory.standing(db, user) == "member"]


def _ever(db: Database) -> set[str]:
    return {row[0] for row in db.execute("SELECT DISTINCT department FROM departments")}
