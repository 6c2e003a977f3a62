"""Four fiscal years through the sandbox and the outbox: every message, and the rule that caused it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.bot.people import button_of
from tests.years.account import Account
from tests.years.playing import four_years
from tests.years.rules import RULES


@pytest.fixture(scope="module")
def account(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Account]:
    """What came of 2022-04-01 to 2026-09-30, on the evening of the last day."""
    with four_years(tmp_path_factory.mktemp("years")) as story:
        yield Account(story)


def test_the_ledger_of_four_years(account: Account, snapshot: SnapshotAssertion) -> None:
    """Day, state, key, audience, title and rule; what follows a key's date changes that message."""
    assert list(account.lines()) == snapshot


def test_each_message_has_its_rule_and_each_rule_its_messages(account: Account) -> None:
    """Worked out from the calendar and from what people did, apart from the bot."""
    assert account.unexplained == []
    assert account.missing == []
    assert {rule for said in account.rules.values() for rule in said.rules} == set(RULES)


def test_all_that_was_sent_stands_in_slack_once(account: Account) -> None:
    assert account.lost_and_doubled == (0, 0)


def test_nobody_is_reminded_twice_a_day_nor_at_night_nor_on_days_off(account: Account) -> None:
    assert account.twice_a_day == []
    assert account.out_of_hours == []


def test_a_department_that_gave_everything_reads_that_in_its_last_reminder(
    account: Account,
) -> None:
    office = account.story.office
    for user in ("U0CHILD", "U0WELFARE", "U0CIVIC"):
        last = office.person(user).inbox("R7実績: ")[-1]
        assert "提出済みです" in last["text"], user
        assert "まとめて様式で出す" not in str(last["blocks"])
    never = office.person("U0CITY").inbox("R7実績: ")[-1]
    assert button_of(never, "まとめて様式で出す")


def test_what_waits_for_a_statistic_is_never_called_late(account: Account) -> None:
    told = [m for m in account.ledger.values() if m.audience == "U0PLANNER"]
    late = [m.payload["text"] for m in told if "提出の遅れ" in m.title]
    assert any("都市環境課" in text for text in late)
    assert not any("産業文化課" in text for text in late)
