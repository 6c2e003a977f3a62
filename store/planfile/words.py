"""What a part of a plan says, as flat Japanese words: {"単位": "人", "目標値（2025年度）の値": "0"}."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from store.plan import Frozen, Plan, Series, Target

_WORDS = {
    "id": "id",
    "code": "番号",
    "label": "呼び方",
    "title": "名称",
    "name": "名称",
    "municipality": "自治体",
    "first_year": "最初の年度",
    "last_year": "最後の年度",
    "assumed_baseline_year": "推定した現状値の年度",
    "assumed_latest_year": "推定した最新値の年度",
    "rule": "判定の方法",
    "predecessor": "前の計画",
    "labels": "会議の呼び方",
    "executive_meeting": "行政経営会議",
    "panel": "外部有識者会議",
    "evaluation": "評価",
    "source": "出典",
    "note": "注記",
    "direction": "方向性",
    "policies": "主な関連施策",
    "targets": "数値目標",
    "kpis": "KPI",
    "variants": "別の名称",
    "policy": "施策",
    "unit": "単位",
    "per": "期間あたり",
    "measure": "値の数え方",
    "better": "よい向き",
    "basis": "区分",
    "decimals": "小数の桁数",
    "continues": "前の計画の指標",
    "renamed_from": "前の名称",
    "aliases": "別名",
    "yomi": "読み",
    "frequency": "調査の頻度",
    "survey_years": "調査の年度",
    "as_of": "基準日",
    "publishes_in": "公表の月",
    "retired_from": "廃止の年度",
    "definition": "定義",
    "holder": "値を持つところ",
    "method": "調べ方",
    "kind": "種類",
    "value": "値",
    "low": "下限",
    "high": "上限",
    "text": "原典の表記",
    "years": "年度",
    "year": "年度",
    "reference": "判定の基準",
    "latest": "最新値",
    "published_verdict": "公表された達成状況",
}

_OF_ITS_OWN = ("goals", "policies", "indicators")


def facts(part: Frozen) -> dict[str, str]:
    """Every single thing that `part` says, by a Japanese name; what it leaves out is not there.

    Of a plan only what is not a goal, policy or indicator.
    """
    own = _OF_ITS_OWN if isinstance(part, Plan) else ()
    return dict(_facts(part, "", own))


def _facts(part: Frozen, before: str, skipped: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    for key in type(part).model_fields:
        value = getattr(part, key)
        if key in skipped or value is None or value == ():
            continue
        if isinstance(value, Frozen):
            yield from _facts(value, f"{before}{_WORDS[key]}の")
        elif isinstance(value, tuple) and isinstance(value[0], Frozen):
            for number, row in enumerate(value, start=1):
                yield from _row(row, number, len(value), before)
        else:
            yield f"{before}{_WORDS[key]}", _said(value)


def _row(row: Frozen, number: int, of: int, before: str) -> Iterator[tuple[str, str]]:
    """One of several: a series by its name, a target by its year, a baseline by its number."""
    if isinstance(row, Series):
        if row.name is not None:
            yield f"系列「{row.name}」", "あり"
        yield from _facts(row, f"{row.name}の" if row.name else "", ("name",))
    elif isinstance(row, Target):
        year = f"（{row.year}年度）" if row.year else ""
        yield f"{before}目標値{year}", "あり"
        yield from _facts(row, f"{before}目標値{year}の", ("year",))
    else:
        called = f"{before}現状値（{number}つ目）" if of > 1 else f"{before}現状値"
        yield from _facts(row, f"{called}の")


def _said(value: object) -> str:
    if isinstance(value, tuple):
        return "、".join(_said(item) for item in value)
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
