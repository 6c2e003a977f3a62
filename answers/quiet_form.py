"""静穏: the form of one quiet period, and what it says once it was filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from answers.fields import (
    chosen,
    day,
    field_of,
    line_typed,
    option,
    select,
    text_field,
    typed,
    view,
)
from store.errors import BadForm
from store.quiet import MOST_NAME, Quiet
from store.reading.seen import readable

SAVED = "quiet_period"
NAME, FIRST, LAST, STATE, WHY = "name", "first_day", "last_day", "state", "why"
HOLDS, GONE = "holds", "gone"
MOST_DAYS = 366
_STATES = {HOLDS: "この期間は送らない", GONE: "取り消す（一覧から外す）"}
_MARK = "|"


@dataclass(frozen=True)
class Wanted:
    """What a filled form wants of a period. `opened` is what it was when the form opened, if any;
    `gone` takes it back.
    """

    period: Quiet
    opened: Quiet | None
    gone: bool
    reason: str | None


def quiet_form(held: Quiet | None) -> dict[str, Any]:
    """One period (callback `quiet_period`): its name, its days, and whether it holds."""
    states = [option(said, value) for value, said in _STATES.items()]
    blocks = [
        text_field(
            NAME,
            "名前",
            held.name if held else None,
            hint="例: 6月議会、予算査定",
            most=MOST_NAME,
            optional=False,
        ),
        field_of(FIRST, "最初の日", _picker(held.first_day if held else None)),
        field_of(
            LAST, "最後の日", _picker(held.last_day if held else None), hint="この日も含みます。"
        ),
        *([field_of(STATE, "状態", select("picked", "選ぶ", states, states[0]))] if held else []),
        text_field(WHY, "理由", hint="書くと履歴に残ります。", most=500),
    ]
    return view(SAVED, "通知を控える期間", "保存", blocks, _named(held) if held else "")


def read_quiet(sent: Mapping[str, Any]) -> Wanted | None:
    """What a filled form says; None for one that no client of ours could have sent. Raises BadForm."""
    state = sent["state"]["values"]
    try:
        opened = _opened(sent["private_metadata"])
    except ValueError:
        return None
    first, last, wanted = day(state, FIRST), day(state, LAST), chosen(state, STATE) or HOLDS
    if first is None or last is None or wanted not in _STATES:
        return None
    name = line_typed(state, NAME) or ""
    if not name:
        raise BadForm({NAME: "期間の名前を書いてください。例: 6月議会"})
    if last < first:
        raise BadForm({LAST: f"最初の日（{first}）より前です。同じ日か後の日にしてください。"})
    if (last - first).days >= MOST_DAYS:
        raise BadForm({LAST: "1年より長い期間は置けません。日付を確かめてください。"})
    period = Quiet(name, first, last)
    return Wanted(period, opened, wanted == GONE, readable(typed(state, WHY)))


def _picker(initial: date | None) -> dict[str, Any]:
    picker: dict[str, Any] = {"type": "datepicker", "action_id": "picked"}
    return {**picker, "initial_date": initial.isoformat()} if initial else picker


def _named(period: Quiet) -> str:
    return _MARK.join((period.first_day.isoformat(), period.last_day.isoformat(), period.name))


def _opened(metadata: str) -> Quiet | None:
    if not metadata:
        return None
    first, last, name = metadata.split(_MARK, 2)
    return Quiet(name, date.fromisoformat(first), date.fromisoformat(last))
