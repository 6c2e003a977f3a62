"""Who may do what: one table, `AUTHORITY`, read for the acting user at the time of the act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlite_utils import Database

from store.absences import PLANNER, Absence, absences
from store.acts import By, rows
from store.departments import Department, departments, planners
from store.errors import NotAllowed


class Role(StrEnum):
    """What a user is to an act: staff, of the owning department, its lead, a planner, the submitter.

    A deputy of a lead who is away is a lead while they are. The submitter is whoever submitted and
    still could: of the department, or a planner.
    """

    STAFF = "staff"
    DEPARTMENT = "department"
    LEAD = "lead"
    PLANNER = "planner"
    SUBMITTER = "submitter"


class Act(StrEnum):
    """What people do."""

    ASK = "ask"
    SUBMIT = "submit"
    PROXY = "proxy"
    CONFIRM = "confirm"
    WITHDRAW = "withdraw"
    APPROVE = "approve"
    SEND_BACK = "send_back"
    CORRECT = "correct"
    LOCK = "lock"
    PUBLISH = "publish"
    BE_AWAY = "be_away"
    ADMINISTER = "administer"
    DESCRIBE = "describe"
    REFLECT = "reflect"
    ANSWER = "answer"
    REVISE = "revise"


AUTHORITY: dict[Act, frozenset[Role]] = {
    Act.ASK: frozenset({Role.STAFF}),
    Act.SUBMIT: frozenset({Role.DEPARTMENT}),
    Act.PROXY: frozenset({Role.PLANNER}),
    Act.CONFIRM: frozenset({Role.LEAD}),
    Act.WITHDRAW: frozenset({Role.SUBMITTER, Role.LEAD}),
    Act.APPROVE: frozenset({Role.PLANNER}),
    Act.SEND_BACK: frozenset({Role.PLANNER}),
    Act.CORRECT: frozenset({Role.PLANNER}),
    Act.LOCK: frozenset({Role.PLANNER}),
    Act.PUBLISH: frozenset({Role.PLANNER}),
    Act.BE_AWAY: frozenset({Role.LEAD, Role.PLANNER}),
    Act.ADMINISTER: frozenset({Role.PLANNER}),
    Act.DESCRIBE: frozenset({Role.DEPARTMENT, Role.PLANNER}),
    Act.REFLECT: frozenset({Role.DEPARTMENT, Role.PLANNER}),
    Act.ANSWER: frozenset({Role.DEPARTMENT, Role.PLANNER}),
    Act.REVISE: frozenset({Role.PLANNER}),
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
    """One user on one day: standing in the workspace, departments led or joined, planner or not.

    `away` are this user's own absences, of today and to come; `standing_in` those of today in which
    this user is the deputy.
    """

    user: str
    standing: str
    departments: tuple[Department, ...] = ()
    leads: tuple[str, ...] = ()
    planner: bool = False
    away: tuple[Absence, ...] = ()
    standing_in: tuple[Absence, ...] = ()

    @property
    def admitted(self) -> bool:
        """A full, present member of this workspace."""
        return self.standing == "member"

    def belongs_to(self, department: Department | None) -> bool:
        """A present member or lead of that department."""
        return department is not None and department.id in {d.id for d in self.departments}

    def stands_in_at(self, department: str) -> Absence | None:
        """The absence of a department's lead in which this user, of that department, is deputy."""
        mine = department in {d.id for d in self.departments}
        return next((a for a in self.standing_in if mine and a.capacity == department), None)

    def leads_today(self, department: Department | None) -> bool:
        """A lead of that department, or the deputy of one who is away."""
        if department is None or not self.belongs_to(department):
            return False
        return department.id in self.leads or self.stands_in_at(department.id) is not None

    def roles(
        self, owner: Department | None = None, submitter: str | None = None
    ) -> frozenset[Role]:
        """The roles this user has towards what `owner` owns and `submitter` submitted."""
        if not self.admitted:
            return frozenset()
        found = {Role.STAFF}
        if self.belongs_to(owner):
            found.add(Role.DEPARTMENT)
        if self.leads_today(owner):
            found.add(Role.LEAD)
        if self.planner:
            found.add(Role.PLANNER)
        if self.user == submitter and found & {Role.DEPARTMENT, Role.PLANNER}:
            found.add(Role.SUBMITTER)
        return frozenset(found)

    def may(self, act: Act, owner: Department | None = None, submitter: str | None = None) -> bool:
        """What the table of authority says, now."""
        return bool(AUTHORITY[act] & self.roles(owner, submitter))


