"""Which channels the bot may write to of its own accord: it is there, and nobody from outside is."""

from __future__ import annotations

from typing import Literal

from slack_sdk.errors import SlackApiError

from bot.desk import FAILURES, Desk

Closed = Literal["not there", "archived", "outsiders", "not now"]


def why_closed(desk: Desk, channel: str) -> Closed | None:
    """Why nothing may be posted in a channel; None where it may. Asks Slack, so never before an ack.

    Being shared counts from the invitation on.
    """
    try:
        found = desk.client.conversations_info(channel=channel)["channel"]
    except SlackApiError as error:
        unseen = error.response.get("error") in {"channel_not_found", "not_in_channel"}
        return "not there" if unseen else "not now"
    except FAILURES:
        return "not now"
    if found.get("is_archived"):
        return "archived"
    if found.get("is_ext_shared") or found.get("is_pending_ext_shared"):
        return "outsiders"
    return None if found.get("is_member") else "not there"


def asked_in(body: dict[str, object]) -> str | None:
    """The channel of a click or a command; None in direct messages and in views."""
    channel = body.get("channel")
    found = channel.get("id") if isinstance(channel, dict) else body.get("channel_id")
    return found if isinstance(found, str) and found.startswith(("C", "G")) else None
