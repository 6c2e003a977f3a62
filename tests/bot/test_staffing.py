"""担当: the planning section says in Slack who does what, from which day on."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bot.office import Office
from tests.bot.people import Person, field_of, labels_of, words_of
from tests.sandbox.hands import Json, soon

FORMS = ["担当課を追加", "引継ぎ", "機構改革", "企画担当を変える"]


def users(*ids: str) -> Json:
    return {"picked": {"selected_users": list(ids)}}


def opened(person: Person, label: str, nth: int = 0) -> Json:
    """The form behind a button of the page; `nth` of those with that label."""
    page = person.administers("担当").message
    buttons = [b for block in page["blocks"] for b in _buttons(block)]
    button = [b for b in buttons if b["text"]["text"] == label][nth]
    seen = person.hands.do(
        "interact",
        user=person.id,
        channel=page["channel"],
        message_ts=page["ts"],
        action_id=button["action_id"],
        wait=8,
    )
    assert seen["views"], seen
    view: Json = seen["views"][-1]
    return view


def _buttons(block: Json) -> list[Json]:
    there = [*block.get("elements", ()), *filter(None, [block.get("accessory")])]
    return [each for each in there if each.get("type") == "button"]


def test_the_page_shows_who_does_what_today(planner: Person) -> None:
    page = planner.administers("担当").message
    assert "企画担当 企画担当A・企画担当B" in page["text"]
    assert "課長 こども担当（課長）　担当者 こども担当（担当者）" in page["text"]
    assert "担当 1-1・1-2・1-3・1-4・1-5（" in page["text"]
    assert set(FORMS) < set(labels_of(page))


def test_a_member_is_added_by_the_picker_and_may_submit_at_once(
    office: Office, planner: Person, staff: Person
) -> None:
    assert not staff.submits("1-1b R6 12人 市の集計").text.count("提出の確認")
    form = opened(planner, "編集")
    members = next(b["block_id"] for b in form["blocks"] if b["block_id"].startswith("members"))
    seen = planner.sends(form, {members: users("U0CHILD2", "U0STAFF")})
    assert "担当者 こども担当（担当者） → こども担当（担当者）・一般職員" in words_of(seen.view)
    preview = staff.submits("1-1b R6 12人 市の集計").message
    assert "提出" in labels_of(preview)
    assert office.rows("SELECT surface FROM memberships ORDER BY id DESC LIMIT 1") == [
        {"surface": "admin"}
    ]


def test_a_user_group_is_filled_in_and_only_saved_by_hand(office: Office, planner: Person) -> None:
    form = opened(planner, "編集", 1)
    before = office.business()
    planner.hands.do(
        "interact",
        user=planner.id,
        view_id=form["id"],
        block_id="group",
        action_id="expand_group",
        selected_option={"text": {"type": "plain_text", "text": "x"}, "value": "S0CHILD"},
    )
    assert soon(lambda: "グループから担当者に加えました" in words_of(planner.form()))
    assert office.business() == before
    followed = planner.form()
    (field,) = [b for b in followed["blocks"] if b["block_id"].startswith("members")]
    assert field["element"]["initial_users"] == ["U0CHILD", "U0CHILD2"]
    planner.sends(followed)
    assert (
        "こども担当（課長）" in planner.administers("担当").message["text"].split("福祉健康課")[1]
    )


def test_guests_and_outsiders_are_no_members(office: Office, planner: Person) -> None:
    form = opened(planner, "編集")
    before = office.business()
    seen = planner.sends(form, {"leads": users("U0GUEST", "U0CHILD")})
    assert "利用できない人が選ばれています" in seen.errors["leads"]
    assert office.business() == before


def test_who_is_lead_and_member_at_once_is_said_beside_the_field(planner: Person) -> None:
    form = opened(planner, "編集")
    seen = planner.sends(form, {"leads": users("U0CHILD", "U0CHILD2")})
    assert "どちらか一方" in seen.errors["leads"]


def test_of_two_who_edit_one_department_the_second_looks_again(
    office: Office, planner: Person, planner2: Person
) -> None:
    first, second = opened(planner, "編集"), opened(planner2, "編集")
    planner.sends(first, {"name": {"typed": {"value": "こども応援課"}}})
    seen = planner2.sends(second, {"name": {"typed": {"value": "こども支援課"}}})
    assert "開き直して" in " ".join(seen.errors.values())
    assert "こども応援課" in planner.administers("担当").message["text"]


def test_a_new_department_takes_what_it_is_given(office: Office, planner: Person) -> None:
    form = opened(planner, "担当課を追加")
    values: dict[str, Any] = {
        "id": {"typed": {"value": "digital"}},
        "name": {"typed": {"value": "デジタル課"}},
        "leads": users("U0STAFF"),
        "indicators": {"indicators": {"selected_options": ["6-3d"]}},
    }
    seen = planner.sends(form, values)
    assert "担当 — → 6-3d" in words_of(seen.view)
    assert "デジタル課" in office.person("U0STAFF").asks("6-3d").text
    again = planner.sends(opened(planner, "担当課を追加"), values)
    assert "すでに使われています" in again.errors["id"]


def test_a_handover_is_one_act_and_brings_all_that_belongs_to_the_post(
    office: Office, planner: Person, child: Person
) -> None:
    form = opened(planner, "引継ぎ")
    values = {
        "department": {"picked": {"selected_option": "children"}},
        "leaving": {"picked": {"selected_option": "U0CHILD"}},
        "lead": {"picked": {"selected_user": "U0STAFF"}},
        "note": {"typed": {"value": "1-1c は財政課の決算を待つこと\n<!channel> 以上"}},
    }
    office.redelivered(lambda: planner.sends(form, values))
    office.settles()
    (told,) = office.person("U0STAFF").inbox("引継ぎ事項")
    assert "前任 こども担当（課長）" in told["text"]
    assert "1-1c は財政課の決算を待つこと" in told["text"]
    assert "&lt;!channel&gt;" in told["text"]
    assert "1-1b 保育所（園）待機児童数" in told["text"]
    assert "担当課の担当者ができます" in child.submits("1-1b R6 12人").text.replace(
        "こども課（サンプル）の担当者", "担当課の担当者"
    )
    assert office.rows("SELECT count(*) AS n FROM handovers") == [{"n": 1}]


def test_a_reorganisation_moves_tasks_and_people_from_its_day_on(
    office: Office, planner: Person, child: Person
) -> None:
    child.clicks("提出", child.submits("1-1b R6 12人 県の公表値").message)
    office.settles()
    form = opened(planner, "機構改革")
    values = {
        "old": {"old": {"selected_options": ["children"]}},
        "new": {"picked": {"selected_option": "+"}},
        "name": {"typed": {"value": "こども未来課"}},
        "id": {"typed": {"value": "future"}},
        "reason": {"typed": {"value": "6月の機構改革"}},
    }
    seen = planner.sends(form, values)
    assert "こども課（サンプル） → こども未来課: 1-1・1-2・1-3・1-4・1-5" in words_of(seen.view)
    page = planner.administers("担当").message["text"]
    assert "機構改革 6/3から: こども課（サンプル） → こども未来課（6月の機構改革）" in page
    assert "担当課 5課" in page
    planner.approves(planner.inbox("承認のお願い")[-1])
    office.settles()
    assert child.inbox("R6実績が承認されました")
    assert "提出" in labels_of(child.submits("1-2a R6 13回").message)


def test_the_planning_section_never_runs_out(office: Office, planner: Person) -> None:
    seen = planner.sends(opened(planner, "企画担当を変える"), {"planners": users("U0PLANNER2")})
    assert "企画担当から外しました: 企画担当A" in words_of(seen.view)
    assert "企画担当ができます" in planner.administers("担当").text
    last = office.person("U0PLANNER2")
    refused = last.sends(opened(last, "企画担当を変える"), {"planners": users("U0GUEST")})
    assert "利用できない人" in refused.errors["planners"]
    assert office.rows("SELECT user FROM planners GROUP BY user HAVING max(id) AND active = 1")


@pytest.mark.parametrize("user", ["U0STAFF", "U0CHILD", "U0GUEST", "U0OUTSIDE"])
def test_nobody_else_opens_these_pages(office: Office, user: str) -> None:
    before = office.business()
    person = office.person(user)
    person.administers("担当", channel="C0SHARED" if user == "U0OUTSIDE" else "C0STAFF")
    assert office.business() == before
    assert (user, "administer") in office.denials()


def test_the_menu_leads_to_every_page_and_unknown_words_to_the_menu(planner: Person) -> None:
    menu = planner.administers().message
    assert "担当" in menu["text"]
    assert "「予算」という操作はありません" in planner.administers("予算").text
    assert "承認" in words_of(planner.clicks("開く", menu).view)


def test_field_ids_stay_apart_from_what_slack_keeps(planner: Person) -> None:
    form = opened(planner, "編集")
    assert field_of(form, "members:0")["element"]["initial_users"] == ["U0CHILD2"]
