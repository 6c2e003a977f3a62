"""One spelling for names: width, case, kana, dashes, blanks, brackets and some kanji put aside."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_DASHES = re.compile("[-‐‑‒–—―−ー﹣]")
_SILENT = re.compile(r"[\s()\[\]{}<>「」『』【】〈〉《》〔〕“”\"'’・,、。*?!:/]")
_KATAKANA = re.compile("[ァ-ヶ]")
_WAVES = re.compile("[〜～∼]")
_SMALL = str.maketrans(
    "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ", "あいうえおつやゆよわアイウエオツヤユヨワ"
)
# Spellings of one word, applied after kana are hiragana; longer ones stand first.
_SPELLINGS = (
    ("障害", "障がい"),
    ("障碍", "障がい"),
    ("子供", "こども"),
    ("子ども", "こども"),
    ("附", "付"),
    ("才", "歳"),
    ("取り組み", "取組"),
    ("取組み", "取組"),
    ("及び", "および"),
    ("又は", "または"),
    ("一人", "1人"),
    ("当たり", "あたり"),
    ("当り", "あたり"),
    ("箇所", "か所"),
    ("ヶ所", "か所"),
    ("ゕ所", "か所"),
    ("ゖ所", "か所"),
    ("靭", "靱"),
    ("手続き", "手続"),
    ("空き", "空"),
    ("引き継ぎ", "引継"),
    ("引継ぎ", "引継"),
    ("街並み", "まちなみ"),
    ("町並み", "まちなみ"),
    ("街なみ", "まちなみ"),
)


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """The text with everything put aside that people write one way or another."""
    plain = _KATAKANA.sub(lambda kana: chr(ord(kana[0]) - 0x60), _plain(text))
    return _spelled(_WAVES.sub("~", _DASHES.sub("-", plain)))


def word(text: str) -> str:
    """`key` for looking at letters one by one: katakana stay, long vowels and dashes go, and small
    kana are large, since those are what typing in a hurry loses.
    """
    return _DASHES.sub("", _WAVES.sub("", _spelled(_plain(text)))).translate(_SMALL)


def _plain(text: str) -> str:
    return _SILENT.sub("", unicodedata.normalize("NFKC", text).casefold())


def _spelled(plain: str) -> str:
    for spelling, usual in _SPELLINGS:
        plain = plain.replace(spelling, usual)
    return plain
