"""Whatever people do, history is complete, what is current is right, and a redelivery changes nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as how
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlite_utils import Database
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from store import departments, settings, shelf, submissions
from store.acts import By, record, rows
from store.db import open_db, writing
from store.departments import Department
from store.errors import NotAllowed, Stale
from store.inbox import Reply, once
from store.plan_file import builtin_plans
from store.schema.first import HISTORY
from store.submissions import Proposal, Submission
from tests.conftest import NOON

PEOPLE = st.sampled_from(["U0CHILD", "U0CHILD2", "U0PLANNER", "U0PLANNER2"])
FIGURES = st.sampled_from([Decimal(n) for n in ("0", "12", "12.0", "29", "-3")])
YEARS = st.sampled_from([2023, 2024])


def proposal(value: Decimal, year: int) -> Proposal:
    return Proposal("p", "1-1b", year, values={None: value}, period=f"FY{year}")


class Round(RuleBasedStateMachine):
    """People submit, approve, return and withdraw in any order; a plain model keeps count."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.db = open_db(Path(self.folder.name) / "kpibot.db")
        self.minutes = 0
        self.written: list[int] = []
        self.fate: dict[int, str] = {}
        self.order: list[int] = []
        self.seen: dict[int, Submission] = {}

    def teardown(self) -> None:
        self.db.conn.close()
        self.folder.cleanup()

    def by(self, actor: str) -> By:
        self.minutes += 1
        return By(actor, NOON + timedelta(minutes=self.minutes), "test", "理由")

    def deliver(self, work: Callable[[], Submission]) -> Submission | None:
        """Deliver the same act twice; the second must change nothing and say the same."""
        key = f"act:{self.minutes}"
        done: list[Submission] = []

        def effect() -> Reply:
            done.append(work())
            return {"id": done[-1].id}

        try:
            first = once(self.db, key, NOON, effect)
        except (NotAllowed, Stale):
            return None
        before = rows(self.db, "SELECT count(*) n FROM submissions, decisions")
        assert once(self.db, key, NOON, effect) == first
        assert len(done) == 1
        assert rows(self.db, "SELECT count(*) n FROM submissions, decisions") == before
        return done[0]

    @rule(actor=PEOPLE, value=FIGURES, year=YEARS)
    def submit(self, actor: str, value: Decimal, year: int) -> None:
        by = self.by(actor)
        made = self.deliver(
            lambda: submissions.submit(self.db, by, proposal(value, year), "children")
        )
        if made is None:
            return
        for older in self.open_of(year):
            self.fate[older] = "supersede"
        self.written.append(made.id)
        self.seen[made.id] = made

    @precondition(lambda self: self.written)
    @rule(data=st.data(), actor=PEOPLE)
    def approve(self, data: st.DataObject, actor: str) -> None:
        self.decide(data, actor, "approve", submissions.approve)

    @precondition(lambda self: self.written)
    @rule(data=st.data(), actor=PEOPLE)
    def send_back(self, data: st.DataObject, actor: str) -> None:
        self.decide(data, actor, "return", submissions.send_back)

    @precondition(lambda self: self.written)
    @rule(data=st.data(), actor=PEOPLE)
    def withdraw(self, data: st.DataObject, actor: str) -> None:
        self.decide(data, actor, "withdraw", submissions.withdraw)

    def decide(
        self,
        data: st.DataObject,
        actor: str,
        fate: str,
        verb: Callable[[Database, By, int], Submission],
    ) -> None:
        number = data.draw(st.sampled_from(self.written))
        by = self.by(actor)
        done = self.deliver(lambda: verb(self.db, by, number))
        allowed = number not in self.fate and not (
            fate == "approve" and self.seen[number].actor == actor
        )
        assert (done is not None) == allowed
        if done is not None:
            self.fate[number] = fate
            self.order.append(number)

    def open_of(self, year: int) -> list[int]:
        return [
            n
            for n in self.written
            if n not in self.fate and self.seen[n].proposal.collection == year
        ]

    @invariant()
    def history_is_complete(self) -> None:
        kept = {s.id: s for s in submissions.history(self.db, "p", "1-1b")}
        assert list(kept) == self.written
        for number, then in self.seen.items():
            now = kept[number]
            assert (now.proposal, now.actor, now.at) == (then.proposal, then.actor, then.at)
            assert (now.decision.kind if now.decision else None) == self.fate.get(number)

    @invariant()
    def what_is_current_is_right(self) -> None:
        approved = submissions.approved_until(self.db, "p", ["1-1b"], 2024).get("1-1b", [])
        expected = {}
        for number in self.order:
            if self.fate[number] == "approve":
                expected[self.seen[number].proposal.collection] = number
        assert {s.proposal.collection: s.id for s in approved} == expected

    @invariant()
    def at_most_one_waits_for_each_figure(self) -> None:
        waiting = [s.proposal.collection for s in submissions.waiting(self.db, "p")]
        assert len(waiting) == len(set(waiting))


