"""Who is let in: a request that Slack signed, of a kind and size that Slack sends. Nothing raises but Refused.

The cheap questions come first: nothing is read of a request that is refused by its head, and
nothing is parsed before the signature is found to be good. No refusal tells what was sent.
"""

from __future__ import annotations

import json
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from bot.line.keys import PATH
from bot.line.signing import is_signed

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment

# Slack's largest are forms with all that was filled in: tens of kilobytes.
MOST_BYTES = 1024 * 1024
MOST_FIELDS = 100
JSON, FORM = "application/json", "application/x-www-form-urlencoded"

Body = dict[str, Any]


class Refused(Exception):
    """Not let in: the status to answer with, and a reason that holds nothing of the request."""

    def __init__(self, status: HTTPStatus, why: str) -> None:
        super().__init__(why)
        self.status = status


def is_certificate_check(environ: WSGIEnvironment) -> bool:
    """Tell whether this is Slack's unsigned look at the certificate, which wants no more than a 200.

    https://docs.slack.dev/interactivity/implementing-slash-commands
    """
    if environ["REQUEST_METHOD"] != "GET" or environ.get("PATH_INFO") != PATH:
        return False
    return ("ssl_check", "1") in parse_qsl(environ.get("QUERY_STRING", "")[:MOST_FIELDS])


def let_in(environ: WSGIEnvironment, secret: str, now: datetime) -> Body:
    """Return what a request of Slack's says. Raises Refused for everything else."""
    kind = _kind(environ)
    raw = _read(environ)
    signed = is_signed(
        secret,
        environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", ""),
        environ.get("HTTP_X_SLACK_SIGNATURE", ""),
        raw,
        now.timestamp(),
    )
    if not signed:
        raise Refused(HTTPStatus.UNAUTHORIZED, "no good signature")
    try:
        body = _parsed(kind, raw.decode())
    except (ValueError, RecursionError):
        raise Refused(HTTPStatus.BAD_REQUEST, "signed, but unreadable") from None
    if not isinstance(body, dict):
        raise Refused(HTTPStatus.BAD_REQUEST, "signed, but no object")
    return body


def _kind(environ: WSGIEnvironment) -> str:
    """The content type, once path, method and announced size are right."""
    if environ.get("PATH_INFO") != PATH:
        raise Refused(HTTPStatus.NOT_FOUND, "another path")
    if environ["REQUEST_METHOD"] != "POST":
        raise Refused(HTTPStatus.METHOD_NOT_ALLOWED, "another method")
    kind: str = environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
    if kind not in {JSON, FORM}:
        raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "another content type")
    return kind


def _read(environ: WSGIEnvironment) -> bytes:
    """The body, never more of it than is allowed. The server has put chunks together."""
    length = environ.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdigit()):
        raise Refused(HTTPStatus.BAD_REQUEST, "no length")
    if len(length) > len(str(MOST_BYTES)) or int(length) > MOST_BYTES:
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too large")
    raw: bytes = environ["wsgi.input"].read(int(length))
    return raw


def _parsed(kind: str, text: str) -> Any:
    if kind == JSON:
        return json.loads(text)
    fields = dict(parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS))
    return json.loads(fields["payload"]) if "payload" in fields else fields
