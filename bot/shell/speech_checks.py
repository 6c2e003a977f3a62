"""What the doctor finds of what the bot says by itself: kinds that are stopped, channels that hear."""

from __future__ import annotations

from collections.abc import Iterator

from answers.planned import KINDS
from bot.shell.context import Shell
from bot.shell.findings import Finding
from store import news_channels, settings


def speech(shell: Shell) -> Iterator[Finding]:
    """Kinds of messages that planners stopped, and the channels of お知らせ."""
    stopped = settings.paused(shell.db)
    if named := [said for kind, said in KINDS.items() if kind in stopped]:
        yield Finding(
            "note",
            f"企画担当が止めている通知: {'、'.join(named)}",
            "`/kpi-admin 予定` で再開できます。",
        )
    channels = news_channels.channels(shell.db)
    if told := [each.channel for each in channels if each.on]:
        yield Finding("ok", f"お知らせのチャンネル: {'、'.join(told)}")
    if silent := [each.channel for each in channels if not each.on]:
        yield Finding(
            "note",
            f"お知らせを止めているチャンネル: {'、'.join(silent)}",
            "`/kpi-admin お知らせ` に、止めた人と理由があります。",
        )