Round.TestCase.settings = how(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestAnySequenceOfActs = Round.TestCase


@pytest.mark.parametrize("table", HISTORY)
def test_history_cannot_be_changed_or_deleted(
    db: Database, table: str, by: Callable[..., By]
) -> None:
    fill(db, by)
    column = db.table(table).columns[1].name
    with pytest.raises(sqlite3.DatabaseError, match="append-only"):
        db.execute(f"UPDATE {table} SET {column} = {column}")
    with pytest.raises(sqlite3.DatabaseError, match="append-only"):
        db.execute(f"DELETE FROM {table}")
    row = next(iter(db.query(f"SELECT * FROM {table}")))
    marks = ", ".join("?" for _ in row)
    with pytest.raises(sqlite3.DatabaseError, match="append-only"):
        db.execute(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", list(row.values()))


def fill(db: Database, by: Callable[..., By]) -> None:
    """One row in every table of history."""
    with writing(db):
        shelf.put(db, by(), builtin_plans()["kitamoto-2"])
        departments.name_department(db, by(), Department("children", "こども課"), NOON.date())
        departments.join(db, by(), "children", "U0CHILD", "lead", NOON.date())
        departments.assign(db, by(), "p", ["1-1"], "children", NOON.date())
        departments.make_planner(db, by(), "U0PLANNER")
        settings.put(db, by(), "k", "v")
        made = submissions.submit(db, by(), proposal(Decimal(1), 2024), "children")
        submissions.approve(db, by("U0PLANNER"), made.id)
        record(db, by(), "submit", "x", "denied")


def test_nobody_approves_their_own_even_behind_the_verbs(
    db: Database, by: Callable[..., By]
) -> None:
    made = submissions.submit(db, by("U0PLANNER"), proposal(Decimal(1), 2024), "children")
    with pytest.raises(NotAllowed):
        submissions.approve(db, by("U0PLANNER"), made.id)
    with pytest.raises(sqlite3.DatabaseError, match="nobody approves their own"):
        db.execute(
            """INSERT INTO decisions(submission, kind, at, actor, surface)
               VALUES (?, 'approve', 'x', 'U0PLANNER', 'test')""",
            [made.id],
        )


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e5", "", "--1", "1-2", "1.2.3", "１２"])
def test_only_plain_decimals_can_be_stored(db: Database, by: Callable[..., By], value: str) -> None:
    made = submissions.submit(db, by(), Proposal("p", "1-1b", 2024, period="FY2024"), "children")
    with pytest.raises(sqlite3.DatabaseError, match="CHECK"):
        db.execute("INSERT INTO actual_values VALUES (?, '', ?)", [made.id, value])


def test_values_keep_the_precision_they_were_typed_with(
    db: Database, by: Callable[..., By]
) -> None:
    made = submissions.submit(db, by(), proposal(Decimal("65.60"), 2024), "children")
    kept = submissions.submission(db, made.id).proposal.values[None]
    assert str(kept) == "65.60"


def test_a_refusal_leaves_one_audit_row_and_no_business_row(
    db: Database, by: Callable[..., By]
) -> None:
    made = submissions.submit(db, by("U0PLANNER"), proposal(Decimal(1), 2024), "children")

    def own() -> Reply:
        submissions.approve(db, by("U0PLANNER"), made.id)
        return {}

    with pytest.raises(NotAllowed):
        once(db, "click:1", NOON, own)
    once(db, "click:1", NOON, own)  # redelivered
    assert rows(db, "SELECT count(*) n FROM decisions") == [{"n": 0}]
    denied = rows(db, "SELECT actor, act, subject, outcome FROM audit")
    assert denied == [
        {
            "actor": "U0PLANNER",
            "act": "approve",
            "subject": f"submission:{made.id}",
            "outcome": "denied",
        }
    ]
