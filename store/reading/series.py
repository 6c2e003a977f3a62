"""Which part of what was typed belongs to which series: 男性18.43年 女性20.72年."""

from __future__ import annotations

import re

from store.errors import UnreadableValue
from store.reading.letters import normalise

_BETWEEN = " \t\r\n　、,，・/;|:=→はがでと。()[]【】「」"
_NEGATIVE_OR_NOT = re.compile(r"\([0-9.,]+\)\S*|\([0-9.,][^()]*\)")
# How else people name a series that the plan names in one way.
OTHER_NAMES = {
    "男性": ("男", "男子", "男の人", "おとこ", "オトコ", "だんせい", "ダンセイ"),
    "女性": ("女", "女子", "女の人", "おんな", "オンナ", "じょせい", "ジョセイ"),
}


def split_series(text: str, names: tuple[str | None, ...], example: str) -> dict[str | None, str]:
    """The text of each series, keys exactly `names`; labels in any order, before or after a value.

    `text` is normalised. UnreadableValue for a missing, doubled or unknown series, saying which;
    `example` ends such a sentence.
    """
    labels = _labels(names)
    if not labels:
        return {names[0]: text} if names else {}
    pieces = re.split(f"({'|'.join(map(re.escape, sorted(labels, key=len, reverse=True)))})", text)
    head, marks, values = pieces[0], pieces[1::2], pieces[2::2]
    if not marks and len(names) == 1:
        return {names[0]: text}
    if head.strip(_BETWEEN) and marks and not values[-1].strip(_BETWEEN):
        head, values = "", [head, *values[:-1]]
    for value in values:
        _refuse_brackets(value.strip(" 、,・/;|:=。"), example)
    given = [
        (labels[mark], value.strip(_BETWEEN)) for mark, value in zip(marks, values, strict=True)
    ]
    _check_names(head.strip(_BETWEEN), given, names, example)
    return dict(given)


def _refuse_brackets(value: str, example: str) -> None:
    """Alone, (18.43) is a minus; behind a name it may as well be a bracket around the value."""
    if _NEGATIVE_OR_NOT.fullmatch(value):
        raise UnreadableValue(
            f"「{value[:20]}」は負の数とも読めます。かっこを外して書いてください。例: `{example}`"
        )


def _labels(names: tuple[str | None, ...]) -> dict[str, str]:
    labels = {normalise(name): name for name in names if name}
    for name in tuple(labels.values()):
        for other in OTHER_NAMES.get(name, ()):
            labels.setdefault(other, name)
    return labels


def _check_names(
    head: str, given: list[tuple[str, str]], names: tuple[str | None, ...], example: str
) -> None:
    both = "・".join(name for name in names if name)
    present = [name for name, _ in given]
    if not given:
        raise UnreadableValue(f"{both}それぞれの値を書いてください。例: `{example}`")
    if head:
        raise UnreadableValue(
            f"「{head[:20]}」がどの値か分かりません。{both}を付けて書いてください。例: `{example}`"
        )
    if doubled := next((name for name in present if present.count(name) > 1), None):
        raise UnreadableValue(f"{doubled}の値が2つあります。例: `{example}`")
    if unknown := next(filter(None, (_unknown(value) for _, value in given)), None):
        raise UnreadableValue(
            f"「{unknown}」という区分はありません。この指標の区分は{both}です。例: `{example}`"
        )
    if missing := "・".join(name for name in names if name and name not in present):
        raise UnreadableValue(
            f"{missing}の値がありません。{both}をまとめて書いてください。例: `{example}`"
        )
    if empty := next((name for name, value in given if not value), None):
        raise UnreadableValue(f"{empty}の値が書かれていません。例: `{example}`")


def _unknown(value: str) -> str | None:
    """A name that precedes a second number: 子ども in 「18.43年 子ども20」."""
    found = re.search(r"[0-9]\S*[\s、,・/;|]+([^\W\d_]+)\s*[:=は]?\s*[△▲+-]?[0-9]", value)
    return found[1] if found else None