def who(db: Database, user: str, standing: str, today: date) -> Who:
    """What `user` is today. `standing` is the workspace's word on them (see `store.directory`)."""
    mine = _memberships(db, user, today)
    known = departments(db, today)
    present = {name: role for name, role in mine.items() if name in known}
    held = absences(db, today)
    making = planners(db)
    return Who(
        user,
        standing,
        tuple(known[name] for name in present),
        tuple(name for name, role in present.items() if role == "lead"),
        user in making,
        tuple(a for a in held if a.user == user),
        tuple(a for a in held if a.deputy == user and a.covers(today) and _holds(db, a, today)),
    )


def _memberships(db: Database, user: str, today: date) -> dict[str, str]:
    found = rows(
        db,
        """SELECT department, role FROM memberships m WHERE user = ? AND effective_from <= ?
           AND id = (SELECT id FROM memberships WHERE user = m.user AND department = m.department
             AND effective_from <= ? ORDER BY effective_from DESC, id DESC LIMIT 1)
           AND role <> 'none' ORDER BY department""",
        [user, today.isoformat(), today.isoformat()],
    )
    return {row["department"]: row["role"] for row in found}


def _holds(db: Database, absence: Absence, today: date) -> bool:
    """Whoever is away still has the post that a deputy stands in for."""
    if absence.capacity == PLANNER:
        return absence.user in planners(db)
    return _memberships(db, absence.user, today).get(absence.capacity) == "lead"


def permit(
    by: By,
    person: Who,
    act: Act,
    subject: str,
    owner: Department | None = None,
    submitter: str | None = None,
) -> None:
    """Let the act pass, or raise NotAllowed with a polite sentence.

    The door of the act (`store.inbox.once`) turns that into one audit row and no business row.
    """
    if not person.may(act, owner, submitter):
        raise NotAllowed(refusal(person, act, owner), by, act, subject)


def permit_entry(by: By, person: Who, subject: str, owner: Department | None) -> None:
    """Let the department's people submit and planners by proxy (代理入力); else raise NotAllowed."""
    if not person.may(Act.PROXY):
        permit(by, person, Act.SUBMIT, subject, owner)


def refusal(person: Who, act: Act, owner: Department | None = None) -> str:
    """Why the act is refused, and who could do it."""
    if not person.admitted:
        return SHUT_OUT.get(person.standing, SHUT_OUT["unknown"])
    if act is Act.SUBMIT:
        mine = "・".join(d.name for d in person.departments) or "なし"
        can = f"{owner.name}の担当者" if owner else "担当課（未設定）の担当者"
        return f"この指標の提出は{can}ができます。あなたの所属: {mine}。担当の変更は企画担当へ。"
    return _REFUSALS.get(act, "この操作は企画担当ができます。")


_REFUSALS = {
    Act.CONFIRM: "課長確認は担当課の課長か、不在の間の代行者ができます。",
    Act.WITHDRAW: "取下げは提出した人か、担当課の課長ができます。",
    Act.BE_AWAY: "不在の登録は課長と企画担当ができます。",
    Act.DESCRIBE: "定義と比較値の記入は担当課の担当者と企画担当ができます。",
    Act.REFLECT: "取組内容の記入は担当課の担当者と企画担当ができます。目標の取組内容は企画担当が書きます。",
    Act.ANSWER: "意見への対応は、その意見の担当課の担当者と企画担当が書けます。",
}
