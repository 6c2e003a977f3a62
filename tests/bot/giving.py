"""Figures as people give them, straight through the acts of a round; and acts of others meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bot import rounds
from store.acts import By
from store.db import writing
from store.people import Who, who
from store.submissions import Kind, Proposal, Submission
from tests.bot.office import Office

PLAN = "kitamoto-2"


def proposed(
    indicator: str,
    value: str | Mapping[str | None, str] = "",
    *,
    collection: int = 2024,
    kind: Kind = "actual",
    **more: Any,
) -> Proposal:
    """A figure of an indicator; without a value none of that year."""
    figures = {None: value} if isinstance(value, str) else value
    if not value:
        return Proposal(PLAN, indicator, collection, "no_survey" if kind == "actual" else kind)
    values = {series: Decimal(text) for series, text in figures.items()}
    period = f"FY{collection}"
    return Proposal(PLAN, indicator, collection, kind, values, period, **more)


def who_is(office: Office, user: str) -> Who:
    """Somebody as they are now."""
    return who(office.bot.desk.db, user, "member", office.now.date())


def by(office: Office, user: str, reason: str | None = None) -> By:
    """An act of somebody, now."""
    return By(user, office.now, "test", reason)


def give(
    office: Office, user: str, *proposals: Proposal, together: bool = False
) -> list[Submission]:
    """Somebody submits these, one by one or as one sheet; the requests go out."""
    db = office.bot.desk.db
    with writing(db):
        person, act = who_is(office, user), by(office, user)
        if together:
            made = list(rounds.enter_all(db, act, person, proposals))
        else:
            made = [rounds.enter(db, act, person, each) for each in proposals]
    office.settles()
    return made


def approve(office: Office, user: str, *numbers: int) -> None:
    """A planner approves these, one by one."""
    db = office.bot.desk.db
    with writing(db):
        for number in numbers:
            rounds.accept(db, by(office, user), who_is(office, user), number)
    office.settles()
