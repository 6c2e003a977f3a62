"""File names for what people named: safe on every system, in every address, and all different."""

from __future__ import annotations

import re
from collections.abc import Iterable


def slugs(kind: str, ids: Iterable[str]) -> dict[str, str]:
    """`1-1b` → `indicator-1-1b`; what is no plain letter or digit is written as its code.

    Names that differ in capitals only get a number, since some systems do not tell them apart.
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for id_ in ids:
        plain = f"{kind}-{re.sub('[^0-9A-Za-z-]', _code, id_)}"
        name, number = plain, 1
        while name.casefold() in taken:
            number += 1
            name = f"{plain}_{number}"
        taken.add(name.casefold())
        found[id_] = name
    return found


def _code(letter: re.Match[str]) -> str:
    return f"_{ord(letter[0]):x}"
