"""HTTP mode: what holds over a socket holds over signed requests, and what is not signed does nothing.

The first tests are those of other files, here with an office that Slack reaches by requests.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.health.looking import take_signs
from bot.health.metrics import metrics
from bot.health.signs import unready
from bot.line.http_mode import HttpLine
from store.people import Act
from tests.bot import test_authority, test_walk
from tests.bot.authority_walk import Walk
from tests.bot.office import Office, open_office
from tests.bot.people import Person, draft_behind
from tests.bot.requesting import FORM, JSON, click, environ, form, mention, sent_form, signed
from tests.bot.test_approving import request_, test_an_approval_delivered_twice_counts_once
from tests.bot.test_authority import Scene, scene
from tests.bot.test_bad_input import test_a_form_delivered_twice_submits_once
from tests.bot.test_forms import test_a_confirmation_that_was_used_is_told
from tests.bot.test_races import test_a_double_click_counts_once
from tests.bot.test_round import test_a_figure_goes_from_its_department_to_the_digest
from tests.bot.test_walk import REFUSED, walk
from tests.sandbox.hands import Json, Reply, fetch
from tests.talking.test_talking import test_an_event_that_comes_twice_is_answered_once
from tests.talking.test_welcome import test_nobody_is_greeted_twice

__all__ = [
    "request_",
    "scene",
    "test_a_confirmation_that_was_used_is_told",
    "test_a_double_click_counts_once",
    "test_a_figure_goes_from_its_department_to_the_digest",
    "test_a_form_delivered_twice_submits_once",
    "test_an_approval_delivered_twice_counts_once",
    "test_an_event_that_comes_twice_is_answered_once",
    "test_nobody_is_greeted_twice",
    "walk",
]


@pytest.fixture(scope="module")
def running_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The bot in its sandbox, told everything by requests."""
    with open_office(tmp_path_factory.mktemp("office"), http=True) as office:
        yield office


# A share of what the walk over the socket passes by.
@pytest.mark.parametrize(("act", "role"), REFUSED[::12])
def test_each_cell_of_the_table(walk: Walk, act: Act, role: str) -> None:
    """Commands, buttons, forms, files and messages."""
    test_walk.test_each_cell_of_the_table(walk, act, role)


def test_the_menu_offers_nothing_to_people_from_outside(scene: Scene) -> None:
    """Its options have an address of their own in the manifest."""
    test_authority.test_the_menu_offers_nothing_to_people_from_outside(scene, "U0GUEST")


def line_of(office: Office) -> HttpLine:
    """The office's line to Slack."""
    assert isinstance(office.bot.line, HttpLine)
    return office.bot.line


def posted(
    office: Office, body: bytes, kind: str = FORM, headers: dict[str, str] | None = None
) -> Reply:
    """Send a body to where Slack sends; signed just now, unless other headers are given."""
    if headers is None:
        headers = signed(body, int(office.now.timestamp()), office.sandbox.signing_secret)
    return fetch(str(line_of(office).address), body, {"Content-Type": kind, **headers})


def as_field(payload: Json) -> bytes:
    """A payload as buttons and forms send it."""
    return form(payload=json.dumps(payload))


def test_a_click_that_was_copied_submits_once(office: Office, child: Person) -> None:
    """Signed once, sent three times: one submission, one request to each planner."""
    draft = draft_behind(child.submits("1-1b R6 12人").message)
    body = as_field(click("U0CHILD", "submit_draft", draft, "1748913000.5"))
    headers = signed(body, int(office.now.timestamp()), office.sandbox.signing_secret)
    for _ in range(3):
        assert posted(office, body, headers=headers).status == 200
    office.settles()
    assert len(office.submissions()) == 1
    assert len(office.person("U0PLANNER").inbox("承認のお願い")) == 1


def test_a_form_that_was_copied_gets_the_reply_it_got(office: Office, child: Person) -> None:
    """The kept one, word by word."""
    view = child.submits("1-1b R6").view
    body = as_field(sent_form("U0CHILD", view, test_authority.VALUE))
    first, *more = [posted(office, body) for _ in range(3)]
    assert first.json["response_action"] == "update"
    assert [(each.status, each.json) for each in more] == [(200, first.json)] * 2
    assert len(office.submissions()) == 1


