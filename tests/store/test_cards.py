"""Definition cards: the plan's words first, what people enter above them, every entry kept."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from store import cards, in_force, shelf
from store.acts import By, rows
from store.cards import FIELDS, Fact, Field
from store.db import Connections, writing
from store.errors import BadInput, Stale
from store.oddities import oddities
from store.plan import Indicator, Plan
from tests.store import making

Act = Callable[..., By]


@pytest.fixture
def plan(db: Database, by: Act) -> Plan:
    """A plan of two indicators; the file says something of the second."""
    told = making.indicator("人", definition="窓口で数えた人", publishes_in=10, measure="yearly")
    plan = making.plan(making.indicator("人"), told.model_copy(update={"id": "1-1b"}))
    with writing(db):
        shelf.put(db, by(), plan)
    return plan


def one(plan: Plan) -> Indicator:
    return plan.by_id["1-1a"]


def enter(db: Database, by: By, field: Field, value: str | None, indicator: str = "1-1a") -> None:
    with writing(db):
        cards.declare(db, by, "sample", indicator, field, value)


def test_a_card_begins_with_what_the_plan_says_and_invents_nothing(
    db: Database, plan: Plan
) -> None:
    found = cards.cards(db, plan)
    assert found["1-1a"].facts == {}
    assert found["1-1b"].facts == {
        "definition": Fact("窓口で数えた人"),
        "publishes_in": Fact("10"),
        "measure": Fact("yearly"),
    }
    assert found["1-1b"].missing == ("source", "holder", "frequency", "method")


def test_what_is_entered_stands_above_the_plan_with_who_and_when(
    db: Database, plan: Plan, by: Act
) -> None:
    enter(db, by("U0CHILD"), "definition", "登録のあった人", "1-1b")
    fact = cards.card(db, plan, plan.by_id["1-1b"]).facts["definition"]
    assert fact == Fact("登録のあった人", "U0CHILD", "2025-06-03T12:00:00+09:00")


def test_a_newer_version_of_the_plan_does_not_undo_an_entry(
    db: Database, plan: Plan, by: Act
) -> None:
    enter(db, by(), "source", "庁内の集計")
    newer = plan.model_copy(update={"title": "見直した計画"})
    with writing(db):
        assert shelf.put(db, by(), newer)
    assert shelf.read(db, "sample").by_id["1-1a"].source == "庁内の集計"
    assert shelf.loaded(db, "sample") == newer
    assert newer.by_id["1-1a"].source is None


def test_an_entry_taken_back_leaves_the_plans_own_word(db: Database, plan: Plan, by: Act) -> None:
    enter(db, by(), "definition", "登録のあった人", "1-1b")
    enter(db, by(minutes=1), "definition", None, "1-1b")
    told = shelf.read(db, "sample").by_id["1-1b"]
    assert told.definition == "窓口で数えた人"
    assert cards.card(db, plan, told).facts["definition"].actor is None


def test_every_entry_stays_in_history(db: Database, plan: Plan, by: Act) -> None:
    enter(db, by(), "holder", "保育担当")
    enter(db, by(minutes=1), "holder", "県の課")
    assert [row["value"] for row in rows(db, "SELECT value FROM cards ORDER BY id")] == [
        "保育担当",
        "県の課",
    ]
    for change in ("UPDATE cards SET value = 'x'", "DELETE FROM cards"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"), writing(db):
            db.execute(change)


def test_a_point_in_time_is_asked_for_its_day(db: Database, plan: Plan, by: Act) -> None:
    assert "as_of" not in cards.card(db, plan, one(plan)).missing
    with writing(db):
        cards.declare_measure(db, by(), "sample", "1-1a", "point")
    assert "as_of" in cards.card(db, plan, one(plan)).missing
    enter(db, by(), "as_of", "4月1日")
    assert "as_of" not in cards.card(db, plan, one(plan)).missing


def test_a_declared_measure_is_the_one_that_counts(db: Database, plan: Plan, by: Act) -> None:
    """A cumulative figure that falls is odd; nobody knew that it was cumulative before."""
    fallen: tuple[dict[str | None, Decimal], ...] = ({None: Decimal(5)}, {None: Decimal(9)})
    assert cards.measure(db, plan, one(plan)) == "unknown"
    assert oddities(fallen[0], one(shelf.read(db, "sample")), fallen[1]) == ()
    with writing(db):
        cards.declare_measure(db, by(), "sample", "1-1a", "cumulative")
    now = shelf.read(db, "sample")
    assert cards.measure(db, now, one(now)) == one(now).measure == "cumulative"
    assert oddities(fallen[0], one(now), fallen[1]) != ()
    with writing(db):
        cards.declare_measure(db, by(), "sample", "1-1a", "unknown")
    assert cards.measure(db, now, one(plan)) == "unknown"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("measure", "weekly"),
        ("measure", "unknown"),
        ("method", "guess"),
        ("publishes_in", "13"),
        ("publishes_in", "0"),
        ("publishes_in", "10月"),
        ("definition", " \n"),
        ("definition", "長" * 1001),
    ],
)
def test_what_a_field_cannot_hold_is_refused(
    db: Database, plan: Plan, by: Act, field: Field, value: str
) -> None:
    with pytest.raises(BadInput):
        enter(db, by(), field, value)
    assert rows(db, "SELECT * FROM cards") == []


def test_a_form_enters_only_what_it_changes(db: Database, plan: Plan, by: Act) -> None:
    given: dict[Field, str | None] = {
        "definition": "登録のあった人",
        "source": None,
        "measure": None,
    }
    told = plan.by_id["1-1b"]
    with writing(db):
        assert cards.fill_in(db, by(), plan, told, given, 0) == ("definition",)
    seen = cards.newest_number(db, "sample", "1-1b")
    with writing(db):
        assert cards.fill_in(db, by(), plan, told, given, seen) == ()


def test_a_form_opened_before_somebody_elses_entry_neither_undoes_nor_overwrites_it(
    db: Database, plan: Plan, by: Act
) -> None:
    seen = cards.newest_number(db, "sample", "1-1a")
    enter(db, by("U0OTHER"), "source", "県の統計")
    with writing(db):
        late: dict[Field, str | None] = {"source": None, "holder": "保育担当"}
        assert cards.fill_in(db, by(), plan, one(plan), late, seen) == ("holder",)
    assert cards.card(db, plan, one(plan)).said("source") == "県の統計"
    with pytest.raises(Stale, match="ほかの人が同じ項目"), writing(db):
        cards.fill_in(db, by(), plan, one(plan), {"source": "市の集計"}, seen)
    assert cards.card(db, plan, one(plan)).said("source") == "県の統計"


def test_the_plan_stays_the_same_object_until_something_is_entered(
    db: Database, plan: Plan, by: Act
) -> None:
    """Caches go by identity."""
    assert shelf.read(db, "sample") is shelf.read(db, "sample") is shelf.loaded(db, "sample")
    enter(db, by(), "source", "県の統計")
    changed = shelf.read(db, "sample")
    assert changed is shelf.read(db, "sample")
    assert changed is not shelf.loaded(db, "sample")
    enter(db, by(), "source", "市の集計")
    assert one(shelf.read(db, "sample")).source == "市の集計"


def test_what_a_transaction_undoes_was_never_entered(db: Database, plan: Plan, by: Act) -> None:
    def give_up() -> None:
        with writing(db):
            cards.declare(db, by(), "sample", "1-1a", "source", "消える出典")
            assert one(shelf.read(db, "sample")).source == "消える出典"
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        give_up()
    assert one(shelf.read(db, "sample")).source is None
    enter(db, by(), "source", "残る出典")
    assert one(shelf.read(db, "sample")).source == "残る出典"


def test_another_connection_sees_an_entry_at_once(db: Database, plan: Plan, by: Act) -> None:
    path = db.conn.execute("PRAGMA database_list").fetchone()[2]
    other = Connections(path)()
    assert one(shelf.read(other, "sample")).source is None
    enter(db, by(), "source", "県の統計")
    assert shelf.read(other, "sample") is shelf.read(db, "sample")
    assert one(shelf.read(other, "sample")).source == "県の統計"


_VALUES: dict[Field, st.SearchStrategy[str]] = {
    "measure": st.sampled_from(["yearly", "cumulative", "point"]),
    "method": st.sampled_from(["survey", "count"]),
    "publishes_in": st.integers(1, 12).map(str),
}
_WORDS = st.text("一二三ab、 ", min_size=1, max_size=20).filter(str.strip)
_ENTRIES = st.sampled_from(FIELDS).flatmap(
    lambda field: st.tuples(st.just(field), st.none() | _VALUES.get(field, _WORDS))
)


@given(st.lists(_ENTRIES, max_size=12))
def test_the_last_entry_of_each_field_holds(entries: list[tuple[Field, str | None]]) -> None:
    """Whatever was entered before; the rest of the plan stays as it is."""
    plan = making.plan(making.indicator("人", source="県の統計"))
    held = {"source": "県の統計"}
    facts: dict[Field, Fact] = {"source": Fact("県の統計")}
    for field, value in entries:
        if value is None:
            facts.pop(field, None)
            facts |= {"source": Fact("県の統計")} if field == "source" else {}
        else:
            facts[field] = Fact(value, "U1", "2025-06-03")
    held = {field: fact.value for field, fact in facts.items()}
    card = cards.Card("sample", "1-1a", facts)
    (found,) = in_force.applied(plan, {"1-1a": card}).indicators
    said = {field: getattr(found, field) for field in FIELDS}
    assert {f: str(v) for f, v in said.items() if v not in {None, "unknown"}} == held
    own = set[str](FIELDS)
    assert found.model_dump(exclude=own) == one(plan).model_dump(exclude=own)
