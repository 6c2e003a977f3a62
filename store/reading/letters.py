"""One spelling for what people type: full-width, half-width, every kind of dash."""

from __future__ import annotations

import re
import unicodedata

from store.errors import UnreadableValue

DASHES = "−‐‒–—―"
_KANA = "ぁ-ゖァ-ヺー"
_LONG_VOWEL = re.compile(rf"(?<=[{_KANA}])[{DASHES}-](?=[{_KANA}])")
_MINUS = re.compile(rf"[{DASHES}](?=[0-9])|(?<![{_KANA}])ー(?=[0-9])")
_EXPONENT = re.compile(r"(?<=[mｍMＭ])[²³]|(?<=[oｏOＯ])₂")
_AROUND_SCALE = re.compile(r"(?<=[0-9千百十万億兆])\s+(?=[千百十万億兆])|(?<=[万億兆])\s+(?=[0-9])")


def normalise(text: str) -> str:
    """NFKC; any dash before a digit is `-`, and between kana it is the long vowel `ー`.

    サッカー1 keeps its long vowel, 1ー1 and －１．１８ get a hyphen-minus.
    """
    return _MINUS.sub("-", _LONG_VOWEL.sub("ー", unicodedata.normalize("NFKC", text)))


def fold(text: str) -> str:
    """`normalise`, in lower case: for comparing, never for showing."""
    return normalise(text).lower()


def printable(text: str) -> str:
    """`text` with control characters and lone surrogates replaced, fit to be given back."""
    return "".join("\N{REPLACEMENT CHARACTER}" if _invisible(each) else each for each in text)


def clean_figure(text: str) -> str:
    """What was typed as a figure, normalised; UnreadableValue where letters could mislead.

    Control characters, lone surrogates, 10² and ① are refused: they look like one number and
    would be read as another. m² and CO₂ are fine.
    """
    if any(_invisible(letter) for letter in text):
        raise UnreadableValue(
            "見えない文字（制御文字など）が混じっています。値を打ち直してください。例: `12`"
        )
    plain = _EXPONENT.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    if odd := next((letter for letter in plain if unicodedata.category(letter) == "No"), None):
        raise UnreadableValue(
            f"「{odd}」は数として読み取れません。ふつうの数字で書いてください。例: `12`"
        )
    return _AROUND_SCALE.sub("", normalise(plain)).strip()


def _invisible(letter: str) -> bool:
    return unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co"} and letter not in "\t\r\n"
