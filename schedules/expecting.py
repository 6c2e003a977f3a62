"""What a department is told in the month in which a statistic is expected. It is never late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from answers.content import button
from answers.layout import Part, quiet, say
from answers.spans import Bold, Code, line
from answers.words import SAMPLE
from schedules.reminding_days import last_working_day
from schedules.waiting import Expected
from store.fiscal import era
from store.plan import Plan
from store.standing import State

MOST = 10
NEVER_LATE = (
    "提出の遅れには数えません。公表が延びたときは、入力画面で公表予定の月を変えてください。"
)
LOCKED = "締め済みの年度です。値が分かったら企画担当にお知らせください"


def expecting(plan: Plan, found: Sequence[Expected], today: date) -> list[Part | None]:
    """What is expected in the month of `today`, each with a button that opens its form."""
    month = today.replace(day=1)
    there = [each for each in found if each.month == month]
    if not there:
        return []
    ending = today >= last_working_day(month)
    said = "今月公表予定の統計の値が、まだ入っていません" if ending else "統計の公表月です"
    more = len(there) - MOST
    return [
        say(line(Bold(f"{State.AWAITING.value}: {said}"), f"（{there[0].department.name}）")),
        *(_item(plan, each) for each in there[:MOST]),
        say(line(f"ほか{more}件")) if more > 0 else None,
        quiet(line(NEVER_LATE), *([line(SAMPLE)] if any(e.sample for e in there) else [])),
    ]


def _item(plan: Plan, each: Expected) -> Part:
    indicator, year = each.indicator, era(each.collection)
    named = (Code(indicator.id), f" {indicator.name}　{year}実績　{each.month.month}月公表予定")
    if each.locked:
        return say(line(*named, f"（{LOCKED}）"))
    value = f"{plan.id}|{indicator.id}|{each.collection}"
    form = button("入力", f"open_form:{indicator.id}:{each.collection}", value)
    return say(line(*named), accessory=form)
