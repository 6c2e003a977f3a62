"""Who follows what: history of each person's choices, the newest of which holds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from sqlite_utils import Database

from store.acts import By, append, rows
from store.plan import Indicator, Plan

Kind = Literal["indicator", "policy", "goal"]
Subject = tuple[Kind, str]


def follow(db: Database, by: By, plan: str, subject: Subject, active: bool = True) -> bool:
    """From now on `by.actor` follows a subject of the plan, or no longer does.

    False, and nothing is written, when that holds already. Runs inside a transaction.
    """
    if (subject in followed(db, by.actor, plan)) == active:
        return False
    kind, name = subject
    append(db, "follows", by, plan=plan, kind=kind, subject=name, active=int(active))
    return True


def followed(db: Database, user: str, plan: str) -> frozenset[Subject]:
    """What a person follows in a plan now."""
    found = _holding(db, "actor = ? AND plan = ?", [user, plan])
    return frozenset((r["kind"], r["subject"]) for r in found)


def followers(db: Database, plan: str, subjects: Iterable[Subject]) -> dict[str, list[Subject]]:
    """Who follows any of these subjects now → which of them, in the order given."""
    reached: dict[str, list[Subject]] = {}
    for kind, name in subjects:
        for row in _holding(db, "plan = ? AND kind = ? AND subject = ?", [plan, kind, name]):
            reached.setdefault(row["actor"], []).append((kind, name))
    return reached


def _holding(db: Database, where: str, args: list[str]) -> list[dict[str, Any]]:
    return rows(
        db,
        f"""SELECT actor, kind, subject FROM follows f WHERE {where} AND active = 1
            AND id = (SELECT max(id) FROM follows WHERE plan = f.plan AND kind = f.kind
              AND subject = f.subject AND actor = f.actor) ORDER BY actor""",
        args,
    )


def subjects_of(plan: Plan, indicator: Indicator) -> tuple[Subject, ...]:
    """By what an indicator is followed: itself, its policy, the goals that it serves."""
    goals = dict.fromkeys(goal for goal, _ in plan.roles[indicator.id])
    found: list[Subject] = [("indicator", indicator.id)]
    if indicator.policy:
        found.append(("policy", indicator.policy))
    found += [("goal", goal) for goal in goals]
    return tuple(found)


def named(plan: Plan, subject: Subject) -> str | None:
    """How people call it: `1-1b 保育所（園）待機児童数`; None when the plan has no such thing."""
    kind, name = subject
    if kind == "indicator":
        found = plan.by_id.get(name)
        return f"{name} {found.name}" if found else None
    if kind == "policy":
        return next((f"施策 {p.code} {p.name}" for p in plan.policies if p.code == name), None)
    return next((f"{g.label} {g.title}" for g in plan.goals if g.id == name), None)
