"""What the operator does for somebody: written as theirs, with the operator and the reason beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from bot.shell.context import Shell
from store import directory
from store.acts import By, record
from store.db import writing
from store.errors import NotAllowed
from store.people import Who, who

Done = TypeVar("Done")


def person_of(shell: Shell, user: str) -> Who:
    """Whoever the operator names, as far as is known here."""
    standing = directory.standing(shell.db, user) or "member"
    return who(shell.db, user, standing, shell.today)


def act_for(shell: Shell, user: str, reason: str, act: str, do: Callable[[By, Who], Done]) -> Done:
    """Do something as `user` in one transaction; that the operator did it stands in the audit.

    Raises NotAllowed, with an audit row too, when `user` may not.
    """
    db, operator = shell.db, shell.by(reason)
    by = replace(operator, actor=user, reason=f"{operator.actor}: {reason}")
    try:
        with writing(db):
            record(db, operator, act, user, "done")
            return do(by, person_of(shell, user))
    except NotAllowed as denied:
        with writing(db):
            record(db, operator.because(f"{reason}: {denied}"), act, user, "denied")
        raise
