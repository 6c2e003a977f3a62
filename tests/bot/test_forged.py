"""Forged buttons, menus and hidden fields: taken by none, answered with a sentence."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.bot.forging import Forger
from tests.bot.office import Office
from tests.bot.people import Person, is_a_sentence
from tests.sandbox.hands import Json

DIGITS = "9" * 30


@pytest.fixture(scope="module")
def quiet_office(running_office: Office) -> Iterator[Office]:
    """An office in which nothing here changes anything, so that one morning is enough."""
    running_office.anew()
    yield running_office
    running_office.anew()


@pytest.fixture(scope="module")
def opened(quiet_office: Office) -> Json:
    """The form for 1-1b as U0CHILD has it open."""
    return quiet_office.person("U0CHILD").submits("1-1b R6").view


FORGED_NUMBERS = [
    None,
    "",
    "0",
    "-1",
    "999999",
    DIGITS,
    "9" * 2000,
    "1e3",
    "１",
    "²",
    "NaN",
    '{"id": 1}',
    "1; DROP TABLE submissions",
    "kitamoto-2|1-1b|2024",
    "\x00",
]


@pytest.mark.parametrize("value", FORGED_NUMBERS)
def test_a_forged_number_of_a_request_is_not_found(quiet_office: Office, value: str | None) -> None:
    """By button or hidden field, whatever it holds."""
    before, denied = quiet_office.business(), quiet_office.denials()
    forger, planner = Forger(quiet_office), quiet_office.person("U0PLANNER")
    for action in ("approve", "send_back"):
        assert "この提出は見つかりません。" in forger.click("U0PLANNER", action, value).text
    child = quiet_office.person("U0CHILD")
    form = {**child.submits("1-1b R6").view, "callback_id": "send_back"}
    reason = {"reason": {"typed": {"value": "数え方"}}}
    told = forger.form(planner.id, form, reason, metadata=value or "")
    assert "この提出は見つかりません。" in told.text
    assert quiet_office.business() == before
    assert quiet_office.denials() == denied


FORGED_BUTTONS = [
    None,
    "",
    "1-1b",
    "kitamoto-1|1T1|2019",
    "kitamoto-2|zz|2024",
    "kitamoto-2|1-1b|",
    "kitamoto-2|1-1b|1",
    "kitamoto-2|1-1b|-1",
    "kitamoto-2|1-1b|²",
    "kitamoto-2|1-1b|2021",
    "kitamoto-2|1-1b|2025",
    "kitamoto-2|1-1b|9999",
    f"kitamoto-2|1-1b|{DIGITS}",
    "kitamoto-2|1-1b|2024|x",
    '{"plan": "kitamoto-2"}',
    "kitamoto-2|1-1b' OR '1'='1|2024",
]


@pytest.mark.parametrize("value", FORGED_BUTTONS)
def test_a_forged_button_opens_no_form(quiet_office: Office, value: str | None) -> None:
    """Another plan, no indicator, a year that cannot be reported: an old button, says the bot."""
    told = Forger(quiet_office).click("U0CHILD", "open_form:1-1b", value)
    assert "このボタンは古いため使えません。" in told.text


FORGED_METADATA = [
    "",
    "x",
    "null",
    "[1]",
    '{"seen": 1}',
    "-1",
    "1e3",
    "²",
    DIGITS,
    "9" * 3000,
    "[" * 3000,
]


@pytest.mark.parametrize("metadata", FORGED_METADATA)
def test_a_forged_hidden_field_is_an_old_form(
    quiet_office: Office, opened: Json, metadata: str
) -> None:
    """Nothing is submitted by it."""
    before = quiet_office.business()
    value = {"value:": {"typed": {"value": "12"}}}
    told = Forger(quiet_office).form("U0CHILD", opened, value, metadata)
    assert "このフォームは古いため使えません。" in told.text
    assert quiet_office.business() == before


def picked(action: str, value: str) -> Json:
    """A menu in which something was chosen that it never offered."""
    return {action: {"type": "static_select", "selected_option": {"value": value}}}


FORGED_FIELDS: dict[str, Json] = {
    "no such indicator": {"indicator": picked("pick_indicator", "zz")},
    "an indicator of phase 1": {"indicator": picked("pick_indicator", "1T1")},
    "a year that is none": {"collection": picked("year", "abc")},
    "a superscript year": {"collection": picked("year", "²")},
    "the year 9999": {"collection": picked("year", "9999")},
    "a year without end": {"collection": picked("year", DIGITS)},
    "a negative year": {"collection": picked("year", "-2024")},
    "a year to come": {"collection": picked("year", "2025")},
}


@pytest.mark.parametrize("forged", FORGED_FIELDS)
def test_a_forged_field_is_answered_with_a_sentence(
    quiet_office: Office, opened: Json, forged: str
) -> None:
    """What no menu ever offered is taken by none of them."""
    before = quiet_office.business()
    values = {"value:": {"typed": {"value": "12"}}, **FORGED_FIELDS[forged]}
    told = Forger(quiet_office).form("U0CHILD", opened, values)
    is_a_sentence(told.text)
    assert quiet_office.business() == before


@pytest.mark.parametrize("month", ["13", "0", "x", "²", DIGITS])
def test_a_month_that_is_none_is_as_good_as_unknown(
    office: Office, forger: Forger, child: Person, month: str
) -> None:
    """The figure waits for its statistic, of which nobody knows when it comes."""
    awaiting = {"awaiting": {"awaiting": {"selected_options": [{"value": "awaiting"}]}}}
    form = child.submits("1-1b R6").view
    told = forger.form("U0CHILD", form, {**awaiting, "month": picked("month", month)})
    assert "提出しました（確認中）" in told.text
    assert [(row["kind"], row["month"]) for row in office.submissions()] == [("awaiting", None)]


def test_a_screen_of_another_version_is_answered(quiet_office: Office, opened: Json) -> None:
    """Slack would show no more than a warning sign."""
    forger = Forger(quiet_office)
    assert "この画面は古いため使えません。" in forger.click("U0CHILD", "unheard_of", "x").text
    form = {**opened, "callback_id": "unheard_of"}
    assert "この画面は古いため使えません。" in forger.form("U0CHILD", form).text
