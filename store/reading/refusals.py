"""Notations that are not taken for a value, each with the sentence that says so."""

from __future__ import annotations

import re

from store.errors import UnreadableValue
from store.reading.letters import DASHES

_ABOUT = "約|およそ|おおよそ|凡そ|ほぼ|おおむね|概ね|だいたい|大体|程度|くらい|ぐらい|前後|内外|≒|±"
_ABOUT += "|^数[十百千万人件回名社団箇か]|[十百千]数|推計|見込"
_BOUND = "以上|以下|未満|超|最大|最小|最低|最高|少なくとも|(?:強|弱|余|余り|あまり|ほど)$"
_REFUSALS = tuple(
    (re.compile(pattern, re.IGNORECASE), sentence)
    for pattern, sentence in (
        (
            rf"^[-ー{DASHES}.*…]+$|^(?:未把握|未集計|調査中|未調査|不明|未定|n/?a|nil|null|\?+)$",
            "値が読み取れません。まだ出ていない統計は `公表待ち`、調べない年は `調査対象外`、"
            "0件は `なし` と書いてください。",
        ),
        (
            r"^[=@]|[0-9)]\s*[+*×÷^]\s*[0-9(]|^[a-z]+\(",
            "計算式は読み取れません。計算した結果を書いてください。例: {example}",
        ),
        (
            r"^(?:令和|平成|昭和|[rhs]\s?[0-9]{1,2}(?![0-9])|[0-9]{4}\s*年度?\s*[^\s])",
            "年は値から外し、報告年度かデータ年として書いてください。例: {example}",
        ),
        (r"^[+-]?0[xob][0-9a-f]", "16進数などの表記は読み取れません。例: {example}"),
        (r"[0-9.]e[+-]?[0-9]", "指数表記（1E3 など）は読み取れません。例: {example}"),
        (r"nan|inf|∞|無限", "数ではない値は提出できません。例: {example}"),
        (r"‰|パーミル", "「‰」は使えません。% に直して書いてください。例: `1.2%`"),
        (
            _ABOUT,
            "「約」「程度」などの概数は提出できません。確定した値を書いてください。例: {example}",
        ),
        (
            _BOUND,
            "「以上」「未満」などの範囲は提出できません。値を1つ書いてください。例: {example}",
        ),
        (
            r"[~〜]|[0-9][^0-9\s]*(?:から|…|[-ー])\s*[0-9]",
            "幅のある値は提出できません。値を1つ書いてください。例: {example}",
        ),
        (r"^[+△▲▼-]\s*(?:[+△▲▼-]|\()", "符号は1つだけ書いてください。例: `△203`"),
        (r"[()「」\[\]【】]", "かっこ書きは値から外し、備考に書いてください。例: {example}"),
        (
            r"[0-9]\s*/\s*[0-9]",
            "分数や日付は読み取れません。計算した値を書いてください。例: {example}",
        ),
        (r"[0-9]\s*:\s*[0-9]", "比の形（95:100）はこの指標では使えません。例: {example}"),
        (r"[0-9][_'’][0-9]", "桁区切りにはコンマを使ってください。例: `1,392`"),
        (
            r"(?<![0-9])[.][0-9]|[0-9][.](?![0-9])",
            "小数は `0.5` のように書いてください。例: {example}",
        ),
        (r"[0-9][.][0-9]+[.][0-9]", "小数点が2つあります。例: {example}"),
    )
)


def refuse_notations(text: str, example: str) -> None:
    """UnreadableValue when `text` is a range, a formula, an estimate …; else nothing."""
    for pattern, sentence in _REFUSALS:
        if pattern.search(text):
            raise UnreadableValue(sentence.format(example=f"`{example}`"))
