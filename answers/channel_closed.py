"""What planners are told when a channel that they chose hears nothing from the bot any more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from answers.admin_menu import admin_button
from answers.content import Content
from answers.digest_form import RHYTHMS
from answers.layout import compose, heading, quiet, row, say
from answers.spans import Channel, line
from store.subscriptions import Subscription

TITLE = "チャンネルへの配信の終了"
NEWS = "値・判定と段階のお知らせ"
_HINT = "自動では再開しません。続けるには、送れるチャンネルを選んで加えてください。"


def why_silent(outsiders: bool) -> str:
    """Why nothing is said in a channel, after its name: `outsiders` read along, or the bot is not there."""
    return "が組織の外と共有されたため" if outsiders else "に kpibot が参加していないため"


def channel_closed(
    channel: str, ended: Sequence[Subscription], news: bool, outsiders: bool
) -> Content:
    """Which digests ended and whether the news did, and why."""
    counts = Counter(RHYTHMS[each.rhythm] for each in ended)
    stopped = [f"{called} {count}件" for called, count in counts.items()]
    stopped += [NEWS] if news else []
    ways = [admin_button("週報の配信を開く", "週報")] if ended else []
    ways += [admin_button("お知らせを開く", "お知らせ")] if news else []
    return compose(
        (
            heading(TITLE),
            say(
                line(Channel(channel), f" {why_silent(outsiders)}、次をやめました。"),
                *(line(f"・{each}") for each in stopped),
            ),
            row(ways),
            quiet(line(_HINT)),
        )
    )
