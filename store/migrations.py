"""How the database's shape came to be: numbered steps, never edited once released."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from sqlite_utils import Database, Migrations

from store.schema import (
    aliases,
    approval,
    cards,
    comparisons,
    digests,
    first,
    follows,
    handovers,
    homes,
    news,
    opinion_sheets,
    publications,
    reasons,
    remarks,
    report_texts,
    reported,
    revisions,
    seals,
    sheets,
    snoozes,
    stages,
)
from store.schema.columns import append_only
from store.sealing import adopt

migrations = Migrations("kpibot")


def _make(db: Database, tables: Iterable[str], history: Iterable[str] = ()) -> None:
    for statement in tables:
        db.execute(statement)
    for table in history:
        for statement in append_only(table):
            db.execute(statement)
    adopt(db, history)


@migrations(name="001-plans-people-submissions")
def make_first(db: Database) -> None:
    """Everything the first release keeps."""
    _make(db, first.TABLES, first.HISTORY)


@migrations(name="002-homes")
def make_homes(db: Database) -> None:
    """Home tabs that people opened."""
    _make(db, homes.TABLES)


@migrations(name="003-follows")
def make_follows(db: Database) -> None:
    """What people follow."""
    _make(db, follows.TABLES, follows.HISTORY)


@migrations(name="004-aliases")
def make_aliases(db: Database) -> None:
    """Words that people taught."""
    _make(db, aliases.TABLES, aliases.HISTORY)


@migrations(name="005-sheets")
def make_sheets(db: Database) -> None:
    """Sheets that were issued, and the work around them."""
    _make(db, sheets.TABLES, sheets.HISTORY)


@migrations(name="006-channel-follows")
def make_followings(db: Database) -> None:
    """What people and channels follow, departments too."""
    _make(db, follows.FOLLOWINGS, follows.FOLLOWINGS_HISTORY)


@migrations(name="007-welcomes")
def make_welcomes(db: Database) -> None:
    """Whom the bot has greeted."""
    _make(db, follows.WELCOMES)


@migrations(name="008-approval")
def make_approval(db: Database) -> None:
    """Requests, 課長確認, deputies and locked collections."""
    _make(db, approval.TABLES, approval.HISTORY)


@migrations(name="009-cards")
def make_cards(db: Database) -> None:
    """Definition cards as they are filled in."""
    _make(db, cards.TABLES, cards.HISTORY)


@migrations(name="010-comparisons")
def make_comparisons(db: Database) -> None:
    """What other places report."""
    _make(db, comparisons.TABLES, comparisons.HISTORY)


@migrations(name="011-handovers")
def make_handovers(db: Database) -> None:
    """Posts and departments as they were handed over."""
    _make(db, handovers.TABLES, handovers.HISTORY)


@migrations(name="012-reasons")
def make_reasons(db: Database) -> None:
    """What is never done without a reason."""
    _make(db, reasons.TABLES)


@migrations(name="020-stages")
def make_stages(db: Database) -> None:
    """Stages of the yearly cycle as planners close them."""
    _make(db, stages.TABLES, stages.HISTORY)


@migrations(name="021-snoozes")
def make_snoozes(db: Database) -> None:
    """Reminders held back, and what was told in which."""
    _make(db, snoozes.TABLES)


@migrations(name="030-subscriptions")
def make_subscriptions(db: Database) -> None:
    """Digests as planners choose them."""
    _make(db, digests.TABLES, digests.HISTORY)


@migrations(name="031-due")
def make_due(db: Database) -> None:
    """When a message of the outbox falls due."""
    _make(db, digests.DUE)


@migrations(name="032-news-hours")
def make_news_hours(db: Database) -> None:
    """Hours within which changed values are gathered."""
    _make(db, news.TABLES)


@migrations(name="033-opinion-sheets")
def make_opinion_sheets(db: Database) -> None:
    """Sheets of opinions that were issued."""
    _make(db, opinion_sheets.TABLES, opinion_sheets.HISTORY)


@migrations(name="034-reported")
def make_reported(db: Database) -> None:
    """What did not go out and was told to planners."""
    _make(db, reported.TABLES)


@migrations(name="040-remarks")
def make_remarks(db: Database) -> None:
    """What is said about a year beside its figures."""
    _make(db, remarks.TABLES, remarks.HISTORY)


@migrations(name="041-revisions")
def make_revisions(db: Database) -> None:
    """How the strategy was revised."""
    _make(db, revisions.TABLES, revisions.HISTORY)


@migrations(name="042-report-texts")
def make_report_texts(db: Database) -> None:
    """What planners made of a report's evaluation."""
    _make(db, report_texts.TABLES, report_texts.HISTORY)


@migrations(name="044-publications")
def make_publications(db: Database) -> None:
    """What two planners decided to publish."""
    _make(db, publications.TABLES, publications.HISTORY)


@migrations(name="045-seals")
def make_seals(db: Database) -> None:
    """The chain of seals; what stands already is sealed as it stands."""
    _make(db, seals.TABLES, seals.HISTORY)
    adopt(db, seals.SEALED)


@cache
def names() -> tuple[str, ...]:
    """Every step this code knows, in order."""
    return tuple(m.name for m in migrations.pending(Database(memory=True)))
