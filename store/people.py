"""Who may do what: one table, `AUTHORITY`, read for the acting user at the time of the act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlite_utils import Database

from store.acts import By, rows
from store.departments import Department, departments, planners
from store.errors import NotAllowed


class Role(StrEnum):
    """What a user is to an act: everybody of the workspace, the owning department, planners."""

    STAFF = "staff"
    DEPARTMENT = "department"
    PLANNER = "planner"


class Act(StrEnum):
    """What people do."""

    ASK = "ask"
    SUBMIT = "submit"
    APPROVE = "approve"
    SEND_BACK = "send_back"
    ADMINISTER = "administer"


AUTHORITY: dict[Act, frozenset[Role]] = {
    Act.ASK: frozenset({Role.STAFF}),
    Act.SUBMIT: frozenset({Role.DEPARTMENT}),
    Act.APPROVE: frozenset({Role.PLANNER}),
    Act.SEND_BACK: frozenset({Role.PLANNER}),
    Act.ADMINISTER: frozenset({Role.PLANNER}),
}

SHUT_OUT = {
    "guest": "ゲストの方は利用できません。",
    "other_workspace": "ほかのワークスペースの方は利用できません。",
    "bot": "ボットからは利用できません。",
    "deactivated": "無効になっている利用者です。",
    "unknown": "利用者を確認できませんでした。少し待ってからもう一度お試しください。",
}


@dataclass(frozen=True)
class Who:
    """One user on one day: standing in the workspace, departments led or joined, planner or not."""

    user: str
    standing: str
    departments: tuple[Department, ...] = ()
    leads: tuple[str, ...] = ()
    planner: bool = False

    @property
    def admitted(self) -> bool:
        """A full, present member of this workspace."""
        return self.standing == "member"

    def belongs_to(self, department: Department | None) -> bool:
        """A present member or lead of that department."""
        return department is not None and department.id in {d.id for d in self.departments}

    def roles(self, owner: Department | None = None) -> frozenset[Role]:
        """The roles this user has towards something that `owner` owns."""
        if not self.admitted:
            return frozenset()
        found = {Role.STAFF}
        if self.belongs_to(owner):
            found.add(Role.DEPARTMENT)
        if self.planner:
            found.add(Role.PLANNER)
        return frozenset(found)

    def may(self, act: Act, owner: Department | None = None) -> bool:
        """What the table of authority says, now."""
        return bool(AUTHORITY[act] & self.roles(owner))


def who(db: Database, user: str, standing: str, today: date) -> Who:
    """What `user` is today. `standing` is the workspace's word on them (see `store.directory`)."""
    mine = rows(
        db,
        """SELECT department, role FROM memberships m WHERE user = ? AND effective_from <= ?
           AND id = (SELECT id FROM memberships WHERE user = m.user AND department = m.department
             AND effective_from <= ? ORDER BY effective_from DESC, id DESC LIMIT 1)
           AND role <> 'none' ORDER BY department""",
        [user, today.isoformat(), today.isoformat()],
    )
    known = departments(db, today)
    present = [m for m in mine if m["department"] in known]
    return Who(
        user,
        standing,
        tuple(known[m["department"]] for m in present),
        tuple(m["department"] for m in present if m["role"] == "lead"),
        user in planners(db),
    )


def permit(by: By, person: Who, act: Act, subject: str, owner: Department | None = None) -> None:
    """Let the act pass, or raise NotAllowed with a polite sentence.

    The door of the act (`store.inbox.once`) turns that into one audit row and no business row.
    """
    if not person.may(act, owner):
        raise NotAllowed(refusal(person, act, owner), by, act, subject)


def refusal(person: Who, act: Act, owner: Department | None = None) -> str:
    """Why the act is refused, and who could do it."""
    if not person.admitted:
        return SHUT_OUT.get(person.standing, SHUT_OUT["unknown"])
    if act is Act.SUBMIT:
        mine = "・".join(d.name for d in person.departments) or "なし"
        can = f"{owner.name}の担当者" if owner else "担当課（未設定）の担当者"
        return f"この指標の提出は{can}ができます。あなたの所属: {mine}。担当の変更は企画担当へ。"
    return "この操作は企画担当ができます。"
