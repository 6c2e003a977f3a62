"""The poster against the sandbox's Web API; what each fault does to many messages is in `tests.faults`."""

from __future__ import annotations

import json
import urllib.request
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient
from sqlite_utils import Database

from sandbox.server import Sandbox
from schedules.delivery import Poster
from schedules.scheduler import Speaker
from schedules.slack import EVENT_TYPE, Refused, SlackWeb, TooMany, Unsure, posting_client
from store import outbox
from store.db import Connections, writing
from store.plan import Plan
from tests.schedules.city import CHANNEL, found_city
from tests.schedules.stand_in import moment


class Lab:
    """A sandbox, its clock, and a poster that goes by it."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.client = posting_client(sandbox.bot_token, sandbox.api_url)
        self.client.timeout = 1
        self.slack = SlackWeb(self.client)
        self.poster = Poster(self.slack, self.now)

    def now(self) -> float:
        return self.sandbox.clock.now().timestamp()

    def leap(self, seconds: float) -> None:
        self.sandbox.clock.set(self.sandbox.clock.now() + timedelta(seconds=seconds))

    def fault(self, **wanted: Any) -> None:
        self.control("POST", "fault", wanted)

    def messages(self, channel: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.control("GET", f"messages/{channel}")["messages"]
        return found

    def counts(self, *channels: str) -> Counter[str]:
        """How often each key stands in these channels."""
        found = (m["metadata"] for channel in channels for m in self.messages(channel))
        return Counter(m["event_payload"]["key"] for m in found)

    def control(self, method: str, what: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        request = urllib.request.Request(
            f"{self.sandbox.url}/_control/{what}",
            json.dumps(body).encode() if body else None,
            {"Content-Type": "application/json"},
            method=method,
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            read: dict[str, Any] = json.load(answer)
        return read


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[Lab]:
    sandbox = Sandbox(tmp_path / "slack", start=moment("2026-06-02 12:00"))
    sandbox.start()
    yield Lab(sandbox)
    sandbox.stop()


def put(
    db: Database, lab: Lab, key: str, audience: str = CHANNEL, edits: str | None = None
) -> None:
    with writing(db):
        outbox.enqueue(db, key, audience, "題", {"text": key}, lab.now(), edits=edits)


def settle(db: Database, lab: Lab) -> None:
    """Drain until nothing waits, with the clock put to when the next message is due."""
    for _ in range(200):
        lab.poster.drain(db)
        due = outbox.next_due(db, lab.now())
        if due is None:
            return
        lab.leap(max(0.0, due - lab.now()))
    raise AssertionError("never settled")


def state(db: Database, key: str) -> tuple[str, str | None]:
    found = outbox.message(db, key)
    assert found is not None
    return found.state, found.error


def test_a_post_carries_its_key_and_nothing_else_that_others_could_read(
    db: Database, lab: Lab
) -> None:
    put(db, lab, "digest:1")
    put(db, lab, "approval:1:U0CHILD", "U0CHILD")
    assert sorted(lab.poster.drain(db)) == ["approval:1:U0CHILD", "digest:1"]
    (posted,) = lab.messages(CHANNEL)
    assert posted["metadata"] == {"event_type": EVENT_TYPE, "event_payload": {"key": "digest:1"}}
    (direct,) = lab.messages("D0CHILD")
    assert direct["text"] == "approval:1:U0CHILD"


def test_the_sandbox_and_we_agree_on_the_time(lab: Lab) -> None:
    theirs = lab.slack.time()
    assert theirs is not None
    assert abs(theirs - lab.now()) < 2


@pytest.mark.parametrize("kind", ["rate_limit", "server_error", "drop", "bad_body"])
def test_faults_of_the_look_up_are_waited_out(db: Database, lab: Lab, kind: str) -> None:
    lab.fault(method="chat.postMessage", kind="drop", effect="after", times=2)
    lab.fault(method="conversations.history", kind=kind, times=3)
    put(db, lab, "a")
    put(db, lab, "b", "U0CHILD")
    settle(db, lab)
    assert lab.counts(CHANNEL, "D0CHILD") == {"a": 1, "b": 1}


def test_a_channel_that_is_not_there_is_refused_for_good(db: Database, lab: Lab) -> None:
    put(db, lab, "a", "C0NOWHERE")
    settle(db, lab)
    assert state(db, "a") == ("dead", "channel_not_found")


def test_blocks_that_slack_would_not_take_are_refused_for_good(db: Database, lab: Lab) -> None:
    with writing(db):
        payload = {"text": "a", "blocks": [{"type": "no such block"}]}
        outbox.enqueue(db, "a", CHANNEL, "題", payload, lab.now())
    settle(db, lab)
    assert state(db, "a") == ("dead", "invalid_blocks")


def test_an_edit_changes_the_message_where_it_stands(db: Database, lab: Lab) -> None:
    put(db, lab, "a", "U0CHILD")
    settle(db, lab)
    lab.fault(method="chat.update", kind="drop", effect="after")
    put(db, lab, "b", "U0CHILD", edits="a")
    settle(db, lab)
    (message,) = lab.messages("D0CHILD")
    assert message["text"] == "b"


def test_a_message_is_found_behind_pages_of_others_and_only_our_own_counts(
    db: Database, lab: Lab
) -> None:
    lab.fault(method="chat.postMessage", kind="drop", effect="after")
    put(db, lab, "a")
    lab.poster.drain(db)
    for n in range(210):
        lab.client.chat_postMessage(channel=CHANNEL, text=str(n))
    settle(db, lab)
    sent = outbox.message(db, "a")
    assert sent is not None
    assert sent.via == "lookup"
    assert lab.slack.find(CHANNEL, "another", lab.now() - 3600) is None


@pytest.mark.parametrize("effect", ["before", "after"])
def test_a_reply_stands_once_in_its_thread_whatever_happens_to_its_post(
    db: Database, lab: Lab, effect: str
) -> None:
    """The channel's history doesn't tell of replies: they are looked for in their thread."""
    root = str(lab.client.chat_postMessage(channel=CHANNEL, text="質問")["ts"])
    for n in range(3):
        lab.client.chat_postMessage(channel=CHANNEL, text=str(n), thread_ts=root)
    lab.fault(method="chat.postMessage", kind="drop", effect=effect, times=2)
    lab.fault(method="conversations.replies", kind="server_error", times=2)
    with writing(db):
        payload = {"text": "答え", "thread_ts": root}
        outbox.enqueue(db, "reply:1", CHANNEL, "題", payload, lab.now())
        outbox.enqueue(db, "plain", CHANNEL, "題", {"text": "週報"}, lab.now())
    settle(db, lab)
    found = [m for m in lab.messages(CHANNEL) if m["text"] in {"答え", "週報"}]
    assert sorted((m["text"], m.get("thread_ts")) for m in found) == [
        ("答え", root),
        ("週報", None),
    ]


def test_a_reply_to_what_is_gone_ends_and_goes_nowhere_else(db: Database, lab: Lab) -> None:
    with writing(db):
        payload = {"text": "答え", "thread_ts": "1.000001"}
        outbox.enqueue(db, "reply:1", CHANNEL, "題", payload, lab.now())
    settle(db, lab)
    assert state(db, "reply:1") == ("dead", "thread_not_found")
    assert lab.messages(CHANNEL) == []


def test_each_failure_has_its_meaning(lab: Lab) -> None:
    meanings: list[tuple[dict[str, Any], type[Exception]]] = [
        ({"kind": "error", "error": "is_archived"}, Refused),
        ({"kind": "error", "error": "ratelimited"}, TooMany),
        ({"kind": "error", "error": "fatal_error"}, Unsure),
        ({"kind": "rate_limit", "retry_after": 9}, TooMany),
        ({"kind": "server_error", "status": 502}, Unsure),
        ({"kind": "bad_body"}, Unsure),
        ({"kind": "drop"}, Unsure),
    ]
    for fault, meaning in meanings:
        lab.fault(method="chat.postMessage", **fault)
        with pytest.raises(meaning):
            lab.slack.post(CHANNEL, {"text": "a"}, "a")
    assert lab.messages(CHANNEL) == []


@pytest.mark.parametrize(
    ("asked", "expected"), [(9, 9), ("120", 120), ("", 30), ("soon", 30), ("-5", 30), ("1e9", 30)]
)
def test_a_retry_after_that_makes_no_sense_counts_as_half_a_minute(
    lab: Lab, asked: int | str, expected: float
) -> None:
    lab.fault(method="chat.postMessage", kind="rate_limit", retry_after=asked)
    with pytest.raises(TooMany) as raised:
        lab.slack.post(CHANNEL, {"text": "a"}, "a")
    assert raised.value.retry_after == expected


def test_a_client_that_retries_by_itself_doubles_and_is_not_taken(lab: Lab) -> None:
    """The reason why posting has a client of its own."""
    usual = WebClient(lab.sandbox.bot_token, base_url=lab.sandbox.api_url)
    lab.fault(method="chat.postMessage", kind="drop", effect="after")
    usual.chat_postMessage(channel=CHANNEL, text="a")
    assert len(lab.messages(CHANNEL)) == 2
    with pytest.raises(ValueError, match="post twice"):
        SlackWeb(usual)


def test_setting_the_sandboxs_clock_brings_the_digest_before_the_call_answers(
    tmp_path: Path, plan: Plan
) -> None:
    connections = Connections(tmp_path / "kpibot.db")
    found_city(connections(), plan)
    speakers: list[Speaker] = []
    drained: list[list[str]] = []
    sandbox = Sandbox(
        tmp_path / "slack",
        on_clock=lambda _: drained.append(speakers[0].run_until_drained()),
        start=moment("2026-05-15 12:00"),
    )
    sandbox.start()
    lab = Lab(sandbox)
    speakers.append(Speaker(connections, lab.slack, sandbox.clock.now))
    speakers[0].tick()
    lab.control("POST", "clock", {"now": "2026-05-18T08:59:00+09:00"})
    answer = lab.control("POST", "clock", {"now": "2026-05-18T09:00:00+09:00"})
    assert [posted["channel"] for posted in answer["posted"]] == [CHANNEL]
    again = lab.control("POST", "clock", {"now": "2026-05-18T09:00:00+09:00"})
    assert again["posted"] == []
    sandbox.stop()
