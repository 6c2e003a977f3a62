"""A question about several years: how a figure went, or how it stands against an earlier year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from store.fiscal import find_year

_WENT = (
    "(?:(?:どう|どれ(?:くらい|だけ)|何(?:人|件|回|%|ポイント))?"
    "(?:増え|減っ|変わっ|変わり|変化|伸び|上がっ|下がっ|改善)"
    "(?:てい?(?:る|ます)|た|ました|し(?:た|ました))?[のん]?(?:です)?か?)"
)
_EARLIER = (
    "(?:去年度?|昨年度?|前年度?|一昨年度?|おととし|先年度?|前回|以前|計画当初|当初|初年度|現状値|第1期)"
    "(?:の(?:値|数字|実績))?"
)
_BESIDE = "(?:(?:比べ|くらべ)(?:て|ると|たら)?|比較(?:して|すると|し)?)"
# Against one earlier year: which it is does not matter, since all years are shown.
_AGAINST = re.compile(
    f"{_EARLIER}(?:との|と|より|から|に)も?の?(?:{_BESIDE}|差|増減)?{_WENT}?"
    "|(?:対?前年度?|前年度?同期)(?:比|差|増減率?)"
    f"|(?<=[0-9元年度])(?:と|に|より){_BESIDE}{_WENT}?"
    f"|(?<=[0-9元年度])(?:から|以降|以来)(?:の|これまで)?(?:推移|変化|動き|増減)?[でに]?{_WENT}?"
)
_ALL_YEARS = re.compile(
    "の?(?:推移|すいい|履歴|経年(?:変化|比較)?|経過|変遷|時系列|トレンド|動向|(?:折れ線)?グラフ|チャート"
    "|年度?(?:ごと|毎|別|次)の?(?:値|数字|推移|比較)?)|の(?:変化|動き)"
    "|(?:これまで|いままで|今まで|過去|ここ(?=数|[0-9一二三四五六七八九十]))の?(?:数|[0-9一二三四五六七八九十]+)?か?(?:年間?)?"
    f"(?:の(?:値|数字|実績|流れ|動き|推移|変化)|[ではに])?{_WENT}?"
    "|どう(?:変わっ|変わり|変化し|推移し|動い)(?:て(?:き|い)?(?:た|る|ます|ました)?|た|ました)?[のん]?(?:です)?か?"
)
# 令和4年度と6年度: what stands beside the first year when that is off.
_ANOTHER = re.compile(r"(?:^|(?<=\s))(?:と|から|~|〜|、|・|対)\s*[0-9]{1,2}\s*年度?(?:まで)?の?")


@dataclass(frozen=True)
class OverYears:
    """Whether several years are asked for, the year that stays asked for, and the other words."""

    several: bool
    year: int | None
    words: str


def over_years(words: str, today: date) -> OverYears:
    """Take the words that ask for several years, and the years, off a question."""
    left = _AGAINST.sub(" ", words)
    against = left != words
    words, left = left, _ALL_YEARS.sub(" ", left)
    several = against or left != words
    year, left = find_year(left, today)
    second, rest = find_year(left, today)
    if second is None and year is not None:
        rest = _ANOTHER.sub(" ", left)
    if rest != left:
        return OverYears(True, None, rest)
    return OverYears(several, None if against else year, left)
