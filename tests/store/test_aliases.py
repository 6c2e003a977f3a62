"""Words that were taught: decided once, read from then on, forgotten again, and kept as history."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlite_utils import Database
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from store import aliases
from store.acts import By
from store.db import open_db, writing
from store.errors import NotAllowed, Stale
from store.plan import Plan
from store.search import rank
from store.taught import Learnt, Subject, learnt_of, taught

ONE: Subject = ("indicator", "1-1b")
WORDS = "預け先のない子"
Acts = Callable[..., By]


def propose(db: Database, by: By, plan: Plan, words: str = WORDS, subject: Subject = ONE) -> int:
    with writing(db):
        return aliases.propose(db, by, plan.id, subject, words).id


def learn(db: Database, by: By, number: int) -> None:
    with writing(db):
        aliases.learn(db, by, number)


def read(db: Database, plan: Plan) -> list[str]:
    return [one.words for one in learnt_of(aliases.reading(db, plan))]


def reloaded(plan: Plan, **changes: Any) -> Plan:
    """The plan as another version of its file has it."""
    fields = {name: getattr(plan, name) for name in Plan.model_fields}
    return Plan.model_construct(**{**fields, **changes})


def test_words_are_read_from_their_approval_on_until_they_are_taken_back(
    db: Database, by: Acts, plan: Plan
) -> None:
    assert aliases.reading(db, plan) is plan
    number = propose(db, by("U1"), plan)
    assert read(db, plan) == []
    assert [each.id for each in aliases.waiting(db, plan.id)] == [number]
    learn(db, by("U2"), number)
    assert read(db, plan) == [WORDS]
    assert aliases.waiting(db, plan.id) == []
    with writing(db):
        aliases.forget(db, by("U2"), number)
    assert read(db, plan) == []
    assert aliases.learnt(db, plan.id) == []


def test_declined_words_are_not_read_and_may_be_proposed_again(
    db: Database, by: Acts, plan: Plan
) -> None:
    number = propose(db, by("U1"), plan)
    with writing(db):
        assert aliases.decline(db, by("U2"), number).decided == "decline"
    assert read(db, plan) == []
    assert propose(db, by("U1"), plan) > number


@pytest.mark.parametrize("again", [WORDS, "預け先の　ない子", "預ケ先のない子"])
def test_the_same_words_are_proposed_once_however_they_are_spelled(
    db: Database, by: Acts, plan: Plan, again: str
) -> None:
    number = propose(db, by("U1"), plan)
    with pytest.raises(Stale, match="すでに提案されていて"):
        propose(db, by("U3"), plan, again, ("policy", "1-1"))
    learn(db, by("U2"), number)
    with pytest.raises(Stale, match="すでに覚えています"):
        propose(db, by("U3"), plan, again)
    assert db.table("aliases").count == 1


def test_nobody_approves_their_own_words_but_somebody_who_is_alone(
    db: Database, by: Acts, plan: Plan
) -> None:
    number = propose(db, by("U1"), plan)
    with pytest.raises(NotAllowed, match="ご自身の提案は承認できません"):
        learn(db, by("U1"), number)
    assert read(db, plan) == []
    with writing(db):
        aliases.learn(db, by("U1"), number, alone=True)
    assert read(db, plan) == [WORDS]


def test_a_second_decision_says_what_became_of_it(db: Database, by: Acts, plan: Plan) -> None:
    number = propose(db, by("U1"), plan)
    with pytest.raises(Stale, match="まだ覚えていません"), writing(db):
        aliases.forget(db, by("U2"), number)
    learn(db, by("U2"), number)
    for decide in (aliases.learn, aliases.decline):
        with pytest.raises(Stale, match="<@U2> さんが覚えました"), writing(db):
            decide(db, by("U3"), number)
    with writing(db):
        aliases.forget(db, by("U3"), number)
    with pytest.raises(Stale, match="<@U3> さんが取り消しました"), writing(db):
        aliases.forget(db, by("U2"), number)
    with pytest.raises(Stale, match="見つかりません"):
        aliases.alias(db, number + 1)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE aliases SET words = '別の言い方'",
        "DELETE FROM aliases",
        "UPDATE alias_decisions SET kind = 'decline'",
        "DELETE FROM alias_decisions",
    ],
)
def test_history_is_never_changed(db: Database, by: Acts, plan: Plan, change: str) -> None:
    learn(db, by("U2"), propose(db, by("U1"), plan))
    with pytest.raises(sqlite3.DatabaseError, match="append-only"):
        db.execute(change)


def test_nothing_is_forgotten_that_was_not_learnt(db: Database, by: Acts, plan: Plan) -> None:
    number = propose(db, by("U1"), plan)
    with pytest.raises(sqlite3.DatabaseError, match="only what was learnt"):
        db.execute(
            """INSERT INTO alias_decisions(alias, kind, at, actor, surface)
               VALUES (?, 'forget', '2025', 'U1', 'test')""",
            [number],
        )


def test_the_plan_stays_the_same_object_until_something_is_decided(
    db: Database, by: Acts, plan: Plan
) -> None:
    learn(db, by("U2"), propose(db, by("U1"), plan))
    first = aliases.reading(db, plan)
    assert aliases.reading(db, plan) is first
    propose(db, by("U1"), plan, "もう一つの言い方")
    assert aliases.reading(db, plan) is first


def test_two_databases_in_one_process_are_never_mixed_up(
    db: Database, by: Acts, plan: Plan
) -> None:
    other = open_db(":memory:")
    learn(db, by("U2"), propose(db, by("U1"), plan))
    learn(other, by("U2"), propose(other, by("U1"), plan, "別の言い方"))
    assert read(db, plan) == [WORDS]
    assert read(other, plan) == ["別の言い方"]
    other.conn.close()


def test_words_outlive_a_new_plan_file_unless_it_has_them_itself_or_drops_what_they_mean(
    db: Database, by: Acts, plan: Plan
) -> None:
    learn(db, by("U2"), propose(db, by("U1"), plan))
    assert read(db, reloaded(plan, title="新しい版")) == [WORDS]
    others = tuple(i for i in plan.indicators if i.id != "1-1b")
    assert read(db, reloaded(plan, indicators=others)) == []
    claiming = plan.by_id["1-1a"].model_copy(update={"aliases": (WORDS,)})
    assert read(db, reloaded(plan, indicators=(*plan.indicators, claiming))) == []
    assert read(db, reloaded(plan, id="another")) == []


def test_what_was_learnt_makes_nothing_else_nearer_or_farther(plan: Plan) -> None:
    """The score of everything else stays, and that of what it means never falls."""
    knowing = taught(plan, [Learnt(ONE, "預け先のない子の人数")])
    for question in ("預け先がない子", "子育て世帯の割合", "空き家の数"):
        before = {(s.thing, s.id): s.score for s in rank(question, plan)}
        after = {(s.thing, s.id): s.score for s in rank(question, knowing)}
        mine, had = after.pop(ONE, 0.0), before.pop(ONE, 0.0)
        assert after == before
        assert mine >= had
    assert rank("預け先がない子", knowing)[0].id == "1-1b"
