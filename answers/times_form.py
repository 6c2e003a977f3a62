"""The form that changes when the bot speaks by itself, and what a filled form says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from answers.content import Block
from answers.facts import show_day
from answers.fields import chosen, field_of, option, select, text_field, typed, view
from answers.layout import say
from answers.spans import Bold, line
from answers.speech_times import value_said
from store.errors import BadForm, Stale
from store.reading.seen import readable
from store.times import CHOICES, DEFAULTS, NAMES, Times

CALLBACK, WHY = "speech_times", "why"
TITLE = "送る時刻"
NO_REASON = "変える理由を書いてください。例: 朝礼の後に届くようにするため"
OLD = "この画面は古いため使えません。`/kpi-admin 予定` から開き直してください。"
_LABELS: Mapping[str, tuple[str, str]] = {
    "hour": (
        "督促・お願い・年間サイクルのお知らせを送る時刻",
        "「通知の設定」で受け取る時間がこれより早く終わる人には、ホームにだけ出ます。",
    ),
    "until": (
        "その日の何時まで送るか",
        "止まっていたときなど、これより遅くなった分は送らず、理由とともに記録します。",
    ),
    "mornings": ("年間サイクルのお知らせを、その日に送れなかったとき", ""),
    "weekly": ("週報を、どれだけ遅れても送るか", ""),
    "monthly": (
        "月報を、どれだけ遅れても送るか",
        "週報・月報を送る曜日と時刻は、「/kpi-admin 週報」で変えます。",
    ),
}


@dataclass(frozen=True)
class Filled:
    """The times that are wanted, and why."""

    wanted: Times
    reason: str


def times_form(
    held: Times, version: int, first_day: date, today: date, notice: str = "", reason: str = ""
) -> dict[str, Any]:
    """A menu for each time (callback `speech_times`), as it will hold on `first_day`.

    `version` is what the times were when it was opened; menus are named by it too, so that a form
    that is shown anew does not keep what was chosen in the old one. The reason stays as typed.
    """
    when = show_day(first_day, today)
    note = f"変更は明日（{when}）から効きます。今日送る分は、今日の時刻のままです。"
    blocks = [
        *(say(line(Bold(notice))).blocks if notice else ()),
        *say(line(note)).blocks,
        *(_menu(name, held, version) for name in _LABELS),
        text_field(WHY, "理由", reason, hint="履歴に残ります。", most=500, optional=False),
    ]
    return view(CALLBACK, TITLE, "保存", blocks, str(version))


def read_times(sent: Mapping[str, Any], version: int) -> Filled:
    """What a filled form says. Raises BadForm without a reason, Stale for what no menu offers."""
    state = sent["state"]["values"]
    picked = {name: _picked(name, chosen(state, field_named(name, version))) for name in NAMES}
    reason = readable(typed(state, WHY))
    if not reason:
        raise BadForm({WHY: NO_REASON})
    return Filled(Times(**picked), reason)


def field_named(name: str, version: int) -> str:
    """The block id of a time."""
    return f"{name}:{version}"


def _menu(name: str, held: Times, version: int) -> Block:
    label, hint = _LABELS[name]
    options = [option(_said(name, n), str(n)) for n in range(len(CHOICES[name]))]
    first = options[CHOICES[name].index(getattr(held, name))]
    menu = select("picked", "選ぶ", options, first)
    return field_of(field_named(name, version), label, menu, hint=hint)


def _said(name: str, place: int) -> str:
    value = CHOICES[name][place]
    default = "（既定値）" if value == getattr(DEFAULTS, name) else ""
    return f"{value_said(value)}{default}"


def _picked(name: str, value: str | None) -> Any:
    """A choice by its place in the menu."""
    there = {str(n): each for n, each in enumerate(CHOICES[name])}
    if value not in there:
        raise Stale(OLD)
    return there[value]
