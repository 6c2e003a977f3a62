"""代理入力, 取下げ and 値を直して承認へ: what is done to a figure besides deciding on it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import selections
from store import follows
from store.db import writing
from tests.bot.forging import Forger
from tests.bot.giving import PLAN, approve, by, give, proposed, who_is
from tests.bot.office import Office
from tests.bot.people import Person, labels_of, standing_in, ticked, words_of
from tests.sandbox.hands import Json


def mended(value: str, why: str = "内訳の合計と合わない") -> Json:
    """The correction form with another value and a reason."""
    return {"value:": {"typed": {"value": value}}, "why": {"typed": {"value": why}}}


def test_a_planner_enters_for_any_department_and_another_approves(
    office: Office, child: Person, planner: Person, planner2: Person
) -> None:
    """代理入力 is said in receipt, request and answer; the department hears of it."""
    preview = planner.submits("1-1b R6 12人 県の公表値").message
    receipt = planner.clicks("提出", preview).message
    assert "確認中・代理入力（企画担当）" in receipt["text"]
    office.settles()
    assert planner.inbox("承認のお願い　") == []
    (request,) = planner2.inbox("承認のお願い　")
    assert "企画担当A 6/3提出・代理入力（企画担当）" in request["text"]
    planner2.approves(request)
    office.settles()
    (told,) = child.inbox("R6実績が承認されました")
    assert "代理入力（企画担当）" in told["text"]
    assert "代理入力" in office.person("U0STAFF").asks("1-1b").text
    (row,) = office.submissions()
    assert (row["proxy"], row["department"]) == (1, "children")


def test_a_planner_enters_by_the_form_too(office: Office, planner: Person) -> None:
    """Every indicator is offered."""
    form = planner.submits("4-1a R6").view
    assert planner.types(form, "5-1a")
    assert office.denials() == []


def test_whoever_submitted_takes_it_back_from_the_receipt(
    office: Office, child2: Person, planner: Person, forger: Forger
) -> None:
    """The requests say 取下げ済み; nothing is left to approve, and what was typed is given back."""
    receipt = child2.clicks("提出", child2.submits("1-1b R6 12人").message).message
    office.settles()
    gone = child2.clicks("取下げ", receipt).message
    assert "取り下げました" in gone["text"]
    assert "入力された内容: /kpi-submit 1-1b R6 12人" in gone["text"]
    office.settles()
    (request,) = planner.inbox("取下げ済み")
    assert labels_of(request) == []
    number = str(office.submissions()[-1]["id"])
    assert "この提出は取下げ済みです" in forger.click("U0PLANNER", "approve", number).text
    assert "未提出" in child2.asks("1-1b").text


def test_a_lead_takes_back_what_a_member_submitted_and_nobody_else_does(
    office: Office, child: Person, child2: Person, forger: Forger
) -> None:
    """From the list `/kpi-submit 取下げ`; the submitter is told."""
    (made,) = give(office, "U0CHILD2", proposed("1-1b", "12"))
    told = forger.click("U0WELFARE", "withdraw", str(made.id), twice=True).text
    assert "取下げは提出した人か、担当課の課長ができます。" in told
    assert office.denials() == [("U0WELFARE", "withdraw")]
    listed = child.submits("取下げ").message
    rows = [b for b in listed["blocks"] if "1-1b" in str(b.get("text"))]
    child.clicks("取下げ", {**listed, "blocks": rows})
    office.settles()
    assert office.submissions()[-1]["decided"] == "withdraw"
    assert child2.inbox("R6実績が取り下げられました")


def test_a_planner_puts_a_figure_right_and_another_approves(
    office: Office, child2: Person, planner: Person, planner2: Person, forger: Forger
) -> None:
    """Both values and the reason stay together in request, outcome and history."""
    give(office, "U0CHILD2", proposed("1-1b", "12", source="県"))
    form = planner.clicks("値を直して承認へ", planner.inbox("承認のお願い　")[-1]).view
    assert standing_in(form, "value:") == "12人"
    assert standing_in(form, "source") == "県"
    assert list(planner.sends(form, mended("21", " 　"), force=True).errors) == ["why"]
    wrong = planner.sends(form, mended("21%"))
    assert list(wrong.errors) == ["value:"]
    said = words_of(planner.sends(form, mended("21")).view)
    assert "提出 12人 → 企画修正 *21人*" in said
    office.settles()
    first, second = office.submissions()
    assert (first["decided"], second["corrects"]) == ("supersede", first["id"])
    assert second["reason"] == "内訳の合計と合わない"
    told = forger.click("U0PLANNER", "approve", str(second["id"])).text
    assert "ご自身が直した値は承認できません。" in told
    (request,) = planner2.inbox("承認のお願い　")
    assert "提出 12人 → 企画修正 21人（企画担当A）" in request["text"]
    planner2.approves(request)
    office.settles()
    (told_them,) = child2.inbox("R6実績が承認されました")
    assert "提出 12人 → 企画修正 21人（企画担当A）" in told_them["text"]
    assert "理由: 内訳の合計と合わない" in told_them["text"]
    assert office.approved(2024) == "21"
    assert office.refused_by_slack() == []


def test_whoever_corrected_on_the_way_does_not_approve_it(
    office: Office, planner: Person, planner2: Person, forger: Forger
) -> None:
    """A puts it right, B puts that right: neither approves it, and it can still be sent back."""
    give(office, "U0CHILD2", proposed("1-1b", "12"))
    for each, value in ((planner, "21"), (planner2, "22")):
        each.sends(
            each.clicks("値を直して承認へ", each.inbox("承認のお願い　")[-1]).view, mended(value)
        )
        office.settles()
    number = str(office.submissions()[-1]["id"])
    for user in ("U0PLANNER", "U0PLANNER2"):
        told = forger.click(user, "approve", number).text
        assert "ご自身が直した値は承認できません。" in told
    planner.sends_back(planner.inbox("承認のお願い　")[-1], "確認してください")
    assert office.submissions()[-1]["decided"] == "return"


def test_it_is_put_right_from_the_list_too(office: Office, planner: Person) -> None:
    """The form opens over the list."""
    (made,) = give(office, "U0CHILD2", proposed("1-1b", "12"))
    form = planner.chooses(planner.administers("承認").view, "queue:mend", str(made.id)).view
    planner.sends(form, mended("21"))
    assert [row["figures"] for row in office.submissions()] == ["12", "21"]


def test_only_planners_put_figures_right(office: Office, planner: Person, forger: Forger) -> None:
    """By button or by a form that was opened for somebody else."""
    (made,) = give(office, "U0CHILD2", proposed("1-1b", "12"))
    form = planner.clicks("値を直して承認へ", planner.inbox("承認のお願い　")[-1]).view
    before = office.business()
    assert "企画担当ができます" in forger.click("U0CHILD", "correct", str(made.id), twice=True).text
    assert "企画担当ができます" in forger.form("U0CHILD", form, mended("21"), twice=True).text
    assert office.denials() == [("U0CHILD", "correct")] * 2
    assert office.business() == before


@pytest.mark.parametrize("metadata", ["", "x", "submission|x", "a|b|c", "kitamoto-2|zz|2024", "||"])
def test_a_forged_correction_is_an_old_form(
    office: Office, planner: Person, forger: Forger, metadata: str
) -> None:
    """Nothing comes of it."""
    give(office, "U0CHILD2", proposed("1-1b", "12"))
    form = planner.clicks("値を直して承認へ", planner.inbox("承認のお願い　")[-1]).view
    before = office.business()
    told = forger.form("U0PLANNER", form, mended("21"), metadata=metadata).text
    assert "このフォームは古いため使えません。" in told
    assert office.business() == before


def test_what_was_decided_meanwhile_is_not_put_right(
    office: Office, planner: Person, planner2: Person
) -> None:
    """A returned figure is its department's again; the form keeps what was typed."""
    give(office, "U0CHILD2", proposed("1-1b", "12"))
    form = planner.clicks("値を直して承認へ", planner.inbox("承認のお願い　")[-1]).view
    planner2.sends_back(planner2.inbox("承認のお願い　")[-1], "確認してください")
    (beside,) = planner.sends(form, mended("21")).errors.values()
    assert "この提出は差戻し済みです" in beside
    assert len(office.submissions()) == 1


