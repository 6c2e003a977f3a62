"""Open data of a site: CSV files for spreadsheets, one JSON file for programs, and their dictionary.

A column is written down once, with what it means: files and dictionary cannot differ.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from reports.csv_file import csv_file
from reports.site.model import Compared, Datum, IndicatorPage, Site, Verdict

KINDS = {
    "baseline": "現状値",
    "reference": "参考値",
    "target": "目標値",
    "latest": "最新値",
    "actual": "実績値",
}


@dataclass(frozen=True)
class Column:
    """A column: its heading, its key in the JSON file, what it means, and how a row has it."""

    heading: str
    key: str
    means: str
    of: Callable[[Any], str | int | Decimal | None]


@dataclass(frozen=True)
class Table:
    """A CSV file with its dictionary. `rows` gives what its columns are read from."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Callable[[Site], Iterator[Any]]

    def csv(self, site: Site) -> bytes:
        """The file: UTF-8 with a mark for Excel, no cell taken for a formula."""
        body = ([_cell(c.of(row)) for c in self.columns] for row in self.rows(site))
        return csv_file((c.heading for c in self.columns), body)

    def json(self, site: Site) -> list[dict[str, Any]]:
        """The same rows for programs; what there is none of is null."""
        return [{c.key: _value(c.of(row)) for c in self.columns} for row in self.rows(site)]


def _grade(found: Verdict | None) -> str | None:
    return found.label if found and found.code else None


def _values(site: Site) -> Iterator[tuple[IndicatorPage, Datum]]:
    return ((page, datum) for page in site.indicators for datum in page.data)


def _comparisons(site: Site) -> Iterator[tuple[IndicatorPage, Compared]]:
    return ((page, each) for page in site.indicators for each in page.compared)


def _fact(page: IndicatorPage, label: str) -> str | None:
    return next((fact.text for fact in page.facts if fact.label == label), None)


INDICATORS = Table(
    "indicators.csv",
    "指標の一覧（1行に1指標）",
    (
        Column("指標ID", "indicator", "指標の番号。年度が変わっても同じです。", lambda p: p.id),
        Column("指標名", "name", "指標の名前", lambda p: p.name),
        Column("単位", "unit", "値の単位", lambda p: p.unit),
        Column("良い向き", "better", "どちらが良い値か", lambda p: p.better),
        Column("施策", "policy", "施策の番号", lambda p: p.policy),
        Column("施策名", "policy_name", "施策の名前", lambda p: p.policy_name),
        Column(
            "目標",
            "goals",
            "役立つ目標と役割（数値目標・KPI）。複数は「・」で区切ります。",
            lambda p: "・".join(f"{place.label}（{place.role}）" for place in p.places),
        ),
        Column("区分", "basis", "目標の定め方（成果・比較・基準値）", lambda p: p.basis),
        Column("担当課", "department", "公開を決めた日の担当課", lambda p: p.department),
        Column("現状値", "baseline", "計画のはじめの値と年", lambda p: p.baseline),
        Column("目標値", "target", "計画書の書き方のままの目標値", lambda p: p.target),
        Column("最新値", "latest", "公開している最も新しい実績値", lambda p: p.latest),
        Column("データの年", "latest_period", "最新値がいつのものか", lambda p: p.latest_period),
        Column("達成状況", "verdict", "年度を締めた時点の判定", lambda p: _grade(p.verdict)),
        Column("判定の注", "why", "判定していない理由など", lambda p: p.verdict.why),
        Column("判定の計算", "arithmetic", "判定までの計算", lambda p: p.verdict.arithmetic),
        Column(
            "訂正後の達成状況",
            "corrected",
            "締めた後に値を直したときの判定",
            lambda p: _grade(p.corrected),
        ),
        Column("定義", "definition", "何を数えるか", lambda p: _fact(p, "定義")),
        Column("出典", "source", "値の出典", lambda p: _fact(p, "出典")),
    ),
    lambda site: iter(site.indicators),
)
VALUES = Table(
    "values.csv",
    "値の一覧（1行に1つの値）",
    (
        Column("指標ID", "indicator", "指標の番号", lambda r: r[0].id),
        Column("指標名", "name", "指標の名前", lambda r: r[0].name),
        Column("系列", "series", "男性・女性など。ないときは空です。", lambda r: r[1].series),
        Column(
            "種類", "kind", "現状値・参考値・目標値・最新値・実績値", lambda r: KINDS[r[1].kind]
        ),
        Column("報告年度", "collection", "実績値を報告した年度（西暦）", lambda r: r[1].collection),
        Column(
            "データの年",
            "period",
            "FY2024は令和6年度、CY2023は2023年、2025-04-01はその日、FY2018..2020は平均",
            lambda r: r[1].period,
        ),
        Column("目標年度", "target_year", "目標の年度（西暦）", lambda r: r[1].target_year),
        Column("値", "value", "数値。桁区切りや単位は付けません。", lambda r: r[1].value),
        Column("単位", "unit", "値の単位", lambda r: r[0].unit),
        Column("文", "text", "目標の書き方、現状値の注", lambda r: r[1].text),
        Column("承認日", "approved", "実績値が承認された日", lambda r: r[1].approved),
        Column("報告した課", "department", "報告したときの課の名前", lambda r: r[1].department),
        Column("出典", "source", "その値の出典", lambda r: r[1].source),
    ),
    _values,
)
COMPARISONS = Table(
    "comparisons.csv",
    "比較値の一覧（全国・県・近隣市など）",
    (
        Column("指標ID", "indicator", "指標の番号", lambda r: r[0].id),
        Column("比較先", "place", "どこの値か", lambda r: r[1].place),
        Column("データの年", "period", "いつの値か", lambda r: r[1].period),
        Column("値", "value", "単位を付けた値", lambda r: r[1].value),
        Column("出典", "source", "値の出典", lambda r: r[1].source),
    ),
    _comparisons,
)
TABLES: Sequence[Table] = (INDICATORS, VALUES, COMPARISONS)
JSON_NAME = "kpi.json"


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Each file's name and bytes."""
    yield from ((table.name, table.csv(site)) for table in TABLES)
    whole = {
        "plan": {"id": site.plan_id, "title": site.title, "municipality": site.municipality},
        "collection": site.collection,
        "locked": site.locked,
        "decided": site.decided,
        "licence": site.licence or None,
        **{table.name.removesuffix(".csv"): table.json(site) for table in TABLES},
    }
    yield JSON_NAME, (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def _cell(value: str | int | Decimal | None) -> str:
    return format(value, "f") if isinstance(value, Decimal) else "" if value is None else str(value)


def _value(value: str | int | Decimal | None) -> str | int | None:
    if isinstance(value, Decimal):
        return format(value, "f")
    return None if value == "" else value
