"""A report drawn up from what the database holds."""

from __future__ import annotations

from datetime import date

from sqlite_utils import Database

from reports.progress.beside import beside_of
from reports.progress.making import report_of
from reports.progress.model import Report
from store import cycle as cycles
from store import remarks, revisions, shelf
from store.departments import departments
from store.errors import UnknownWords
from store.fiscal import era
from store.old_and_new import old_and_new
from store.plan import Plan
from store.report_texts import Kind, ReportOf, texts
from store.standing import outlook


def drawn_up(
    db: Database,
    plan: Plan,
    today: date,
    kind: Kind = "progress",
    year: int | None = None,
    *,
    charts: bool = True,
) -> Report:
    """The report of a collection (the current one by default), or of the plan's whole period.

    Raises UnknownWords for a year that the plan has no collection of.
    """
    if kind == "whole":
        year = plan.last_year
    if year is None:
        year = cycles.current(cycles.held(db, plan.id), plan, today).collection
    elif kind == "progress":
        _check(plan, year, today)
    names = {d.id: d.name for d in departments(db, today).values()}
    beside = beside_of(
        plan,
        remarks.efforts(db, plan.id, year) if kind == "progress" else {},
        remarks.opinions_before(db, plan, year) if kind == "progress" else (),
        remarks.opinions(db, plan.id, year),
        old_and_new(
            plan, [r for r in revisions.in_force(db, plan.id) if r.from_year <= year], names
        ),
        names,
    )
    seen = outlook(db, plan, today, year)
    held = texts(db, ReportOf(plan.id, year, kind))
    return report_of(seen, kind, shelf.predecessor(db, plan), beside, held, charts=charts)


def _check(plan: Plan, year: int, today: date) -> None:
    """A plan that does not say when it began takes any year up to its last."""
    known = cycles.collections(plan, today)
    if plan.first_year is None and plan.last_year is not None and year <= plan.last_year:
        return
    if year not in known:
        there = "、".join(era(each) for each in known)
        raise UnknownWords(f"{plan.title}に{era(year)}の報告はありません。年度: {there}", era(year))
