"""The form that gives a channel a digest, changes one or ends it, and what a filled form says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any, cast, get_args

from answers.content import Block, plain
from answers.digest_page import month_day_said
from answers.facts import WEEKDAYS
from answers.fields import (
    chosen,
    element,
    field_of,
    option,
    select,
    text_field,
    ticked,
    typed,
    view,
)
from answers.layout import say
from answers.spans import Bold, line
from store.errors import BadForm, Stale
from store.reading.seen import readable
from store.subscriptions import EVERYTHING, Kind, Rhythm, Scope, Subscription

CALLBACK = "digest_subscription"
CHANNEL, SCOPE, RHYTHM, WEEKDAY, MONTHDAY, TIME, STOP, WHY = (
    "channel",
    "scope",
    "rhythm",
    "weekday",
    "monthday",
    "time",
    "stop",
    "why",
)
MONTHDAYS = (1, 5, 10, 15, 20, 25, 31)
TIMES = tuple(time(hour, minute) for hour in range(8, 20) for minute in (0, 30))
RHYTHMS: Mapping[str, str] = {"weekly": "週次（週報）", "monthly": "月次（月報）"}
OLD = "この画面は古いため使えません。`/kpi-admin 週報` から開き直してください。"
Scopes = Mapping[str, Sequence[tuple[str, Scope]]]
"""What a digest can be about, in groups: the words and the scope."""


@dataclass(frozen=True)
class Filled:
    """What a filled form says: the digest that is wanted, or that it is to end, and why."""

    wanted: Subscription
    stops: bool
    reason: str | None


def digest_form(
    scopes: Scopes, held: Subscription | None, name: str = "", notice: str = ""
) -> dict[str, Any]:
    """A field for each choice (callback `digest_subscription`), as `held` has them.

    `name` is the subscription that is changed, empty for a new one.
    """
    shown = held or Subscription("")
    channel: Block = {
        "type": "conversations_select",
        "action_id": "picked",
        "placeholder": plain("チャンネルを選ぶ", 150),
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    if shown.channel:
        channel["initial_conversation"] = shown.channel
    weekly, monthly = shown.rhythm == "weekly", shown.rhythm == "monthly"
    blocks = [
        *(say(line(Bold(notice))).blocks if notice else ()),
        field_of(CHANNEL, "チャンネル", channel, hint="先に /invite @kpibot で招待してください。"),
        field_of(SCOPE, "範囲", _scopes(scopes, shown.scope)),
        _menu(RHYTHM, "週次・月次", RHYTHMS, shown.rhythm),
        _menu(WEEKDAY, "曜日（週次のとき）", _weekdays(), str(shown.day if weekly else 0)),
        _menu(MONTHDAY, "日（月次のとき）", _monthdays(), str(shown.day if monthly else 1)),
        _menu(TIME, "時刻", _times(), f"{shown.time:%H:%M}"),
        *([_stop()] if name else []),
        text_field(WHY, "理由", hint="書くと履歴に残ります。", most=500),
    ]
    title = "週報の配信を変える" if name else "週報の配信を加える"
    return view(CALLBACK, title, "保存", blocks, name)


def asking_slack() -> dict[str, Any]:
    """Shown while Slack is asked about the channel."""
    return view("wait", "週報の配信", None, say(line("チャンネルを確認しています…")).blocks)


def read_form(sent: Mapping[str, Any]) -> Filled:
    """What a filled form says. Raises BadForm where a choice is missing, Stale for unknown ones."""
    state = sent["state"]["values"]
    channel = element(state, CHANNEL).get("selected_conversation")
    if not channel:
        raise BadForm({CHANNEL: "チャンネルを選んでください。"})
    rhythm = chosen(state, RHYTHM)
    day = chosen(state, WEEKDAY if rhythm == "weekly" else MONTHDAY) or ""
    at = chosen(state, TIME) or ""
    days = {*_weekdays()} if rhythm == "weekly" else {*_monthdays()}
    if rhythm not in RHYTHMS or day not in days or at not in _times():
        raise Stale(OLD)
    scope = _scope(chosen(state, SCOPE) or "")
    wanted = Subscription(
        str(channel), scope, cast(Rhythm, rhythm), int(day), time.fromisoformat(at)
    )
    return Filled(wanted, ticked(state, STOP), readable(typed(state, WHY)))


def _scope(value: str) -> Scope:
    kind, _, subject = value.partition("|")
    if kind not in get_args(Kind) or (kind == EVERYTHING.kind) != (not subject):
        raise Stale(OLD)
    return Scope(cast(Kind, kind), subject)


def _scopes(groups: Scopes, initial: Scope) -> Block:
    made = [
        {
            "label": plain(label, 75),
            "options": [option(said, f"{each.kind}|{each.subject}") for said, each in found],
        }
        for label, found in groups.items()
        if found
    ]
    menu = {**select("picked", "範囲を選ぶ", []), "option_groups": made}
    del menu["options"]
    wanted = f"{initial.kind}|{initial.subject}"
    there = (each for group in made for each in cast(list[Block], group["options"]))
    if first := next((each for each in there if each["value"] == wanted), None):
        menu["initial_option"] = first
    return menu


def _menu(block_id: str, label: str, choices: Mapping[str, str], initial: str) -> Block:
    options = [option(said, value) for value, said in choices.items()]
    first = next((each for each in options if each["value"] == initial), options[0])
    return field_of(block_id, label, select("picked", "選ぶ", options, first))


def _stop() -> Block:
    box = {
        "type": "checkboxes",
        "action_id": "picked",
        "options": [option("この配信をやめる", STOP)],
    }
    return field_of(STOP, "やめる", box, optional=True)


def _weekdays() -> dict[str, str]:
    return {str(n): f"{WEEKDAYS[n]}曜日" for n in range(5)}


def _monthdays() -> dict[str, str]:
    return {str(n): month_day_said(n) for n in MONTHDAYS}


def _times() -> dict[str, str]:
    return {f"{each:%H:%M}": f"{each:%H:%M}" for each in TIMES}
