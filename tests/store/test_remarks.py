"""取組内容 and 意見: the newest row holds, none is lost, and last year's come before this year's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlite_utils import Database
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from store import efforts, opinions, remarks, shelf
from store.acts import By, rows
from store.db import writing
from store.efforts import Written
from store.errors import Stale
from store.opinions import Said
from store.plan import Plan
from store.plan_file import builtin_plans
from store.remarks import WHOLE, Subject

Act = Callable[..., By]
PLAN = "kitamoto-2"
ONE = Subject("indicator", "1-1b")
SAID = Said("panel", date(2025, 8, 24), ONE, "受け皿の内訳を示すこと", "child", date(2025, 12, 1))


def write(db: Database, by: By, written: Written, seen: int = 0, year: int = 2024) -> int:
    with writing(db):
        efforts.write(db, by, PLAN, year, ONE, "child", written, seen)
    return int(rows(db, "SELECT max(id) AS n FROM efforts")[0]["n"])


def enter(db: Database, by: By, said: Said = SAID, year: int = 2024, plan: str = PLAN) -> int:
    with writing(db):
        return opinions.enter(db, by, plan, year, said)


def test_the_newest_effort_of_a_year_holds_and_the_old_one_stays(db: Database, by: Act) -> None:
    first = write(db, by(), Written("園を2か所ふやした"))
    write(db, by("U0CHILD2"), Written("園を2か所ふやした", "申込みの増", "expand"), first)
    write(db, by(), Written("翌年の取組"), year=2025)
    found = remarks.efforts(db, PLAN, 2024)[ONE]
    assert (found.work, found.factors, found.direction) == (
        "園を2か所ふやした",
        "申込みの増",
        "expand",
    )
    assert (found.actor, found.department) == ("U0CHILD2", "child")
    assert [each.collection for each in remarks.efforts_of(db, PLAN, ONE)] == [2025, 2024]
    assert len(rows(db, "SELECT * FROM efforts")) == 3


def test_an_effort_is_taken_back_and_never_overwritten_unseen(db: Database, by: Act) -> None:
    first = write(db, by(), Written("取組"))
    with pytest.raises(Stale, match="同じ"):
        write(db, by(), Written("取組"), first)
    with pytest.raises(Stale, match="ほかの人"):
        write(db, by(), Written("別の取組"))
    write(db, by(), Written(), first)
    assert remarks.efforts(db, PLAN, 2024) == {}
    write(db, by(), Written("書き直し"))


def test_an_opinion_is_open_until_it_is_answered_and_the_newest_answer_counts(
    db: Database, by: Act
) -> None:
    number = enter(db, by("U0PLANNER"))
    assert remarks.opinions(db, PLAN, 2024)[0].answer is None
    with writing(db):
        opinions.answer(db, by(), number, "内訳を公表した", "child")
    (found,) = remarks.opinions(db, PLAN)
    assert found.answer is not None
    with pytest.raises(Stale, match="ほかの人"), writing(db):
        opinions.answer(db, by(), number, "知らずに書いた", "child")
    with writing(db):
        opinions.answer(db, by(), number, "一覧も付けた", "child", found.answer.number)
    told = remarks.opinion(db, number)
    assert told is not None
    assert [each.text for each in told.answers] == ["内訳を公表した", "一覧も付けた"]


def test_a_mended_opinion_keeps_its_number_its_answers_and_its_old_words(
    db: Database, by: Act
) -> None:
    number = enter(db, by())
    with writing(db):
        opinions.answer(db, by(), number, "内訳を公表した", "child")
        opinions.mend(db, by(), number, replace(SAID, due=None), number)
    found = remarks.opinion(db, number)
    assert found is not None
    assert (found.number, found.due, len(found.answers)) == (number, None, 1)
    with pytest.raises(Stale, match="ほかの人"), writing(db):
        opinions.mend(db, by(), number, SAID, number)
    with writing(db):
        opinions.take_back(db, by(), number, found.version)
    assert remarks.opinions(db, PLAN) == ()
    with pytest.raises(Stale, match="取り消されて"), writing(db):
        opinions.answer(db, by(), number, "もう一度", "child", found.answers[-1].number)
    assert len(rows(db, "SELECT * FROM opinions")) == 3


def test_last_years_opinions_come_before_this_years_report(
    db: Database, by: Act, plan: Plan
) -> None:
    """In a plan's first year they are those of the plan before it."""
    with writing(db):
        for each in builtin_plans().values():
            shelf.put(db, by(), each)
    late = enter(db, by(), replace(SAID, held_on=date(2025, 8, 25), subject=WHOLE))
    early = enter(db, by())
    before = enter(db, by(), replace(SAID, subject=WHOLE), 2021, "kitamoto-1")
    enter(db, by(), year=2023)
    assert [o.number for o in remarks.opinions_before(db, plan, 2025)] == [early, late]
    assert [o.number for o in remarks.opinions_before(db, plan, 2022)] == [before]


def test_the_tables_keep_what_they_hold(db: Database, by: Act) -> None:
    """No row changes, an answer needs an opinion that holds, and nothing is said about nothing."""
    write(db, by(), Written("取組"))
    number = enter(db, by())
    with writing(db):
        opinions.answer(db, by(), number, "対応", None)
    for table in ("efforts", "opinions", "opinion_answers"):
        for change in (f"UPDATE {table} SET actor = 'x'", f"DELETE FROM {table}"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"), writing(db):
                db.execute(change)
    with pytest.raises(sqlite3.IntegrityError, match="that holds"), writing(db):
        db.execute(
            """INSERT INTO opinion_answers(opinion, text, at, actor, surface)
               VALUES (99, 'x', 't', 'u', 's')"""
        )
    with pytest.raises(sqlite3.IntegrityError):
        enter(db, by(), replace(SAID, subject=Subject("whole", "1-1b")))
    with pytest.raises(sqlite3.IntegrityError):
        enter(db, by(), replace(SAID, text=" "))
