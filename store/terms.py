"""What people call what a plan's file names in one word."""

from __future__ import annotations

from store.plan import Basis, Measure, Role

BASES: dict[Basis, str] = {"outcome": "成果", "comparison": "比較", "standard": "基準値"}
MEASURES: dict[Measure, str] = {
    "yearly": "単年の値",
    "cumulative": "累計の値",
    "point": "時点の値",
    "unknown": "単年・累計の別は計画書に記載なし（担当課に確認してください）",
}
ROLES: dict[Role, str] = {"target": "数値目標", "kpi": "KPI"}
