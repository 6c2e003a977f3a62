"""課長確認: a member's figure goes to the department's lead first, then to the planners."""

from __future__ import annotations

import pytest

from store import absences, confirming, departments
from store.absences import Absence
from store.db import writing
from tests.bot.forging import Forger
from tests.bot.giving import by, give, proposed
from tests.bot.office import Office
from tests.bot.people import Person, boxes_of, labels_of, ticked, words_of


@pytest.fixture
def strict(office: Office) -> Office:
    """An office where こども課 wants its lead to confirm."""
    with writing(office.bot.desk.db) as db:
        confirming.want(db, by(office, "U0PLANNER"), "children", True)
    return office


def test_planners_say_which_departments_want_it(office: Office, planner: Person) -> None:
    """By a button beside each; it holds from the next submission on."""
    page = planner.administers("課長確認").message
    block = next(b for b in page["blocks"] if "こども課" in str(b.get("text")))
    again = planner.clicks("必要にする", {**page, "blocks": [block]}).message
    assert "こども課（サンプル）　必要" in again["text"]
    assert "こども課（サンプル） 求める" in planner.administers("履歴 今日").text
    (made,) = give(office, "U0CHILD2", proposed("1-1b", "12"))
    assert made.awaits_lead
    assert office.refused_by_slack() == []


def test_planners_are_asked_only_after_the_lead_confirmed(
    strict: Office, child: Person, child2: Person, planner: Person
) -> None:
    """The lead's DM has 確認 and 差戻し; the list of planners counts what waits for leads."""
    receipt = child2.clicks("提出", child2.submits("1-1b R6 12人").message).message
    strict.settles()
    assert "確認中・課長確認待ち" in receipt["text"]
    assert planner.inbox("承認のお願い　") == []
    (asked,) = child.inbox("課長確認のお願い")
    assert labels_of(asked) == ["確認", "差戻し"]
    assert "ほかに課長確認待ちが1件あります。" in words_of(planner.administers("承認").view)
    assert "課長確認待ち" in child2.asks("1-1b").text
    assert "1-1b" in child2.asks("確認中").text

    child.clicks("確認", asked)
    strict.settles()
    (settled,) = child.inbox("課長確認済み")
    assert labels_of(settled) == []
    (request,) = planner.inbox("承認のお願い　")
    assert "課長確認 こども担当（課長） 6/3" in request["text"]
    planner.approves(request)
    assert strict.submissions()[-1]["decided"] == "approve"
    assert strict.refused_by_slack() == []


def test_a_lead_needs_no_confirmation_of_their_own(strict: Office, planner: Person) -> None:
    """Nor does a planner who enters by proxy."""
    (mine,) = give(strict, "U0CHILD", proposed("1-1b", "12"))
    (proxy,) = give(strict, "U0PLANNER2", proposed("1-1c", "6.9"))
    assert not mine.awaits_lead
    assert not proxy.awaits_lead
    assert len(planner.inbox("承認のお願い　")) == 2


def test_a_planner_cannot_pass_over_the_lead(strict: Office, forger: Forger) -> None:
    """Neither approve nor put right what waits for 課長確認, and a lead decides nothing else."""
    (made,) = give(strict, "U0CHILD2", proposed("1-1b", "12"))
    before = strict.business()
    told = forger.click("U0PLANNER", "approve", str(made.id)).text
    assert "この提出は担当課の課長の確認を待っています。" in told
    told = forger.click("U0WELFARE", "confirm", str(made.id), twice=True).text
    assert "課長確認は担当課の課長か、不在の間の代行者ができます。" in told
    told = forger.click("U0CHILD2", "confirm", str(made.id)).text
    assert "課長確認は担当課の課長か" in told
    assert strict.business() == before
    assert strict.denials() == [("U0WELFARE", "confirm"), ("U0CHILD2", "confirm")]


def test_a_lead_sends_back_what_waits_for_them_and_nothing_later(
    strict: Office, forger: Forger, child: Person, child2: Person
) -> None:
    """The member hears why; once confirmed only planners send it back."""
    made, other = give(strict, "U0CHILD2", proposed("1-1b", "12"), proposed("1-1c", "6.9"))
    asked = child.inbox("課長確認のお願い")
    child.sends_back(next(m for m in asked if "1-1b" in m["text"]), "数え方を確認してください")
    strict.settles()
    assert strict.submissions()[-1]["decided"] == "return"
    (told,) = child2.inbox("R6実績が差し戻されました")
    assert "数え方を確認してください" in told["text"]
    child.clicks("確認", next(m for m in asked if "1-1c" in m["text"]))
    late = forger.click("U0CHILD", "send_back", str(other.id)).text
    assert "この操作は企画担当ができます。" in late
    assert made.id != other.id


def test_a_sheet_is_confirmed_from_one_list(strict: Office, child: Person, planner: Person) -> None:
    """One message to the lead, one to each planner, each with the way to its list."""
    rows = [proposed("1-1b", "12"), proposed("1-1c", "6.9"), proposed("1-2a", "11")]
    give(strict, "U0CHILD2", *rows, together=True)
    (asked,) = child.inbox("課長確認のお願い　R6実績 3件")
    view = child.clicks("確認の一覧を開く", asked).view
    assert len(boxes_of(view)) == 3
    left = child.sends(view, ticked(view, "1-1b", "1-1c")).view
    assert "2件を確認しました。" in words_of(left)
    strict.settles()
    (request,) = planner.inbox("承認のお願い　R6実績 2件")
    assert len(boxes_of(planner.clicks("承認の一覧を開く", request).view)) >= 2
    assert [m for m in child.inbox("課長確認のお願い") if "課長確認済み" in m["text"]]
    assert len(boxes_of(child.submits("課長確認").view)) == 1
    assert strict.refused_by_slack() == []


def test_a_deputy_confirms_for_a_lead_who_is_away(
    strict: Office, child2: Person, planner: Person
) -> None:
    """In that span only, asked in the lead's place; the request says for whom."""
    with writing(strict.bot.desk.db) as db:
        day = strict.now.date()
        departments.join(db, by(strict, "U0PLANNER"), "children", "U0STAFF", "member", day)
        away = Absence("U0CHILD", "children", "U0CHILD2", day, day)
        absences.be_away(db, by(strict, "U0CHILD"), away)
    give(strict, "U0STAFF", proposed("1-1b", "12"))
    (asked,) = child2.inbox("課長確認のお願い")
    assert strict.person("U0CHILD").inbox("課長確認のお願い") == []
    child2.clicks("確認", asked)
    strict.settles()
    said = planner.inbox("承認のお願い　")[-1]["text"]
    assert "課長確認 こども担当（担当者）（こども担当（課長）の代行）" in said


def test_a_confirmation_delivered_twice_counts_once(
    strict: Office, child: Person, planner: Person
) -> None:
    """One row and one request; a second click hears that it was done."""
    give(strict, "U0CHILD2", proposed("1-1b", "12"))
    (asked,) = child.inbox("課長確認のお願い")
    strict.redelivered(lambda: child.clicks("確認", asked))
    strict.settles()
    assert len(strict.rows("SELECT * FROM confirmations")) == 1
    assert len(planner.inbox("承認のお願い　")) == 1
    assert strict.denials() == []