def test_a_sheet_asks_each_planner_once(office: Office, planner: Person, child2: Person) -> None:
    """The first rows in full; as they are decided the one message follows."""
    ids = [i.id for i in office.bot.desk.plan.indicators if i.id[0] == "1"]
    made = give(office, "U0CHILD2", *(proposed(i) for i in ids), together=True)
    (request,) = planner.inbox(f"承認のお願い　R6実績 {len(made)}件")
    assert labels_of(request) == ["承認の一覧を開く"]
    view = planner.clicks("承認の一覧を開く", request).view
    planner.sends(view, ticked(view, "1-1b"))
    office.settles()
    (followed,) = planner.inbox(f"承認のお願い　R6実績 {len(made)}件")
    assert followed["ts"] == request["ts"]
    assert "調査対象外年度　… 承認済み" in followed["text"]
    approve(office, "U0PLANNER", *(s.id for s in made if s.proposal.indicator != "1-1b"))
    (done,) = planner.inbox(f"承認のお願い（処理済み）　R6実績 {len(made)}件")
    assert labels_of(done) == []
    assert office.refused_by_slack() == []


def test_a_follower_hears_of_a_whole_selection_in_one_message(
    office: Office, staff: Person
) -> None:
    """Of one value as before, of several with the way to the list."""
    db = office.bot.desk.db
    with writing(db):
        for name in ("1-1b", "1-1c"):
            follows.follow(db, by(office, staff.id), PLAN, ("indicator", name))
    made = give(office, "U0CHILD2", proposed("1-1b", "12"), proposed("1-1c", "3"))
    with writing(db):
        planner = who_is(office, "U0PLANNER")
        selections.accept_all(db, by(office, "U0PLANNER"), planner, [s.id for s in made])
    office.at((office.now + timedelta(minutes=61)).isoformat())
    (told,) = staff.inbox("フォロー中の指標の値が承認されました（2件）")
    assert "1-1b" in told["text"]
    assert "1-1c" in told["text"]
    assert labels_of(told)[-1] == "フォローの一覧"


def test_a_year_that_is_not_locked_is_submitted_anew_instead(
    office: Office, planner: Person
) -> None:
    """The page says so, with the command, and opens no form."""
    said = planner.administers("訂正 1-1b R6").text
    assert "R6実績はまだ締められていません" in said
    assert "/kpi-submit 1-1b R6" in said
