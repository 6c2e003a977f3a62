"""Settings that would be passed over unseen: a line of `.env` that is none, a name that is nearly ours."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from difflib import get_close_matches
from pathlib import Path

from dotenv.parser import Binding, parse_stream

from store.errors import CannotRun

NEAR = 0.85


def settings_in(path: Path) -> list[str]:
    """The names that a file of settings sets, none where there is no file.

    Raises CannotRun for a line that sets nothing, which would be passed over; UnicodeDecodeError
    for another encoding than UTF-8.
    """
    if not path.is_file():
        return []
    with path.open(encoding="utf-8") as file:
        lines = list(parse_stream(file))
    for each in lines:
        if each.error or _is_bare(each):
            raise CannotRun(
                f"設定ファイル {path} の{_number(each)}行目を読めません。"
                "`名前=値` の形で書いてください（説明は、行の頭に # を付けます）。"
            )
    return [each.key for each in lines if each.key]


def refuse_misspelt(names: Iterable[str], known: Collection[str]) -> None:
    """Raise CannotRun for a name that is none of ours but nearly one, whichever case it is in."""
    for name in names:
        near = get_close_matches(name.upper(), known, 1, NEAR)
        if near and name.upper() not in known:
            raise CannotRun(
                f"{name} という設定はありません。{near[0]} のことなら、直してください。"
            )


def _is_bare(line: Binding) -> bool:
    """A name without `=` and value."""
    return line.key is not None and line.value is None


def _number(line: Binding) -> int:
    """Of the line itself: what was read as one begins with the blank lines before it."""
    text = line.original.string
    return line.original.line + text[: len(text) - len(text.lstrip())].count("\n")
