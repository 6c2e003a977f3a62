"""What planners are told of messages that did not go out, once a day at most and all in one; and of
a history that was altered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from answers.admin_menu import admin_button
from answers.content import Content
from answers.layout import compose, heading, quiet, row, say
from answers.spans import Bold, line
from store.outbox import Message

MOST_EACH = 10
STATES: Mapping[str, str] = {
    "unknown": "届いたか確かめられないもの（自動では送り直しません）",
    "dead": "Slack に断られて届かなかったもの",
    "skipped": "送れる時間を過ぎたため送らなかったもの",
}


def troubles_told(found: Sequence[Message]) -> Content:
    """By outcome, with the reason; what to look at."""
    parts = []
    for state, said in STATES.items():
        there = [each for each in found if each.state == state]
        if there:
            parts.append(say(line(Bold(f"{said} {len(there)}件"))))
            alike = Counter((each.title, each.error or "") for each in there)
            lines = [
                line(f"・{title}　{why}" + (f"（{count}通）" if count > 1 else ""))
                for (title, why), count in list(alike.items())[:MOST_EACH]
            ]
            more = len(there) - sum(list(alike.values())[:MOST_EACH])
            parts.append(say(*lines, *([line(f"ほか{more}件")] if more > 0 else [])))
    return compose(
        (
            heading("送れなかったお知らせ"),
            *parts,
            row([admin_button("これから送るもの", "予定")]),
            quiet(
                line(
                    "チャンネルの有無・kpibot の参加・サーバーの時計を、運用担当と確かめてください。"
                    "一覧は運用担当の「kpibot doctor」でも見られます。"
                )
            ),
        )
    )


def altered_told() -> Content:
    """What it means for the figures, and who knows what to do."""
    return compose(
        (
            heading("履歴が書き換えられています"),
            say(
                line(
                    "夜の点検で、kpibot の外から変えられた記録が見つかりました。"
                    "直ったと分かるまで、値を公表・報告書・答弁に使わないでください。"
                )
            ),
            quiet(
                line(
                    "どの記録か、どう直すかは、運用担当の「kpibot doctor --history」で分かります。"
                    "このお知らせをすぐに伝えてください。"
                )
            ),
        )
    )
