"""Who may do what, decided by the acting user at the time of the act; every refusal leaves one trace."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest

from store import departments
from store.acts import By
from store.db import writing
from tests.bot.authority_table import PEOPLE, SHUT_OUT
from tests.bot.forging import Forger
from tests.bot.office import Office
from tests.bot.people import Person, draft_behind
from tests.sandbox.hands import Json

OTHERS = "福祉健康課（サンプル）"
ONLY_DEPARTMENT = "この指標の提出はこども課（サンプル）の担当者ができます。"
ONLY_PLANNERS = "この操作は企画担当ができます。"
VALUE = {"value:": {"typed": {"type": "plain_text_input", "value": "12"}}}


@dataclass(frozen=True)
class Scene:
    """An office where something waits for approval and U0CHILD has everything open."""

    office: Office
    forger: Forger
    request: str
    draft: str
    form: Json
    confirmation: Json
    returning: Json


@pytest.fixture(scope="module")
def scene(running_office: Office) -> Iterator[Scene]:
    """Set up once: what is refused changes nothing, which each test makes sure of."""
    office = running_office
    office.anew()
    child, child2, planner = map(office.person, ("U0CHILD", "U0CHILD2", "U0PLANNER"))
    child2.clicks("提出", child2.submits("1-1b R6 12人").message)
    office.settles()
    request = str(office.submissions()[-1]["id"])
    draft = draft_behind(child.submits("1-1b R6 11人").message)
    opened = child.submits("1-1b R6").view
    confirmation = child.fills(opened, value="999").view
    returning = planner.clicks("差戻し", planner.inbox("承認のお願い")[-1]).view
    scene = Scene(office, Forger(office), request, draft, opened, confirmation, returning)
    yield scene
    office.anew()


NAMED = "kitamoto-2|1-1b|2024"


@pytest.mark.parametrize(("user", "own"), [("U0STAFF", "なし"), ("U0WELFARE", OTHERS)])
def test_who_may_not_submit_hears_who_can(scene: Scene, user: str, own: str) -> None:
    """And what they are themselves: by words, by a button and by a form."""
    for told in (
        scene.forger.command(user, "/kpi-submit", "1-1b R6 12人"),
        scene.forger.click(user, "open_form:1-1b", NAMED),
        scene.forger.form(user, scene.form, VALUE),
    ):
        assert ONLY_DEPARTMENT in told.text
        assert f"あなたの所属: {own}。" in told.text


def test_a_department_decides_nothing_of_its_own(scene: Scene) -> None:
    """U0CHILD leads the department, and still is no planner."""
    reason = {"reason": {"typed": {"value": "数え方"}}}
    for told in (
        scene.forger.click("U0CHILD", "approve", scene.request),
        scene.forger.click("U0CHILD", "send_back", scene.request),
        scene.forger.form("U0CHILD", scene.returning, reason),
    ):
        assert ONLY_PLANNERS in told.text


@pytest.mark.parametrize("user", [PEOPLE[role] for role in SHUT_OUT])
def test_the_menu_offers_nothing_to_people_from_outside(scene: Scene, user: str) -> None:
    """Not even the names of indicators."""
    assert scene.forger.suggested(user, scene.form, "1-1").ack.payload == {"options": []}


@pytest.mark.parametrize("click", ["submit_draft", "fix_draft", "drop_draft"])
def test_somebody_elses_draft_is_as_good_as_none(scene: Scene, click: str) -> None:
    """A colleague of the same department who has its id hears what a wrong one hears; the audit knows."""
    before, denied = scene.office.business(), len(scene.office.denials())
    for draft in (scene.draft, "zz", "' OR 1=1 --"):
        told = scene.forger.click("U0CHILD2", click, draft, twice=True)
        assert "この入力は期限が切れています。" in told.text
    assert scene.office.business() == before
    assert scene.office.denials()[denied:] == [("U0CHILD2", "submit")]


def test_a_confirmation_of_somebody_else_is_as_good_as_none(scene: Scene) -> None:
    """The draft named by a form's hidden field belongs to who made it."""
    before, denied = scene.office.business(), len(scene.office.denials())
    told = scene.forger.form("U0CHILD2", scene.confirmation, twice=True)
    assert "この入力は期限が切れています。" in told.text
    assert scene.office.business() == before
    assert scene.office.denials()[denied:] == [("U0CHILD2", "submit")]


def test_nobody_approves_their_own(office: Office, forger: Forger, planner2: Person) -> None:
    """A planner who also reports for a department needs another planner."""
    by = By("U0PLANNER2", office.now, "test")
    with writing(office.bot.desk.db) as db:
        departments.join(db, by, "children", "U0PLANNER", "member", date(2025, 4, 1))
    planner = office.person("U0PLANNER")
    planner.clicks("提出", planner.submits("1-1b R6 12人").message)
    office.settles()
    assert planner.inbox("承認のお願い") == []
    (request,) = [str(row["id"]) for row in office.submissions()]
    before = office.business()
    told = forger.click("U0PLANNER", "approve", request, twice=True)
    assert "ご自身の提出は承認できません。ほかの企画担当が承認します。" in told.text
    assert office.business() == before
    assert office.denials() == [("U0PLANNER", "approve")]
    planner2.approves(planner2.inbox("承認のお願い")[-1])
    assert office.submissions()[-1]["decided"] == "approve"


def lose_the_post(office: Office) -> None:
    """U0CHILD is no longer of こども課."""
    with writing(office.bot.desk.db) as db:
        by = By("U0PLANNER", office.now, "test")
        departments.join(db, by, "children", "U0CHILD", "none", office.now.date())


def lose_the_indicator(office: Office) -> None:
    """1-1b is 福祉健康課's from today."""
    with writing(office.bot.desk.db) as db:
        by = By("U0PLANNER", office.now, "test")
        departments.assign(db, by, "kitamoto-2", ["1-1b"], "welfare", office.now.date())


def become_a_guest(office: Office) -> None:
    """The workspace makes U0CHILD a guest."""
    office.hands.do("user", user="U0CHILD", is_restricted=True)


def be_deactivated(office: Office) -> None:
    """The workspace deactivates U0CHILD."""
    office.hands.do("user", user="U0CHILD", deleted=True)


MEANWHILE = {
    "lost the post": (lose_the_post, "あなたの所属: なし。"),
    "lost the indicator": (lose_the_indicator, "福祉健康課（サンプル）の担当者ができます。"),
    "became a guest": (become_a_guest, SHUT_OUT["guest"]),
    "was deactivated": (be_deactivated, SHUT_OUT["deactivated"]),
}


@pytest.mark.parametrize("meanwhile", MEANWHILE)
@pytest.mark.parametrize("way", ["preview", "form", "confirmation"])
def test_what_counts_is_who_one_is_when_sending(
    office: Office, child: Person, meanwhile: str, way: str
) -> None:
    """A preview, a form or a confirmation that was opened in time carries no authority."""
    happens, sentence = MEANWHILE[meanwhile]
    opened = (
        child.submits("1-1b R6 12人").message if way == "preview" else child.submits("1-1b R6").view
    )
    if way == "confirmation":
        opened = child.fills(opened, value="999").view
    happens(office)
    before = office.business()
    if way == "preview":
        told = child.clicks("提出", opened).text
    elif way == "form":
        told = " ".join(child.fills(opened, value="12").errors.values())
    else:
        seen = child.sends(opened)
        told = str(seen.errors or seen.answer["views"])
    assert sentence in told
    assert office.business() == before
    assert office.denials() == [("U0CHILD", "submit")]
