"""The plans that a database holds: each load appends a version, the newest is current."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from weakref import WeakKeyDictionary

from sqlite_utils import Database

from store import cycle
from store.acts import By, append, rows
from store.errors import UnknownWords
from store.fiscal import fiscal_year
from store.in_force import in_force
from store.plan import Plan

# What a connection read once it need not read again: a version is never changed.
_seen: WeakKeyDictionary[Database, dict[int, Plan]] = WeakKeyDictionary()


def put(db: Database, by: By, plan: Plan) -> bool:
    """Append this version of a plan; False when it is the current one to the letter."""
    if plan.id in plan_ids(db) and loaded(db, plan.id) == plan:
        return False
    append(
        db,
        "plan_versions",
        by,
        plan=plan.id,
        first_year=plan.first_year,
        last_year=plan.last_year,
        body=plan.model_dump_json(),
    )
    return True


def plan_ids(db: Database) -> tuple[str, ...]:
    """The ids of the plans held, first loaded first."""
    return tuple(
        r["plan"] for r in rows(db, "SELECT plan FROM plan_versions GROUP BY plan ORDER BY min(id)")
    )


def read(db: Database, plan: str) -> Plan:
    """A plan as it holds: its current version with what was entered on its cards.

    Raises UnknownWords when it was never loaded.
    """
    return in_force(db, loaded(db, plan))


def loaded(db: Database, plan: str) -> Plan:
    """The current version of a plan as its file said it. Raises UnknownWords when there is none."""
    number = db.execute("SELECT max(id) FROM plan_versions WHERE plan = ?", [plan]).fetchone()[0]
    if number is None:
        raise UnknownWords(
            f"計画 {plan} は読み込まれていません。`kpibot plan load` で読み込めます。", plan
        )
    seen = _seen.setdefault(db, {})
    if number in seen:
        return seen[number]
    found = _version(db, number)
    # A row of a transaction may yet be undone, and its number be given to another.
    if not db.conn.in_transaction:
        seen[number] = found
    return found


def current(db: Database, fiscal_year: int) -> Plan:
    """The plan that is asked about in a fiscal year: the newest that has begun, else the first.

    A plan that has ended stays current until a successor begins. Raises UnknownWords when the
    database holds none.
    """
    row = db.execute(
        """SELECT plan FROM plan_versions v
           WHERE id = (SELECT max(id) FROM plan_versions WHERE plan = v.plan)
           ORDER BY coalesce(first_year, 0) <= ? DESC,
             CASE WHEN coalesce(first_year, 0) <= ? THEN -coalesce(first_year, 0)
                  ELSE first_year END, id DESC LIMIT 1""",
        [fiscal_year, fiscal_year],
    ).fetchone()
    if row is None:
        raise UnknownWords("計画がまだ読み込まれていません。`kpibot plan load` で読み込めます。")
    return read(db, row[0])


def running_on(db: Database, day: date) -> Plan:
    """The current plan of a day, as it is in the collection that is current then."""
    found = current(db, fiscal_year(day))
    if not found.revised:
        return found
    return found.as_of(cycle.current(cycle.held(db, found.id), found, day).collection)


def predecessor(db: Database, plan: Plan) -> Plan | None:
    """The plan before this one, as it ended, when it is held."""
    if plan.predecessor is None or plan.predecessor not in plan_ids(db):
        return None
    return ended(db, plan.predecessor)


def ended(db: Database, plan: str) -> Plan:
    """A plan as it was in its last year. Raises UnknownWords when it was never loaded."""
    found = read(db, plan)
    return found if found.last_year is None else found.as_of(found.last_year)


def _version(db: Database, number: int) -> Plan:
    row = db.execute("SELECT body FROM plan_versions WHERE id = ?", [number]).fetchone()
    return _parsed(row[0])


# One object for all connections that read the same letters.
@lru_cache(maxsize=64)
def _parsed(body: str) -> Plan:
    return Plan.model_validate_json(body)
