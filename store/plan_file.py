"""Reads plan files: TOML in, a frozen `Plan` out, or every mistake at once.

A mistake is a Japanese sentence naming the file, the table, the key and what was expected. Keys
and types are checked by pydantic (`store.planfile.shape`), how tables fit each other by
`store.planfile.checks`; both are told together.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path

from pydantic import ValidationError

from store.errors import PlanMistakes
from store.plan import Plan
from store.planfile.checks import misfits
from store.planfile.mistakes import Table, sentences
from store.planfile.shape import shape_mistakes

_TOML_PLACE = re.compile(r"\s*\((?:at line (\d+), column (\d+)|at end of document)\)$")


def read_plan(path: str | Path) -> Plan:
    """The plan written in the file at `path`.

    Raises PlanMistakes with every mistake of the file, or with the one reason why it could not be
    read: missing, a directory, not readable, not UTF-8, not TOML.
    """
    path = Path(path)
    try:
        return _plan(path.read_bytes(), path.name)
    except FileNotFoundError:
        reason = "ファイルが見つかりません。置き場所と名前を確かめてください。"
    except IsADirectoryError:
        reason = "フォルダです。計画を書いた .toml ファイルを指定してください。"
    except OSError as error:
        reason = f"ファイルを開けません（{error.strerror}）。読み取りの権限を確かめてください。"
    raise PlanMistakes((f"{path.absolute()}: {reason}",))


def parse_plan(text: str, name: str) -> Plan:
    """The plan written in `text`. `name` is the file's name, for the sentences.

    Raises PlanMistakes with every mistake, in the order of the text.
    """
    raw = _tables(text, name)
    mistakes = list(misfits(raw))
    try:
        plan = Plan.model_validate(raw)
    except ValidationError as error:
        mistakes += shape_mistakes(error)
    if mistakes:
        raise PlanMistakes(sentences(name, raw, mistakes))
    return plan


def builtin_plans() -> dict[str, Plan]:
    """The plans that come with the bot by id, in the order of their files. Read once in a process."""
    return dict(_builtin())


@cache
def _builtin() -> tuple[tuple[str, Plan], ...]:
    folder = sorted((files("store") / "plans").iterdir(), key=lambda file: file.name)
    plans = [_plan(f.read_bytes(), f.name) for f in folder if f.name.endswith(".toml")]
    return tuple((plan.id, plan) for plan in plans)


def _plan(content: bytes, name: str) -> Plan:
    try:
        # Editors on Windows put a byte order mark before the first line.
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        sentence = (
            f"{name}: {line}行目: 文字コードが UTF-8 ではありません。UTF-8 で保存してください。"
        )
        raise PlanMistakes((sentence,)) from error
    return parse_plan(text, name)


def _tables(text: str, name: str) -> Table:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise PlanMistakes((f"{name}: {_toml_sentence(str(error))}",)) from error


def _toml_sentence(message: str) -> str:
    found = _TOML_PLACE.search(message)
    line, column = found.groups() if found else (None, None)
    place = (
        f"{line}行目の{column}文字目" if line else "ファイルの終わり" if found else "ファイル全体"
    )
    reason = _TOML_PLACE.sub("", message)
    return (
        f"{place}: TOML として読めません（{reason}）。"
        '= の書き忘れや、" と ] の閉じ忘れがないか確かめてください。'
    )
