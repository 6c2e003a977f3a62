"""Files for a person's own direct messages with the bot."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk import WebClient

from answers.spans import line, mrkdwn
from bot.desk import Desk
from schedules.slack import single


def hand(desk: Desk, user: str, name: str, body: bytes, title: str, alt: str = "") -> None:
    """Send a file, with `alt` as what it shows in words, where it is a picture.

    Raises one of `bot.desk.FAILURES`.
    """
    once, channel = _for(desk, user)
    once.files_upload_v2(
        channel=channel,
        content=body,
        filename=name,
        title=title,
        alt_txt=alt or None,
        initial_comment=mrkdwn(line(alt)) or None,
    )


def hand_all(desk: Desk, user: str, files: Sequence[tuple[str, bytes, str]], comment: str) -> None:
    """Send files, each by name, content and title, in one message beside a comment.

    Raises one of `bot.desk.FAILURES`.
    """
    once, channel = _for(desk, user)
    uploads = [{"filename": n, "content": body, "title": title} for n, body, title in files]
    once.files_upload_v2(
        channel=channel, file_uploads=uploads, initial_comment=mrkdwn(line(comment)) or None
    )


def _for(desk: Desk, user: str) -> tuple[WebClient, str]:
    """A client that does not retry by itself, which could send a file twice; and the person's DM."""
    once = single(desk.client)
    return once, str(once.conversations_open(users=user)["channel"]["id"])
