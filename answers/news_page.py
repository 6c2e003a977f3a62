"""お知らせ: the page of the channels that are told when a verdict changes or a stage ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from answers.approval import Names
from answers.content import Content, button, escape, section
from answers.facts import day_of
from answers.layout import Part, compose, heading, quiet, row, say
from answers.spans import Bold, line, mrkdwn, one_line
from store.news_channels import NewsChannel, Setting
from store.plan import Plan

WORD = "お知らせ"
EDIT = "news_channel"
MOST_HISTORY = 8


@dataclass(frozen=True)
class NewsSeen:
    """The channels on the list, what was said of them, and the hour that gathers changes now.

    `until` is when that is told of, `waiting` how many changes it has; None while there is none.
    """

    plan: Plan
    channels: Sequence[NewsChannel]
    history: Sequence[Setting]
    names: Names
    today: date
    paused: frozenset[str] = frozenset()
    until: str | None = None
    waiting: int = 0


def news_page(seen: NewsSeen, note: str = "") -> Content:
    """Each channel with what it hears and a way to change that, then who changed what."""
    return compose(
        (
            heading("チャンネルへのお知らせ"),
            say(line(Bold(note))) if note else None,
            say(
                line(
                    "承認された値で判定が変わったとき（例: ■ 未達成 → ● 達成）と、"
                    "年間サイクルの段階が完了したときに、次のチャンネルへ送ります。"
                )
            ),
            *(_channel(each, seen.plan) for each in seen.channels),
            None if seen.channels else say(line("送るチャンネルはまだありません。")),
            row([button("チャンネルを加える", f"{EDIT}:", "", "primary")]),
            _gathering(seen),
            quiet(
                line(
                    "最初の変化から1時間のあいだの変化を、1通にまとめます。承認された値だけです。"
                ),
                line("段階の完了は、すべての目標を受け取るチャンネルに1文で送ります。"),
            ),
            _history(seen),
        )
    )


def _channel(each: NewsChannel, plan: Plan) -> Part:
    state = "送っています" if each.on else "止めています"
    shared = "・組織外との共有チャンネルにも送る" if each.outsiders else ""
    said = f"{scope_said(each, plan)}　{state}{shared}"
    edit = button("変える", f"{EDIT}:{each.channel}", each.channel)
    # A channel is named by Slack, from its id; escaped text could not.
    named = f"<#{escape(each.channel)}>"
    return Part((section(f"*{named}*\n{mrkdwn(line(said))}", edit),), (f"{named}　{escape(said)}",))


def scope_said(each: NewsChannel, plan: Plan) -> str:
    """`すべての目標`, or the goal."""
    if each.goal is None:
        return "すべての目標"
    of_plan, wanted = each.goal
    found = next((goal for goal in plan.goals if (plan.id, goal.id) == (of_plan, wanted)), None)
    return f"{found.label} {found.title}" if found else f"ほかの計画の目標（{of_plan} {wanted}）"


def _gathering(seen: NewsSeen) -> Part | None:
    if "news" in seen.paused:
        return say(line(Bold("この種類は停止中です。"), "「予定」のページから再開できます。"))
    if seen.until is None:
        return None
    return say(line(f"いままとめているもの: {seen.waiting}件（{seen.until}に送ります）"))


def _history(seen: NewsSeen) -> Part | None:
    if not seen.history:
        return None
    lines = [f"変更の履歴（新しい順、{MOST_HISTORY}件まで）"]
    lines += [_said(each, seen) for each in seen.history]
    return Part((section("\n".join(lines)),), tuple(lines))


def _said(each: Setting, seen: NewsSeen) -> str:
    """One change in a line of mrkdwn."""
    who = seen.names.get(each.actor, "kpibot" if each.actor.startswith("shell:") else each.actor)
    what = (
        f"{scope_said(each.said, seen.plan)}・{'送る' if each.said.on else '止める'}"
        if each.said
        else "一覧から外した"
    )
    why = f"「{one_line(each.reason)}」" if each.reason else ""
    when = f"{day_of(each.at, seen.today)} {each.at[11:16]}"
    return f"{when} <#{escape(each.channel)}> " + mrkdwn(line(f"{what}（{who}）{why}"))
