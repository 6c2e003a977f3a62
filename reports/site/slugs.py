"""File names for what people named: safe on every system, in every address, and all different."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable


def slugs(kind: str, ids: Iterable[str]) -> dict[str, str]:
    """`1-1b` → `indicator-1-1b`, `Ⅰ-(1)-①` → `indicator-I-1-1`; other letters by their codes.

    Names that would be the same, or differ in capitals only, which some systems do not tell apart,
    get a number.
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for id_ in ids:
        plain = f"{kind}-{_plain(id_)}"
        name, number = plain, 1
        while name.casefold() in taken:
            number += 1
            name = f"{plain}_{number}"
        taken.add(name.casefold())
        found[id_] = name
    return found


def _plain(id_: str) -> str:
    form = unicodedata.normalize("NFKC", id_)
    coded = re.sub(r"[^\x00-\x7f]", lambda letter: f"_{ord(letter[0]):x}", form)
    return re.sub(r"[^0-9A-Za-z_]+", "-", coded).strip("-")
