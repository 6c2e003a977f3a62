"""A figure that is not approved reaches nobody but its department and planners, wherever they look."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from bot import rounds
from store.db import writing
from tests.bot.giving import PLAN, approve, by, give, proposed, who_is
from tests.bot.office import Office
from tests.bot.people import Person, labels_of
from tests.bot.test_remarks import written
from tests.bot.test_revisions import proposed as revision_proposed
from tests.bot.test_revisions import typed
from tests.bot.walk import Press, presses
from tests.fuzz.talking import _press

# What is 確認中, sent back, taken back, superseded, 確認中 beside an approved one, or proposed.
SECRET = re.compile(r"31[,.]?77[0-9]")
INDICATORS = ("1-1a", "1-1b", "1-1c", "1-2a", "1-2b")
ASKED = ("", "1-1", "目標3", "確認中", "差戻し", "こども課", *INDICATORS, "1-1b 推移", "1-1b 1-1c")
OUTSIDE = ("U0STAFF", "U0WELFARE")
KNOWN = dict.fromkeys(
    ("submission", "opinion", "revision", "draft", "lock", "ahead", "sheet"), "0"
) | {"seen": "0", "to_confirm": "0", "newest": "0"}


@pytest.fixture(scope="module")
def secretive(running_office: Office) -> Iterator[Office]:
    """An office with such figures, and others who follow all that they may."""
    office = running_office
    office.anew()
    for user in OUTSIDE:
        for words in ("1-1", "1-1b", "目標3"):
            person = office.person(user)
            person.clicks("フォロー", person.asks(words).message)
    give(office, "U0CHILD2", proposed("1-1b", "31771", source="出典31771", typed="31771人"))
    returned, taken = give(office, "U0CHILD", proposed("1-1a", "31.772"), proposed("1-2a", "31773"))
    with writing(office.bot.desk.db) as db:
        why = by(office, "U0PLANNER", "31772の桁")
        rounds.turn_back(db, why, who_is(office, "U0PLANNER"), returned.id, None)
        rounds.withdraw(db, by(office, "U0CHILD"), who_is(office, "U0CHILD"), taken.id)
    give(office, "U0CHILD2", proposed("1-2b", "31.774"), proposed("1-2b", "31.775"))
    (first,) = give(office, "U0CHILD2", proposed("1-1c", "6.1"))
    approve(office, "U0PLANNER", first.id)
    give(office, "U0CHILD2", proposed("1-1c", "31.776"))
    revision_proposed(office, office.person("U0PLANNER"), **{"target:": typed("31778人")})
    child = office.person("U0CHILD")
    child.sends(child.clicks("取組内容を書く", child.asks("1-1b").message).view, written("31779人"))
    child.closes(child.form())
    yield office
    office.anew()


def looks_everywhere(office: Office, person: Person) -> Iterator[object]:
    """Answers, histories, charts, Home, and what was posted to them or said before them."""
    known = presses(KNOWN)
    for words in ASKED:
        yield person.asks(words).messages
    for indicator in ("1-1a", "1-1b", "1-1c"):
        named = f"{PLAN}|{indicator}"
        for press in (
            Press(known["ledger:.*"].act, f"ledger:{indicator}", f"{named}|1"),
            Press(known["chart:.*"].act, f"chart:{indicator}", indicator),
            Press(known["open_form(:.*)?"].act, f"open_form:{indicator}", f"{named}|2024"),
        ):
            _press(office, person.id, press)
            for form in reversed(person.forms()):
                yield form
                person.closes(form)
    yield person.at_home()
    yield person.inbox()
    for channel in ("C0STAFF", "C0DIGEST"):
        yield person.reads(channel)


def shares(person: Person) -> None:
    """An answer of somebody who may see more, for all to read."""
    for words in ("1-1", "1-1b", "1-1c", "こども課"):
        answer = person.asks(words, channel="C0STAFF").message
        if "チャンネルに共有" in labels_of(answer):
            person.clicks("チャンネルに共有", answer)
        person.hands.say(person.id, "C0STAFF", f"<@U0KPIBOT> {words}")


def test_nobody_else_sees_it(secretive: Office) -> None:
    """In no answer, list, history, chart, form, Home, message, digest or shared answer."""
    office = secretive
    for user in ("U0PLANNER", "U0CHILD"):
        shares(office.person(user))
    office.at("2025-06-09T09:00:00+09:00")
    assert office.person("U0STAFF").reads("C0DIGEST", "週報")
    for user in OUTSIDE:
        for seen in looks_everywhere(office, office.person(user)):
            assert not SECRET.search(without_times(seen)), SECRET.search(without_times(seen))
    keys = office.rows("SELECT key, title, error FROM outbox")
    assert not SECRET.search(json.dumps(keys))


def test_its_department_and_planners_do(secretive: Office) -> None:
    """So that the test above does not look where nothing is."""
    for user, least in (("U0PLANNER", 5), ("U0CHILD", 5)):
        seen = "".join(
            without_times(each) for each in looks_everywhere(secretive, secretive.person(user))
        )
        assert len({*SECRET.findall(seen)}) >= least


def without_times(seen: object) -> str:
    """What is seen as letters, without the stamps that Slack gives."""
    return re.sub(r"[0-9]{10}\.[0-9]{6}", "", json.dumps(seen, ensure_ascii=False))
