"""公開の決定 in Slack: one planner proposes, another confirms, either takes it back with a reason."""

from __future__ import annotations

import pytest

from store import publications
from tests.bot.forging import Forger
from tests.bot.giving import PLAN, approve, give, proposed
from tests.bot.office import Office
from tests.bot.people import Person, labels_of
from tests.bot.test_lock import lock


@pytest.fixture
def closed(office: Office) -> Office:
    """An office where 1-1b is 12 and R6 is locked."""
    (made,) = give(office, "U0CHILD2", proposed("1-1b", "12"))
    approve(office, "U0PLANNER", made.id)
    lock(office)
    return office


def test_two_planners_decide_and_one_takes_it_back(
    closed: Office, planner: Person, planner2: Person
) -> None:
    """Each hears of what the other did; the reason stands in the history."""
    page = planner.administers("公開 R6").message
    assert "公開は決定していません" in page["text"]
    assert "R4・R5実績は公開が決定していないため" in page["text"]
    assert "これは試用環境です" in page["text"]
    mine = planner.clicks("公開を提案", page).message
    assert labels_of(mine) == ["提案を取り下げる"]
    closed.settles()
    (asked,) = planner2.inbox("公開の提案　R6実績")
    other = planner2.clicks("公開の状況を開く", asked).message
    assert planner2.clicks("公開を確定する", other).saying("公開を決定済み")
    closed.settles()
    assert planner.inbox("確定しました（企画担当B）")
    decided = planner.administers("公開 R6").message
    form = planner.clicks("公開を取りやめる", decided).view
    assert planner.sends(form).answer["error"] == "invalid_input"
    planner.sends(form, {"why": {"typed": {"value": "転記の誤りが見つかったため"}}})
    closed.settles()
    assert planner2.inbox("理由: 転記の誤りが見つかったため")
    assert publications.decided(closed.bot.desk.db, PLAN) == {}
    said = planner.administers("履歴 R6").text
    assert all(word in said for word in ("公開の提案", "公開の決定", "公開の取りやめ"))
    assert closed.refused_by_slack() == []


def test_before_the_lock_nothing_can_be_proposed(
    office: Office, planner: Person, forger: Forger
) -> None:
    page = planner.administers("公開 R6").message
    assert "R6実績は締められていません。" in page["text"]
    assert labels_of(page) == []
    told = forger.click("U0PLANNER", "publication:propose", f"{PLAN}|2024").text
    assert "締められていないため、公開を提案できません" in told
    assert office.rows("SELECT * FROM publications") == []


def test_nobody_confirms_their_own_and_only_planners_decide(
    closed: Office, planner: Person, forger: Forger
) -> None:
    """By forged buttons, one audit row each; a redelivered click does nothing twice."""
    planner.clicks("公開を提案", planner.administers("公開 R6").message)
    number = str(closed.rows("SELECT max(id) AS id FROM publications")[0]["id"])
    before, denied = closed.business(), closed.denials()
    told = forger.click("U0PLANNER", "publication:agree", number, twice=True).text
    assert "ご自身の公開の提案は確定できません。" in told
    for action, value in (
        ("publication:propose", f"{PLAN}|2024"),
        ("publication:agree", number),
        ("publication:revoke", f"{PLAN}|2024"),
    ):
        assert "企画担当ができます" in forger.click("U0CHILD", action, value).text
    assert closed.business() == before
    assert (
        closed.denials()[len(denied) :] == [("U0PLANNER", "publish")] + [("U0CHILD", "publish")] * 3
    )


@pytest.mark.parametrize("value", [None, "", "x", "kitamoto-9|2024", f"{PLAN}|1", "²"])
def test_a_forged_decision_is_an_old_button(
    office: Office, forger: Forger, value: str | None
) -> None:
    for action in ("publication:propose", "publication:agree", "publication:revoke"):
        told = forger.click("U0PLANNER", action, value).text
        assert "古いため使えません" in told or "すでに処理されています" in told
    assert office.rows("SELECT * FROM publications") == []
