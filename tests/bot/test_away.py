"""不在・代行: a deputy for some days; it ends by itself."""

from __future__ import annotations

import pytest

from store import departments
from store.db import writing
from store.people import Act
from tests.bot.forging import Forger
from tests.bot.giving import by, give, proposed, who_is
from tests.bot.office import Office
from tests.bot.people import Person, is_a_sentence, words_of
from tests.sandbox.hands import Json


def filled(
    deputy: str, first: str = "2025-06-03", last: str = "2025-06-04", capacity: str = "planner"
) -> Json:
    """The form of 不在 as somebody fills it in."""
    return {
        "capacity": {"chosen": {"selected_option": capacity}},
        "deputy": {"picked": {"selected_user": deputy}},
        "first_day": {"picked": {"selected_date": first}},
        "last_day": {"picked": {"selected_date": last}},
    }


BEHIND = "不在・代行"


def test_a_planner_who_is_away_is_not_asked_and_the_list_says_so(
    office: Office, planner: Person, planner2: Person
) -> None:
    """Until the last day is over; then it is as before."""
    said = planner.sends(planner.administers("不在").view, filled("U0PLANNER2")).view
    assert "6/3〜6/4の不在を登録しました。代行は企画担当Bさんです。" in words_of(said)
    office.settles()
    assert "企画担当Aさん（企画担当）が不在の間" in planner2.inbox("代行のお願い")[-1]["text"]
    give(office, "U0CHILD2", proposed("1-1b", "12"))
    assert planner.inbox("承認のお願い　") == []
    assert len(planner2.inbox("承認のお願い　")) == 1
    assert "不在: 企画担当A 6/3〜6/4（代行 企画担当B）" in words_of(
        planner2.administers("承認").view
    )
    office.at("2025-06-05T10:00:00+09:00")
    give(office, "U0CHILD2", proposed("1-1c", "6.9"))
    assert len(planner.inbox("承認のお願い　")) == 1
    assert office.refused_by_slack() == []


def test_somebody_is_always_asked(office: Office, planner: Person) -> None:
    """The deputy submits: then the one who is away is asked after all."""
    planner.sends(planner.administers("不在").view, filled("U0PLANNER2"))
    give(office, "U0PLANNER2", proposed("1-1b", "12"))
    assert len(planner.inbox("承認のお願い　")) == 1


def test_a_lead_names_a_deputy_from_home_and_takes_it_back(
    office: Office, child: Person, child2: Person
) -> None:
    """The deputy leads in that span and no longer; Home says so on both sides."""
    child.sends(child.opens(child.at_home(), BEHIND), filled("U0CHILD2", capacity="children"))
    department = departments.departments(office.bot.desk.db, office.now.date())["children"]
    assert who_is(office, "U0CHILD2").may(Act.CONFIRM, department)
    assert child2.home_says("こども担当（課長）さんの代行中です")
    assert child.home_says("不在: こども担当（課長） 6/3〜6/4")
    again = child.opens(child.at_home(), BEHIND)
    child.presses(again, "取り消す")
    assert not who_is(office, "U0CHILD2").may(Act.CONFIRM, department)
    assert len(office.rows("SELECT * FROM absences")) == 2


def test_a_deputy_loses_it_with_either_post(office: Office, child: Person) -> None:
    """When the lead is no lead any more, or the deputy left the department."""
    form = child.opens(child.at_home(), BEHIND)
    child.sends(form, filled("U0CHILD2", capacity="children"))
    db, today = office.bot.desk.db, office.now.date()
    department = departments.departments(db, today)["children"]
    with writing(db):
        departments.join(db, by(office, "U0PLANNER"), "children", "U0CHILD", "member", today)
    assert not who_is(office, "U0CHILD2").may(Act.CONFIRM, department)
    with writing(db):
        departments.join(db, by(office, "U0PLANNER"), "children", "U0CHILD", "lead", today)
        departments.join(db, by(office, "U0PLANNER"), "children", "U0CHILD2", "none", today)
    assert not who_is(office, "U0CHILD2").may(Act.CONFIRM, department)


WRONG = {
    "oneself": (filled("U0PLANNER"), "deputy"),
    "no planner": (filled("U0CHILD"), "deputy"),
    "a guest": (filled("U0GUEST"), "deputy"),
    "nobody known": (filled("U0NOBODY"), "deputy"),
    "days gone by": (filled("U0PLANNER2", "2025-06-01", "2025-06-02"), "last_day"),
    "days turned round": (filled("U0PLANNER2", "2025-06-10", "2025-06-05"), "last_day"),
    "years": (filled("U0PLANNER2", "2025-06-03", "2027-06-03"), "last_day"),
    "a post one does not hold": (
        filled("U0PLANNER2") | {"capacity": {"chosen": {"selected_option": {"value": "children"}}}},
        "capacity",
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_cannot_be_is_said_beside_its_field(
    office: Office, forger: Forger, planner: Person, wrong: str
) -> None:
    """The form stays as it was filled in; nothing is registered."""
    values, field = WRONG[wrong]
    chosen = values["capacity"]["chosen"]["selected_option"]
    if isinstance(chosen, str):
        values = values | {"capacity": {"chosen": {"selected_option": {"value": chosen}}}}
    told = forger.form("U0PLANNER", planner.administers("不在").view, values)
    assert list(told.errors) == [field]
    is_a_sentence(told.text)
    assert office.rows("SELECT * FROM absences") == []


def test_only_leads_and_planners_are_away(office: Office, forger: Forger, planner: Person) -> None:
    """A member, and somebody with another's form."""
    form = planner.administers("不在").view
    values = filled("U0PLANNER2") | {
        "capacity": {"chosen": {"selected_option": {"value": "planner"}}}
    }
    for told in (
        forger.click("U0CHILD2", "away", "-", twice=True),
        forger.form("U0CHILD2", form, values, twice=True),
        forger.click("U0CHILD2", "be_back", "planner", twice=True),
    ):
        assert "不在の登録は課長と企画担当ができます。" in told.text
    assert office.denials() == [("U0CHILD2", "be_away")] * 3
    assert office.rows("SELECT * FROM absences") == []
