"""The font that everything is drawn with: which letters it has, and how wide they are.

IPAexGothic out of matplotlib-fontja, so that a bare machine shows no empty boxes; a UD font
(ユニバーサルデザイン書体) of the system when it is there.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from store.errors import CannotRun

UD_FONTS = ("BIZUDPGothic-Regular.ttf", "BIZUDGothic-Regular.ttf")
FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("~/.local/share/fonts"),
    Path("~/.fonts"),
)
GETA = "〓"
"""What Japanese printers set for a letter that they do not have."""
_ALIKE = {"➔": "→", "➜": "→", "➡": "→"}
"""Arrows of documents that Unicode does not call alike."""


@cache
def font_file() -> Path:
    """The font file. Raises CannotRun when the package with the font is not whole."""
    return next((font for font in _of_system() if font.is_file()), packaged_font())


@cache
def packaged_font() -> Path:
    """IPAexGothic, found without importing its package, which would change matplotlib's settings.

    Raises CannotRun when it is not there.
    """
    package = find_spec("matplotlib_fontja")
    folders = package.submodule_search_locations if package else None
    font = Path(next(iter(folders or ()), ".")) / "fonts" / "ipaexg.ttf"
    if not font.is_file():
        raise CannotRun(
            "グラフの文字に使うフォント（matplotlib-fontja の ipaexg.ttf）がありません。"
            "`make setup` でもう一度入れてください。"
        )
    return font


def glyphs_missing(text: str) -> set[str]:
    """The letters of `text` that the font cannot draw; line breaks are none."""
    return {letter for letter in text if letter != "\n" and ord(letter) not in _letters()}


def drawable(text: str) -> str:
    """`text` on one line in letters that the font has: CO₂ becomes CO2, what has no stand-in 〓."""
    plain = unicodedata.normalize("NFC", " ".join(text.split()))
    return "".join(map(_stand_in, plain)) if glyphs_missing(plain) else plain


def text_width(text: str, size: float) -> float:
    """How wide a line of text is that is set in letters of `size`, in the unit of `size`.

    The sum of the letters' own widths: a hair more than what kerning leaves of it.
    """
    widths = _letters()
    return sum(widths.get(ord(letter), 1.0) for letter in text) * size


def _stand_in(letter: str) -> str:
    if not glyphs_missing(letter):
        return letter
    if unicodedata.category(letter) in {"Mn", "Cf", "Cc"}:
        return ""
    plain = _ALIKE.get(letter) or unicodedata.normalize("NFKC", letter)
    return GETA if glyphs_missing(plain) else plain


def _of_system() -> Iterator[Path]:
    folders = [folder.expanduser() for folder in FOLDERS]
    for name in UD_FONTS:
        for folder in folders:
            yield from folder.rglob(name)


@cache
def font_family() -> str:
    """The font's name, for formats that name a font and do not carry it."""
    with _opened() as font:
        return str(font["name"].getBestFamilyName())


@cache
def _letters() -> dict[int, float]:
    """The width of every letter of the font, of a size of 1."""
    with _opened() as font:
        advances, em = font["hmtx"], font["head"].unitsPerEm
        return {code: advances[name][0] / em for code, name in font.getBestCmap().items()}


def _opened() -> Any:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # noqa: PLC0415

    return TTFont(font_file(), lazy=True)
