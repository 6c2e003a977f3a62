"""評価の文 drafted from the figures: what was met, what became better, what worse. No causes.

The form is that of the city's own evaluation of its first phase.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from reports.progress.items import UNJUDGED, Item, Strand
from reports.progress.model import Tally
from store.fiscal import era
from store.judge import ACHIEVED, IMPROVED, Grade
from store.plan import Goal, Role
from store.report_texts import Kind
from store.terms import ROLES

BASELINE: dict[Kind, str] = {"progress": "現状値", "whole": "当初値"}
_ABOUT: dict[Role, str] = {
    "target": "基本目標の達成状況を示す数値目標",
    "kpi": "各取組の成果を示すKPI",
}
WORSE = "悪化"
_INNER = str.maketrans("「」", "『』")


def overall_draft(
    items: Sequence[Item], tallies: Mapping[Role, Tally], kind: Kind, year: int
) -> str:
    """Counts and shares of headline targets and KPIs, and what has to be known about them."""
    said = [_counted(_ABOUT[role], tally) for role, tally in tallies.items() if tally.total]
    return "\n".join(["".join(said), *_remarks(items, tallies, kind, year)])


def goal_draft(
    goal: Goal, targets: Sequence[Item], kpis: Sequence[Item], grades: Iterable[Grade], kind: Kind
) -> str:
    """What became of each headline target; then the KPIs, best grade first, and what got worse."""
    head = f"{goal.label}「{goal.title}」では、"
    of_targets = [_target(item, kind) for item in targets]
    first = f"{head}{''.join(of_targets)}" if targets else f"{head}数値目標を定めていません。"
    return "\n".join([first, *_kpis(kpis, grades, kind)])


def _counted(about: str, tally: Tally) -> str:
    often = f"（延べ{tally.places}項目）" if tally.places != tally.total else ""
    told = (c for c in tally.counts if c.count or c.label != UNJUDGED)
    shares = "、".join(f"{c.label}が{c.count}項目（{c.share}%）" for c in told)
    return f"{about}全{tally.total}項目{often}のうち、{shares}となっています。"


def _remarks(
    items: Sequence[Item], tallies: Mapping[Role, Tally], kind: Kind, year: int
) -> Iterator[str]:
    for role, tally in tallies.items():
        if tally.reasons:
            why = "、".join(f"{why}が{count}項目" for why, count in tally.reasons)
            yield f"{ROLES[role]}のうち判定していないものは、{why}です。"
    once = [item.judged for item in {item.indicator.id: item for item in items}.values()]
    carried = sum(each.carried is not None and each.grade is not None for each in once)
    if carried and kind == "progress":
        yield f"{carried}項目は{era(year)}の値がないため、それより前に報告された値で判定しています。"
    corrected = sum(each.after is not None for each in once)
    if corrected:
        yield f"{corrected}項目は締めの後に値が変わりました。件数は締めた時点の判定によります。"


def _target(item: Item, kind: Kind) -> str:
    name, grade = f"数値目標{_named(item)}", item.judged.grade
    figures = f"（{figures_said(item, kind)}）"
    if grade is None:
        return f"{name}は、{item.judged.why}のため判定していません。"
    if grade == ACHIEVED:
        return f"{name}{figures}を達成しています。"
    if grade == IMPROVED:
        return f"{name}{figures}は未達成であるものの向上しています。"
    if _worse(item):
        return f"{name}{figures}は{grade.label}で、悪化しています。"
    return f"{name}{figures}は{grade.label}です。"


def _kpis(kpis: Sequence[Item], grades: Iterable[Grade], kind: Kind) -> Iterator[str]:
    judged = [item for item in kpis if item.judged.grade]
    rest = [item for item in judged if not _worse(item)]
    if rest:
        groups = {g.label: [i for i in rest if i.judged.grade == g] for g in grades}
        parts = (f"{_listed(found, kind)}が{label}" for label, found in groups.items() if found)
        yield f"KPIでは、{'、'.join(parts)}となっています。"
    worse = [item for item in judged if _worse(item)]
    if worse:
        lead = "一方で、" if rest else ""
        yield f"{lead}KPI{_listed(worse, kind)}が悪化しています。"
    unjudged = [item for item in kpis if item.judged.grade is None]
    if unjudged:
        why = "、".join(f"{_named(i)}（{i.judged.why}）" for i in unjudged)
        yield f"判定していないKPIは、{why}です。"


def _worse(item: Item) -> bool:
    """Worse than where it began, and short of its target."""
    return turn_of(item) == WORSE and not all(strand.met for strand in item.strands)


def _listed(items: Iterable[Item], kind: Kind) -> str:
    return "、".join(f"{_named(item)}（{figures_said(item, kind)}）" for item in items)


def _named(item: Item) -> str:
    inner = item.indicator.name.translate(_INNER)
    return f"「{inner}」"


def figures_said(item: Item, kind: Kind) -> str:
    """`12人、目標0人／年、現状値29人`, series by series."""
    several = len(item.strands) > 1
    return "；".join(
        f"{strand.name if several and strand.name else ''}{_strand_said(strand, kind)}"
        for strand in item.strands
    )


def _strand_said(strand: Strand, kind: Kind) -> str:
    now = strand.latest.full if strand.latest else "値なし"
    goal = strand.target.said.replace(" ", "").removeprefix(strand.name or "")
    if strand.first:
        start = f"、最初の実績値{strand.first.full}"
    else:
        start = f"、{BASELINE[kind]}{strand.baselines[0].said}" if strand.baselines else ""
    return f"{now}、目標{goal}{start}"


def turn_of(item: Item) -> str | None:
    """How the item stands to where it began: the worst of its series."""
    turns = [strand.turn for strand in item.strands]
    if None in turns:
        return None
    return next((t for t in (WORSE, "改善") if t in turns), "横ばい")
