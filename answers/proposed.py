"""What somebody proposes to report, in lines: the reading in words, what it changes, what is odd."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from answers.spans import Bold, Code, Line, Span, line, one_line, sentence
from store.fiscal import era
from store.judge import Verdict, judge
from store.periods import default_period, show_period
from store.plan import Indicator, Plan
from store.plan_words import baseline_said, target_said
from store.showing import show_change
from store.standing import Standing
from store.submissions import Proposal, SeriesValues, Submission
from store.telling import values_said

IF_APPROVED, JUDGED = "承認された場合の判定", "判定"


def if_approved(plan: Plan, standing: Standing, proposal: Proposal) -> Verdict:
    """What the proposal is judged as once it is approved."""
    earlier = [
        a.proposal.values for a in standing.actuals if a.proposal.collection < proposal.collection
    ]
    values = proposal.values if proposal.kind == "actual" else None
    year, period = proposal.collection, proposal.period
    return judge(plan, standing.indicator, values, year, earlier, period=period)


def proposal_lines(
    plan: Plan,
    standing: Standing,
    proposal: Proposal,
    verdict: Verdict,
    number: int | None = None,
    judged: str = IF_APPROVED,
) -> tuple[Line, ...]:
    """The figure first, then previous and change, verdict, oddities, period, source and note.

    `number` is the proposal's submission once there is one, which is no previous value of itself.
    `judged` is what the verdict is called; empty for a figure that counts for nothing.
    """
    return (
        name_line(standing.indicator),
        line(*_reading(standing.indicator, proposal)),
        *_change(plan, standing, proposal, number),
        *(verdict_lines(standing.indicator, proposal, verdict, judged) if judged else ()),
        *(sentence(f"確認: {odd}", proposal.typed or "") for odd in proposal.oddities),
        *_remarks(proposal),
    )


def name_line(indicator: Indicator) -> Line:
    """`1-1b 保育所（園）待機児童数`."""
    return line(Code(indicator.id), " ", Bold(indicator.name))


def _reading(indicator: Indicator, proposal: Proposal) -> tuple[Span, ...]:
    year = era(proposal.collection)
    if proposal.kind != "actual":
        return (f"{year}の実績は ", Bold(values_said(proposal, indicator)), " です")
    return (
        f"{year}の実績 ",
        Bold(values_said(proposal, indicator)),
        f"（データ年 {show_period(proposal.period) if proposal.period else '未選択'}）",
    )


def own_period(proposal: Proposal) -> str:
    """`（データ年 R5）` for a figure of another year than its collection; else nothing."""
    if proposal.period in {None, default_period(proposal.collection)}:
        return ""
    return f"（データ年 {show_period(proposal.period or '')}）"


def month_and_day(at: str) -> str:
    """`6/3` for a moment in the ledger."""
    return f"{int(at[5:7])}/{int(at[8:10])}"


def replaced_lines(standing: Standing, names: Mapping[str, str], user: str) -> Iterator[Line]:
    """What is 確認中 for the same figure and would be replaced, with who submitted it."""
    last = standing.last
    if last is None or not last.open:
        return
    whose = "あなた"
    if last.actor != user:
        same = standing.department is not None and standing.department.id == last.department
        whose = f"{'同じ課の' if same else ''}{names.get(last.actor, last.actor)}さん"
    values = values_said(last.proposal, standing.indicator)
    yield line(f"{whose}の確認中の提出（{values}、{month_and_day(last.at)}）を置き換えます。")


def _change(
    plan: Plan, standing: Standing, proposal: Proposal, number: int | None
) -> Iterator[Line]:
    if proposal.kind != "actual":
        return
    indicator, before = standing.indicator, previous(standing, proposal, number)
    if before is not None:
        same = before.proposal.collection == proposal.collection
        said = f"{era(before.proposal.collection)}{'承認済の値' if same else '報告'}"
        value = f"前回 {values_said(before.proposal, indicator)}（{said}）"
        yield line(f"{value}・差 {change(before.proposal.values, proposal.values, indicator)}")
        return
    baselines = {s.name: s.baseline.value for s in indicator.series if s.baseline}
    if not baselines:
        yield line("前回の値・現状値なし")
        return
    said = change(baselines, proposal.values, indicator)
    yield line(f"前回の値なし・現状値 {baseline_said(indicator, plan)}・差 {said}")


def previous(standing: Standing, proposal: Proposal, number: int | None) -> Submission | None:
    """The newest approved actual up to the proposal's round, other than the proposal itself."""
    found = (
        a
        for a in reversed(standing.actuals)
        if a.id != number and a.proposal.collection <= proposal.collection
    )
    return next(found, None)


def change(before: SeriesValues, after: SeriesValues, indicator: Indicator) -> str:
    """`△6人`, each series by its name where there are several."""
    both: Mapping[str | None, tuple[Decimal, Decimal]] = {
        name: (before[name], after[name])
        for name in indicator.series_names
        if name in before and name in after
    }
    said = (f"{name or ''}{show_change(*pair, indicator)}" for name, pair in both.items())
    return "・".join(said) or "増減なし"


def verdict_lines(
    indicator: Indicator, proposal: Proposal, verdict: Verdict, judged: str
) -> Iterator[Line]:
    """The verdict on the proposal and its arithmetic."""
    if proposal.kind != "actual":
        yield line(f"目標 {target_said(indicator, proposal.collection)}・判定なし")
        return
    grade = verdict.grade
    said = f"{grade.mark} {grade.label}" if grade else f"判定なし（{verdict.why}）"
    as_of = f"（{verdict.as_of_label}）" if verdict.as_of_label else ""
    yield line(f"{judged} ", Bold(said), as_of)
    yield line(f"計算: {verdict.arithmetic}")


def _remarks(proposal: Proposal) -> Iterator[Line]:
    if proposal.source:
        yield line(f"出典: {one_line(proposal.source)}")
    elif proposal.kind == "actual":
        yield line("出典: 記載なし")
    if proposal.note:
        yield line(f"備考: {one_line(proposal.note)}")
