"""`/kpi-admin 週報`: who gets which digest and when, with a button to change, post and try each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from answers.admin_menu import admin_button
from answers.approval import Names
from answers.content import Block, Content, button, section
from answers.cycle_page import day_in_full
from answers.events import person
from answers.facts import WEEKDAYS
from answers.layout import Part, compose, heading, quiet, row, say
from answers.planned import audience_said
from answers.spans import Bold, line, mrkdwn, one_line, spoken
from store.subscriptions import MONTHS_END, Choice, Subscription

WORD = "週報"
ADD, EDIT, NOW, TRY = "digest:add", "digest:edit", "digest:now", "digest:try"
PAGE = 20
GONE = "対象がいまの計画にありません（範囲を選び直すまで送りません）"


@dataclass(frozen=True)
class Listed:
    """A subscription with what it is about in words, empty for what is not there any more.

    `why` says why the `next` one will not be sent; `count` is how many issues there were.
    """

    choice: Choice
    scope: str
    next: datetime
    why: str = ""
    count: int = 0


def digest_page(
    found: Sequence[Listed], names: Names, page: int = 1, notice: str = "", paused: bool = False
) -> Content:
    """The subscriptions, twenty a page. `notice` says what was just done."""
    last = max(1, -(-len(found) // PAGE))
    page = min(page, last)
    shown = found[(page - 1) * PAGE : page * PAGE]
    return compose(
        (
            say(line(Bold(notice))) if notice else None,
            heading("週報の配信"),
            say(line("停止中です。`/kpi-admin 予定` で再開するまで送りません。"))
            if paused
            else None,
            *(part for each in shown for part in _one(each, names)),
            say(line("配信はまだありません。")) if not found else None,
            row([button("加える", ADD, "add", "primary"), *_pages(page, last)]),
            quiet(
                line(
                    "週次は選んだ曜日、月次は選んだ日以後の最初の開庁日に送ります（その週・月に無ければ直前の開庁日）。"
                ),
                line(
                    "予定の日の時刻より前に「いま投稿」すると、その日の分に代わります。ほかの日は随時の分として別に送ります。"
                ),
            ),
        )
    )


def _pages(page: int, last: int) -> list[Block]:
    around = [each for each in (page - 1, page + 1) if 1 <= each <= last]
    return [admin_button(f"{each}ページ", f"{WORD} {each}ページ") for each in around]


def _one(each: Listed, names: Names) -> Iterator[Part]:
    held = each.choice.subscription
    first = line(Bold(each.scope or held.scope.subject), f"　{rhythm_said(held)}")
    coming = f"次回 {day_in_full(each.next.date())} {each.next:%H:%M}"
    why = f"（{one_line(each.choice.reason)}）" if each.choice.reason else ""
    who = person(each.choice.actor, names)
    rest = [
        f"宛先: {audience_said((held.channel,), names)}",
        mrkdwn(line(f"{coming}　{each.why}" if each.scope else GONE)),
        mrkdwn(line(f"設定: {who} {each.choice.at[:10].replace('-', '/')}{why}")),
    ]
    yield Part((section("\n".join([mrkdwn(first), *rest])),), (spoken(first), *rest))
    yield row(list(_buttons(each)))


def _buttons(each: Listed) -> Iterator[Block]:
    name = each.choice.subscription.name
    yield button("変える", f"{EDIT}:{name}", name)
    if each.scope:
        yield {**button("いま投稿", f"{NOW}:{name}", f"{each.count}|{name}"), "confirm": _CONFIRM}
        yield button("自分に試す", f"{TRY}:{name}", name)


_CONFIRM = {
    "title": {"type": "plain_text", "text": "いま投稿しますか"},
    "text": {"type": "plain_text", "text": "このチャンネルに、いまの内容で投稿します。"},
    "confirm": {"type": "plain_text", "text": "投稿する"},
    "deny": {"type": "plain_text", "text": "やめる"},
}


def rhythm_said(each: Subscription) -> str:
    """`週次・月曜 9:00`, `月次・月末 16:00`."""
    if each.rhythm == "weekly":
        return f"週次・{WEEKDAYS[each.day]}曜 {each.time:%H:%M}"
    return f"月次・{month_day_said(each.day)} {each.time:%H:%M}"


def month_day_said(day: int) -> str:
    """`月初`, `15日`, `月末`."""
    return {1: "月初", MONTHS_END: "月末"}.get(day, f"{day}日")
