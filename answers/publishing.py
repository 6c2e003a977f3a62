"""公開の決定: what a published site would show, where the decision is, and the step that comes next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from answers.approval import Names
from answers.content import Content, asked_first, button
from answers.facts import day_of
from answers.layout import Part, compose, heading, quiet, row, say
from answers.publication_told import EFFECT
from answers.spans import Bold, Code, Line, line
from answers.words import UNJUDGED
from store.fiscal import era
from store.judge import grades_of
from store.publications import Publication, PublicationProposal
from store.stages import Gap, gap_said
from store.standing import Outlook, Standing


@dataclass(frozen=True)
class Readiness:
    """How far the publication of a collection is.

    `gaps` are what its stage still lacks (they warn, and forbid nothing but a missing lock), `years`
    the collections whose publication holds. `live`: a site can be made of this database.
    """

    locked: bool
    decision: Publication | None
    proposal: PublicationProposal | None
    gaps: Sequence[Gap]
    years: Collection[int]
    live: bool


def publishing_page(outlook: Outlook, ready: Readiness, user: str, names: Names) -> Content:
    """Where the decision is, what it is about, and the one step that comes next for this planner."""
    collection = outlook.cycle.collection
    return compose(
        (
            heading(f"公開の決定　{era(collection)}実績"),
            say(*_state(outlook, ready, names)),
            say(*_shown(outlook, ready)),
            say(*_lacking(ready)) if ready.gaps else None,
            _next(outlook, ready, user),
            quiet(*_how(outlook, ready)),
        )
    )


def _state(outlook: Outlook, ready: Readiness, names: Names) -> Iterator[Line]:
    today, held, waits = outlook.today, ready.decision, ready.proposal
    if held:
        who = names.get(held.actor, held.actor)
        yield line(Bold("公開を決定済み"), f"（{day_of(held.at, today)} {who}確定）")
    elif waits:
        who = names.get(waits.actor, waits.actor)
        yield line(Bold("公開の提案中"), f"（{day_of(waits.at, today)} {who}）")
    else:
        yield line(Bold("公開は決定していません"))
    if not ready.locked:
        year = era(outlook.cycle.collection)
        way = Code(f"/kpi-admin 締め {year}")
        yield line(f"{year}実績は締められていません。先に ", way, " で締めてください。")


def _shown(outlook: Outlook, ready: Readiness) -> Iterator[Line]:
    everything = tuple(outlook.standings.values())
    collection = outlook.cycle.collection
    given = [s for s in everything if s.actual(collection) is not None]
    yield line(f"指標{len(everything)}件のうち、{era(collection)}実績のあるもの {len(given)}件")
    if ready.locked:
        yield line(f"締めた時点の判定: {_verdicts(outlook, {*ready.years, collection})}")
    first = outlook.plan.first_year if outlook.plan.first_year is not None else collection
    before = range(first, collection)
    if absent := [era(year) for year in before if year not in ready.years]:
        said = "・".join(absent)
        yield line(f"{said}実績は公開が決定していないため、サイトに値が出ません。")
    if corrected := [s.indicator.id for s in everything if s.corrected]:
        yield line(f"締めた後の訂正 {len(corrected)}件（「訂正後」として並びます）")


def _verdicts(outlook: Outlook, years: Collection[int]) -> str:
    """As a site counts them: by the lock, and only where the figure is of a year that is published."""
    shown = [s for s in outlook.standings.values() if _shows(s, years)]
    found = Counter(s.frozen.label if s.frozen else None for s in shown)
    said = [f"{grade.label} {found[grade.label]}" for grade in grades_of(outlook.plan)]
    rest = len(outlook.standings) - sum(found[grade.label] for grade in grades_of(outlook.plan))
    return "・".join([*said, f"{UNJUDGED} {rest}"])


def _shows(standing: Standing, years: Collection[int]) -> bool:
    latest = standing.latest
    return latest is not None and latest.proposal.collection in years


def _lacking(ready: Readiness) -> Iterator[Line]:
    yield line(Bold("公表までに残っているもの"))
    yield line("・".join(gap_said(gap) for gap in ready.gaps))


def _next(outlook: Outlook, ready: Readiness, user: str) -> Part | None:
    named = f"{outlook.plan.id}|{outlook.cycle.collection}"
    year = era(outlook.cycle.collection)
    if ready.decision:
        return row([button("公開を取りやめる", "publication:revoke", named, "danger")])
    if ready.proposal:
        number = str(ready.proposal.id)
        drop = button("提案を取り下げる", "publication:drop", number)
        if ready.proposal.actor == user:
            return row([drop])
        agree = button("公開を確定する", "publication:agree", number, "primary")
        title = f"{year}実績の公開を確定しますか"
        return row([asked_first(agree, title, EFFECT, "確定する"), drop])
    if not ready.locked:
        return None
    propose = button("公開を提案", "publication:propose", named, "primary")
    title, effect = f"{year}実績の公開を提案しますか", "ほかの企画担当が確定すると決まります。"
    return row([asked_first(propose, title, effect, "提案する")])


def _how(outlook: Outlook, ready: Readiness) -> Iterator[Line]:
    yield line(
        "サイトに出るのは、締めて公開を決定した年度の承認済みの値、計画書の内容、定義、比較値だけです。"
    )
    if not ready.live:
        yield line("これは試用環境です。流れは試せますが、サイトは作れません。")
    elif ready.decision:
        year = era(outlook.cycle.collection)
        made = Code(f"kpibot publish フォルダ --year {year}")
        yield line("サイトは、運用担当が端末で作ります: ", made)
