"""評価の文 and files of a report: acts of planners, and the page that shows where it stands."""

from __future__ import annotations

from collections.abc import Mapping

from sqlite_utils import Database

from answers.content import Content
from answers.reporting import report_page
from bot.drawing_up import drawn_up
from reports.progress.model import Report
from store import directory, report_texts
from store.acts import By, record
from store.errors import Stale
from store.people import Act, Who, permit
from store.plan import Plan
from store.report_texts import Edited, Kind, ReportOf, Texts


def looked_at(
    db: Database, by: By, plan: Plan, kind: Kind, year: int | None
) -> tuple[Report, Texts]:
    """The report without its charts, and its texts."""
    report = drawn_up(db, plan, by.at.date(), kind, year, charts=False)
    return report, report_texts.texts(db, of(report))


def of(report: Report) -> ReportOf:
    """Which report it is, for the store."""
    return ReportOf(report.plan.id, report.year, report.kind)


def page(db: Database, by: By, plan: Plan, kind: Kind, year: int | None) -> Content:
    """Where a report stands. Raises UnknownWords for a year that the plan has no collection of."""
    report, texts = looked_at(db, by, plan, kind, year)
    return report_page(report, texts, directory.names(db), by.at.date())


def edit(
    db: Database, by: By, person: Who, report: Report, passages: Mapping[str, str | None]
) -> None:
    """Put passages so from now on."""
    permit(by, person, Act.ADMINISTER, _subject(report))
    drafted = {each.part: each.basis for each in report.passages}
    report_texts.edit(db, by, of(report), passages, drafted)
    record(db, by, "report_text", _subject(report), "done")


def make_final(db: Database, by: By, person: Who, report: Report, texts: Texts) -> None:
    """確定. Raises Stale when a text is older than the figures it tells."""
    permit(by, person, Act.ADMINISTER, _subject(report))
    if any(each.stale for each in report.passages):
        raise Stale(
            "文章を直した後に数値が変わったため、確定できません。"
            "〔文章を直す〕で確かめて保存してから、もう一度確定してください。"
        )
    passages = {each.part: Edited(each.text, each.basis) for each in report.passages}
    report_texts.make_final(db, by, of(report), passages, texts.version)
    record(db, by, "report_final", _subject(report), "done")


def take_files(db: Database, by: By, person: Who, report: Report) -> None:
    """Leave the trace that somebody took the files."""
    permit(by, person, Act.ADMINISTER, _subject(report))
    record(db, by, "export", _subject(report), "done")


def _subject(report: Report) -> str:
    return f"report:{report.kind}:{report.plan.id}:{report.year}"
