"""Certificates are read once, however many clients call Slack."""

from __future__ import annotations

from slack_sdk import WebClient

from schedules.slack import posting_client, single, trusted


def test_every_client_trusts_what_was_read_once() -> None:
    known = trusted(WebClient.BASE_URL)
    assert known is not None
    assert known.check_hostname
    poster = posting_client("xoxb-1")
    assert poster.ssl is known
    assert single(poster).ssl is known


def test_nothing_is_read_for_a_sandbox() -> None:
    assert posting_client("xoxb-1", "http://127.0.0.1:3900/api/").ssl is None


def test_a_single_client_is_like_the_other_but_tries_once() -> None:
    first = WebClient("xoxb-1", "http://127.0.0.1:3900/api/")
    other = single(first, timeout=1)
    assert (other.token, other.base_url, other.timeout) == (first.token, first.base_url, 1)
    assert first.retry_handlers
    assert other.retry_handlers == []
