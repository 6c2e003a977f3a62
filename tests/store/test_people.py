"""Who belongs where follows effective dates, and who may do what follows one table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlite_utils import Database

from store import departments, directory, subscriptions
from store.acts import By, rows
from store.departments import Department
from store.errors import BadInput, NotAllowed, PlanMistakes
from store.people import AUTHORITY, Act, Role, Who, permit, who
from store.people_file import load_people, parse_people
from store.plan import Plan
from store.subscriptions import Subscription
from tests.conftest import NOON

TODAY = NOON.date()
CHILDREN = Department("children", "こども課")
WELFARE = Department("welfare", "福祉課")

PEOPLE = """
planners = ["U0PLANNER", "U0PLANNER2"]
digest_channels = ["C0DIGEST"]
[[departments]]
id = "children"
name = "こども課"
leads = ["U0CHILD"]
members = ["U0CHILD2"]
owns = ["1-1", "1-2", "6-3d"]
since = 2025-04-01
"""


@pytest.mark.parametrize(
    ("user", "standing"),
    [
        ({"id": "U1", "team_id": "T1"}, "member"),
        ({"id": "U1", "team_id": "T2"}, "other_workspace"),
        ({"id": "U1", "team_id": "T2", "enterprise_user": {"enterprise_id": "T1"}}, "member"),
        ({"id": "U1", "team_id": "T1", "is_stranger": True}, "other_workspace"),
        ({"id": "U1", "team_id": "T1", "is_restricted": True}, "guest"),
        ({"id": "U1", "team_id": "T1", "is_ultra_restricted": True}, "guest"),
        ({"id": "U1", "team_id": "T1", "is_bot": True}, "bot"),
        ({"id": "USLACKBOT", "team_id": "T1"}, "bot"),
        ({"id": "U1", "team_id": "T1", "deleted": True}, "deactivated"),
    ],
)
def test_slacks_word_on_a_user_decides_their_standing(
    user: dict[str, object], standing: str
) -> None:
    assert directory.standing_of(user, "T1") == standing


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("standing", ["member", "guest", "other_workspace", "bot", "deactivated"])
@pytest.mark.parametrize("planner", [True, False])
@pytest.mark.parametrize("department", [CHILDREN, WELFARE, None])
def test_authority_is_exactly_the_table(
    act: Act, standing: str, planner: bool, department: Department | None
) -> None:
    person = Who("U1", standing, (department,) if department else (), (), planner)
    roles = {Role.STAFF}
    roles |= {Role.PLANNER} if planner else set()
    roles |= {Role.DEPARTMENT} if department == CHILDREN else set()
    expected = standing == "member" and bool(roles & AUTHORITY[act])
    assert person.may(act, CHILDREN) is expected


def test_nobody_may_submit_what_no_department_owns() -> None:
    assert not Who("U1", "member", (CHILDREN,), (), True).may(Act.SUBMIT, None)


def test_a_refusal_names_who_could(by: Callable[..., By]) -> None:
    with pytest.raises(NotAllowed, match="こども課の担当者ができます。あなたの所属: 福祉課"):
        permit(by(), Who("U1", "member", (WELFARE,)), Act.SUBMIT, "x", CHILDREN)


def test_what_holds_on_a_day_is_what_took_effect_by_then(
    db: Database, by: Callable[..., By]
) -> None:
    departments.name_department(db, by(), CHILDREN, TODAY)
    departments.join(db, by(), "children", "U1", "lead", TODAY)
    april = date(2026, 4, 1)
    departments.join(db, by(), "children", "U1", "none", april)
    departments.join(db, by(), "children", "U2", "lead", april)
    departments.assign(db, by(), "p", ["1-1"], "children", april)

    assert departments.members(db, "children", TODAY) == {"U1": "lead"}
    assert departments.members(db, "children", april) == {"U2": "lead"}
    assert departments.owners(db, "p", TODAY) == {}
    assert departments.owners(db, "p", april) == {"1-1": "children"}
    assert who(db, "U1", "member", TODAY).leads == ("children",)
    assert who(db, "U1", "member", april).departments == ()
    assert departments.departments(db, TODAY - timedelta(days=1)) == {}


def test_who_left_the_workspace_is_written_to_no_more(db: Database, by: Callable[..., By]) -> None:
    departments.name_department(db, by(), CHILDREN, TODAY)
    for user in ("U1", "U2", "U3"):
        departments.join(db, by(), "children", user, "member", TODAY)
    directory.remember(db, [{"id": "U1", "team_id": "T1"}], "T1", NOON)
    directory.remember(db, [{"id": "U2", "team_id": "T1", "deleted": True}], "T1", NOON)
    assert departments.reachable(db, "children", TODAY) == ("U1", "U3")


def test_everybody_has_the_name_they_were_last_known_by(
    db: Database, by: Callable[..., By]
) -> None:
    user = {"id": "U1", "team_id": "T1", "profile": {"display_name": "こども担当"}}
    directory.remember(db, [user], "T1", NOON)
    departments.name_department(db, by(), CHILDREN, TODAY)
    departments.name_department(db, by(), Department("children", "こども未来課"), TODAY)
    assert directory.names(db) == {"children": "こども未来課", "U1": "こども担当"}


def test_the_last_planner_cannot_be_removed(db: Database, by: Callable[..., By]) -> None:
    departments.make_planner(db, by(), "U1")
    with pytest.raises(BadInput, match="最後の企画担当"):
        departments.drop_planner(db, by(), "U1")
    departments.make_planner(db, by(), "U2")
    departments.drop_planner(db, by(), "U1")
    assert departments.planners(db) == ("U2",)


def test_loading_the_same_people_again_adds_no_history(
    db: Database, by: Callable[..., By], plan: Plan
) -> None:
    data = parse_people(PEOPLE, "people.toml", plan)
    load_people(db, by(), data, plan)
    tables = ("planners", "departments", "memberships", "assignments", "subscriptions")
    before = {t: db.table(t).count for t in tables}
    load_people(db, by(minutes=5), data, plan)
    assert {t: db.table(t).count for t in tables} == before
    assert departments.planners(db) == ("U0PLANNER", "U0PLANNER2")
    assert subscriptions.subscriptions(db) == (Subscription("C0DIGEST"),)
    assert departments.owners(db, plan.id, TODAY)["6-3d"] == "children"


def test_who_is_no_longer_named_leaves_the_department(
    db: Database, by: Callable[..., By], plan: Plan
) -> None:
    load_people(db, by(), parse_people(PEOPLE, "people.toml", plan), plan)
    without = PEOPLE.replace('members = ["U0CHILD2"]', "members = []")
    load_people(db, by(), parse_people(without, "people.toml", plan), plan)
    assert departments.members(db, "children", TODAY) == {"U0CHILD": "lead"}
    ended = rows(db, "SELECT role FROM memberships WHERE user = 'U0CHILD2' ORDER BY id")
    assert [r["role"] for r in ended] == ["member", "none"]


def test_every_mistake_of_a_people_file_is_named_at_once(plan: Plan) -> None:
    text = (
        PEOPLE.replace('"U0PLANNER"', '"企画"')
        .replace('"1-1"', '"9-9"')
        .replace('"C0DIGEST"', '"#総合戦略"')
    )
    with pytest.raises(PlanMistakes) as caught:
        parse_people(text, "people.toml", plan)
    said = "\n".join(caught.value.mistakes)
    assert len(caught.value.mistakes) == 3
    for part in ("people.toml", "「企画」", "9-9", "「#総合戦略」"):
        assert part in said


def test_mistakes_of_shape_are_said_in_japanese_with_their_place(plan: Plan) -> None:
    text = 'planners = "x"\n[[departments]]\nid = "あ"\nlead = ["U1"]\n'
    with pytest.raises(PlanMistakes) as caught:
        parse_people(text, "people.toml", plan)
    said = "\n".join(caught.value.mistakes)
    assert len(caught.value.mistakes) == 4
    assert "people.toml: departments[1].lead: 知らないキーです。使えるキー: id、name" in said
    assert "people.toml: departments[1].name: 書いてください。" in said


@pytest.mark.parametrize("text", ["planners = [", 'unknown = "x"', 'planners = "U1"'])
def test_a_people_file_that_cannot_be_read_says_where(plan: Plan, text: str) -> None:
    with pytest.raises(PlanMistakes, match=r"people\.toml"):
        parse_people(text, "people.toml", plan)
