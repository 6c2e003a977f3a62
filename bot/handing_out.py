"""Files for a person's own direct messages with the bot."""

from __future__ import annotations

from slack_sdk import WebClient

from answers.content import escape
from bot.desk import Desk


def hand(desk: Desk, user: str, name: str, body: bytes, title: str, alt: str = "") -> None:
    """Send a file, with `alt` as what it shows in words, where it is a picture.

    Raises one of `bot.desk.FAILURES`. A client that retries by itself could send it twice.
    """
    once = WebClient(desk.client.token, base_url=desk.client.base_url, retry_handlers=[])
    channel = once.conversations_open(users=user)["channel"]["id"]
    once.files_upload_v2(
        channel=channel,
        content=body,
        filename=name,
        title=title,
        alt_txt=alt or None,
        initial_comment=escape(alt) or None,
    )
