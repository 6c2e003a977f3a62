"""R6's collection from May to September, day by day through the sandbox: every message of it.

こども課 gives everything early, by a member, so that its lead has to confirm; 産業文化課 holds its
reminders back and waits for two statistics; 福祉健康課 gives at the last moment and gets one figure
returned; 市民協働課 is late; 都市環境課 never gives anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from bot import selections
from bot.cli import in_sandbox
from bot.rounds import turn_back
from store import confirming, submissions
from store.db import only_one, writing
from store.fiscal import TOKYO
from store.outbox import Message, messages
from store.standing import Standing, State
from store.submissions import Proposal
from store.workdays import is_working_day
from tests.bot.giving import PLAN, by, give, who_is
from tests.bot.office import Office
from tests.bot.people import button_of
from tests.sandbox.hands import Hands

FIRST, LAST = date(2025, 5, 1), date(2025, 9, 30)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The office at the end of September, after a collection of all kinds of departments."""
    folder: Path = tmp_path_factory.mktemp("year")
    begins = datetime(2025, 4, 30, 12, tzinfo=TOKYO)
    with only_one(folder), in_sandbox(folder, 0, begins, False) as (sandbox, bot):
        office = Office(folder, sandbox, bot, Hands(sandbox.url))
        _live(office)
        yield office


def _live(office: Office) -> None:
    plans = {
        "2025-05-12": lambda: _wants_confirmation(office),
        "2025-05-20": lambda: _gives(office, "children", "U0CHILD2"),
        "2025-05-28": lambda: _confirms(office),
        "2025-05-29": lambda: _holds_back(office),
        "2025-06-02": lambda: _approves(office),
        "2025-06-05": lambda: _gives_and_waits(office),
        "2025-06-06": lambda: _approves(office),
        "2025-06-10": lambda: _gives(office, "welfare", "U0WELFARE"),
        "2025-06-17": lambda: _returns_one(office, "2025-06-24"),
        "2025-06-23": lambda: _gives(office, "welfare", "U0WELFARE"),
        "2025-06-24": lambda: _approves(office),
        "2025-06-30": lambda: _gives(office, "civic", "U0CIVIC"),
        "2025-07-02": lambda: _approves(office),
        "2025-08-20": lambda: _publishes(office),
        "2025-08-21": lambda: _approves(office),
    }
    day = FIRST
    while day <= LAST:
        if is_working_day(day):
            office.at(f"{day}T09:00:00+09:00")
            if act := plans.get(str(day)):
                office.at(f"{day}T14:00:00+09:00")
                act()
                office.settles()
        day += timedelta(days=1)


def _owed(office: Office, department: str) -> list[str]:
    return [
        each.indicator.id
        for each in office.bot.desk.outlook().standings.values()
        if each.outstanding and each.department and each.department.id == department
    ]


def _figure(office: Office, indicator: str) -> Proposal:
    """Something to give; the number of what was given before makes no two the same."""
    number = Decimal(1 + submissions.newest_number(office.bot.desk.db))
    series = office.bot.desk.plan.by_id[indicator].series
    values = {each.name: number for each in series}
    return Proposal(PLAN, indicator, 2024, values=values, period="FY2024")


def _gives(office: Office, department: str, user: str) -> None:
    figures = [_figure(office, each) for each in _owed(office, department)]
    give(office, user, *figures, together=True)


def _gives_and_waits(office: Office) -> None:
    """産業文化課: two figures are published in August, everything else is there."""
    first, second, *rest = _owed(office, "trade")
    waits = [Proposal(PLAN, each, 2024, "awaiting", month=8) for each in (first, second)]
    give(office, "U0TRADE", *waits, *(_figure(office, each) for each in rest), together=True)


def _publishes(office: Office) -> None:
    """One of the two statistics came out."""
    first = next(s.indicator.id for s in _awaiting(office))
    give(office, "U0TRADE", _figure(office, first))


def _awaiting(office: Office) -> list[Standing]:
    standings = office.bot.desk.outlook().standings.values()
    return [each for each in standings if each.state == State.AWAITING]


def _wants_confirmation(office: Office) -> None:
    with writing(office.bot.desk.db) as db:
        confirming.want(db, by(office, "U0PLANNER"), "children", True)


def _confirms(office: Office) -> None:
    with writing(office.bot.desk.db) as db:
        numbers = [each.id for each in submissions.waiting(db) if each.awaits_lead]
        selections.confirm_all(db, by(office, "U0CHILD"), who_is(office, "U0CHILD"), numbers)


def _approves(office: Office) -> None:
    with writing(office.bot.desk.db) as db:
        numbers = [each.id for each in submissions.for_planners(db)]
        selections.accept_all(db, by(office, "U0PLANNER"), who_is(office, "U0PLANNER"), numbers)


def _returns_one(office: Office, due: str) -> None:
    with writing(office.bot.desk.db) as db:
        number = submissions.for_planners(db)[0].id
        act = by(office, "U0PLANNER", "延べ人数か実人数かを確認してください")
        turn_back(db, act, who_is(office, "U0PLANNER"), number, date.fromisoformat(due))


def _holds_back(office: Office) -> None:
    trade = office.person("U0TRADE")
    trade.clicks("3日後に再通知", trade.inbox("あと")[-1])


def _day(message: Message) -> date:
    return datetime.fromtimestamp(message.made_at, TOKYO).date()


def test_the_ledger_of_a_collection(year: Office, snapshot: SnapshotAssertion) -> None:
    """Everything that was said: day, state, key, audience, title and how it begins.

    What has a key behind its own date changes the message that stood there.
    """
    assert [_told(message) for message in messages(year.bot.desk.db)] == snapshot


def _told(message: Message) -> str:
    begins = message.payload["text"].split("\n")[0]
    place = f"{message.key} → {message.audience}"
    return f"{_day(message):%m-%d %a} {message.state} {place} {message.title}｜{begins}"


def test_nobody_was_reminded_twice_on_a_day_nor_on_a_day_off(year: Office) -> None:
    posted = [m for m in messages(year.bot.desk.db, like="remind:%") if m.edits is None]
    assert {m.state for m in posted} == {"sent"}
    assert max(Counter((_day(m), m.audience) for m in posted).values()) == 1
    assert all(is_working_day(_day(m)) for m in posted)


def test_a_department_that_gave_everything_reads_that_in_its_last_reminder(year: Office) -> None:
    for user in ("U0CHILD", "U0WELFARE", "U0CIVIC"):
        person = year.person(user)
        last = person.inbox("実績: ")[-1]
        assert "提出済みです" in last["text"], user
        assert "まとめて様式で出す" not in str(last["blocks"])
    never = year.person("U0CITY").inbox("実績: ")[-1]
    assert button_of(never, "まとめて様式で出す")


def test_what_waits_for_a_statistic_is_never_called_late(year: Office) -> None:
    named = [m for m in messages(year.bot.desk.db, like="remind:%") if m.audience == "U0PLANNER"]
    assert any("都市環境課" in m.payload["text"] for m in named)
    assert not any("産業文化課" in m.payload["text"] for m in named)
