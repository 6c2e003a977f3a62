"""A text as the pairs of letters that it can be told by, with how much their kind tells.

Two letters tell more than one kanji, three kana more than two. Hiragana that a word begins with
(ごみ, ふるさと) are its stem; those after kanji are mostly inflection.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from store.wording import folded, measures, pieces

Weights = Mapping[str, float]

_KANJI, _PAIR, _KANA_PAIR, _KANA_THREE, _STEM, _INFLECTED = 0.5, 1.0, 0.6, 1.0, 0.8, 0.5
_OWNED = re.compile(r"の([^の\s]*[一-龥ァ-ヶ][^の\s]*)$")
_NOUN = re.compile("[一-龥々ァ-ヶーA-Za-z]{2}$|[ぁ-ん][一-龥]$")


def features(text: str) -> dict[str, float]:
    """Pairs of letters, single kanji, and three kana in a row; empty for a text without words."""
    found: dict[str, float] = {}
    for piece in pieces(text):
        for feature, weight in _of_word(folded(piece)):
            found[feature] = max(weight, found.get(feature, 0.0))
    return found


def content(weights: Weights) -> frozenset[str]:
    """Those of a text's features that belong to words and not to inflection."""
    return frozenset(feature for feature, weight in weights.items() if weight >= _STEM)


def head(text: str) -> frozenset[str]:
    """The pairs of the noun that ends a text, which in Japanese says what the whole is.

    None for 件数 and its like, which say how something is counted, and for a verb.
    """
    *_, last = ("", *pieces(text))
    owned = _OWNED.search(text)
    a_noun = _NOUN.search(last) or (owned and [last] == list(pieces(owned[1])))
    if not a_noun or (measures(last) and len(last) <= 3):
        return frozenset()
    return frozenset(feature for feature in features(last) if len(feature) > 1)


def _of_word(word: str) -> Iterator[tuple[str, float]]:
    in_kana = re.fullmatch("[ぁ-ゖァ-ヶ]+", word) is not None
    stem = re.match("[ぁ-ゖ]*", word)
    stem_ends = stem.end() if stem else 0
    for n, letter in enumerate(word):
        if re.match("[一-龥々]", letter) or len(word) == 1:
            yield _hiragana(letter), _KANJI
        pair, three = word[n : n + 2], word[n : n + 3]
        if len(pair) == 2:
            yield _hiragana(pair), _pair(pair, in_kana, n + 2 <= stem_ends)
        if len(three) == 3 and (in_kana or re.fullmatch("[ァ-ヶ]{3}", three)):
            yield _hiragana(three), _KANA_THREE


def _pair(pair: str, in_kana: bool, in_stem: bool) -> float:
    if in_kana or re.fullmatch("[ァ-ヶ]{2}", pair):
        return _KANA_PAIR
    if in_stem:
        return _STEM
    return _INFLECTED if re.search("[ぁ-ゖ]", pair) else _PAIR


def _hiragana(text: str) -> str:
    return re.sub("[ァ-ヶ]", lambda kana: chr(ord(kana[0]) - 0x60), text)
