"""What Slack tells of the workspace's people."""

from __future__ import annotations

from typing import Any

from bot.desk import Desk


def heard_of(desk: Desk, event: dict[str, Any]) -> None:
    """Somebody joined, left, was made a guest or changed their name."""
    desk.remember([event["user"]])
