"""The table of authority, walked cell by cell through everything that the bot listens to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.listeners import ACTIONS, COMMANDS, EVENTS, VIEWS
from store.db import writing
from store.departments import drop_planner
from store.people import Act
from tests.bot.authority_table import ALLOWED, CELLS
from tests.bot.authority_walk import Walk, set_out
from tests.bot.authority_ways import Command, Event, Picked, may, ways
from tests.bot.giving import by
from tests.bot.office import Office
from tests.bot.people import is_a_sentence
from tests.bot.replaying import Replayer
from tests.bot.walk import Press, Sent

# Of the cells with many ways each way is tried by every fourth role; the campaign tries all.
EVERY = 4
# What is refused changes nothing: those cells come first.
REFUSED = [cell for cell in CELLS if cell[1] not in ALLOWED[cell[0]]]
DONE = [cell for cell in CELLS if cell not in REFUSED]
# Nobody acts by these: the workspace tells of them.
NOBODYS = {"channel_shared", "team_join", "user_change"}
NAMES = ("submission", "opinion", "revision", "draft", "lock", "ahead", "seen", "sheet")
NONE = dict.fromkeys((*NAMES, "to_confirm", "newest", "of_lead", "by_proxy", "opinions"), "0")
EVERYTHING = ways(NONE, {"sheet": {}, "opinions": {}})


@pytest.fixture(scope="module")
def walk(running_office: Office) -> Iterator[Walk]:
    """Set out once."""
    yield set_out(running_office)
    running_office.anew()


def test_the_table_has_every_act_and_the_walk_every_way() -> None:
    """What is added to the bot has to be added here."""
    found = EVERYTHING.values()
    buttons = {n.removeprefix("button ") for n in EVERYTHING if n.startswith("button ")}
    assert set(ALLOWED) == set(Act)
    assert {way.name for way in found if isinstance(way, Command)} == set(COMMANDS)
    assert buttons == set(ACTIONS) - {"pick_indicator"}
    assert any(isinstance(way, Picked) for way in found)
    assert {way.callback for way in found if isinstance(way, Sent)} == set(VIEWS)
    told = {way.told["type"] for way in found if isinstance(way, Event)}
    assert told == set(EVENTS) - NOBODYS
    presses = {n: EVERYTHING[f"button {n}"] for n in buttons}
    assert all(
        isinstance(press, Press) and re.fullmatch(named, press.action)
        for named, press in presses.items()
    )


@pytest.mark.parametrize(("act", "role"), [*REFUSED, *DONE])
def test_each_cell_of_the_table(walk: Walk, act: Act, role: str) -> None:
    """Refused: no row of business, one row in the audit though it came twice, a sentence. Allowed: no refusal."""
    came = list(walk.cell(act, role, EVERY))
    assert came
    assert [each.wrong for each in came if each.wrong] == []


def test_a_bot_that_lets_everybody_through_is_given_away(walk: Walk) -> None:
    """The walk counts what a guest then writes."""
    with walk.lenient():
        came = list(walk.cell(Act.SUBMIT, "guest"))
    assert sum(each.rows for each in came) > 0
    assert any(each.wrong for each in came)


# Those that look up what they name before they can tell who owns it, and the planners' forms.
LOOKED_UP = {Act.DESCRIBE, Act.REFLECT, Act.ANSWER, Act.SUBMIT, Act.CONFIRM, Act.WITHDRAW}
# A draft that is none of one's own is as good as none, for everybody.
DRAFTS = {
    "button submit_draft",
    "button sheet_submit(_odd)?",
    "form confirm_actual",
    "sheet of opinions",
}


def _is_looked_up(what: str) -> bool:
    way = EVERYTHING[what]
    by_planners = isinstance(way, Sent) and way.act is Act.ADMINISTER
    return what not in DRAFTS and (way.act in LOOKED_UP or by_planners)


WRONG = [
    (what, role)
    for what, way in EVERYTHING.items()
    for role in ("guest", "staff")
    if isinstance(way, Press | Sent)
    and not may(way, role)
    and (role == "guest" or _is_looked_up(what))
]


@pytest.mark.parametrize(("what", "role"), WRONG)
def test_a_wrong_name_leaves_the_same_trace(walk: Walk, what: str, role: str) -> None:
    """Whoever may do nothing of the kind learns nothing of what is there, and is on record."""
    way = walk.ways(role)[what]
    assert isinstance(way, Press | Sent)
    wrong = replace(way, value="x") if isinstance(way, Press) else replace(way, hidden="x")
    assert walk.tries(what, wrong, role).wrong == ""


# Opened by a planner who has the post, sent by one who lost it.
OPENED = (
    r"opinion:(add|mend:.*)",
    r"opinion:answer:.*",
    r"effort:.*",
    r"report:edit",
    r"lock:(undo|leave)",
    r"publication:revoke",
    r"cycle:edit",
    r"stage:(close|reopen):.*",
    r"digest:(add|edit:.*)",
    r"news_channel:.*",
    r"quiet_period:.*",
)


def test_a_form_opened_in_time_carries_no_authority(walk: Walk) -> None:
    """Whoever was dropped from the planning section meanwhile is refused by every form they have open."""
    walk.begin_anew()
    office, planner2, pressed = walk.office, walk.office.person("U0PLANNER2"), walk.ways("planner")
    forger = Replayer(office)
    forms = []
    for opener in OPENED:
        pressed[f"button {opener}"].do(forger, "U0PLANNER2")
        forms.append(planner2.takes())
    forms.append(planner2.administers("見直し 1-1a").view)
    db = office.bot.desk.db
    with writing(db):
        drop_planner(db, by(office, "U0PLANNER"), "U0PLANNER2")
    before, denied = office.business(), office.denials()
    for form in forms:
        is_a_sentence(forger.form("U0PLANNER2", form, twice=True).text)
    for agreeing in (r"revision:(agree|drop)", r"lock:(propose|agree|drop)"):
        is_a_sentence(pressed[f"button {agreeing}"].do(forger, "U0PLANNER2").text)
    assert office.business() == before
    refused = office.denials()[len(denied) :]
    assert {actor for actor, _ in refused} == {"U0PLANNER2"}
    assert len(refused) == len(forms) + 2
