"""What was reported of one indicator, in words: value, period, progress, provenance, due date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from answers.spans import Drawn, Line, line
from store.cycle import DEFAULT_NOTE
from store.fiscal import era
from store.judge import Verdict, show_percent
from store.periods import default_period, show_period
from store.plan import Indicator
from store.showing import show_amount
from store.standing import Outlook, Standing
from store.submissions import Submission

WEEKDAYS = "月火水木金土日"
_CELLS = 10


def show_day(day: date, today: date) -> str:
    """`6/12`, with the year where it is not this one."""
    short = f"{day.month}/{day.day}"
    return short if day.year == today.year else f"{day.year}/{short}"


def day_of(at: str, today: date) -> str:
    """The day of a moment in the ledger."""
    return show_day(date.fromisoformat(at[:10]), today)


def age_said(latest: Submission, collection: int, *, brief: bool = False) -> str:
    """`R4の値（R6報告時点の最新）` when the newest figure is of another year than the round's.

    `brief` where R6報告時点 is said above: `R4の値`.
    """
    period = latest.proposal.period or default_period(latest.proposal.collection)
    reported = latest.proposal.collection
    if reported == collection and period == default_period(collection):
        return ""
    if reported == collection and "-" in period:
        return f"{show_period(period)}現在"
    round_of = (
        ""
        if period == default_period(reported) or reported == collection
        else "・" + (f"{era(reported)}報告")
    )
    said = f"{show_period(period)}の値{round_of}"
    return said if brief else f"{said}（{era(collection)}報告時点の最新）"


def progress_said(verdict: Verdict, indicator: Indicator) -> Line:
    """`進捗 59% ▓▓▓▓▓▓░░░░ やや遅れ`, or how a 維持目標 is held; empty where neither can be told."""
    if verdict.progress is not None:
        seen, pace = Drawn(f" {bar(verdict.progress)}"), verdict.pace
        said = f"進捗 {show_percent(verdict.progress)}"
        return line(said, seen, f" {pace.label}" if pace else "")
    if verdict.holding is None:
        return ()
    away = show_amount(verdict.holding.distance, indicator)
    distance = f"（目標との差{away}）" if verdict.holding.distance else ""
    return line(f"維持目標 {verdict.holding.label}{distance}")


def bar(share: Decimal) -> str:
    """▓▓▓▓▓▓░░░░ for 59 %; full only when all of the way is done."""
    cells = int((share * _CELLS).quantize(Decimal(1), ROUND_HALF_UP))
    most = _CELLS if share >= 1 else _CELLS - 1
    filled = max(0, min(cells, most))
    return "▓" * filled + "░" * (_CELLS - filled)


def provenance(found: Submission, today: date, names: Mapping[str, str]) -> str:
    """`承認済（こども課 6/3提出・企画担当A 6/5承認）`."""
    verb = "代理入力" if found.proxy else "提出"
    given = f"{department_of(found)} {day_of(found.at, today)}{verb}"
    if found.decision is None:
        return f"確認中（{given}）"
    who = names.get(found.decision.actor, found.decision.actor)
    return f"承認済（{given}・{who} {day_of(found.decision.at, today)}承認）"


def approved_said(found: Submission, today: date, names: Mapping[str, str]) -> str:
    """The same in brief: `承認済（こども課 6/5）`, by the day of the approval."""
    if found.decision is None:
        return provenance(found, today, names)
    day = day_of(found.decision.at, today)
    return f"承認済（{department_of(found)} {day}）"


def department_of(found: Submission) -> str:
    """The department that submitted, as it was called that day."""
    return found.department_name or found.department or "担当課未設定"


def owner_said(standing: Standing) -> str:
    """The department that owns the indicator today."""
    return standing.department.name if standing.department else "担当課未設定"


def due_said(standing: Standing, outlook: Outlook, *, brief: bool = False) -> str:
    """`提出期限 6/12（木・あと8日）`, saying so where nobody has set the date; in brief by ※."""
    return deadline_said(standing.due, outlook, brief=brief)


def deadline_said(due: date, outlook: Outlook, *, brief: bool = False) -> str:
    """The same of any due date of the round, be it the round's own."""
    today = outlook.today
    days = (due - today).days
    left = "本日" if days == 0 else f"あと{days}日" if days > 0 else f"{-days}日超過"
    note, star = "", ""
    if unset_due(due, outlook):
        note, star = ("", "※") if brief else (f"・{DEFAULT_NOTE}", "")
    return f"提出期限 {show_day(due, today)}（{WEEKDAYS[due.weekday()]}・{left}{note}）{star}"


def unset_due(due: date, outlook: Outlook) -> bool:
    """It is the round's due date, and nobody has set that."""
    return "due" in outlook.cycle.defaults and due == outlook.cycle.due
