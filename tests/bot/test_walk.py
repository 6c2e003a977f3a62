"""Every button and form that the bot listens to, pressed and sent by people who may not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from bot.listeners import ACTIONS, VIEWS
from store.db import writing
from store.departments import drop_planner
from store.people import Act
from tests.bot.forging import Forger
from tests.bot.giving import by
from tests.bot.office import Office
from tests.bot.people import is_a_sentence
from tests.bot.waiting import something_of_everything
from tests.bot.walk import Press, Sent, presses, sendings

NONE = dict.fromkeys(("submission", "opinion", "revision", "draft", "lock", "ahead", "seen"), "0")
# Answers itself inside its form: `tests/bot/test_authority.py` picks in it.
INSIDE_A_FORM = {"pick_indicator"}
EVERYTHING: dict[str, Press | Sent] = {
    **presses(NONE),
    **{f"form {n}": s for n, s in sendings(NONE).items()},
}


@dataclass(frozen=True)
class Waiting:
    """An office in which something of every kind waits for somebody."""

    office: Office
    forger: Forger
    ways: dict[str, Press | Sent]


@pytest.fixture(scope="module")
def waiting(running_office: Office) -> Iterator[Waiting]:
    """Set up once: what is refused changes nothing."""
    office = running_office
    office.anew()
    numbers = something_of_everything(office)
    found: dict[str, Press | Sent] = {
        **presses(numbers),
        **{f"form {n}": s for n, s in sendings(numbers).items()},
    }
    yield Waiting(office, Forger(office), found)
    office.anew()


def test_the_walk_passes_by_every_button_and_form() -> None:
    """One that is added to the bot has to be added to the walk."""
    assert set(presses(NONE)) == set(ACTIONS) - INSIDE_A_FORM
    assert set(sendings(NONE)) == set(VIEWS)
    assert all(re.fullmatch(named, press.action) for named, press in presses(NONE).items())


@pytest.mark.parametrize("what", EVERYTHING)
def test_who_may_not_leaves_one_trace_and_nothing_else(waiting: Waiting, what: str) -> None:
    """A guest at everything, somebody without a post at all that wants one; each delivered twice."""
    office, way = waiting.office, waiting.ways[what]
    for user in ("U0GUEST", "U0STAFF") if way.inside else ("U0GUEST",):
        before, denied = office.business(), office.denials()
        told = way.do(waiting.forger, user)
        is_a_sentence(told.text)
        assert office.business() == before
        assert office.denials() == [*denied, (user, way.act)]


# Those that look up what they name before they can tell who owns it, and the planners' forms.
LOOKED_UP = [
    what
    for what, way in EVERYTHING.items()
    if way.act in {Act.DESCRIBE, Act.REFLECT, Act.ANSWER}
    or (isinstance(way, Sent) and way.act is Act.ADMINISTER)
]


@pytest.mark.parametrize("what", LOOKED_UP)
def test_a_wrong_name_leaves_the_same_trace(waiting: Waiting, what: str) -> None:
    """Whoever may do nothing of the kind learns nothing of what is there, and is on record."""
    office, way = waiting.office, waiting.ways[what]
    wrong = replace(way, value="x") if isinstance(way, Press) else replace(way, hidden="x")
    before, denied = office.business(), office.denials()
    is_a_sentence(wrong.do(waiting.forger, "U0STAFF").text)
    assert office.business() == before
    assert office.denials() == [*denied, ("U0STAFF", way.act)]


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


def test_a_form_opened_in_time_carries_no_authority(waiting: Waiting) -> None:
    """Whoever was dropped from the planning section meanwhile is refused by every form they have open."""
    office, forger, planner2 = waiting.office, waiting.forger, waiting.office.person("U0PLANNER2")
    forms = []
    for opener in OPENED:
        waiting.ways[opener].do(forger, "U0PLANNER2")
        forms.append(planner2.takes())
    forms.append(planner2.administers("見直し 1-1a").view)
    db = office.bot.desk.db
    with writing(db):
        drop_planner(db, by(office, "U0PLANNER"), "U0PLANNER2")
    before, denied = office.business(), office.denials()
    for form in forms:
        is_a_sentence(forger.form("U0PLANNER2", form, twice=True).text)
    for agreeing in (r"revision:(agree|drop)", r"lock:(propose|agree|drop)"):
        is_a_sentence(waiting.ways[agreeing].do(forger, "U0PLANNER2").text)
    assert office.business() == before
    refused = office.denials()[len(denied) :]
    assert {actor for actor, _ in refused} == {"U0PLANNER2"}
    assert len(refused) == len(forms) + 2
