"""On the Home tab: how one is told, what was therefore shown here only, and the form to choose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from answers.content import Block, button, cut
from answers.facts import show_day
from answers.fields import chosen, field_of, option, select, view
from answers.layout import Part, quiet, row, say
from answers.spans import Bold, line, one_line
from store.errors import BadForm
from store.manners import EARLIEST_LAST, FIRST_HOUR, LAST_HOUR, LATEST_FIRST, Kept, Manners

SAVED = "own_notices"
FIRST, LAST, WHERE = "first", "last", "where"
DM, HOME = "dm", "home"
MOST_KEPT = 3
MOST_TEXT = 120
ALWAYS = "差戻し・承認など、提出や操作への返事は、この設定にかかわらず DM で届きます。"
_PLACES = {DM: "DM で受け取る", HOME: "ホームにだけ表示する"}


@dataclass(frozen=True)
class Notices:
    """How somebody wants to be told, and what was kept from them for it, the newest first."""

    manners: Manners
    kept: Sequence[Kept] = ()


def kept_here(notices: Notices | None, today: date) -> Iterator[Part]:
    """What was not sent by one's own wish."""
    if notices is None or not notices.kept:
        return
    yield say(line(Bold("ホームにだけ届いたお知らせ"), "（2週間分）"))
    for each in notices.kept[:MOST_KEPT]:
        first = one_line(each.text.strip().partition("\n")[0])
        said = line(Bold(f"{show_day(each.at.date(), today)} {each.title}"))
        yield say(said, line(cut(first, MOST_TEXT)))


def own_choice(notices: Notices | None) -> Iterator[Part]:
    """How one is told today, and the way to change it."""
    if notices is None:
        return
    wish = notices.manners
    place = "ホームにだけ表示" if wish.home_only else "DM"
    yield quiet(line(f"自動のお知らせ: {wish.hours}に届きます。督促・承認のお願いは{place}。"))
    yield row([button("通知の設定", SAVED, "-")])


def notices_form(wish: Manners) -> dict[str, Any]:
    """From when, until when, and where (callback `own_notices`)."""
    blocks = [
        *quiet(line(ALWAYS)).blocks,
        field_of(
            FIRST,
            "何時から",
            _hours(range(FIRST_HOUR, LATEST_FIRST + 1), wish.first),
            hint="それより前のお知らせは、この時刻まで待って届きます。",
        ),
        field_of(
            LAST,
            "何時まで",
            _hours(range(EARLIEST_LAST, LAST_HOUR + 1), wish.last),
            hint="その日のうちに届けられないものは、ホームに表示します。値のお知らせは次の開庁日に届きます。",
        ),
        field_of(
            WHERE,
            "督促・承認のお願い",
            _menu(_PLACES, HOME if wish.home_only else DM),
            hint="フォローしている値のお知らせは、どちらを選んでも DM で届きます。",
        ),
    ]
    return view(SAVED, "通知の設定", "保存", blocks)


def read_notices(sent: Mapping[str, Any]) -> Manners | None:
    """What a filled form says; None for one that no client of ours could have sent. Raises BadForm."""
    state = sent["state"]["values"]
    first, last, where = chosen(state, FIRST), chosen(state, LAST), chosen(state, WHERE)
    if first not in _named(range(FIRST_HOUR, LATEST_FIRST + 1)) or where not in _PLACES:
        return None
    if last not in _named(range(EARLIEST_LAST, LAST_HOUR + 1)):
        return None
    if int(last) <= int(first):
        raise BadForm({LAST: f"始まり（{first}:00）より後の時刻を選んでください。"})
    return Manners(int(first), int(last), where == HOME)


def _hours(hours: range, held: int) -> Block:
    return _menu(_named(hours), str(held))


def _named(hours: range) -> dict[str, str]:
    return {str(hour): f"{hour}:00" for hour in hours}


def _menu(options: Mapping[str, str], first: str) -> Block:
    made = [option(label, value) for value, label in options.items()]
    return select("picked", "選ぶ", made, next(e for e in made if e["value"] == first))
