"""One spelling for names: width, case, kana, dashes, blanks, brackets and some kanji put aside."""

from __future__ import annotations

import re
import unicodedata

_DASHES = re.compile("[-‐‑‒–—―−ー﹣]")
_SILENT = re.compile(r"[\s()\[\]{}<>「」『』【】〈〉《》〔〕“”\"'’・,、。*?!:/]")
_KATAKANA = re.compile("[ァ-ヶ]")
_WAVES = re.compile("[〜～∼]")
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
)


def key(text: str) -> str:
    """The text with everything put aside that people write one way or another."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = _KATAKANA.sub(lambda kana: chr(ord(kana[0]) - 0x60), plain)
    plain = _WAVES.sub("~", _DASHES.sub("-", _SILENT.sub("", plain)))
    for spelling, usual in _SPELLINGS:
        plain = plain.replace(spelling, usual)
    return plain
