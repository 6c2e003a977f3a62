"""Text of people as others see it: without what nobody sees in it and what turns the words beside it."""

from __future__ import annotations

import re
import unicodedata

# Marks of direction, embeddings, overrides and isolates: UAX #9.
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Blanks of no width, and signs that stand between letters unseen.
_UNSEEN = frozenset("\u200b\ufeff\u00ad\u180e\u2060\u2061\u2062\u2063\u2064")
# They have a place among letters; alone they look like nothing.
_BLANK = frozenset("\u3164\u115f\u1160\uffa0\u2800")


def readable(text: str | None) -> str | None:
    """Text of people without blanks around it and without what nobody can see in it; None for none.

    Control characters, halves of characters and marks that turn the direction of writing go: they
    would change how the words beside them look. What only looks like nothing is none.
    """
    seen = "".join(c for c in text or "" if not is_unseen(c)).strip()
    return None if all(map(_is_blank, seen)) else seen


def straight(text: str) -> str:
    """The text without marks that turn the direction of what stands beside it."""
    return text if text.isascii() else _TURNING.sub("", text)


def is_unseen(character: str) -> bool:
    """Whether nobody sees it, or it turns the direction of writing; breaks of lines and tabs do not."""
    return character not in "\n\t" and (
        unicodedata.category(character) in {"Cc", "Cs"}
        or _TURNING.match(character) is not None
        or character in _UNSEEN
    )


def _is_blank(character: str) -> bool:
    joins = unicodedata.category(character) in {"Cf", "Mn"}
    return joins or character.isspace() or character in _BLANK
