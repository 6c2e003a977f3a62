"""締め and 訂正 of one indicator: the frozen verdict, and the one after a correction beside it."""

from __future__ import annotations

from answers.facts import day_of
from answers.spans import Bold, Line, line, one_line
from store.locks import Frozen
from store.plan import Indicator
from store.showing import show_values
from store.standing import Outlook, Standing, State
from store.telling import values_said


def frozen_lines(standing: Standing, outlook: Outlook) -> tuple[Line, ...]:
    """`締め時の判定 ▲ 向上 12人（8/20確定）`, and 訂正 with old and new figure and 訂正後 verdict.

    Nothing where the collection is not locked.
    """
    frozen = standing.frozen
    if frozen is None:
        return ()
    day = day_of(frozen.at, outlook.today)
    lines = [line(f"締め時の判定 {_verdict_of(frozen)}（{day}確定）")]
    if standing.corrected:
        lines.append(line(*change_line(standing)))
        if standing.latest and standing.latest.reason:
            lines.append(line(f"訂正の理由: {one_line(standing.latest.reason)}"))
    return tuple(lines)


def change_line(standing: Standing) -> Line:
    """`訂正 12人 → 21人　訂正後 ● 達成`."""
    frozen, latest, grade = standing.frozen, standing.latest, standing.verdict.grade
    old = _figure(frozen, standing.indicator) if frozen else ""
    new = values_said(latest.proposal, standing.indicator) if latest else "値なし"
    after = f"{grade.mark} {grade.label}" if grade else f"判定なし（{standing.verdict.why}）"
    said, then = ("締め後に承認", "承認後") if standing.left_open else ("訂正", "訂正後")
    return line(f"{said} {old or '値なし'} → ", Bold(new), f"　{then} {after}")


def verdicts_beside(standing: Standing, collection: int, after: str) -> str | None:
    """`締め時点 向上／訂正後 ● 達成` for a year whose figure was put right since its lock, else None."""
    frozen, actual = standing.locked.get(collection), standing.actual(collection)
    if frozen is None or actual is None or frozen.submission == actual.id:
        return None
    waited = frozen.state == State.PENDING.value and actual.at <= frozen.at
    return f"締め時点 {_verdict_of(frozen)}／{'承認後' if waited else '訂正後'} {after}"


def _verdict_of(frozen: Frozen) -> str:
    return frozen.label or f"判定なし（{frozen.why}）"


def _figure(frozen: Frozen, indicator: Indicator) -> str:
    return show_values(frozen.values, indicator) if frozen.values else ""
