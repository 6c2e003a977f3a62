"""Whatever people write is shown as their text: it calls nobody, formats nothing and breaks nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from answers.content import unescape
from tests.bot.office import Office
from tests.bot.people import Person, words_of
from tests.sandbox.hands import Json

HOSTILE = {
    "a call to the channel": "<!channel> <!here> <!everyone>",
    "a mention": "<@U1> <@U0PLANNER> <#C0STAFF> <!subteam^S0PLANNING>",
    "a link": "<https://example.invalid|市の公式サイト>",
    "entities": "&lt;b&gt; &amp;amp; &",
    "formatting": "*太字* _斜体_ ~取消~ `コード` ```ブロック```",
    "a quotation": "> 引用\n>>> 全部引用",
    "lines": "一行目\n\n承認済み（企画担当A）\r\n三行目\u2028四行目",
    "a date": "<!date^1^{date_long}|いつか>",
    "emoji": "👨‍👩‍👧 :tada: 🈵 e\u0301",
    "direction": "\u202e逆さ\u202c \u200f右 \u2067隔離\u2069",
    "control characters": "a\x00b\x07c\x1bd",
    "an empty-looking text": "\u200b\u3000\ufeff",
    "SQL": "'); DROP TABLE submissions; --",
    "a formula": '=HYPERLINK("http://x","y")',
    "very long": "県の公表値（長い出典）" * 270,
    "long and hostile": "<&>" * 1000,
    "long without breaks": "A" * 3000,
}

OURS = ("<@U0CHILD>", "<@U0PLANNER>", "<#C0DIGEST>")


def marked_up(found: Any) -> Iterator[str]:
    """Every text that Slack formats: `text` of messages and mrkdwn of blocks."""
    if isinstance(found, dict):
        if found.get("type") == "mrkdwn" or "ts" in found:
            yield found.get("text", "")
        for value in found.values():
            yield from marked_up(value)
    elif isinstance(found, list):
        for value in found:
            yield from marked_up(value)


def calls_nobody(found: Any) -> None:
    """No text of it holds anything live but ours: who decided, and the channel of the digests."""
    for text in marked_up(found):
        theirs = text
        for mention in OURS:
            theirs = theirs.replace(mention, "")
        assert "<" not in theirs, text
        assert ">" not in theirs, text


def everything(office: Office) -> list[Json]:
    """All that anybody has before their eyes."""
    state = office.hands.look("state")
    rooms, people = state["channels"], state["users"]
    messages = [
        m for room in rooms for m in office.hands.look(f"messages/{room['id']}")["messages"]
    ]
    views = [v for who in people for v in office.hands.look(f"views/{who['id']}")["views"]]
    return [m for m in messages if m["user"] == "U0KPIBOT"] + views


def letters(text: str) -> str:
    """The letters and digits of a text, by which it is found again."""
    return "".join(c for c in text if c.isalnum())


def report(office: Office, indicator: str, text: str) -> Json:
    """Submit an indicator with this source and note; the request that a planner gets."""
    child = office.person("U0CHILD")
    form = child.submits(f"{indicator} R6").view
    values = {"value:": "12", "source": text[:200], "note": text[:1000]}
    seen = child.sends(form, {block: {"typed": {"value": v}} for block, v in values.items()})
    if seen.view["callback_id"] == "confirm_actual":
        seen = child.sends(seen.view)
    assert "提出しました" in words_of(seen.view), seen.answer
    office.settles()
    return office.person("U0PLANNER").inbox("承認のお願い")[-1]


@dataclass(frozen=True)
class Spoken:
    """What was said of each hostile text, all that anybody saw, and what Slack would not take."""

    of: dict[str, dict[str, Json]]
    everything: list[Json]
    refused: list[Json]


@pytest.fixture(scope="module")
def spoken(running_office: Office) -> Iterator[Spoken]:
    """Each hostile text as source, note and reason; what was said of it, and a digest of it all."""
    office = running_office
    office.anew()
    child, planner = office.person("U0CHILD"), office.person("U0PLANNER")
    numbers = [o["value"] for o in child.types(child.submits().view, "") if o["value"] != "1-4b"]
    said: dict[str, dict[str, Json]] = {}
    for number, (kind, text) in enumerate(HOSTILE.items()):
        indicator = numbers[number % len(numbers)]
        request = report(office, indicator, text)
        form = planner.clicks("差戻し", request).view
        reason = {"reason": {"typed": {"value": text[:1000]}}}
        back = planner.sends(form, reason, force=True)
        office.settles()
        outcome = child.inbox("差し戻されました")[-1]
        planner.approves(report(office, indicator, f"{text[:150]} 再"))
        office.settles()
        answer = office.person("U0STAFF").asks(indicator).message
        said[kind] = {"request": request, "form": back.answer, "outcome": outcome, "answer": answer}
    office.at("2025-06-09T09:00:00+09:00")
    yield Spoken(said, everything(office), office.refused_by_slack())
    office.anew()


@pytest.mark.parametrize("kind", [kind for kind in HOSTILE if letters(HOSTILE[kind])])
def test_a_source_a_note_and_a_reason_can_be_read(spoken: Spoken, kind: str) -> None:
    """In the request, in what the department hears and in the answer to a question."""
    said, shown = spoken.of[kind], letters(HOSTILE[kind][:150])
    if kind in {"direction", "control characters"}:
        shown = letters("".join(c for c in HOSTILE[kind] if c.isprintable()))
    for where in ("request", "outcome", "answer"):
        assert shown in letters(unescape(said[where]["text"])), where


def test_none_of_it_is_live(spoken: Spoken) -> None:
    """Not in any message, form or digest; and Slack took everything."""
    found = spoken.everything
    calls_nobody(found)
    assert not set("\u202e\u200f\u2067\x00\x07\x1b") & set(str(found))
    assert any("週報" in str(each) and "今週承認された値" in str(each) for each in found)
    assert spoken.refused == []


def test_what_nobody_can_see_is_no_reason(spoken: Spoken) -> None:
    """A reason of blanks of no width is asked for once more."""
    assert list(spoken.of["an empty-looking text"]["form"]["errors"]) == ["reason"]


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_typed_is_given_back_as_text(office: Office, child: Person, kind: str) -> None:
    """As a source in words, as a value that cannot be read, and as a question."""
    text = " ".join(HOSTILE[kind].split())
    child.submits(f"1-1b R6 12人 {text}")
    child.submits(f"1-1b R6 {text}")
    child.submits(text)
    child.asks(text)
    form = child.submits("1-1b R6").view
    child.sends(form, {"value:": {"typed": {"value": text[:200]}}})
    calls_nobody(everything(office))
    assert office.refused_by_slack() == []
    assert "照会番号" not in str(everything(office))


def test_names_of_people_are_text_too(office: Office, planner: Person) -> None:
    """Somebody may call themselves what they like."""
    office.hands.do("user", user="U0CHILD", real_name="<!channel> *課長*")
    child = office.person("U0CHILD")
    child.clicks("提出", child.submits("1-1b R6 12人").message)
    office.settles()
    planner.approves(planner.inbox("承認のお願い")[-1])
    office.settles()
    office.person("U0STAFF").asks("1-1b")
    calls_nobody(everything(office))
    assert office.refused_by_slack() == []
