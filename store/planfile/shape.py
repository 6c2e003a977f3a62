"""Keys, types and single values of a plan file: what pydantic finds, said in Japanese."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from store.plan import (
    FIRST_YEAR,
    KANA,
    LAST_YEAR,
    Baseline,
    Frozen,
    Goal,
    Indicator,
    Labels,
    Observation,
    Plan,
    Policy,
    Series,
    Target,
)
from store.planfile.mistakes import Mistake, Path

_TABLES: dict[str, type[Frozen]] = {
    "": Plan,
    "labels": Labels,
    "goals": Goal,
    "policies": Policy,
    "indicators": Indicator,
    "series": Series,
    "baselines": Baseline,
    "targets": Target,
    "latest": Observation,
}

_MISSING = {
    "unit": '単位を unit = "人" のように書いてください（単位のない値は unit = ""）',
    "better": '目標値を判定する向きがありません。better = "higher"（大きいほどよい）、'
    '"lower"（小さいほどよい）、"parity"（男女が同じほどよい）のどれかを書いてください',
    "kind": '目標値の種類を kind = "value" のように書いてください'
    "（value、up、down、parity、range、done、rank、none）",
    "series": "[[indicators.series]] を一つ以上書いてください",
}

_EXPECTED = {
    "string_type": '"…" で囲んだ文字で書いてください',
    "string_too_short": "空です。書くことがなければ、このキーごと消してください",
    "tuple_type": "[…] の並び、または [[…]] の表で書いてください",
    "model_type": "表（key = 値 の組）で書いてください",
    "bool_type": "true か false で書いてください",
    "int_type": "2025 のような整数で書いてください",
    "float_number": '小数は桁を保つため "65.60" のように " で囲んで書いてください',
    "not_a_number": '単位やカンマ、+ をつけない半角の数字を "1741"、"-2.4" のように書いてください',
}

_PATTERNS = {
    r"^\S+$": "空白のない文字で",
    r"^\S(.*\S)?$": "前後に空白のない一行の文字で",
    r"^(\S(.*\S)?)?$": "前後に空白のない一行の文字で",
    KANA: "ひらがな（と数字・英字）だけで、空白や記号を入れずに",
}


def shape_mistakes(error: ValidationError) -> Iterator[Mistake]:
    """What pydantic found wrong in single tables and values, one mistake for each."""
    for detail in error.errors(include_url=False):
        yield Mistake(detail["loc"], _sentence(detail))


def _sentence(detail: ErrorDetails) -> str:
    kind, path = detail["type"], detail["loc"]
    typed = f"（書かれている値: {_shown(detail['input'])}）"
    if kind == "missing":
        key = str(path[-1])
        return f"{key} がありません。{_MISSING.get(key, f'{key} は必ず書いてください')}。"
    if kind == "extra_forbidden":
        return f"知らないキーです。{_known_keys(path)}。"
    if kind == "literal_error":
        words = (
            detail["ctx"]["expected"].replace(" or ", "、").replace(", ", "、").replace("'", '"')
        )
        return f"{words} のどれかを書いてください{typed}。"
    if kind in ("greater_than_equal", "less_than_equal"):
        return f"{_range(str(path[-1]))}{typed}。"
    if kind == "string_pattern_mismatch":
        return f"{_PATTERNS[detail['ctx']['pattern']]}書いてください{typed}。"
    return f"{_EXPECTED.get(kind, 'この形では読めません')}{typed}。"


def _known_keys(path: Path) -> str:
    table = next((step for step in reversed(path[:-1]) if isinstance(step, str)), "")
    known = list(_TABLES.get(table, Plan).model_fields)
    if near := get_close_matches(str(path[-1]), known, n=1):
        return f"{near[0]} の書き間違いではありませんか"
    return f"使えるキー: {'、'.join(known)}"


def _range(key: str) -> str:
    if key == "decimals":
        return "小数の桁数を 0 から 10 で書いてください"
    if key == "publishes_in":
        return "公表される月を 1 から 12 で書いてください"
    return f"年度を {FIRST_YEAR} から {LAST_YEAR} までの西暦で書いてください"


def _shown(value: object) -> str:
    said = str(value) if not isinstance(value, str) else f'"{value}"'
    return said if len(said) <= 40 else said[:39] + "…"
