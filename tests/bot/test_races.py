"""Acts that meet: nothing is lost, nothing doubled, authority is that of the act."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from store import departments
from store.db import writing
from tests.bot.giving import by, give, proposed
from tests.bot.office import Office
from tests.bot.people import Person, ticked, words_of


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """All of these in the same moment."""
    with ThreadPoolExecutor(len(acts)) as together:
        return [each.result() for each in [together.submit(act) for act in acts]]


def test_two_people_submit_the_same_figure_at_once(
    office: Office, child: Person, child2: Person, planner: Person
) -> None:
    """One is registered; the other hears of it and still has what they typed."""
    previews = [each.submits("1-1b R6 12人").message for each in (child, child2)]
    at_once(
        lambda: child.hurried.clicks("提出", previews[0]),
        lambda: child2.hurried.clicks("提出", previews[1]),
    )
    office.settles()
    assert [row["decided"] for row in office.submissions()] == [None]
    assert len(planner.inbox("承認のお願い　")) == 1


def test_a_double_click_counts_once(office: Office, child: Person, planner: Person) -> None:
    """Two clicks on 提出, then two on 承認."""
    preview = child.submits("1-1b R6 12人").message
    at_once(*[lambda: child.hurried.clicks("提出", preview)] * 2)
    office.settles()
    assert len(office.submissions()) == 1
    (request,) = planner.inbox("承認のお願い　")
    at_once(*[lambda: planner.hurried.approves(request)] * 2)
    office.settles()
    assert [row["decided"] for row in office.submissions()] == ["approve"]
    assert len(child.inbox("R6実績が承認されました")) == 1


@pytest.mark.parametrize("turn", range(3))
def test_a_bulk_approval_races_a_withdrawal(
    office: Office, child2: Person, planner: Person, turn: int
) -> None:
    """Each figure is approved or withdrawn, never both; the loser hears which."""
    receipt = child2.clicks("提出", child2.submits("1-1b R6 12人").message).message
    give(office, "U0CHILD2", proposed("1-1c", "6.9"))
    view = planner.administers("承認").view
    sent, withdrawn = at_once(
        lambda: words_of(planner.hurried.sends(view, ticked(view, "1-1b", "1-1c")).view),
        lambda: child2.hurried.clicks("取下げ", receipt).text,
    )
    office.settles()
    (row,) = office.submissions()
    assert office.submissions("1-1c")[-1]["decided"] == "approve"
    if row["decided"] == "approve":
        assert "2件を承認しました。" in sent
        assert "この提出は承認済みです" in "".join(m["text"] for m in child2.inbox()) + withdrawn
    else:
        assert row["decided"] == "withdraw"
        assert "この提出は取下げ済みです" in sent


def test_two_planners_approve_and_send_back_at_once(
    office: Office, planner: Person, planner2: Person
) -> None:
    """One decision holds, and the department hears of one."""
    give(office, "U0CHILD2", proposed("1-1b", "12"))
    first, second = (each.inbox("承認のお願い　")[-1] for each in (planner, planner2))
    form = planner2.clicks("差戻し", second).view
    reason = {"reason": {"typed": {"value": "数え方"}}}
    at_once(lambda: planner.hurried.approves(first), lambda: planner2.hurried.sends(form, reason))
    office.settles()
    (row,) = office.submissions()
    told = office.person("U0CHILD2").inbox("R6実績が")
    assert row["decided"] in {"approve", "return"}
    assert len(told) == 1


def test_a_withdrawal_after_the_post_was_lost_is_refused(office: Office, child2: Person) -> None:
    """Who submitted and has left the department takes nothing back any more."""
    receipt = child2.clicks("提出", child2.submits("1-1b R6 12人").message).message
    db = office.bot.desk.db
    with writing(db):
        day = office.now.date()
        departments.join(db, by(office, "U0PLANNER"), "children", "U0CHILD2", "none", day)
    told = child2.clicks("取下げ", receipt).text
    assert "取下げは提出した人か、担当課の課長ができます。" in told
    assert office.submissions()[-1]["decided"] is None
    assert office.denials() == [("U0CHILD2", "withdraw")]


def test_an_indicator_reassigned_with_the_form_open_gives_back_what_was_typed(
    office: Office, child: Person
) -> None:
    """The form stays as filled in, and says whose the indicator is now."""
    form = child.submits("1-1b R6").view
    db = office.bot.desk.db
    with writing(db):
        day = office.now.date()
        departments.assign(db, by(office, "U0PLANNER"), "kitamoto-2", ["1-1b"], "welfare", day)
    (beside,) = child.fills(form, value="12").errors.values()
    assert "福祉健康課（サンプル）の担当者ができます。" in beside
    assert child.form()["id"] == form["id"]
    assert office.submissions() == []


def test_a_planner_who_lost_the_post_approves_nothing_from_an_open_list(
    office: Office, planner: Person
) -> None:
    """Authority is that of the act, not of the list."""
    give(office, "U0CHILD2", proposed("1-1b", "12"))
    view = planner.administers("承認").view
    with writing(office.bot.desk.db) as db:
        departments.drop_planner(db, by(office, "U0PLANNER2"), "U0PLANNER")
    (beside,) = planner.sends(view, ticked(view, "1-1b")).errors.values()
    assert "この操作は企画担当ができます。" in beside
    assert office.submissions()[-1]["decided"] is None
    assert office.denials() == [("U0PLANNER", "approve")]
