"""The kinds of tables that are taken in: what their columns are for, and by which headings known."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from functools import cached_property

from store.spelling import key

Meaning = str | int
"""What a column is for: a role by its word, or the values of a fiscal year."""


@dataclass(frozen=True)
class Kind:
    """One kind of table: a word for each role, with the headings that it is known by.

    `is_whole(places)` is whether columns for these make such a table; `lacking` says what is not
    there when they do not. Only where there are `years` may a column be a year's.
    """

    roles: Mapping[str, tuple[str, ...]]
    is_whole: Callable[[Set[Meaning]], bool]
    lacking: str
    example: str
    years: bool = False

    @cached_property
    def means(self) -> Mapping[str, str]:
        """The role of each heading, in the spelling that headings are compared in."""
        return {key(heading): role for role, known in self.roles.items() for heading in known}


def _holds_figures(places: Set[Meaning]) -> bool:
    by_year = any(isinstance(place, int) for place in places)
    return bool({"指標番号", "指標名"} & places) and (by_year or {"年度", "値"} <= places)


FIGURES = Kind(
    roles={
        "指標番号": ("指標番号", "番号", "管理番号", "指標ID", "ID", "コード", "施策番号"),
        "指標名": ("指標名", "指標", "項目", "名称", "指標名称", "KPI", "KPI名"),
        "系列": ("系列", "内訳"),
        "年度": ("年度", "報告年度", "実績年度"),
        "値": ("値", "実績値", "実績", "今回の実績値"),
        "データ年": ("データ年", "データの年度", "データ年度", "データの年度・基準日", "基準日"),
        "出典": ("出典", "出所", "根拠", "資料"),
        "備考": ("備考", "注記", "メモ"),
    },
    is_whole=_holds_figures,
    lacking="指標の列と、年度ごとの列（R4、R5、…）または「年度」と「値」の列",
    example="`--column 指標名=見出し` `--column R4=見出し`",
    years=True,
)

INDICATORS = Kind(
    roles={
        "目標": ("目標", "基本目標", "政策", "政策目標", "横断的な目標"),
        "役割": ("役割", "種類", "種別", "指標の種類"),
        "施策番号": ("施策番号", "番号", "施策コード", "コード"),
        "施策名": ("施策名", "施策", "主な関連施策", "具体的な施策"),
        "指標名": ("指標名", "指標", "項目", "名称", "指標名称", "KPI", "KPI名"),
        "系列": ("系列", "内訳"),
        "区分": ("区分", "指標の区分"),
        "単位": ("単位",),
        "現状値": ("現状値", "基準値", "当初値"),
        "目標値": ("目標値", "最終目標値", "目標値KPI"),
    },
    is_whole=lambda places: {"指標名", "目標値"} <= places,
    lacking="「指標名」と「目標値」の列",
    example="`--column 指標名=見出し` `--column 目標値=見出し`",
)
