"""見直し in Slack: proposed in a form, put into force by a second planner, told and answered from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from store import departments
from store.db import writing
from tests.bot.forging import Forger
from tests.bot.giving import PLAN, by
from tests.bot.office import Office
from tests.bot.people import Person, labels_of, standing_in
from tests.sandbox.hands import Json

WHY = "受け皿の整備が進まないため"


def changed(**fields: Any) -> Json:
    filled: Json = {
        "from_year": {"year": {"selected_option": "2024"}},
        "decided_by": {"typed": {"value": "行政経営会議"}},
        "decided_on": {"picked": {"selected_date": "2025-04-01"}},
        "reason": {"typed": {"value": WHY}},
    }
    return {**filled, **fields}


def typed(text: str) -> Json:
    return {"typed": {"value": text}}


def opened(planner: Person, indicator: str = "1-1b") -> Json:
    found: Json = planner.administers(f"見直し {indicator}").view
    return found


def proposed(office: Office, planner: Person, **fields: Any) -> None:
    seen = planner.sends(opened(planner), changed(**fields))
    assert seen.errors == {}
    planner.closes(planner.form())
    office.settles()


def in_force(office: Office, planner: Person, planner2: Person, **fields: Any) -> None:
    proposed(office, planner, **fields)
    planner2.clicks("見直しを確定する", planner2.inbox("見直しの提案")[-1])
    office.settles()


def test_a_target_is_revised_by_two_planners_and_the_old_one_stays_to_be_seen(
    office: Office, planner: Person, planner2: Person, child: Person, staff: Person
) -> None:
    form = opened(planner)
    assert standing_in(form, "target:") == "0人／年"
    assert standing_in(form, "baseline:") == "29人"
    proposed(office, planner, **{"target:": typed("２５人")})
    before = staff.asks("1-1b").text
    assert "→ 目標 0人／年" in before
    (asked,) = planner2.inbox("見直しの提案")
    assert "目標値 0人／年（R7） → 25人／年（R7）（R6から）" in asked["text"]
    assert f"理由: {WHY}" in asked["text"]
    planner2.clicks("見直しを確定する", asked)
    office.settles()
    after = staff.asks("1-1b").text
    assert "→ 目標 0人／年（R6は25人／年）" in after
    assert "目標値 0人／年（R7） → 25人／年（R7）（R6から）" in after
    assert f"行政経営会議（4/1）・理由: {WHY}" in after
    # R5's figure is still judged against the target of its year.
    assert "計算: 現状値29人（R2と推定）→目標0人、R5は23人" in after
    assert "R5: 実績 23人・判定 ▲ 向上" in after
    assert "確定しました（企画担当B）" in planner2.inbox("見直し　1-1b")[-1]["text"]
    assert child.inbox("担当の指標が見直されました")
    page = planner.administers("見直し").text
    assert "有効な見直し 1件" in page
    assert "提案 企画担当A 6/3・確定 企画担当B 6/3" in page
    assert office.refused_by_slack() == []


def test_a_figure_reported_after_it_is_judged_by_the_new_target(
    office: Office, planner: Person, planner2: Person, child: Person
) -> None:
    in_force(office, planner, planner2, **{"target:": typed("25人")})
    child.clicks("提出", child.submits("1-1b R6 24人").message)
    office.settles()
    planner.approves(planner.inbox("承認のお願い")[-1])
    said = child.asks("1-1b").text
    assert "● 達成（R6時点）" in said
    assert "R6は24人" in said
    assert "→目標0人、R5は23人" not in said


def test_nobody_agrees_to_their_own_and_a_proposal_can_be_dropped(
    office: Office, planner: Person, planner2: Person, forger: Forger
) -> None:
    proposed(office, planner, **{"target:": typed("5人")})
    page = planner.administers("見直し").message
    assert "見直しを確定する" not in labels_of(page)
    told = forger.click("U0PLANNER", "revision:agree", "1", twice=True)
    assert "ご自身の見直しの提案は確定できません" in told.text
    assert planner2.administers("見直し 1-1b").view["callback_id"] == "revision"
    late = planner2.sends(planner2.form(), changed(**{"target:": typed("9人")}))
    assert "提案済みです" in str(late.errors)
    dropped = planner.clicks("提案を取り下げる", planner.administers("見直し").message).text
    assert "有効な見直し 0件" in dropped
    office.settles()
    assert "提案は取り下げられました" in planner2.inbox("見直し　1-1b")[-1]["text"]
    assert office.denials() == [("U0PLANNER", "revise")]


def test_what_a_form_lacks_or_cannot_say_stands_beside_its_field(
    office: Office, planner: Person
) -> None:
    form = opened(planner)
    assert set(planner.sends(form, {}).errors) == {"decided_by", "decided_on", "reason"}
    assert "変えるところがありません" in planner.sends(form, changed()).errors["target:"]
    wrong = changed(
        **{
            "target:": typed("5件"),
            "unit": typed("千人"),
            "baseline:": typed("30人"),
            "decided_on": {"picked": {"selected_date": "2025-07-01"}},
        }
    )
    assert set(planner.sends(form, wrong).errors) == {"target:", "unit", "of_year", "decided_on"}
    assert "という指標は見つかりません" in planner.administers("見直し ほげ").text
    assert office.rows("SELECT * FROM revision_proposals") == []


def test_a_retired_indicator_is_asked_for_no_more_and_keeps_its_history(
    office: Office, planner: Person, planner2: Person, child: Person, staff: Person
) -> None:
    in_force(office, planner, planner2, retired={"retired": {"selected_options": ["retired"]}})
    said = staff.asks("1-1b").text
    assert "– 廃止" in said
    assert "R5: 実績 23人" in said
    assert "指標 継続 → 廃止（R6から）" in said
    assert "1-1b" in staff.asks("廃止").text
    assert "1-1b" not in child.asks("こども課 未提出").text
    offered = [each["value"] for each in child.types(child.submits().view, "1-1")]
    assert "1-1a" in offered
    assert "1-1b" not in offered
    refused = child.submits("1-1b R6 12人").text
    assert "R6から廃止された指標です" in refused
    assert "12人" in refused
    assert office.submissions() == []


def test_name_owner_and_place_change_and_the_old_name_is_still_understood(
    office: Office, planner: Person, planner2: Person, staff: Person
) -> None:
    in_force(
        office,
        planner,
        planner2,
        name=typed("待機児童数（保育所等）"),
        owner={"chosen": {"selected_option": "welfare"}},
        goals={"picked": {"selected_options": ["1|target"]}},
    )
    said = staff.asks("保育所（園）待機児童数").text
    assert said.startswith("待機児童数（保育所等）")
    assert "数値目標（基本目標1）" in said
    assert "担当: 福祉" in said
    assert "担当課 こども課（サンプル） → " in said
    assert "1-1b" in staff.asks("目標1").text
    assert "1-1b" not in staff.asks("目標3").text


def test_a_form_that_was_opened_before_another_revision_is_not_taken(
    office: Office, planner: Person, planner2: Person
) -> None:
    late = opened(planner2)
    proposed(office, planner, **{"target:": typed("5人")})
    # The second planner's form stays open on top while the first proposal is agreed to.
    planner2.clicks("見直しを確定する", planner2.inbox("見直しの提案")[-1])
    errors = planner2.sends(late, changed(**{"target:": typed("9人")})).errors
    assert "ほかの見直しが確定しました" in str(errors)


@pytest.mark.parametrize("user", ["U0STAFF", "U0CHILD", "U0GUEST"])
def test_only_planners_revise(office: Office, forger: Forger, planner: Person, user: str) -> None:
    form = opened(planner, "1-1a")
    proposed(office, planner, **{"target:": typed("5人")})
    before = office.business()
    forger.click(user, "revision:agree", "1", twice=True)
    forger.form(user, form, {"reason": typed("x")}, twice=True)
    assert office.business() == before
    assert office.denials() == [(user, "revise")] * 2
    forger.click("U0PLANNER2", "revision:agree", "99")
    forger.click("U0PLANNER2", "revision:drop", "x")
    assert office.business() == before


def test_agreeing_twice_is_one_revision(office: Office, planner: Person, planner2: Person) -> None:
    proposed(office, planner, **{"target:": typed("5人")})
    asked = planner2.inbox("見直しの提案")[-1]
    office.redelivered(lambda: planner2.clicks("見直しを確定する", asked))
    assert len(office.rows("SELECT * FROM revision_settlements")) == 1


def move_the_indicator(office: Office) -> None:
    """1-1b passes to another department by another act."""
    with writing(office.bot.desk.db) as db:
        departments.assign(db, by(office, "U0PLANNER2"), PLAN, ["1-1b"], "trade", office.now.date())


def end_the_successor(office: Office) -> None:
    """The department that was to take it over is no more."""
    with writing(office.bot.desk.db) as db:
        departments.end_department(db, by(office, "U0PLANNER2"), "welfare", office.now.date())


@pytest.mark.parametrize("meanwhile", [move_the_indicator, end_the_successor])
def test_a_proposal_that_was_overtaken_is_not_agreed_to(
    office: Office,
    planner: Person,
    planner2: Person,
    forger: Forger,
    meanwhile: Callable[[Office], None],
) -> None:
    """A second planner's word is on the change that was shown, from what it was to what it becomes."""
    proposed(office, planner, owner={"chosen": {"selected_option": "welfare"}})
    meanwhile(office)
    before = office.business()
    told = forger.click("U0PLANNER2", "revision:agree", "1", twice=True).text
    assert "提案の後に、変える前の内容か変更先の課が変わったため、確定できません" in told
    assert office.business() == before
    planner2.clicks("提案を取り下げる", planner2.administers("見直し").message)
    assert [r["kind"] for r in office.rows("SELECT kind FROM revision_settlements")] == ["drop"]
