"""The guard of HTTP mode: only what Slack signed just now is read, and whatever else comes is refused."""

from __future__ import annotations

import json
import logging
from datetime import datetime
from typing import Any

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st
from slack_bolt import App, BoltRequest, BoltResponse
from slack_sdk import WebClient

from bot.line.guard import MOST_BYTES
from bot.line.wsgi import Application
from bot.logs import mask
from store.fiscal import TOKYO
from tests.bot.requesting import CHALLENGE, FORM, JSON, SECRET, environ, form, signed

NOON = datetime(2025, 6, 3, 12, 0, tzinfo=TOKYO)
NOW = int(NOON.timestamp())
COMMAND = form(command="/kpi", text="1-1 待機児童", user_id="U0CHILD", trigger_id="1.2")


class Behind:
    """What stands behind the guard here: it keeps what was let in."""

    def __init__(self) -> None:
        self.heard: list[dict[str, Any]] = []
        self.headers: list[dict[str, Any]] = []

    def dispatch(self, request: BoltRequest) -> BoltResponse:
        """Take it."""
        self.heard.append(request.body)
        self.headers.append(dict(request.headers))
        return BoltResponse(status=200, body={"text": "はい"})


class Gate:
    """The application behind its guard, asked without a network."""

    def __init__(self) -> None:
        self.behind = Behind()
        self.application = Application(self.behind, SECRET, lambda: NOON)  # type: ignore[arg-type]
        self.headers: dict[str, str] = {}

    def asked(self, body: bytes, headers: dict[str, str], **more: Any) -> int:
        """Send a request; the status that comes back."""
        return self.answered(environ(body, headers, **more))

    def answered(self, request: dict[str, Any]) -> int:
        """The same, for a request that is made already."""
        statuses: list[str] = []

        def start(status: str, headers: list[tuple[str, str]], *_: Any) -> Any:
            statuses.append(status)
            self.headers = dict(headers)

        self.said = b"".join(self.application(request, start))
        return int(statuses[0].split()[0])


@pytest.fixture
def gate() -> Gate:
    """A guard that nobody has come to yet."""
    return Gate()


def test_what_slack_signed_is_read(gate: Gate) -> None:
    """A command, a form in its field and an event, each as it was sent; a retry says that it is one."""
    click = {"type": "block_actions", "user": {"id": "U0CHILD"}}
    event = {"type": "event_callback", "event": {"type": "app_mention", "text": "😀"}}
    for body, kind in (
        (COMMAND, FORM),
        (form(payload=json.dumps(click)), f"{FORM}; charset=utf-8"),
        (json.dumps(event).encode(), "Application/JSON"),
    ):
        again = {"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"}
        assert gate.asked(body, {**signed(body, NOW), **again}, kind=kind) == 200
    assert gate.behind.heard[0]["text"] == "1-1 待機児童"
    assert gate.behind.heard[1:] == [click, event]
    assert gate.behind.headers[-1]["x-slack-retry-num"] == ["1"]
    assert json.loads(gate.said) == {"text": "はい"}


@pytest.mark.parametrize(
    ("age", "status"), [(300, 200), (301, 401), (0, 200), (-120, 200), (-121, 401)]
)
def test_a_signature_is_good_for_five_minutes(gate: Gate, age: int, status: int) -> None:
    """And not ahead of its time, but for what two clocks may differ."""
    assert gate.asked(CHALLENGE, signed(CHALLENGE, NOW - age)) == status


GOOD = signed(CHALLENGE, NOW)
FORGED: dict[str, dict[str, str]] = {
    "nothing": {},
    "no signature": {"X-Slack-Request-Timestamp": str(NOW)},
    "no moment": {"X-Slack-Signature": GOOD["X-Slack-Signature"]},
    "another secret": signed(CHALLENGE, NOW, "0" * 32),
    "another body": signed(CHALLENGE + b" ", NOW),
    "another moment": {**GOOD, "X-Slack-Request-Timestamp": str(NOW - 1)},
    "a moment in words": signed(CHALLENGE, "now"),
    "a moment of other digits": signed(CHALLENGE, "１７４８９１９６００"),
    "a moment with a sign": signed(CHALLENGE, f"+{NOW}"),
    "a moment with a line": signed(CHALLENGE, f"{NOW}\n"),
    "a moment that is endless": signed(CHALLENGE, "9" * 5000),
    "a fraction": signed(CHALLENGE, f"{NOW}.0"),
    "not ASCII": {**GOOD, "X-Slack-Signature": "v0=é" * 20},
    "in capitals": {**GOOD, "X-Slack-Signature": GOOD["X-Slack-Signature"].upper()},
    "cut off": {**GOOD, "X-Slack-Signature": GOOD["X-Slack-Signature"][:-1]},
    "a later version": {**GOOD, "X-Slack-Signature": GOOD["X-Slack-Signature"].replace("v0", "v1")},
}


