"""引継ぎ and 機構改革: one act each, from a day on, with nothing of before rewritten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlite_utils import Database

from store import departments, ledger, submissions
from store.acts import By
from store.departments import Department
from store.errors import BadInput
from store.handovers import hand_over, handovers, reorganise, successions
from store.submissions import Proposal

MARCH, APRIL = date(2025, 3, 31), date(2025, 4, 1)
BEGINNING = date(2022, 4, 1)
CHILDREN, SCHOOL = Department("children", "こども課"), Department("school", "学校教育課")


@pytest.fixture
def city(db: Database, by: Callable[..., By]) -> Database:
    """Two departments: こども課 with a lead, a member and three policies; 学校教育課 with one."""
    act = by("U0PLANNER")
    for each in (CHILDREN, SCHOOL):
        departments.name_department(db, act, each, BEGINNING)
    departments.join(db, act, "children", "U0OLD", "lead", BEGINNING)
    departments.join(db, act, "children", "U0MEMBER", "member", BEGINNING)
    departments.assign(db, act, "p", ["1-1", "1-2", "1-3"], "children", BEGINNING)
    departments.assign(db, act, "p", ["2-1"], "school", BEGINNING)
    return db


def test_a_post_passes_on_the_day_and_not_before(city: Database, by: Callable[..., By]) -> None:
    hand_over(city, by("U0PLANNER"), "children", "U0NEW", APRIL, leaving="U0OLD", note="夏に照会")
    assert departments.members(city, "children", MARCH) == {"U0OLD": "lead", "U0MEMBER": "member"}
    assert departments.members(city, "children", APRIL) == {"U0MEMBER": "member", "U0NEW": "lead"}
    (kept,) = handovers(city, "children")
    assert (kept.leaving, kept.lead, kept.note, kept.since) == ("U0OLD", "U0NEW", "夏に照会", APRIL)


def test_a_predecessor_may_stay_as_a_member(city: Database, by: Callable[..., By]) -> None:
    hand_over(city, by("U0PLANNER"), "children", "U0MEMBER", APRIL, leaving="U0OLD", stays=True)
    assert departments.members(city, "children", APRIL) == {"U0MEMBER": "lead", "U0OLD": "member"}


@pytest.mark.parametrize(("lead", "leaving"), [("U0OLD", None), ("U0NEW", "U0MEMBER")])
def test_a_post_passes_from_its_lead_to_somebody_else(
    city: Database, by: Callable[..., By], lead: str, leaving: str | None
) -> None:
    with pytest.raises(BadInput):
        hand_over(city, by("U0PLANNER"), "children", lead, APRIL, leaving=leaving)
    assert handovers(city, "children") == []


def test_a_department_that_gives_all_away_ends_and_its_people_move(
    city: Database, by: Callable[..., By]
) -> None:
    new = Department("future", "こども未来課")
    moved = reorganise(city, by("U0PLANNER"), "p", ["children", "school"], new, APRIL)
    assert moved == {"children": ("1-1", "1-2", "1-3"), "school": ("2-1",)}
    assert list(departments.departments(city, MARCH)) == ["children", "school"]
    assert list(departments.departments(city, APRIL)) == ["future"]
    assert set(departments.owners(city, "p", APRIL).values()) == {"future"}
    assert set(departments.owners(city, "p", MARCH).values()) == {"children", "school"}
    assert departments.members(city, "future", APRIL) == {"U0OLD": "lead", "U0MEMBER": "member"}
    assert {each.department for each in successions(city)} == {"children", "school"}


def test_what_an_ended_department_began_is_its_successors_affair(
    city: Database, by: Callable[..., By]
) -> None:
    """Messages about an old submission reach the people who answer for it now."""
    for n, new in enumerate(("future", "family")):
        since = APRIL.replace(year=2025 + n)
        old = "children" if new == "future" else "future"
        reorganise(city, by("U0PLANNER"), "p", [old], Department(new, f"{new}課"), since)
    assert departments.heir(city, "children", MARCH) == "children"
    assert departments.heir(city, "children", APRIL) == "future"
    assert departments.heir(city, "children", date(2026, 4, 1)) == "family"
    assert departments.reachable(city, "children", date(2026, 4, 1)) == ("U0OLD", "U0MEMBER")


def test_a_department_that_keeps_something_stays(city: Database, by: Callable[..., By]) -> None:
    reorganise(
        city, by("U0PLANNER"), "p", ["children"], SCHOOL, APRIL, subjects=["1-3"], people_too=False
    )
    assert departments.owners(city, "p", APRIL)["1-3"] == "school"
    assert departments.owners(city, "p", APRIL)["1-1"] == "children"
    assert "children" in departments.departments(city, APRIL)
    assert departments.members(city, "school", APRIL) == {}


def test_nothing_to_move_is_said_and_nothing_written(city: Database, by: Callable[..., By]) -> None:
    with pytest.raises(BadInput, match="移すものがありません"):
        reorganise(city, by("U0PLANNER"), "p", ["children"], SCHOOL, APRIL, subjects=["9-9"])
    assert successions(city) == []


def test_a_submission_keeps_the_name_that_its_department_had(
    city: Database, by: Callable[..., By]
) -> None:
    """After a rename and after a 機構改革, also in its outcome and the history."""
    figure = Proposal("p", "1-1b", 2024, values={None: Decimal(12)}, period="FY2024")
    made = submissions.submit(city, by(), figure, "children")
    day = date.fromisoformat(made.at[:10])
    later = day + timedelta(days=1)
    departments.name_department(city, by("U0PLANNER"), Department("children", "子育て課"), later)
    new = Department("future", "こども未来課")
    reorganise(city, by("U0PLANNER"), "p", ["children"], new, later + timedelta(days=1))
    decided = submissions.approve(city, by("U0PLANNER"), made.id)
    assert (made.department_name, decided.department_name) == ("こども課", "こども課")
    events = ledger.events(city, ledger.Wanted("p"))
    told = {each.what: each.department_name for each in events}
    assert (told["submit"], told["approve"]) == ("こども課", "こども課")
    assigned = {e.department: e.department_name for e in events if e.what == "assign"}
    assert assigned == {"children": "こども課", "school": "学校教育課", "future": "こども未来課"}
