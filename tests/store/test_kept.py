"""What is kept of history is never stale: it goes with the head of the chain of seals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from itertools import count
from pathlib import Path

import pytest
from sqlite_utils import Database
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from store import settings, shelf, submissions
from store.acts import By
from store.continuing import continued
from store.db import open_db, writing
from store.kept import Kept
from store.plan import Plan
from store.plan_file import builtin_plans
from store.schema.seals import SEALED
from store.standing import outlook
from store.submissions import Proposal
from tests.conftest import NOON

Act = Callable[..., By]
TODAY = NOON.date()


@pytest.fixture
def other(db: Database, by: Act, tmp_path: Path) -> Iterator[Database]:
    """Another line to the same file, as another thread has; there is some history already."""
    with writing(db):
        settings.put(db, by(), "word", "1")
    line = open_db(tmp_path / "kpibot.db")
    yield line
    line.conn.close()


def word(db: Database, kept: Kept[str | None]) -> str | None:
    return kept(db, "word", lambda: settings.get(db, "word"))


def test_it_is_made_once_for_all_lines_and_anew_when_history_went_on(
    db: Database, other: Database, by: Act
) -> None:
    kept, made = Kept[object](2), iter("abc")
    assert [kept(line, "key", lambda: next(made)) for line in (db, other, db)] == ["a", "a", "a"]
    with writing(other):
        settings.put(other, by(), "word", "2")
    assert [kept(line, "key", lambda: next(made)) for line in (db, other)] == ["b", "b"]


def test_what_may_yet_be_undone_is_seen_by_its_own_line_and_never_kept(
    db: Database, other: Database, by: Act
) -> None:
    kept: Kept[str | None] = Kept(2)

    def slip() -> None:
        settings.put(db, by(), "word", "2")
        assert [word(line, kept) for line in (db, other)] == ["2", "1"]
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), writing(db):
        slip()
    assert [word(line, kept) for line in (db, other)] == ["1", "1"]


def test_what_history_overtakes_while_it_is_made_is_not_kept(
    db: Database, other: Database, by: Act
) -> None:
    kept: Kept[str | None] = Kept(2)

    def overtaken() -> str | None:
        found = settings.get(db, "word")
        with writing(other):
            settings.put(other, by(), "word", "2")
        return found

    assert kept(db, "word", overtaken) == "1"
    assert word(db, kept) == "2"


def test_no_more_is_kept_than_was_said(db: Database, other: Database) -> None:
    kept, made = Kept[int](2), count()
    found = [kept(other, key, lambda: next(made)) for key in ("a", "b", "a", "c", "a")]
    assert found == [0, 1, 0, 2, 3]


def test_how_a_plan_stands_is_the_same_object_until_something_is_decided(
    db: Database, other: Database, plan: Plan, by: Act
) -> None:
    with writing(db):
        shelf.put(db, by(), plan)
    now, told = shelf.running_on(other, TODAY), Proposal(plan.id, "1-1b", 2024, kind="no_survey")
    before = outlook(db, now, TODAY)
    assert outlook(other, now, TODAY) is before
    assert outlook(other, now, date(2025, 6, 30)) is not before
    with writing(db):
        submissions.submit(db, by(), told, "children")
    last = outlook(other, now, TODAY).standings["1-1b"].last
    assert last is not None
    assert last.open
    with writing(other):
        submissions.withdraw(other, by(), last.id)
    assert outlook(db, now, TODAY).standings["1-1b"].last is None


def test_only_sealed_tables_are_read_for_it(db: Database, by: Act) -> None:
    """Whatever else is read could change without anybody's noticing."""
    with writing(db):
        for each in builtin_plans().values():
            shelf.put(db, by(), each)
        given = Proposal("kitamoto-1", "1K1", 2020, values={None: Decimal(1)}, period="FY2020")
        submissions.submit(db, by(), given, "children")
    plan, read = shelf.running_on(db, TODAY), set[str]()

    def note(what: int, table: str | None, *_: object) -> int:
        if what == sqlite3.SQLITE_READ:
            read.add(str(table))
        return sqlite3.SQLITE_OK

    views = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'view'")}
    db.conn.set_authorizer(note)
    continued(db, outlook(db, plan, TODAY), shelf.predecessor(db, plan))
    db.conn.set_authorizer(None)
    assert "submissions" in read
    assert read - views <= {*SEALED, "seals"}
