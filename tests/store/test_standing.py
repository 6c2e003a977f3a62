"""How an indicator stands: its state in the round, its newest figure and the verdict on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

import pytest
from sqlite_utils import Database

from store import departments, shelf, submissions
from store.acts import By
from store.departments import Department
from store.errors import UnknownWords
from store.people import Who
from store.plan import Plan
from store.plan_file import builtin_plans
from store.standing import Standing, State, outlook
from store.submissions import Proposal
from tests.conftest import NOON

TODAY = NOON.date()
CHILDREN = Department("children", "こども課")


@pytest.fixture(autouse=True)
def _set_up(db: Database, by: Callable[..., By]) -> None:
    for plan in builtin_plans().values():
        shelf.put(db, by(), plan)
    departments.name_department(db, by(), CHILDREN, TODAY)
    departments.join(db, by(), "children", "U0CHILD", "lead", TODAY)
    departments.assign(db, by(), "kitamoto-2", ["1-1"], "children", TODAY)


def figure(value: str, collection: int = 2024) -> Proposal:
    values: Mapping[str | None, Decimal] = {None: Decimal(value)}
    return Proposal("kitamoto-2", "1-1b", collection, values=values, period=f"FY{collection}")


def standing(
    db: Database, plan: Plan, today: date = TODAY, collection: int | None = None
) -> Standing:
    return outlook(db, plan, today, collection, ["1-1b"]).standings["1-1b"]


def test_before_it_opens_nothing_is_asked(db: Database, plan: Plan) -> None:
    assert standing(db, plan, TODAY, 2025).state is State.NOT_OPEN


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2025, 5, 12), State.MISSING),
        (date(2025, 6, 12), State.MISSING),
        (date(2025, 6, 13), State.LATE),
    ],
)
def test_it_is_late_only_after_the_due_day(
    db: Database, plan: Plan, today: date, state: State
) -> None:
    assert standing(db, plan, today).state is state


def test_a_round_goes_from_waiting_to_returned_to_approved(
    db: Database, plan: Plan, by: Callable[..., By]
) -> None:
    first = submissions.submit(db, by(), figure("12"), "children")
    waiting = standing(db, plan)
    assert (waiting.state, waiting.latest) == (State.PENDING, None)
    assert waiting.shows_pending_to(Who("U0CHILD", "member", (CHILDREN,)))
    assert waiting.shows_pending_to(Who("U0PLANNER", "member", planner=True))
    assert not waiting.shows_pending_to(Who("U0STAFF", "member"))
    assert not waiting.shows_pending_to(Who("U0GUEST", "guest", planner=True))

    submissions.send_back(db, by("U0PLANNER", reason="数え方"), first.id, "2025-06-20")
    returned = standing(db, plan)
    assert (returned.state, returned.due) == (State.RETURNED, date(2025, 6, 20))
    assert returned.outstanding

    second = submissions.submit(db, by(minutes=5), figure("13"), "children")
    submissions.approve(db, by("U0PLANNER"), second.id)
    approved = standing(db, plan)
    assert approved.state is State.APPROVED
    assert approved.latest is not None
    assert approved.latest.proposal.values == {None: Decimal(13)}
    assert approved.verdict.grade is not None
    assert approved.verdict.grade.label == "向上"


def test_an_earlier_figure_still_stands_in_a_new_round(
    db: Database, plan: Plan, by: Callable[..., By]
) -> None:
    made = submissions.submit(db, by(), figure("18", 2023), "children")
    submissions.approve(db, by("U0PLANNER"), made.id)
    now = standing(db, plan)
    assert now.state is State.MISSING
    assert now.latest is not None
    assert now.latest.proposal.collection == 2023
    assert now.verdict.collection == 2023


def test_an_earlier_round_knows_nothing_of_later_figures(
    db: Database, plan: Plan, by: Callable[..., By]
) -> None:
    made = submissions.submit(db, by(), figure("12", 2024), "children")
    submissions.approve(db, by("U0PLANNER"), made.id)
    assert standing(db, plan, collection=2023).latest is None


@pytest.mark.parametrize(
    ("kind", "state"), [("awaiting", State.AWAITING), ("no_survey", State.NO_SURVEY)]
)
def test_what_has_no_figure_this_year_is_neither_missing_nor_late(
    db: Database, plan: Plan, by: Callable[..., By], kind: str, state: State
) -> None:
    proposal = Proposal("kitamoto-2", "1-1b", 2024, kind=kind)  # type: ignore[arg-type]
    made = submissions.submit(db, by(), proposal, "children")
    submissions.approve(db, by("U0PLANNER"), made.id)
    found = standing(db, plan, date(2025, 7, 1))
    assert (found.state, found.outstanding, found.verdict.grade) == (state, False, None)


def test_the_same_thing_of_the_earlier_plan_is_known(db: Database, plan: Plan) -> None:
    found = standing(db, plan)
    assert found.continued is not None
    assert found.continued.id == "2K3"
    assert found.department == CHILDREN


def test_a_plan_that_ended_stays_until_a_successor_begins(db: Database) -> None:
    assert shelf.current(db, 2024).id == "kitamoto-2"
    assert shelf.current(db, 2030).id == "kitamoto-2"
    assert shelf.current(db, 2021).id == "kitamoto-1"
    with pytest.raises(UnknownWords, match="読み込まれていません"):
        shelf.read(db, "kitamoto-3")


def test_loading_the_same_plan_again_appends_nothing(
    db: Database, plan: Plan, by: Callable[..., By]
) -> None:
    assert not shelf.put(db, by(), plan)
    assert shelf.put(db, by(), plan.model_copy(update={"note": "新しい注記"}))
    assert db.table("plan_versions").count == 3


def test_a_year_outside_the_survey_years_is_neither_missing_nor_late(
    db: Database, plan: Plan
) -> None:
    """Nobody has to say so when the plan does."""
    surveyed = plan.by_id["1-1b"].model_copy(update={"survey_years": (2023, 2025)})
    others = tuple(i for i in plan.indicators if i.id != "1-1b")
    said = {name: getattr(plan, name) for name in Plan.model_fields}
    biennial = Plan(**said | {"indicators": (surveyed, *others)})
    found = standing(db, biennial, date(2025, 7, 1))
    assert (found.state, found.outstanding) == (State.NO_SURVEY, False)
    assert standing(db, biennial, date(2025, 7, 1), 2023).state is State.LATE


@pytest.mark.parametrize(
    ("kind", "state"), [("awaiting", State.AWAITING), ("no_survey", State.NO_SURVEY)]
)
def test_a_year_without_a_figure_is_settled_however_it_goes_on(
    db: Database, plan: Plan, by: Callable[..., By], kind: str, state: State
) -> None:
    """確認中 before approval, never late, and replaced by the figure once that is out."""
    late = date(2025, 7, 1)
    proposal = Proposal("kitamoto-2", "1-1b", 2024, kind=kind)  # type: ignore[arg-type]
    made = submissions.submit(db, by(), proposal, "children")
    assert (standing(db, plan, late).state, standing(db, plan, late).outstanding) == (
        State.PENDING,
        False,
    )
    submissions.approve(db, by("U0PLANNER"), made.id)
    assert standing(db, plan, late).state is state
    assert [a.proposal.kind for a in standing(db, plan, late).absent] == [kind]
    out = submissions.submit(db, by(minutes=9), figure("12"), "children")
    submissions.approve(db, by("U0PLANNER", minutes=10), out.id)
    found = standing(db, plan, late)
    assert (found.state, found.absent) == (State.APPROVED, ())
