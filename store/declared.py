"""An indicator as its definition card has it: how it is counted and on which day."""

from __future__ import annotations

from sqlite_utils import Database

from store import cards
from store.plan import Indicator, Measure, Plan


def declared(db: Database, plan: Plan, indicator: Indicator) -> Indicator:
    """The indicator with `measure` and `as_of` as somebody declared them, else as the plan says."""
    card = cards.card(db, plan, indicator)
    measure: Measure = cards.measure(db, plan, indicator)
    return indicator.model_copy(update={"measure": measure, "as_of": card.said("as_of")})
