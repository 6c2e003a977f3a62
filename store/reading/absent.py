"""A year without a figure: 公表待ち（10月予定）, 10月公表予定, 集計中; 調査なし, 調査対象外年度.

Both are said for an indicator as a whole, never beside a value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from store.errors import UnreadableValue
from store.reading.numerals import kanji_number

_MONTH = "([0-9]{1,2}|[一二三四五六七八九十]{1,2})月"
_YEAR = r"(?:(?:令和|R)(?:[0-9]{1,2}|元)年|[0-9]{4}年)?"
_ABOUT = "(?:頃|ごろ|中|末|初旬|以降|[上中下]旬)?"
_WILL = "(?:予定|見込み?)"
_WHEN = rf"[(:、・は]*{_YEAR}{_MONTH}{_ABOUT}に?(?:公表)?{_WILL}?\)?"
_OUT_LATER = (
    "(?:[国県市](?:の|が)?)?(?:統計の?)?[値が]?公表(?:値)?(?:待ち?|まち|前)|(?:統計[はが]?)?未公表"
    "|(?:統計|結果|集計)(?:待ち|まち)|集計中"
)
_AWAITING = re.compile(
    rf"(?:{_OUT_LATER})(?:{_WHEN})?"
    rf"|{_YEAR}{_MONTH}{_ABOUT}に?公表{_WILL}?"
    rf"|公表{_WILL}?{_WHEN}|公表{_WILL}"
)
_NO_SURVEY = re.compile(
    "(?:[今本当]年度?[はの]?)?調査[のはがを]?"
    "(?:対象外|年度?外|なし|無し?|せず|しない|しなかった|未実施|実施(?:せず|なし|しない)|行わ(?:ない|ず))"
    "(?:の?年度?)?(?:のため)?|非調査年度?"
)
_SPEAKS_OF_WAITING = re.compile("公表(?:待ち|まち|予定)|未公表|集計中")


@dataclass(frozen=True)
class Awaiting:
    """統計公表待ち: the statistic is not out yet; `month` is when it is expected, if said."""

    month: int | None = None


@dataclass(frozen=True)
class NoSurvey:
    """調査対象外年度: nothing was surveyed for this year, and nothing is to come."""


def read_absence(text: str) -> Awaiting | NoSurvey | None:
    """What normalised `text` says instead of a value; None when it says a value or nonsense.

    UnreadableValue for a month that is none, and for waiting that is mixed with something else.
    """
    plain = re.sub(r"\s", "", text).rstrip("。")
    if _NO_SURVEY.fullmatch(plain):
        return NoSurvey()
    if found := _AWAITING.fullmatch(plain):
        return Awaiting(_month(next(filter(None, found.groups()), None)))
    if _SPEAKS_OF_WAITING.search(plain):
        raise UnreadableValue(
            "公表待ちは、値を付けずに指標全体について書いてください。例: `公表待ち（10月予定）`"
        )
    return None


def _month(written: str | None) -> int | None:
    if written is None:
        return None
    month = int(written) if written.isdigit() else kanji_number(written)
    if month is None or not 1 <= month <= 12:
        raise UnreadableValue("公表の月は1月から12月で書いてください。例: `公表待ち（10月予定）`")
    return month
