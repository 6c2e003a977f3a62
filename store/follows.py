"""Who follows what: history of the choices of people and channels, the newest of which holds.

A follower is a user id (told by direct message) or a channel id (told there, for all to read).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, get_args

from sqlite_utils import Database

from store.acts import By, append, rows
from store.departments import Department
from store.plan import Indicator, Plan

Kind = Literal["indicator", "policy", "goal", "department"]
KINDS: Mapping[str, Kind] = {kind: kind for kind in get_args(Kind)}
Subject = tuple[Kind, str]


def follow(
    db: Database,
    by: By,
    plan: str,
    subject: Subject,
    active: bool = True,
    follower: str | None = None,
) -> bool:
    """From now on `follower` (without one, whoever acts) follows a subject, or no longer does.

    False, and nothing is written, when that holds already. Runs inside a transaction.
    """
    follower = follower or by.actor
    if (subject in followed(db, follower, plan)) == active:
        return False
    kind, name = subject
    append(
        db,
        "followings",
        by,
        plan=plan,
        kind=kind,
        subject=name,
        follower=follower,
        active=int(active),
    )
    return True


def followed(db: Database, follower: str, plan: str) -> frozenset[Subject]:
    """What a person or a channel follows in a plan now."""
    found = _holding(db, "follower = ? AND plan = ?", [follower, plan])
    return frozenset((r["kind"], r["subject"]) for r in found)


def followers(db: Database, plan: str, subjects: Iterable[Subject]) -> dict[str, list[Subject]]:
    """Who follows any of these subjects now → which of them, in the order given."""
    reached: dict[str, list[Subject]] = {}
    for kind, name in subjects:
        for row in _holding(db, "plan = ? AND kind = ? AND subject = ?", [plan, kind, name]):
            reached.setdefault(row["follower"], []).append((kind, name))
    return reached


def channels(db: Database) -> tuple[str, ...]:
    """The channels that follow anything now."""
    found = _holding(db, "follower NOT GLOB '[UW]*'", [])
    return tuple(dict.fromkeys(r["follower"] for r in found))


def end_all(db: Database, by: By, follower: str) -> int:
    """`follower` follows nothing any more, in no plan; how much it was. Runs inside a transaction."""
    held = _holding(db, "follower = ?", [follower])
    for row in held:
        follow(db, by, row["plan"], (row["kind"], row["subject"]), False, follower)
    return len(held)


def _holding(db: Database, where: str, args: list[str]) -> list[dict[str, Any]]:
    return rows(
        db,
        f"""SELECT plan, follower, kind, subject FROM followings f WHERE {where} AND active = 1
            AND id = (SELECT max(id) FROM followings WHERE plan = f.plan AND kind = f.kind
              AND subject = f.subject AND follower = f.follower) ORDER BY follower""",
        args,
    )


def subjects_of(
    plan: Plan, indicator: Indicator, department: Department | None = None
) -> tuple[Subject, ...]:
    """By what an indicator is followed: itself, its policy, the goals that it serves, its owner."""
    goals = dict.fromkeys(goal for goal, _ in plan.roles[indicator.id])
    found: list[Subject] = [("indicator", indicator.id)]
    if indicator.policy:
        found.append(("policy", indicator.policy))
    found += [("goal", goal) for goal in goals]
    if department:
        found.append(("department", department.id))
    return tuple(found)


def named(plan: Plan, subject: Subject, departments: Mapping[str, Department]) -> str | None:
    """How people call it: `1-1b 保育所（園）待機児童数`; None for what is not there (any more)."""
    kind, name = subject
    if kind == "indicator":
        found = plan.by_id.get(name)
        return f"{name} {found.name}" if found else None
    if kind == "policy":
        return next((f"施策 {p.code} {p.name}" for p in plan.policies if p.code == name), None)
    if kind == "department":
        return departments[name].name if name in departments else None
    return next((f"{g.label} {g.title}" for g in plan.goals if g.id == name), None)


def in_order(plan: Plan, subjects: Iterable[Subject]) -> list[Subject]:
    """Goals, policies and indicators as the plan has them, then departments."""
    places: dict[Subject, int] = {}
    for subject in (
        *((KINDS["goal"], goal.id) for goal in plan.goals),
        *((KINDS["policy"], policy.code) for policy in plan.policies),
        *((KINDS["indicator"], indicator.id) for indicator in plan.indicators),
    ):
        places[subject] = len(places)
    return sorted(subjects, key=lambda each: (places.get(each, len(places)), each))
