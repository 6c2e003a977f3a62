"""通知の設定 on Home: at which hours one is told, by DM or on Home only."""

from __future__ import annotations

from tests.bot.forging import Forger
from tests.bot.office import Office
from tests.bot.people import Person
from tests.sandbox.hands import Json, soon


def choice(first: str, last: str, where: str) -> Json:
    said = {"first": first, "last": last, "where": where}
    return {k: {"picked": {"selected_option": {"value": v}}} for k, v in said.items()}


def chooses(person: Person, *said: str) -> dict[str, str]:
    form = person.opens(person.at_home(), "通知の設定")
    errors = person.sends(form, choice(*said)).errors
    person.closes(person.form())
    return errors


def test_home_only_reminders_stand_on_home_and_a_return_still_comes_by_dm(
    office: Office, child: Person, planner: Person
) -> None:
    assert child.home_says("督促・承認のお願いはDM")
    assert chooses(child, "10", "17", "home") == {}
    assert child.home_says("10:00〜17:00に届きます")
    assert child.home_says("ホームにだけ表示")
    office.at("2025-06-05T11:00:00+09:00")
    (kept,) = office.rows("SELECT * FROM outbox WHERE key = 'remind:2025-06-05:U0CHILD'")
    assert kept["state"] == "skipped"
    assert child.home_says("ホームにだけ届いたお知らせ")
    assert child.home_says("提出のお願い（こども課")
    child.submits("1-1b R6 12人 県の公表値")
    assert office.rows("SELECT 1 FROM outbox WHERE key LIKE 'remind:2025-06-05:U0CHILD2'")
    child.clicks("提出", child.inbox("提出")[-1])
    office.settles()
    planner.sends_back(planner.inbox("承認")[-1], "出典を書いてください")
    office.settles()
    assert soon(lambda: child.inbox("出典を書いてください"))


def test_hours_that_end_before_they_begin_are_told_beside_the_field(
    office: Office, child: Person
) -> None:
    assert "より後の時刻" in chooses(child, "16", "12", "dm")["last"]
    assert office.rows("SELECT 1 FROM settings WHERE key LIKE 'own.%'") == []


def test_whoever_is_no_member_chooses_nothing_and_nobody_for_another(office: Office) -> None:
    forger = Forger(office)
    forger.click("U0GUEST", "own_notices", "U0CHILD")
    assert office.denials()[-1] == ("U0GUEST", "ask")
    assert office.rows("SELECT 1 FROM settings WHERE key LIKE 'own.%'") == []
