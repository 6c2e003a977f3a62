"""The plan as it holds: with what was entered on definition cards, and in each year as it was revised."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from weakref import WeakKeyDictionary

from sqlite_utils import Database

from store import revisions
from store.cards import Card, Field, entered
from store.kept import Same
from store.plan import Plan
from store.revised import Revision, revised

_Entries = tuple[tuple[str, Field, str], ...]
_Mark = tuple[int | None, int | None]
_Held = tuple[_Entries, tuple[Revision, ...]]
_seen: WeakKeyDictionary[Database, dict[str, tuple[_Mark, _Held]]] = WeakKeyDictionary()


def in_force(db: Database, plan: Plan) -> Plan:
    """The plan with what was entered on its cards; `as_of` a year with what was revised by then.

    The same object for as long as nothing more is entered, so that caches by identity hold.
    """
    entries, agreed = _held(db, plan.id)
    carded = _applied(Same(plan), entries)
    return _revisable(Same(carded), agreed) if agreed else carded


def applied(plan: Plan, cards: Mapping[str, Card]) -> Plan:
    """The plan with what people entered on these cards."""
    entries = (
        (card.indicator, field, fact.value)
        for card in cards.values()
        for field, fact in card.facts.items()
        if fact.actor is not None
    )
    return _applied(Same(plan), tuple(entries))


def _held(db: Database, plan: str) -> _Held:
    """What was entered and agreed to; read again only when there is more since this connection looked."""
    mark: _Mark = db.execute(
        """SELECT (SELECT max(id) FROM cards WHERE plan = ?),
                  (SELECT max(id) FROM revision_settlements)""",
        [plan],
    ).fetchone()
    if mark == (None, None):
        return (), ()
    kept = _seen.setdefault(db, {}).get(plan)
    if kept and kept[0] == mark:
        return kept[1]
    entries = tuple(
        (indicator, field, fact.value)
        for indicator, facts in entered(db, plan).items()
        for field, fact in facts.items()
    )
    found = entries, revisions.in_force(db, plan)
    # A row of a transaction may yet be undone, and its number be given to another.
    if not db.conn.in_transaction:
        _seen[db][plan] = (mark, found)
    return found


@lru_cache(maxsize=64)
def _applied(same: Same[Plan], entries: _Entries) -> Plan:
    plan, by_id = same.it, dict[str, dict[str, str | int]]()
    for indicator, field, value in entries:
        typed = int(value) if field == "publishes_in" else value
        by_id.setdefault(indicator, {})[field] = typed
    if not by_id:
        return plan
    changed = tuple(
        i.model_copy(update=by_id[i.id]) if i.id in by_id else i for i in plan.indicators
    )
    # A copy would keep the old indicators among its cached properties.
    fields = {name: getattr(plan, name) for name in Plan.model_fields}
    return Plan.model_construct(**{**fields, "indicators": changed})


@lru_cache(maxsize=64)
def _revisable(same: Same[Plan], agreed: tuple[Revision, ...]) -> Plan:
    """The plan as its file and cards have it, which knows what it is in each year."""
    plan = same.it
    made = Plan.model_construct(**{name: getattr(plan, name) for name in Plan.model_fields})
    return made.revisable(_Years(plan, agreed))


class _Years:
    """What a plan is in each year: one object for all years in which the same revisions hold."""

    def __init__(self, plan: Plan, agreed: tuple[Revision, ...]) -> None:
        self._plan, self._agreed = plan, agreed
        self._begins = sorted({each.from_year for each in agreed})
        self._made: dict[int, Plan] = {}

    def __call__(self, year: int) -> Plan:
        begun = sum(each <= year for each in self._begins)
        found = self._made.get(begun)
        if found is None:
            found = revised(self._plan, self._agreed, year).revisable(self)
            self._made[begun] = found
        return found
