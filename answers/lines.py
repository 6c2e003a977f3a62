"""One indicator in a few lines, the same wherever it is listed: figure first, verdict as mark and word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from answers.asked import Asked
from answers.content import Block, ask_button, button
from answers.documented import baseline_said, latest_published, target_said
from answers.facts import (
    WEEKDAYS,
    age_said,
    day_of,
    department_of,
    due_said,
    owner_said,
    progress_said,
    provenance,
    show_day,
    values_said,
)
from answers.history import trend
from answers.layout import Part, row, say
from answers.spans import Bold, Code, Line, Span, Spoken, line, one_line
from answers.words import SAMPLE, grade_of, is_published, marked_state
from store.fiscal import era
from store.plan import Indicator
from store.standing import OUTSTANDING, Standing, State

PAGE = 20


def items(standings: Iterable[Standing], asked: Asked) -> Iterator[Part]:
    """A paragraph for each indicator, with a button that asks for all of it."""
    for standing in standings:
        indicator = standing.indicator
        more = ask_button(indicator.id, asked.words(indicator.id))
        yield say(*indicator_lines(standing, asked), accessory=more)


def indicator_lines(standing: Standing, asked: Asked) -> tuple[Line, ...]:
    """Verdict and name; figures; how it went and where it comes from; where the round is."""
    indicator, sample = standing.indicator, SAMPLE if standing.sample else ""
    lines = [
        line(headline(standing, asked), "　", Bold(indicator.name), " ", Code(indicator.id)),
        line(*figures(standing, asked), Spoken(f"　{sample}" if sample else "")),
    ]
    if standing.latest is not None:
        went = trend(standing, asked.plan)
        whence = provenance(standing.latest, standing, asked.outlook.today, asked.names)
        lines.append(line(f"{went}　" if went else "", whence))
    lines += round_lines(standing, asked)
    return tuple(lines)


def headline(standing: Standing, asked: Asked) -> str:
    """`▲ 向上`, or why there is no verdict: `– 目標の記載なし`, `… 未提出`."""
    grade = grade_of(standing, asked.plan)
    if grade is not None:
        return f"{grade.mark} {grade.label}"
    if standing.latest is not None:
        return f"– {standing.verdict.why}"
    return "– 公表値のみ" if is_published(standing) else marked_state(standing.state)


def figures(standing: Standing, asked: Asked) -> tuple[Span, ...]:
    """`12人 ← 29人（R2と推定）→ 目標 0人／年　進捗 59% ▓▓▓▓▓▓░░░░　やや遅れ`."""
    indicator, latest, plan = standing.indicator, standing.latest, asked.plan
    way = f"{baseline_said(indicator, plan)} → {_target(indicator, standing.collection)}"
    if latest is not None:
        age = age_said(latest, standing.collection)
        progress = progress_said(standing.verdict, indicator)
        after = f" {age}" if age else ""
        tail = f"{after} ← {way}" + (f"　{progress}" if progress else "")
        return (Bold(values_said(latest.proposal, indicator)), tail)
    if is_published(standing):
        return (Bold(latest_published(indicator, plan)), f" ← {way}")
    return (f"現状値 {way}" if not way.startswith("現状値") else way,)


def _target(indicator: Indicator, collection: int) -> str:
    said = target_said(indicator, collection)
    return said if said.startswith("目標") else f"目標 {said}"


def round_lines(standing: Standing, asked: Asked) -> tuple[Line, ...]:
    """`R7: … 未提出　提出期限 6/12（木・あと8日）・こども課`, as much as this person may see.

    Nothing once the round's figure is approved. What is outstanding and has no figure yet bears its
    mark in the headline already.
    """
    if standing.state == State.APPROVED or is_published(standing):
        return ()
    detail = _detail(standing, asked)
    said_above = standing.latest is None and standing.outstanding
    mark = "" if said_above else marked_state(standing.state)
    said = f"{mark}{detail}".strip("　")
    return (line(f"{era(standing.collection)}: {said}"),) if said else ()


def _detail(standing: Standing, asked: Asked) -> str:
    last, today = standing.last, asked.outlook.today
    if standing.state == State.PENDING and last is not None:
        if not standing.shows_pending_to(asked.who):
            return "（値は承認後に表示）"
        given = f"{department_of(last, standing, asked.names)} {day_of(last.at, today)}提出"
        return f" {values_said(last.proposal, standing.indicator)}（{given}）"
    if standing.state == State.AWAITING and last is not None:
        return f"（{last.proposal.month}月予定）" if last.proposal.month else ""
    if standing.state == State.NOT_OPEN:
        opens = asked.outlook.cycle.opens
        return f"（{show_day(opens, today)} {WEEKDAYS[opens.weekday()]}曜から照会）"
    if standing.state not in OUTSTANDING:
        return ""
    due = f"　{due_said(standing, asked.outlook)}・{owner_said(standing)}"
    return f"{_reason(standing, asked)}{due}"


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


def pages(
    standings: tuple[Standing, ...], asked: Asked, words: str
) -> tuple[tuple[Standing, ...], tuple[Part, ...]]:
    """One page of many indicators, and the way to the next: nothing is cut silently."""
    count = len(standings)
    last = max(1, -(-count // PAGE))
    page = min(asked.intention.page, last)
    start = (page - 1) * PAGE
    shown = standings[start : start + PAGE]
    if last == 1:
        return shown, ()
    here = line(f"{count}件のうち {start + 1}〜{start + len(shown)}件目（{page}/{last}ページ）")
    left = count - start - len(shown)
    if not left:
        return shown, (say(here),)
    following = asked.words(words) + f" {page + 1}ページ"
    more = ask_button(f"次の{min(PAGE, left)}件", following)
    return shown, (say(here, line("続き: ", Code(following))), row([more]))
