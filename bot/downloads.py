"""Fetching a file that somebody dropped: from Slack alone, within size and time, once asked for."""

from __future__ import annotations

import time
from email.message import Message
from typing import IO
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from slack_sdk import WebClient

from store.errors import BadInput

TIMEOUT_SECONDS = 10
PATIENCE_SECONDS = 30
CHUNK = 64 * 1024
NOT_SLACK = (
    "Slack の外にあるファイル（リンク）は受け取れません。ファイルそのものを DM に入れてください。"
)
TOO_BIG = "ファイルが大きすぎます（{most}MBまで）。受け取った様式に入力して送ってください。"
NO_SCOPE = (
    "ファイルを読む権限（files:read）がボットにないため、受け取れませんでした。"
    "企画担当から、ボットを入れた担当者に伝えてください。"
)


class _Straight(HTTPRedirectHandler):
    """Follows nothing: the token goes to the address that Slack gave and nowhere else."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> None:
        """Let the answer stand as it is, which is an error."""


def download(client: WebClient, url: str, most: int) -> bytes:
    """The bytes of a file at the address that Slack gave for it, with the bot's token.

    Raises BadInput with a sentence for an address that is not Slack's, for more than `most` bytes
    and for a missing scope; OSError when Slack does not answer properly.
    """
    if not is_of_slack(url, client.base_url):
        raise BadInput(NOT_SLACK)
    request = Request(url, headers={"Authorization": f"Bearer {client.token}"})  # noqa: S310  # checked above
    with build_opener(_Straight).open(request, timeout=TIMEOUT_SECONDS) as answer:
        if answer.headers.get_content_type() == "text/html":
            # To an app without the scope Slack answers 200 and a page to sign in.
            raise BadInput(NO_SCOPE)
        return _read(answer, most)


def is_of_slack(url: str, base_url: str) -> bool:
    """An address of the same Slack that the Web API is at: its own host, or one below it by https."""
    there, home = urlsplit(url), urlsplit(base_url)
    if (there.scheme, there.netloc) == (home.scheme, home.netloc):
        return True
    below = (there.hostname or "").endswith(f".{(home.hostname or '').removeprefix('www.')}")
    return there.scheme == "https" and below and there.port in {None, 443}


def _read(answer: IO[bytes], most: int) -> bytes:
    until = time.monotonic() + PATIENCE_SECONDS
    held = bytearray()
    while chunk := answer.read(CHUNK):
        held += chunk
        if len(held) > most:
            raise BadInput(TOO_BIG.format(most=most // (1024 * 1024)))
        if time.monotonic() > until:
            raise TimeoutError("the file took too long")
    return bytes(held)
