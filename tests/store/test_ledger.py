"""履歴: every act on a plan's figures, found again by whom, when, what and where."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from sqlite_utils import Database

from store import (
    cards,
    comparisons,
    cycle,
    departments,
    ledger,
    manners,
    quiet,
    report_texts,
    settings,
    submissions,
)
from store.acts import By
from store.db import writing
from store.ledger import Wanted
from store.manners import Manners
from store.quiet import Quiet
from store.report_texts import ReportOf
from store.submissions import Proposal

Act = Callable[..., By]
PLAN = "kitamoto-2"


def proposal(value: str, indicator: str = "1-1b", collection: int = 2024) -> Proposal:
    period = f"FY{collection}"
    return Proposal(PLAN, indicator, collection, values={None: Decimal(value)}, period=period)


@pytest.fixture
def told(db: Database, by: Act) -> Database:
    """A figure submitted, returned, given anew, approved, corrected; a card, a comparison, an owner."""
    with writing(db):
        since = date(2025, 6, 1)
        departments.assign(db, by("U0PLANNER", 0), PLAN, ["1-1"], "children", since)
        first = submissions.submit(db, by("U0CHILD", 1), proposal("13"), "children")
        submissions.send_back(db, by("U0PLANNER", 2, "延べ人数ですか"), first.id, "2025-06-20")
        second = submissions.submit(db, by("U0CHILD", 3), proposal("12"), "children")
        submissions.approve(db, by("U0PLANNER", 4), second.id)
        submissions.submit(db, by("U0CHILD", 5), proposal("11"), "children")
        submissions.submit(db, by("U0CHILD", 6), proposal("10"), "children")
        cards.declare(db, by("U0CHILD", 7), PLAN, "1-1b", "source", "市の集計")
        cards.declare(db, by("U0CHILD", 7), PLAN, "1-1b", "holder", "保育担当")
        where = (PLAN, "1-1b", "県平均", "FY2024")
        comparisons.record(db, by("U0PLANNER", 8), *where, {None: Decimal(8)}, "県の資料")
        other = submissions.submit(db, by("U0TRADE", 9), proposal("5", "5-1f", 2023), "trade")
        submissions.withdraw(db, by("U0TRADE", 60 * 24 * 8), other.id)
    return db


def whats(db: Database, **wanted: object) -> list[str]:
    return [each.what for each in ledger.events(db, Wanted(PLAN, **wanted))]  # type: ignore[arg-type]


def test_everything_that_was_done_is_told_the_newest_first(told: Database) -> None:
    """What a person entered in one go is one event; what an approval was followed by is a correction."""
    assert whats(told) == [
        "withdraw",
        "submit",
        "compare",
        "card",
        "supersede",
        "correct",
        "correct",
        "approve",
        "submit",
        "return",
        "submit",
        "assign",
    ]
    assert ledger.count(told, Wanted(PLAN)) == 12
    assert ledger.count(told, Wanted("kitamoto-1")) == 0


def test_an_event_carries_who_when_why_and_what(told: Database) -> None:
    events = {each.what: each for each in ledger.events(told, Wanted(PLAN, ("1-1b", "1-1")))}
    returned = events["return"]
    assert (returned.actor, returned.at, returned.surface, returned.reason) == (
        "U0PLANNER",
        "2025-06-03T12:02:00+09:00",
        "test",
        "延べ人数ですか",
    )
    assert returned.details == {"new_due": "2025-06-20"}
    assert returned.submission is not None
    assert returned.submission.proposal.values == {None: Decimal(13)}
    assert events["card"].entries == (("source", "市の集計"), ("holder", "保育担当"))
    assert events["compare"].entries == (("", "8"),)
    assert events["compare"].details == {
        "place": "県平均",
        "period": "FY2024",
        "source": "県の資料",
    }
    assert events["assign"].department == "children"


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"subjects": ("5-1f",)}, ["withdraw", "submit"]),
        ({"department": "trade"}, ["withdraw", "submit"]),
        ({"department": "trade", "owned": ("1-1b",)}, ["withdraw", "submit", "compare", "card"]),
        ({"actor": "U0TRADE"}, ["withdraw", "submit"]),
        ({"collection": 2023}, ["withdraw", "submit"]),
        ({"first": date(2025, 6, 4)}, ["withdraw"]),
        ({"last": date(2025, 6, 3), "collection": 2023}, ["submit"]),
        ({"whats": frozenset({"correct", "return"})}, ["correct", "correct", "return"]),
        ({"whats": frozenset({"lock"})}, []),
    ],
)
def test_events_are_narrowed_down(
    told: Database, wanted: dict[str, object], found: list[str]
) -> None:
    assert whats(told, **wanted) == found
    assert ledger.count(told, Wanted(PLAN, **wanted)) == len(found)  # type: ignore[arg-type]


def test_pages_hold_every_event_once(told: Database) -> None:
    wanted = Wanted(PLAN)
    pages = [ledger.events(told, wanted, 5, offset) for offset in (0, 5, 10)]
    assert [len(page) for page in pages] == [5, 5, 2]
    assert [each for page in pages for each in page] == list(ledger.events(told, wanted))


def test_settings_and_stages_are_told_but_nobodys_own_wishes(db: Database, by: Act) -> None:
    """Dates of the plan's cycle only; what is of no plan is told with every plan."""
    with writing(db):
        cycle.set_dates(db, by("U0PLANNER", 1, "議会"), PLAN, 2024, {"due": date(2025, 6, 20)})
        cycle.set_dates(db, by("U0PLANNER", 2), "kitamoto-1", 2019, {"due": date(2020, 6, 20)})
        quiet.set_quiet(
            db, by("U0PLANNER", 3), Quiet("6月議会", date(2025, 6, 4), date(2025, 6, 20))
        )
        settings.pause(db, by("U0PLANNER", 4), "nudge")
        manners.choose(db, by("U0CHILD", 5), Manners(10, 17))
    found = ledger.events(db, Wanted(PLAN, whats=frozenset({"setting"})))
    assert [(e.details["key"], e.collection, e.reason) for e in found] == [
        ("speech.paused.nudge", None, None),
        ("quiet.6月議会", None, None),
        (f"cycle.{PLAN}.2024.due", 2024, "議会"),
    ]


def test_texts_of_a_report_are_told_as_they_were_edited_and_made_final(
    db: Database, by: Act
) -> None:
    """What was edited at once is one event."""
    of, drafted = ReportOf(PLAN, 2024, "progress"), {"": "下書き", "3": "下書き"}
    with writing(db):
        report_texts.edit(db, by("U0PLANNER", 1), of, {"": "減りました。", "3": None}, drafted)
        version = report_texts.texts(db, of).version
        report_texts.make_final(db, by("U0PLANNER2", 2), of, {}, version)
        report_texts.edit(db, by("U0PLANNER", 3, "誤字"), of, {"3": "増えました。"}, drafted)
    found = ledger.events(db, Wanted(PLAN, whats=frozenset({"report"})))
    assert [(e.details["kind"], e.collection, e.actor, e.reason, e.entries) for e in found] == [
        ("edit", 2024, "U0PLANNER", "誤字", (("3", "増えました。"),)),
        ("finish", 2024, "U0PLANNER2", None, ()),
        ("edit", 2024, "U0PLANNER", None, (("", "減りました。"), ("3", None))),
    ]
    assert {e.details["report"] for e in found} == {"progress"}
