"""A message that has to be said, as the rules want it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tests.years.calendar import is_quiet
from tests.years.facts import Facts


@dataclass(frozen=True)
class Said:
    """A message that has to be there: its day, to whom and why.

    `unsaid`: it is recorded and not sent, in a quiet period or for somebody who reads it on Home.
    """

    day: date
    audience: str
    rules: tuple[str, ...]
    unsaid: bool = False

    @property
    def why(self) -> str:
        """`ahead+approve`."""
        return "+".join(self.rules)


Expected = dict[str, Said]


def said_on(
    facts: Facts, day: date, audience: str, rules: Iterable[str], on_home: bool = False
) -> Said:
    """A message of a morning; none is sent in a quiet period."""
    return Said(day, audience, tuple(rules), is_quiet(facts, day) or on_home)