def test_an_event_that_slack_brings_again_is_answered_once(office: Office) -> None:
    """Signed anew and said to be a retry: taken, and told apart by its id."""
    body = json.dumps(mention("U0STAFF", "<@U0KPIBOT> 1-1")).encode()
    now, secret = int(office.now.timestamp()), office.sandbox.signing_secret
    for number in range(3):
        again = {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": "http_timeout"}
        sent = signed(body, now - number, secret) | (again if number else {})
        assert posted(office, body, JSON, sent).status == 200
    assert len(office.rows("SELECT 1 FROM outbox WHERE key LIKE 'reply:Ev0COPIED%'")) == 1


@pytest.fixture
def copied(office: Office, child: Person) -> list[tuple[bytes, str]]:
    """Bodies that would act, ask and speak, had Slack signed them."""
    draft = draft_behind(child.submits("1-1b R6 12人").message)
    return [
        (as_field(click("U0CHILD", "submit_draft", draft, "1748913000.6")), FORM),
        (form(command="/kpi-submit", text="1-1b R6 13人", user_id="U0CHILD", team_id="T"), FORM),
        (json.dumps(mention("U0STAFF", "<@U0KPIBOT> 1-1")).encode(), JSON),
        (b'{"type": "url_verification", "challenge": "abc"}', JSON),
    ]


def test_what_slack_did_not_sign_writes_no_row(
    office: Office, copied: list[tuple[bytes, str]], caplog: pytest.LogCaptureFixture
) -> None:
    """Not signed, signed by others, too long ago, with a moment that is none: 401 and nothing else."""
    now, secret = int(office.now.timestamp()), office.sandbox.signing_secret
    before, kept, denied = office.business(), count(office, "inbox"), office.denials()
    caplog.clear()
    caplog.set_level(logging.DEBUG)
    for body, kind in copied:
        for headers in (
            {},
            signed(body, now, "0" * 32),
            signed(body, now - 301, secret),
            signed(body, now + 121, secret),
            signed(body + b" ", now, secret),
            signed(body, f"{now}.5", secret),
            {**signed(body, now, secret), "X-Slack-Signature": "v0=\xe9"},
            {**signed(body, now, secret), "X-Slack-Request-Timestamp": "9" * 4000},
        ):
            reply = posted(office, body, kind, headers)
            assert (reply.status, reply.body) == (401, b"Unauthorized\n")
    assert office.business() == before
    assert count(office, "inbox") == kept
    assert office.denials() == denied
    told = caplog.text
    assert told.count("http.refused") == 8 * len(copied)
    assert not any(word in told for word in (secret, "secret-address", "v0=", "1-1b", "U0CHILD"))


def count(office: Office, table: str) -> int:
    """How many rows a table has."""
    found: int = office.rows(f"SELECT count(*) AS n FROM {table}")[0]["n"]
    return found


# Pieces of what Slack sends, put together in ways in which it never does.
NAMES = st.sampled_from(
    (
        *("type", "user", "id", "team", "view", "state", "values", "actions", "action_id", "event"),
        *("callback_id", "private_metadata", "event_id", "command", "text", "channel", "user_id"),
        *("container", "team_id", "authorizations", "enterprise", "is_enterprise_install"),
    )
)
WORDS = st.sampled_from(
    (
        *("block_actions", "view_submission", "event_callback", "block_suggestion", "message"),
        *("app_mention", "team_join", "/kpi", "/kpi-submit", "U0CHILD", "1-1b R6 12人"),
    )
)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), WORDS, st.text(max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=5)),
    max_leaves=12,
)
KINDS = st.sampled_from(["block_actions", "view_submission", "event_callback", "block_suggestion"])
BODIES = st.builds(
    lambda kind, rest: {**rest, "type": kind}, KINDS | WORDS, st.dictionaries(NAMES, VALUES)
)


@given(body=BODIES)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_signed_body_of_no_known_shape_writes_no_row(office: Office, body: Json) -> None:
    """Whatever its fields hold; it is answered, refused, or left for Slack to bring again."""
    raw, before = json.dumps(body).encode(), office.business()
    headers = signed(raw, int(office.now.timestamp()), office.sandbox.signing_secret)
    statuses: list[str] = []
    request = environ(raw, headers)
    answer = line_of(office)._application(request, lambda status, *_: statuses.append(status))  # type: ignore[arg-type]
    assert list(answer)
    assert statuses[0][:3] in {"200", "400", "404", "500"}
    assert office.business() == before


def test_machines_are_told_how_requests_fare(office: Office) -> None:
    """There is no socket to watch: the port is open, its server turns, no request hangs."""
    assert posted(office, b"{}", JSON, {}).status == 401
    signs = take_signs(office.bot)
    assert signs.connected
    assert signs.silent < 10
    assert unready(signs) == []
    assert signs.answers[401] >= 1
    assert b'kpibot_http_requests_total{status="401"}' in metrics(signs)
