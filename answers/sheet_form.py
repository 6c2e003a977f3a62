"""What a department's sheet (照会様式) says: how things stand now, row by row, and how to fill it in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from answers.facts import WEEKDAYS
from answers.sheet_compared import Held, compared_rows
from answers.sheet_efforts import Efforts, effort_rows
from answers.sheet_given import rows_of
from answers.sheet_words import FILE_STEPS, GUIDE, HOW_TO_WRITE
from answers.words import SAMPLE
from reports.sheet.form import SheetForm
from store.cycle import DEFAULT_NOTE
from store.fiscal import era, era_long
from store.periods import show_period
from store.remarks import DIRECTIONS
from store.sheets import Sheet, indicators_of
from store.standing import Outlook

_EARLIER_YEARS = 4


def sheet_form(
    issued: Sheet,
    outlook: Outlook,
    department: str,
    planners: Sequence[str],
    held: Held | None = None,
    efforts: Efforts | None = None,
) -> SheetForm:
    """The sheet as it was issued, filled in with what is known now.

    `outlook` holds the issued indicators in the sheet's collection; `department` is the name shown,
    `planners` are the names of whom to ask, `held` the comparisons that are on
    record, `efforts` what was written of the collection.
    """
    standings = outlook.of(indicators_of(issued.rows))
    day = date.fromisoformat(issued.at[:10])
    return SheetForm(
        issued.id,
        issued.version,
        issued.plan,
        issued.collection,
        issued.department,
        day,
        f"{era(issued.collection)}実績 照会様式　{department}",
        _facts(issued, outlook, planners),
        any(s.sample for s in standings),
        tuple(row for s in standings for row in rows_of(s, outlook.plan)),
        _periods(issued.collection),
        GUIDE,
        compared_rows((s.indicator for s in standings), held or {}),
        effort_rows((s.indicator for s in standings), efforts or {}),
        tuple(DIRECTIONS.values()),
    )


def _facts(issued: Sheet, outlook: Outlook, planners: Sequence[str]) -> tuple[tuple[str, str], ...]:
    year = issued.collection
    due = outlook.cycle.due
    unset = f"（{DEFAULT_NOTE}）" if "due" in outlook.cycle.defaults else ""
    asked = f"企画担当（{'・'.join(planners)}）" if planners else "企画担当"
    found = [
        ("計画", outlook.plan.title),
        ("報告年度", f"{era(year)}（{era_long(year)}: {year}年4月1日〜{year + 1}年3月31日の実績）"),
        ("提出期限", f"{due.year}年{due.month}月{due.day}日（{WEEKDAYS[due.weekday()]}）{unset}"),
        (
            "基準日",
            f"{era(year)}の年度末。別の年・時点の統計は「データの年度・基準日」に書いてください。",
        ),
        ("問い合わせ", asked),
        ("書き方", HOW_TO_WRITE),
        ("出し方", FILE_STEPS),
    ]
    if outlook.sample:
        found.append(("注意", f"{SAMPLE}が入っています。実際の実績ではありません。"))
    return tuple(found)


def _periods(collection: int) -> tuple[str, ...]:
    years = [era(collection - back) for back in range(_EARLIER_YEARS)]
    ends = [
        show_period(date(collection + 1, month, day).isoformat())
        for month, day in ((3, 31), (4, 1))
    ]
    return (*years, f"{collection}年", *ends)
