"""One indicator in a few lines, the same wherever it is listed: figure first, verdict as mark and word."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from answers.asked import Asked
from answers.content import Block, ask_button, button
from answers.facts import (
    WEEKDAYS,
    age_said,
    approved_said,
    day_of,
    department_of,
    due_said,
    owner_said,
    progress_said,
    provenance,
    show_day,
    unset_due,
)
from answers.frozen import frozen_lines
from answers.history import trend
from answers.layout import Part, quiet, say
from answers.spans import Bold, Code, Drawn, Line, Span, Spoken, line, one_line
from answers.spark import spark
from answers.words import SAMPLE, grade_of, marked_state
from store.cycle import DEFAULT_NOTE
from store.documented import is_published
from store.fiscal import era
from store.kept import Same
from store.plan import Indicator, Plan
from store.plan_words import baseline_said, latest_published, target_said
from store.standing import OUTSTANDING, Standing, State
from store.telling import values_said

# Of more indicators than a plan has.
MOST_KEPT = 256


def items(
    standings: Iterable[Standing],
    asked: Asked,
    aside: Callable[[Standing], str] | None = None,
    *,
    note: bool = True,
) -> Iterator[Part]:
    """A paragraph for each indicator, with a button that asks for all of it, and what their ※ means.

    `aside` says something more of each, as its last line. Without `note` the ※ is explained elsewhere
    (`due_note`). The message says above of which collection the figures are.
    """
    shown = tuple(standings)
    for standing in shown:
        indicator = standing.indicator
        more = ask_button(indicator.id, asked.words(indicator.id))
        lines = indicator_lines(standing, asked, brief=True)
        yield say(*lines, line(aside(standing) if aside else ""), accessory=more)
    if note and (said := due_note(shown, asked)):
        yield said


def due_note(shown: Iterable[Standing], asked: Asked) -> Part | None:
    """Once below a list: the due date that stands in it with ※ was set by nobody."""
    unset = any(each.outstanding and unset_due(each.due, asked.outlook) for each in shown)
    return quiet(line(f"※{DEFAULT_NOTE}")) if unset else None


def indicator_lines(standing: Standing, asked: Asked, *, brief: bool = False) -> tuple[Line, ...]:
    """Verdict and name; figures; how it went and where it comes from; where the round is.

    `brief` for one of many: what is said once for all of them is not said of each.
    """
    indicator, sample = standing.indicator, SAMPLE if standing.sample else ""
    return (
        line(headline(standing, asked), "　", Bold(indicator.name), " ", Code(indicator.id)),
        line(*figures(standing, asked, brief=brief), Spoken(f"　{sample}" if sample else "")),
        *_origin(standing, asked, brief),
        *round_lines(standing, asked, brief=brief),
    )


def _origin(standing: Standing, asked: Asked, brief: bool) -> Iterator[Line]:
    if standing.latest is None:
        return
    went, today = _went(Same(standing), Same(asked.plan)), asked.outlook.today
    if brief:
        whence = approved_said(standing.latest, today, asked.names)
        yield line(*went, "　" if went else "", whence)
    else:
        yield went
        yield line(provenance(standing.latest, today, asked.names))


# A standing is the same object for as long as history stays as it is.
@lru_cache(maxsize=MOST_KEPT)
def _went(of: Same[Standing], within: Same[Plan]) -> Line:
    """`推移 ▇▅▃ R2 29 · R5 18 · R6 12（↘ 改善）`."""
    standing, plan = of.it, within.it
    said, seen = trend(standing, plan), spark(standing, plan)
    if not said:
        return ()
    return line("推移 ", Drawn(f"{seen} " if seen else ""), said.removeprefix("推移 "))


def headline(standing: Standing, asked: Asked) -> str:
    """`▲ 向上`, or why there is no verdict: `– 目標の記載なし`, `… 未提出`."""
    grade = grade_of(standing, asked.plan)
    if grade is not None:
        return f"{grade.mark} {grade.label}"
    if standing.latest is not None:
        return f"– {standing.verdict.why}"
    return "– 公表値のみ" if is_published(standing) else marked_state(standing.state)


def figures(standing: Standing, asked: Asked, *, brief: bool = False) -> tuple[Span, ...]:
    """`12人 ← 29人（R2と推定）→ 目標 0人／年　進捗 59% ▓▓▓▓▓▓░░░░　やや遅れ`."""
    return _figures(Same(standing), Same(asked.plan), brief)


@lru_cache(maxsize=MOST_KEPT)
def _figures(of: Same[Standing], within: Same[Plan], brief: bool) -> tuple[Span, ...]:
    standing, plan = of.it, within.it
    indicator, latest = standing.indicator, standing.latest
    way = _way(standing, plan)
    if latest is not None:
        age = age_said(latest, standing.collection, brief=brief)
        progress = progress_said(standing.verdict, indicator)
        after = f" {age}" if age else ""
        tail = f"{after} ← {way}" + ("　" if progress else "")
        return (Bold(values_said(latest.proposal, indicator)), tail, *progress)
    if is_published(standing):
        return (Bold(latest_published(indicator, plan)), f" ← {way}")
    return (f"現状値 {way}" if not way.startswith("現状値") else way,)


def _way(standing: Standing, plan: Plan) -> str:
    """From where to where: as it was for the year of the newest figure, and what was revised since."""
    indicator, latest, year = standing.indicator, standing.latest, standing.collection
    round_of = latest.proposal.collection if latest else year
    then = plan.as_of(round_of).by_id[indicator.id]
    old, new = _target(then, round_of), _target(indicator, year)
    since = (
        f"（{era(year)}は{new.removeprefix('目標 ')}）" if then != indicator and old != new else ""
    )
    return f"{baseline_said(then, plan)} → {old}{since}"


def _target(indicator: Indicator, collection: int) -> str:
    said = target_said(indicator, collection)
    return said if said.startswith("目標") else f"目標 {said}"


def round_lines(standing: Standing, asked: Asked, *, brief: bool = False) -> tuple[Line, ...]:
    """`R7: … 未提出　提出期限 6/12（木・あと8日）・こども課`, as much as this person may see.

    Nothing once the round's figure is approved, but the frozen verdict and 訂正 of a locked round.
    What is outstanding and has no figure yet bears its mark in the headline already.
    """
    closed = () if brief and not standing.corrected else frozen_lines(standing, asked.outlook)
    if standing.state == State.APPROVED or is_published(standing):
        return closed
    detail = _detail(standing, asked, brief)
    said_above = standing.latest is None and standing.outstanding
    mark = "" if said_above else marked_state(standing.state)
    said = f"{mark}{detail}".strip("　")
    return (*closed, line(f"{era(standing.collection)}: {said}")) if said else closed


def _detail(standing: Standing, asked: Asked, brief: bool) -> str:
    last, today = standing.last, asked.outlook.today
    if standing.state == State.PENDING and last is not None:
        if not standing.shows_pending_to(asked.who):
            return "（値は承認後に表示）"
        given = f"{department_of(last)} {day_of(last.at, today)}提出"
        given += "・代理入力" if last.proxy else ""
        given += "・課長確認待ち" if last.awaits_lead else ""
        return f" {values_said(last.proposal, standing.indicator)}（{given}）"
    if standing.state == State.AWAITING and last is not None:
        return f"（{last.proposal.month}月予定）" if last.proposal.month else ""
    if standing.state == State.NOT_OPEN:
        opens = asked.outlook.cycle.opens
        return f"（{show_day(opens, today)} {WEEKDAYS[opens.weekday()]}曜から照会）"
    if standing.state not in OUTSTANDING:
        return ""
    due = due_said(standing, asked.outlook, brief=brief)
    return f"{_reason(standing, asked)}　{due}・{owner_said(standing)}"


def _reason(standing: Standing, asked: Asked) -> str:
    """Why it was sent back is between the planning section and the department."""
    last = standing.last
    if standing.state != State.RETURNED or last is None or last.decision is None:
        return ""
    shown = last.decision.reason and standing.shows_pending_to(asked.who)
    return f"「{one_line(last.decision.reason or '')}」" if shown else ""


def entry_buttons(standings: Iterable[Standing], asked: Asked, *, named: bool) -> tuple[Block, ...]:
    """A button to enter what is outstanding, for the people of its department only."""
    return tuple(
        entry_button(standing, asked, named=named)
        for standing in standings
        if standing.outstanding and asked.who.belongs_to(standing.department)
    )


def entry_button(standing: Standing, asked: Asked, *, named: bool) -> Block:
    """実績を入力, or 修正 of what was sent back; `named` where several stand side by side."""
    indicator = standing.indicator
    label = "修正" if standing.state == State.RETURNED else "実績を入力"
    return button(
        f"{indicator.id} {label}" if named else label,
        f"open_form:{indicator.id}",
        f"{asked.plan.id}|{indicator.id}|{standing.collection}",
        "primary" if not named else None,
    )
