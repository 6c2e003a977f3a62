"""Every field of every form that takes words, and every place that shows them: they stay letters there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from bot.listeners.administering import MENU
from sandbox.values import elements
from tests.bot.office import Office
from tests.bot.people import Person
from tests.bot.test_safety import everything, marked_up
from tests.bot.waiting import something_of_everything
from tests.bot.walk import presses
from tests.fuzz.talking import OPENERS, _press
from tests.sandbox.hands import Json

# What is read as a figure, a year, an address or a time, and not kept as words.
READ = re.compile("value:.*|target:.*|baseline:.*|of_year|unit")
# What a field needs beside its words before a form is taken.
NEEDED: Mapping[str, Json] = {
    "value:": {"typed": {"value": "8人"}},
    "period": {"typed": {"value": "R5"}},
    "channel": {"chosen": {"selected_conversation": "C0STAFF"}},
    "first_day": {"picked": {"selected_date": "2025-12-01"}},
    "last_day": {"picked": {"selected_date": "2025-12-05"}},
    "from_year": {"year": {"selected_option": "2024"}},
    "decided_on": {"picked": {"selected_date": "2025-04-01"}},
    "old": {"picked": {"selected_options": ["trade"]}},
    "new": {"picked": {"selected_option": "+"}},
    "id": {"typed": {"value": "made"}},
    "department": {"picked": {"selected_option": "welfare"}},
    "lead": {"picked": {"selected_user": "U0CITY"}},
}
OURS = re.compile("<[@#][UC]0[A-Z0-9]+>")
BOLD, CODE = re.compile(r"\*印\d+太\*"), re.compile(r"`印\d+符`")
# Their time has not come: a lock waits already, and nothing is published yet.
UNTIMELY = {"lock:(undo|leave)", "publication:revoke"}
# Texts of several paragraphs, shown as such on the page where they are written.
PARAGRAPHS = ("report_texts.",)


class Words:
    """Hostile words, told apart by the field that each was typed into."""

    def __init__(self) -> None:
        self.fields: list[str] = []

    def of(self, field: str, most: int) -> str:
        """Words for a field, as many as it takes."""
        self.fields.append(field)
        mark = f"印{len(self.fields)}"
        said = f"{mark}*{mark}太* \u202e<!here>\u202c :tada: @channel `{mark}符`\n● 偽{mark}\n=1+1"
        return said[:most]

    def shown_in(self, text: str) -> set[str]:
        """The fields whose words are in a text."""
        return {self.fields[int(n) - 1] for n in re.findall(r"印(\d+)", text)}


def fill(view: Json, words: Words) -> Json:
    """Hostile words in each field that takes words, and what is needed beside them."""
    filled: Json = {}
    for block, element in elements(view["blocks"]):
        name, action = block["block_id"], element["action_id"]
        if name in NEEDED:
            filled[name] = {action: next(iter(NEEDED[name].values()))}
        elif element["type"] == "plain_text_input" and not READ.fullmatch(name):
            field = f"{view['callback_id']}.{name}"
            filled[name] = {action: {"value": words.of(field, element["max_length"])}}
    return filled


def sends(person: Person, view: Json, words: Words) -> None:
    """Fill in a form and send it; it is taken."""
    seen = person.sends(view, fill(view, words))
    assert seen.errors == {}, view["callback_id"]
    for each in reversed(person.forms()):
        person.closes(each)


def write_everywhere(office: Office, words: Words) -> None:
    """In every form that is opened by a button, by whoever may; and as people's names."""
    for user in ("U0CHILD", "U0CHILD2"):
        office.hands.do("user", user=user, real_name=words.of(f"name.{user}", 80))
    known = presses(something_of_everything(office))
    for user, openers in OPENERS.items():
        person = office.person(user)
        for opener in sorted({*openers} - UNTIMELY, key=openers.index):
            _press(office, user, known[opener])
            view = person.form()
            if any(e["type"] == "plain_text_input" for _, e in elements(view["blocks"])):
                sends(person, view, words)
            else:
                person.closes(view)
    planner2 = office.person("U0PLANNER2")
    sends(planner2, planner2.administers("見直し 1-1a").view, words)
    office.settles()


def look_everywhere(office: Office) -> Iterator[Any]:
    """Every page of planners, answers and Home tabs of some, a week of messages, what forms say."""
    planner = office.person("U0PLANNER")
    for word, _ in MENU:
        yield from planner.administers(word).messages
    for user in ("U0PLANNER", "U0CHILD", "U0STAFF"):
        person = office.person(user)
        for asked in ("", "1-1", "1-1a", "1-1b", "目標1", "意見", "フォロー"):
            yield from person.asks(asked).messages
        yield person.at_home()
    office.at("2025-06-09T09:00:00+09:00")
    yield from everything(office)


def lines_of(found: Any) -> Iterator[str]:
    """Each line of every text that Slack formats."""
    for text in marked_up(found):
        yield from text.split("\n")


@pytest.fixture(scope="module")
def written(running_office: Office) -> Iterator[tuple[Words, list[Any]]]:
    """The words, and all that was seen once they had been typed everywhere."""
    running_office.anew()
    words = Words()
    write_everywhere(running_office, words)
    yield words, list(look_everywhere(running_office))
    running_office.anew()


def test_they_stay_letters(written: tuple[Words, list[Any]]) -> None:
    words, found = written
    for text in marked_up(found):
        assert not set("<>") & set(OURS.sub("", text)), text
    assert not re.search("[\u202a-\u202e]", str(found))
    for text in (t for each in found for t in _mrkdwn(each)):
        assert not BOLD.search(text), text
        assert not CODE.search(text), text
        assert ":tada:" not in text, text
        assert "@channel" not in text, text
    forged = [
        field
        for each in found
        for line in lines_of(each)
        if line.startswith("● 偽")
        for field in words.shown_in(line)
    ]
    assert {field for field in forged if not field.startswith(PARAGRAPHS)} == set()


def test_and_each_is_shown_somewhere(written: tuple[Words, list[Any]]) -> None:
    """So that the test above does not look where nothing is."""
    words, found = written
    assert len(words.fields) > 30
    unseen = set(words.fields) - words.shown_in(str(found))
    # No date was changed there for a reason.
    assert unseen == {"cycle_dates.why"}


def _mrkdwn(found: Any) -> Iterator[str]:
    if isinstance(found, dict):
        if found.get("type") == "mrkdwn":
            yield found["text"]
        for value in found.values():
            yield from _mrkdwn(value)
    elif isinstance(found, list):
        for value in found:
            yield from _mrkdwn(value)
