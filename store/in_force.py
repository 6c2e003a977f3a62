"""The plan as it holds: what was entered on definition cards in place of what it says itself."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from weakref import WeakKeyDictionary

from sqlite_utils import Database

from store.cards import Card, Field, entered
from store.plan import Plan, Same

_Entries = tuple[tuple[str, Field, str], ...]
_seen: WeakKeyDictionary[Database, dict[str, tuple[int, _Entries]]] = WeakKeyDictionary()


def in_force(db: Database, plan: Plan) -> Plan:
    """The plan with what was entered on its cards.

    The same object for as long as nothing more is entered, so that caches by identity hold.
    """
    return _applied(Same(plan), _entries(db, plan.id))


def applied(plan: Plan, cards: Mapping[str, Card]) -> Plan:
    """The plan with what people entered on these cards."""
    entries = (
        (card.indicator, field, fact.value)
        for card in cards.values()
        for field, fact in card.facts.items()
        if fact.actor is not None
    )
    return _applied(Same(plan), tuple(entries))


def _entries(db: Database, plan: str) -> _Entries:
    """What was entered; read again only when there is more since this connection looked."""
    newest = db.execute("SELECT max(id) FROM cards WHERE plan = ?", [plan]).fetchone()[0]
    if newest is None:
        return ()
    kept = _seen.setdefault(db, {}).get(plan)
    # A row of a transaction may yet be undone, and its number be given to another.
    if kept and kept[0] == newest and not db.conn.in_transaction:
        return kept[1]
    found = tuple(
        (indicator, field, fact.value)
        for indicator, facts in entered(db, plan).items()
        for field, fact in facts.items()
    )
    if not db.conn.in_transaction:
        _seen[db][plan] = (newest, found)
    return found


@lru_cache(maxsize=64)
def _applied(same: Same, entries: _Entries) -> Plan:
    plan, by_id = same.plan, dict[str, dict[str, str | int]]()
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