@pytest.mark.parametrize("what", FORGED)
def test_what_slack_did_not_sign_is_refused(
    gate: Gate, what: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Even a challenge; neither the answer nor the log tells what was sent."""
    caplog.set_level(logging.DEBUG)
    assert gate.asked(CHALLENGE, FORGED[what]) == 401
    assert gate.behind.heard == []
    assert gate.said == b"Unauthorized\n"
    assert "3eZbrw1a" not in caplog.text
    assert "v0=" not in caplog.text


REFUSED: dict[str, tuple[int, dict[str, Any]]] = {
    "another path": (404, {"path": "/slack/event"}),
    "the path and more": (404, {"path": "/slack/events/"}),
    "a look": (405, {"method": "GET"}),
    "a change": (405, {"method": "PUT"}),
    "a look at something else": (404, {"method": "GET", "path": "/"}),
    "a page's form": (415, {"kind": "multipart/form-data; boundary=x"}),
    "plain text": (415, {"kind": "text/plain"}),
    "no kind": (415, {"kind": None}),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_slack_never_sends_is_refused_though_it_is_signed(gate: Gate, what: str) -> None:
    """By its head alone: nothing of the body is read."""
    status, more = REFUSED[what]
    request = environ(CHALLENGE, GOOD, **more)
    request["wsgi.input"] = None
    assert gate.answered(request) == status
    assert gate.headers.get("Allow") == ("POST" if status == 405 else None)
    assert gate.behind.heard == []


@pytest.mark.parametrize("length", [str(MOST_BYTES + 1), "9" * 5000, "-1", "1e3", "１"])
def test_a_body_that_is_too_large_or_of_no_length_is_not_read(gate: Gate, length: str) -> None:
    """413 or 400."""
    request = {**environ(b"", GOOD), "CONTENT_LENGTH": length, "wsgi.input": None}
    assert gate.answered(request) == (413 if length.startswith(("9", "1048577")) else 400)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", JSON),
        (b"{", JSON),
        (b"[]", JSON),
        (b"null", JSON),
        (b"[" * 100_000, JSON),
        (b'{"a":' * 100_000, JSON),
        (form(payload="x"), FORM),
        (form(payload="[1]"), FORM),
        (b"&".join([b"a=1"] * 101), FORM),
    ],
)
def test_what_is_signed_and_unreadable_is_a_bad_request(gate: Gate, body: bytes, kind: str) -> None:
    """400, and nobody behind it hears of it."""
    assert gate.asked(body, signed(body, NOW), kind=kind) == 400
    assert gate.behind.heard == []


def test_slack_may_look_at_the_certificate(gate: Gate) -> None:
    """With a request that is not signed, and learns nothing from it."""
    assert gate.asked(b"", {}, kind=None, method="GET", query="ssl_check=1&token=x") == 200
    assert gate.said == b""
    assert gate.asked(b"", {}, kind=None, method="GET", query="ssl_check=2") == 405
    assert gate.behind.heard == []


def test_what_fails_behind_it_is_not_acked(gate: Gate) -> None:
    """So that Slack brings it again; each status is counted."""
    gate.behind.dispatch = None  # type: ignore[assignment, method-assign]
    assert gate.asked(CHALLENGE, GOOD) == 500
    assert gate.asked(CHALLENGE, {}) == 401
    assert gate.application.answers == {500: 1, 401: 1}
    assert gate.application.oldest == 0.0


def test_bolt_answers_the_challenge_of_slacks_settings_page() -> None:
    """Once it is signed."""
    gate = Gate()
    client = WebClient("xoxb-x")
    app = App(client=client, request_verification_enabled=False, token_verification_enabled=False)
    gate.application = Application(app, SECRET, lambda: NOON)
    assert gate.asked(CHALLENGE, GOOD) == 200
    assert json.loads(gate.said) == {"challenge": "3eZbrw1a"}


def test_signatures_are_masked_in_logs() -> None:
    """As tokens are."""
    told = mask(structlog.get_logger(), "info", {"event": f"came {GOOD['X-Slack-Signature']}"})
    assert told == {"event": "came ***"}


# Header values as they can come over HTTP.
HEADER = st.text(st.characters(max_codepoint=255, blacklist_characters="\r\n"), max_size=90)
MOMENTS = st.one_of(HEADER, st.integers(-(10**20), 10**20).map(str), st.just(str(NOW)))
SIGNATURES = st.one_of(HEADER, st.from_regex(r"v0=[0-9a-f]{64}", fullmatch=True))
BODIES = st.one_of(st.binary(max_size=300), st.just(COMMAND), st.just(CHALLENGE))


@given(
    body=BODIES,
    moment=MOMENTS,
    signature=SIGNATURES,
    kind=st.one_of(st.none(), HEADER, st.sampled_from([JSON, FORM])),
    method=st.sampled_from(["POST", "GET", "HEAD", "OPTIONS", "put"]),
    path=st.one_of(st.just("/slack/events"), HEADER),
    query=HEADER,
)
def test_whatever_comes_without_the_secret_is_refused_and_heard_by_nobody(
    body: bytes, moment: str, signature: str, kind: str | None, method: str, path: str, query: str
) -> None:
    """Never a 500, never an exception, never a word to what stands behind."""
    gate = Gate()
    headers = {"X-Slack-Request-Timestamp": moment, "X-Slack-Signature": signature}
    status = gate.asked(body, headers, kind=kind, method=method, path=path, query=query)
    certificate = method == "GET" and path == "/slack/events" and "ssl_check=1" in query
    assert status in ({200} if certificate and status == 200 else {400, 401, 404, 405, 413, 415})
    assert gate.behind.heard == []


@given(body=st.binary(max_size=300), kind=st.sampled_from([JSON, FORM]))
def test_whatever_is_signed_is_read_or_refused(body: bytes, kind: str) -> None:
    """An object is let in as it is; 400 for what is none, 401 for bytes that Slack can't have signed."""
    gate = Gate()
    status = gate.asked(body, signed(body, NOW), kind=kind)
    assert status in {200, 400, 401}
    assert len(gate.behind.heard) == (status == 200)
