"""A site read out of the database: what two planners decided to publish, and nothing that is internal."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sqlite_utils import Database

from reports.site.indicators import Published
from reports.site.making import Decided, site_of
from reports.site.model import Revision, Site
from store import comparisons, departments, locks, publications, revisions, shelf
from store.errors import CannotRun
from store.fiscal import era, era_long
from store.old_and_new import old_and_new
from store.plan import Plan
from store.public import reading_public
from store.publications import Publication
from store.standing import Outlook, outlook


def read_site(path: Path, plan_id: str, collection: int | None, licence: str = "") -> Site:
    """The site of a collection (the newest that is published by default) of a plan.

    It is seen from the day of the decision, so that the same store always gives the same site.
    Raises CannotRun when nobody decided to publish it, or when a figure in it is a sample.
    """
    with reading_public(path) as db:
        decided = publications.decided(db, plan_id)
        decision = _decision(decided, plan_id, collection)
        plan = shelf.read(db, plan_id)
        day = publications.day_of(decision)
        seen = outlook(db, plan, day, decision.collection)
        years = frozenset(year for year in decided if year <= decision.collection)
        _refuse_samples(seen, years)
        return site_of(
            seen,
            shelf.predecessor(db, plan),
            Published(
                years,
                publications.judged_upon(db, plan_id),
                comparisons.by_indicator(db, plan_id),
            ),
            Decided(_locked_at(db, decision), decision.at),
            _revisions(db, plan, day),
            licence,
        )


def _revisions(db: Database, plan: Plan, day: date) -> list[Revision]:
    """新旧対照表: every revision that was in force on the day of the decision."""
    agreed = [
        each
        for each in revisions.in_force(db, plan.id)
        if each.agreed_at and each.agreed_at[:10] <= day.isoformat()
    ]
    names = {d.id: d.name for d in departments.departments(db, day).values()}
    return [
        Revision(
            f"{pair.indicator} {pair.name}",
            pair.item,
            pair.old,
            pair.new,
            era_long(pair.from_year),
            pair.reason,
        )
        for pair in old_and_new(plan, agreed, names)
    ]


def _decision(decided: dict[int, Publication], plan_id: str, collection: int | None) -> Publication:
    wanted = max(decided, default=None) if collection is None else collection
    if wanted is not None and wanted in decided:
        return decided[wanted]
    if wanted is None:
        raise CannotRun(
            f"計画 {plan_id} には公開を決定した年度がありません。"
            "年度を締め、`/kpi-admin 公開` で2人の企画担当が決めてください。"
        )
    year = era(wanted)
    raise CannotRun(
        f"{year}実績の公開は決定していません。"
        f"年度を締め、`/kpi-admin 公開 {year}` で2人の企画担当が決めてください。"
    )


def _locked_at(db: Database, decision: Publication) -> str:
    lock = locks.lock_of(db, decision.plan, decision.collection)
    return lock.at if lock else decision.at


def _refuse_samples(seen: Outlook, years: frozenset[int]) -> None:
    for standing in seen.standings.values():
        if any(a.sample for a in standing.actuals if a.proposal.collection in years):
            raise CannotRun("サンプル（架空の値）が含まれているため、公開できません。")
