"""静穏: the page of the periods in which the bot says nothing by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from answers.approval import Names
from answers.content import Content, button
from answers.cycle_page import day_in_full
from answers.facts import day_of, show_day
from answers.layout import Part, compose, heading, quiet, row, say
from answers.spans import Bold, line, one_line
from store.quiet import Change, Quiet

WORD = "静穏"
EDIT = "quiet_period"
MOST_SHOWN = 15
MOST_HISTORY = 8


@dataclass(frozen=True)
class Held:
    """A period, and in words what falls into it: what would have been said, dates of the cycle."""

    period: Quiet
    unsaid: Sequence[str]
    dates: Sequence[str]


@dataclass(frozen=True)
class QuietSeen:
    """The periods that are not over, how many are, and what was said of any."""

    held: Sequence[Held]
    over: int
    history: Sequence[Change]
    names: Names
    today: date


def quiet_page(seen: QuietSeen, note: str = "") -> Content:
    """Each period with what falls into it and a way to change it, then who changed what."""
    more = len(seen.held) - MOST_SHOWN
    over = f"終わった期間が{seen.over}件あります。" if seen.over else ""
    return compose(
        (
            heading("通知を控える期間"),
            say(line(Bold(note))) if note else None,
            say(
                line(
                    "議会会期・予算査定など、この期間は週報・督促・承認のお願いを送りません。"
                    "送らなかったものは理由とともに記録に残ります。"
                )
            ),
            *(_held(each, seen.today) for each in seen.held[:MOST_SHOWN]),
            say(line(f"ほか{more}件")) if more > 0 else None,
            None if seen.held else say(line("これからの期間はありません。")),
            row([button("期間を加える", f"{EDIT}:", "", "primary")]),
            quiet(
                line(
                    "値・判定のお知らせは、期間が明けてから送ります。"
                    "差戻しなど、操作への返事は期間中も届きます。"
                ),
                line(f"送る用意ができているものにも、すぐ効きます。{over}"),
            ),
            _history(seen),
        )
    )


def span_said(period: Quiet) -> str:
    """`2026/2/20（金）〜2026/3/24（火）`."""
    return f"{day_in_full(period.first_day)}〜{day_in_full(period.last_day)}"


def _held(each: Held, today: date) -> Part:
    now = "（いまこの期間です）" if each.period.covers(today) else ""
    falls = "・".join(each.unsaid) or "送る予定のものはありません"
    lines = [
        line(Bold(each.period.name), f"　{span_said(each.period)}{now}"),
        line(f"送らないもの: {falls}"),
    ]
    if each.dates:
        lines.append(line(f"⚠ 期間内の日程: {'・'.join(each.dates)}"))
    edit = button("変える", f"{EDIT}:{each.period.name}", each.period.name)
    return say(*lines, accessory=edit)


def _history(seen: QuietSeen) -> Part | None:
    if not seen.history:
        return None
    said = [line(f"変更の履歴（新しい順、{MOST_HISTORY}件まで）")]
    return say(*said, *(line(_said(each, seen)) for each in seen.history))


def _said(each: Change, seen: QuietSeen) -> str:
    who = seen.names.get(each.actor, each.actor)
    found = each.period
    days = (
        f"{show_day(found.first_day, seen.today)}〜{show_day(found.last_day, seen.today)}"
        if found
        else "取り消した"
    )
    why = f"「{one_line(each.reason)}」" if each.reason else ""
    when = f"{day_of(each.at, seen.today)} {each.at[11:16]}"
    return f"{when} {one_line(each.name)}　{days}（{who}）{why}"
