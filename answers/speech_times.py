"""The times at which the bot speaks by itself, in words: on the page 予定, in its form, in the history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from answers.approval import Names
from answers.content import button
from answers.facts import day_of, show_day
from answers.layout import Part, quiet, say
from answers.spans import Bold, Line, line, one_line
from store.times import NAMES, Change, Times, Timetable

EDIT = "speech:times"
DEFAULT = "※"
DEFAULT_NOTE = "※ 変えるまでの既定値"
CALLED: Mapping[str, str] = {
    "hour": "督促・お願い・年間サイクルのお知らせの時刻",
    "until": "その日の送る終わり",
    "weekly": "週報の遅れ",
    "monthly": "月報の遅れ",
    "mornings": "年間サイクルのお知らせの遅れ",
}


@dataclass(frozen=True)
class TimesSeen:
    """The times by day, every change of them (oldest first), and who is called what."""

    table: Timetable
    changes: Sequence[Change]
    names: Names
    today: date


def times_told(seen: TimesSeen) -> Iterator[Part]:
    """What holds today and what from tomorrow on, with a way to change it; who changed it last."""
    edit = button("時刻を変える", EDIT, "")
    yield say(
        line(Bold("送る時刻と、遅れて送る範囲")),
        line(
            f"督促・お願い・年間サイクルのお知らせ: 開庁日の{_holds(seen, 'hour')}、"
            f"遅れてもその日の{_holds(seen, 'until')}まで"
        ),
        line(f"年間サイクルのお知らせが遅れたとき: {_holds(seen, 'mornings')}"),
        line(f"週報: {_holds(seen, 'weekly')}・月報: {_holds(seen, 'monthly')}"),
        accessory=edit,
    )
    notes = [line(DEFAULT_NOTE)] if _unset(seen) else []
    if notes or seen.changes:
        yield quiet(*notes, *_last(seen))


def value_said(value: Any) -> str:
    """`09:00`, `12時間遅れまで`, `2日遅れまで`, `次の2開庁日の朝まで`."""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        days, hours = value.days, value // timedelta(hours=1)
        return f"{days}日遅れまで" if hours == days * 24 else f"{hours}時間遅れまで"
    if value == 0:
        return "その日だけ"
    return "次の開庁日の朝まで" if value == 1 else f"次の{value}開庁日の朝まで"


def changed_said(before: Times, after: Times) -> Iterator[str]:
    """What a change makes of each time that it changes."""
    for name in NAMES:
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            yield f"・{CALLED[name]}: {value_said(was)} → {value_said(now)}"


def _holds(seen: TimesSeen, name: str) -> str:
    """What holds today, marked where nobody chose it, and what is to hold from a day on."""
    now = value_said(getattr(seen.table.on(seen.today), name))
    mark = DEFAULT if name in _unset(seen) else ""
    coming = next(
        (
            (first, said)
            for first, times in seen.table.steps
            if first > seen.today and (said := value_said(getattr(times, name))) != now
        ),
        None,
    )
    if coming is None:
        return f"{now}{mark}"
    first, said = coming
    return f"{now}{mark}（{show_day(first, seen.today)}から{said}）"


def _unset(seen: TimesSeen) -> set[str]:
    chosen = {each.name for each in seen.changes if each.first_day <= seen.today}
    return set(NAMES) - chosen


def _last(seen: TimesSeen) -> Iterator[Line]:
    if not seen.changes:
        return
    last = seen.changes[-1]
    who = seen.names.get(last.actor, last.actor)
    why = f"「{one_line(last.reason)}」" if last.reason else ""
    when = f"{day_of(last.at, seen.today)} {last.at[11:16]}"
    yield line(f"最後の変更: {when} {who}{why}（{show_day(last.first_day, seen.today)}から）")
