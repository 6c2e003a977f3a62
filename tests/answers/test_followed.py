"""What is followed and the first greeting: however much there is, Slack takes it and all is said."""

from __future__ import annotations

import pytest

from answers.asked import Asked
from answers.follow import MOST_LISTED, Followed, choice, followings, follows_here
from answers.home import home
from answers.intention import Intention
from answers.welcome import prompts, welcome
from store.departments import Department
from store.follows import Subject
from store.plan import Plan
from tests.answers.city import NAMES, City
from tests.answers.seen import buttons
from tests.answers.slack_limits import home_faults, message_faults, unsaid

LONG = "名前の長い担当課" * 20


def everything(plan: Plan) -> frozenset[Subject]:
    """All that can be followed, and things that are no more."""
    return frozenset(
        (
            *(("goal", goal.id) for goal in plan.goals),
            *(("policy", policy.code) for policy in plan.policies),
            *(("indicator", indicator) for indicator in plan.by_id),
            ("department", "children"),
            ("indicator", "9-9z"),
            ("goal", "99"),
        )
    )


def asked_by(city: City, user: str, follows: frozenset[Subject] = frozenset()) -> Asked:
    return Asked(Intention("overview"), city.outlook(), city.who(user), NAMES, follows=follows)


def test_home_shows_ten_of_what_is_followed_and_how_many_more(city: City) -> None:
    plan = city.plan
    view = home(asked_by(city, "U0STAFF", everything(plan)), [])
    there = len(plan.goals) + len(plan.policies) + len(plan.by_id) + 1
    said = str(view)
    assert f"フォロー中 {there}件" in said
    assert f"ほか{there - 10}件" in said
    assert home_faults(view) == []
    assert "フォロー中" not in str(home(asked_by(city, "U0STAFF"), []))


def test_a_list_of_all_that_can_be_followed_fits_a_message(city: City) -> None:
    found = [Followed(city.plan.id, each, f"{each[1]} {LONG}") for each in everything(city.plan)]
    content = followings(found, found)
    assert message_faults(content.message) == []
    assert content.text.count(f"ほか{len(found) - MOST_LISTED}件") == 2


@pytest.mark.parametrize("mine", [True, False])
@pytest.mark.parametrize("here", [True, False, None])
def test_what_can_be_chosen_is_the_other_of_what_holds(mine: bool, here: bool | None) -> None:
    what = Followed("kitamoto-2", ("department", "children"), LONG)
    content = choice(what, mine, here)
    values = [button["value"].partition("|")[0] for button in buttons(content).values()]
    wanted = ["off" if mine else "on"]
    if here is not None:
        wanted.append("off_here" if here else "on_here")
    assert values[:-1] == wanted
    assert message_faults(content.message) == []
    assert message_faults(follows_here(what, "U1").message) == []


@pytest.mark.parametrize("user", ["U0STAFF", "U0CHILD", "U0PLANNER"])
def test_a_greeting_says_all_that_it_shows(city: City, user: str) -> None:
    content = welcome(asked_by(city, user), 3)
    assert message_faults(content.message) == []
    assert unsaid(content) == []


def test_the_longest_department_fits_greeting_and_suggestions(bare: City) -> None:
    """Slack cuts no title for us; what is sent stays whole."""
    bare.make_department(Department("all", LONG), "U0PLANNER", tuple(bare.plan.by_id))
    person = asked_by(bare, "U0PLANNER")
    assert message_faults(welcome(person, 68).message) == []
    assert all(len(each["title"]) <= 75 and each["message"] for each in prompts(person))
