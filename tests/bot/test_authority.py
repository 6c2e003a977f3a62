"""Who may do what, decided by the acting user at the time of the act; every refusal leaves one trace."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product

import pytest

from store import departments
from store.acts import By
from store.db import writing
from tests.bot.forging import Forger, Told
from tests.bot.office import Office
from tests.bot.people import Person, draft_behind
from tests.sandbox.hands import Json

SHUT_OUT = {
    "U0GUEST": "ゲストの方は利用できません。",
    "U0OUTSIDE": "ほかのワークスペースの方は利用できません。",
    "U0GONE": "無効になっている利用者です。",
    "U0OTHERBOT": "ボットからは利用できません。",
    "U0NOBODY": "利用者を確認できませんでした。",
}
# People of this workspace who have no part in 1-1b.
INSIDE = ("U0STAFF", "U0WELFARE")
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


Do = Callable[[Scene, str], Told]
NAMED = "kitamoto-2|1-1b|2024"
ACTS: dict[str, tuple[str, Do]] = {
    "asks": ("ask", lambda s, u: s.forger.command(u, "/kpi", "1-1", twice=True)),
    "asks nothing": ("ask", lambda s, u: s.forger.command(u, "/kpi", "", twice=True)),
    "asks by a button": ("ask", lambda s, u: s.forger.click(u, "ask:1-1", "1-1", twice=True)),
    "submits in words": (
        "submit",
        lambda s, u: s.forger.command(u, "/kpi-submit", "1-1b R6 12人", twice=True),
    ),
    "opens the form": ("submit", lambda s, u: s.forger.command(u, "/kpi-submit", "", twice=True)),
    "opens a form for an indicator": (
        "submit",
        lambda s, u: s.forger.command(u, "/kpi-submit", "1-1b R6", twice=True),
    ),
    "opens the form by a button": (
        "submit",
        lambda s, u: s.forger.click(u, "open_form:1-1b", NAMED, twice=True),
    ),
    "sends the form": ("submit", lambda s, u: s.forger.form(u, s.form, VALUE, twice=True)),
    "approves": ("approve", lambda s, u: s.forger.click(u, "approve", s.request, twice=True)),
    "opens 差戻し": (
        "send_back",
        lambda s, u: s.forger.click(u, "send_back", s.request, twice=True),
    ),
    "sends back": (
        "send_back",
        lambda s, u: s.forger.form(
            u, s.returning, {"reason": {"typed": {"value": "数え方"}}}, twice=True
        ),
    ),
}
# What somebody of the workspace cannot do either, but without being refused: see the tests below.
OF_SHUT_OUT: dict[str, tuple[str, Do]] = {
    **ACTS,
    "submits what is no indicator": (
        "submit",
        lambda s, u: s.forger.command(u, "/kpi-submit", "zz R6 12人", twice=True),
    ),
    "opens a form for nothing": (
        "submit",
        lambda s, u: s.forger.click(u, "open_form", "zz", twice=True),
    ),
    "sends an empty form": (
        "submit",
        lambda s, u: s.forger.form(u, s.form, {"indicator": {}}, twice=True),
    ),
    "chooses an indicator": ("submit", lambda s, u: s.forger.picked(u, s.form, "1-1b", twice=True)),
    "uses a draft": ("submit", lambda s, u: s.forger.click(u, "submit_draft", s.draft, twice=True)),
    "mends a draft": ("submit", lambda s, u: s.forger.click(u, "fix_draft", s.draft, twice=True)),
    "drops a draft": ("submit", lambda s, u: s.forger.click(u, "drop_draft", s.draft, twice=True)),
    "confirms": ("submit", lambda s, u: s.forger.form(u, s.confirmation, twice=True)),
    "approves nothing": ("approve", lambda s, u: s.forger.click(u, "approve", "zz", twice=True)),
}


def refused(scene: Scene, user: str, act: str, do: Do) -> Told:
    """Do it; nothing may come of it but one row in the audit, though the envelope came twice."""
    before, denied = scene.office.business(), scene.office.denials()
    told = do(scene, user)
    assert scene.office.business() == before
    assert scene.office.denials() == [*denied, (user, act)]
    return told


# A form says nothing beside a menu, so that the answer is a direct message, which these cannot get.
UNREACHABLE = {("U0OTHERBOT", "chooses an indicator"), ("U0NOBODY", "chooses an indicator")}


@pytest.mark.parametrize(
    ("user", "what"), [each for each in product(SHUT_OUT, OF_SHUT_OUT) if each not in UNREACHABLE]
)
def test_nobody_from_outside_does_anything(scene: Scene, user: str, what: str) -> None:
    """Guests, other workspaces, bots, deactivated and unknown users hear a polite sentence."""
    act, do = OF_SHUT_OUT[what]
    assert SHUT_OUT[user] in refused(scene, user, act, do).text


@pytest.mark.parametrize(
    ("user", "what"),
    [
        (user, what)
        for user, (what, (act, _)) in product(INSIDE, ACTS.items())
        # A lead of another department has indicators to report by the form.
        if act != "ask" and (user, what) != ("U0WELFARE", "opens the form")
    ],
)
def test_only_the_department_submits_and_only_planners_decide(
    scene: Scene, user: str, what: str
) -> None:
    """Anybody else hears who can, and what they are themselves."""
    act, do = ACTS[what]
    told = refused(scene, user, act, do).text
    if act != "submit":
        assert ONLY_PLANNERS in told
    elif what == "opens the form":
        assert "担当者ができます" in told
    else:
        assert ONLY_DEPARTMENT in told
        own = "なし" if user == "U0STAFF" else "福祉健康課（サンプル）"
        assert f"あなたの所属: {own}。" in told


@pytest.mark.parametrize(
    "what", [w for w, (act, _) in ACTS.items() if act in {"approve", "send_back"}]
)
def test_a_department_decides_nothing_of_its_own(scene: Scene, what: str) -> None:
    """U0CHILD belongs to the department, and still is no planner."""
    act, do = ACTS[what]
    assert ONLY_PLANNERS in refused(scene, "U0CHILD", act, do).text


@pytest.mark.parametrize("user", SHUT_OUT)
def test_the_menu_offers_nothing_to_people_from_outside(scene: Scene, user: str) -> None:
    """Not even the names of indicators."""
    assert scene.forger.suggested(user, scene.form, "1-1").ack.payload == {"options": []}


@pytest.mark.parametrize("click", ["submit_draft", "fix_draft", "drop_draft"])
def test_somebody_elses_draft_is_as_good_as_none(scene: Scene, click: str) -> None:
    """A colleague of the same department who has its id gets no further than with a wrong one."""
    before = scene.office.business()
    for draft in (scene.draft, "zz", "' OR 1=1 --"):
        told = scene.forger.click("U0CHILD2", click, draft, twice=True)
        assert "この入力は期限が切れています。" in told.text
    assert scene.office.business() == before


def test_a_confirmation_of_somebody_else_is_as_good_as_none(scene: Scene) -> None:
    """The draft named by a form's hidden field belongs to who made it."""
    before = scene.office.business()
    told = scene.forger.form("U0CHILD2", scene.confirmation, twice=True)
    assert "この入力は期限が切れています。" in told.text
    assert scene.office.business() == before


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
    "became a guest": (become_a_guest, SHUT_OUT["U0GUEST"]),
    "was deactivated": (be_deactivated, SHUT_OUT["U0GONE"]),
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
