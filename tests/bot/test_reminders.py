"""A reminder through the office: its form, its sheet, its snooze, 提出済み, and who hears of delay."""

from __future__ import annotations

import pytest

from store import snoozes
from tests.bot.forging import Forger
from tests.bot.giving import PLAN, give, proposed
from tests.bot.office import Office
from tests.bot.people import Person, button_of, is_a_sentence, labels_of
from tests.bot.sheeting import arrived
from tests.sandbox.hands import Json

SEVEN_DAYS_BEFORE, DUE = "2025-06-05", "2025-06-12"


def reminded(office: Office, day: str, person: Person) -> Json:
    """What somebody is reminded of at nine that morning, as they then see it."""
    office.at(f"{day}T09:00:00+09:00")
    return newest(person)


def newest(person: Person) -> Json:
    """The last reminder that somebody has."""
    return person.inbox("R6実績: ")[-1]


def reminders_of(office: Office, user: str) -> list[str]:
    """The days on which somebody was reminded."""
    found = office.rows(
        "SELECT key FROM outbox WHERE key LIKE 'remind:%' AND audience = ? AND edits IS NULL", user
    )
    return [row["key"].split(":")[1] for row in found]


def owed(office: Office, department: str) -> list[str]:
    """What a department still has to give."""
    standings = office.bot.desk.outlook().standings.values()
    return [
        s.indicator.id
        for s in standings
        if s.outstanding and s.department and s.department.id == department
    ]


def gives_all_but(office: Office, user: str, department: str, *left: str) -> None:
    """Somebody gives what their department owes, without some."""
    rest = [i for i in owed(office, department) if i not in left]
    series = {i: office.bot.desk.plan.by_id[i].series for i in rest}
    figures = [proposed(i, {s.name: "12" for s in series[i]}) for i in rest]
    give(office, user, *figures, together=True)


def test_a_reminder_says_that_it_is_done_the_moment_the_last_form_is_sent(
    office: Office, child: Person, child2: Person
) -> None:
    office.at("2025-06-04T10:00:00+09:00")
    gives_all_but(office, child.id, "children", "1-1b", "1-2a")
    reminder = reminded(office, SEVEN_DAYS_BEFORE, child)
    assert "あと2件です" in reminder["text"]
    child.fills(child.clicks("入力", reminder).view, value="12")
    office.settles()
    assert "あと2件です" in newest(child)["text"]
    form = child2.hands.do(
        "interact",
        user=child2.id,
        channel=child2.home,
        message_ts=newest(child2)["ts"],
        block_id=_form_of(newest(child2), "1-2a")["block_id"],
        action_id="open_form:1-2a",
    )["views"][-1]
    child2.fills(form, value="13")
    office.settles()
    for person in (child, child2):
        done = newest(person)
        assert "R6実績: 提出済みです（こども課（サンプル）・11件）" in done["text"]
        assert "提出済み" in str(done["blocks"])
        assert labels_of(done) == []
    assert newest(child)["ts"] == reminder["ts"]
    office.at(f"{DUE}T09:00:00+09:00")
    assert reminders_of(office, child.id) == [SEVEN_DAYS_BEFORE]
    assert office.refused_by_slack() == []


def _form_of(message: Json, indicator: str) -> Json:
    """The block that holds the button of an indicator's form."""
    for block in message["blocks"]:
        if block.get("accessory", {}).get("action_id") == f"open_form:{indicator}":
            found: Json = block
            return found
    raise AssertionError(f"no form of {indicator}")


def test_what_is_returned_after_all_was_given_is_reminded_of_again(
    office: Office, child: Person, planner: Person
) -> None:
    reminded(office, SEVEN_DAYS_BEFORE, child)
    gives_all_but(office, child.id, "children", "1-1b")
    give(office, child.id, proposed("1-1b", "12"))
    assert "提出済みです" in newest(child)["text"]
    planner.sends_back(planner.inbox("承認のお願い")[-1], "数え方を確認してください")
    again = reminded(office, "2025-06-09", child)
    assert "あと1件です" in again["text"]
    assert "差戻し「数え方を確認してください」" in again["text"]
    give(office, child.id, proposed("1-1b", "14"))
    assert "提出済みです" in newest(child)["text"]


def test_a_snooze_is_told_to_the_whole_department_and_ends_by_the_due_day(
    office: Office, child: Person, child2: Person, planner: Person
) -> None:
    reminder = reminded(office, SEVEN_DAYS_BEFORE, child2)
    assert labels_of(reminder)[-4:] == [
        "まとめて様式で出す",
        "明日に再通知",
        "3日後に再通知",
        "来週に再通知",
    ]
    child2.clicks("来週に再通知", reminder)
    office.settles()
    for person in (child, child2):
        assert "さんが6/12（木）まで止めました。" in newest(person)["text"]
        assert "あと8件です" in newest(person)["text"]
    for day in ("2025-06-09", "2025-06-11", DUE):
        office.at(f"{day}T09:00:00+09:00")
    assert reminders_of(office, child.id) == [SEVEN_DAYS_BEFORE, DUE]
    assert reminders_of(office, "U0WELFARE") == [SEVEN_DAYS_BEFORE, "2025-06-09", "2025-06-11", DUE]
    assert "止めました" not in newest(child)["text"]


def test_a_shorter_snooze_takes_the_place_of_a_longer_one(office: Office, child: Person) -> None:
    child.clicks("来週に再通知", reminded(office, SEVEN_DAYS_BEFORE, child))
    office.settles()
    child.clicks("明日に再通知", newest(child))
    office.settles()
    assert "6/6（金）まで止めました" in newest(child)["text"]
    office.at("2025-06-06T09:00:00+09:00")
    assert reminders_of(office, child.id) == [SEVEN_DAYS_BEFORE, "2025-06-06"]


def test_a_snooze_pressed_twice_by_the_wire_counts_once(office: Office, child: Person) -> None:
    reminder = reminded(office, SEVEN_DAYS_BEFORE, child)
    office.redelivered(lambda: child.clicks("明日に再通知", reminder))
    office.settles()
    assert len(office.rows("SELECT 1 FROM outbox WHERE key LIKE '%:U0CHILD:held:%'")) == 1


def test_only_the_department_holds_its_reminders_back(office: Office, forger: Forger) -> None:
    value = f"{PLAN}|2024|children|week"
    for user in ("U0WELFARE", "U0PLANNER", "U0STAFF", "U0GUEST"):
        said = forger.click(user, "snooze:week:children", value).text
        is_a_sentence(said)
    assert snoozes.snoozes(office.bot.desk.db, PLAN, 2024) == {}
    assert len(office.denials()) == 4


@pytest.mark.parametrize(
    "value",
    [
        f"{PLAN}|2023|children|week",
        "kitamoto-1|2024|children|week",
        f"{PLAN}|2024|nobody|week",
        f"{PLAN}|2024",
        f"{PLAN}|x|children|week",
        "",
    ],
)
def test_an_old_or_forged_button_holds_nothing_back(
    office: Office, forger: Forger, value: str
) -> None:
    assert "このボタンは古いため使えません" in forger.click("U0CHILD", "snooze:week:x", value).text
    assert office.rows("SELECT 1 FROM snoozes") == []


def test_a_snooze_on_an_older_reminder_is_answered_beside_it(office: Office, child: Person) -> None:
    older = reminded(office, SEVEN_DAYS_BEFORE, child)
    reminded(office, "2025-06-09", child)
    seen = child.clicks("明日に再通知", older)
    assert "6/10（火）まで止めました" in seen.text
    office.settles()
    assert "6/10（火）まで止めました" in newest(child)["text"]


def test_who_owes_nothing_is_told_that_nothing_will_come(
    office: Office, child: Person, forger: Forger
) -> None:
    gives_all_but(office, child.id, "children")
    told = forger.click("U0CHILD", "snooze:week:children", f"{PLAN}|2024|children|week").text
    assert "残っている提出はありません" in told


def test_the_sheet_comes_by_dm_and_the_reminder_stays(office: Office, child: Person) -> None:
    reminder = reminded(office, SEVEN_DAYS_BEFORE, child)
    child.clicks("まとめて様式で出す", reminder)
    assert arrived(child)
    assert newest(child)["text"] == reminder["text"]
    assert button_of(newest(child), "まとめて様式で出す")


def test_planners_alone_hear_which_department_is_a_week_late(
    office: Office, planner: Person, child: Person
) -> None:
    office.at(f"{DUE}T09:00:00+09:00")
    office.at("2025-06-18T09:00:00+09:00")
    assert planner.inbox("1週間以上") == []
    office.at("2025-06-19T09:00:00+09:00")
    (told,) = planner.inbox("1週間以上")
    assert "こども課（サンプル）　8件（期限 6/12（木）、5営業日超過）" in told["text"]
    assert child.inbox("1週間以上") == []
    for channel in ("C0DIGEST", "C0STAFF"):
        assert planner.reads(channel, "こども課") == []
    keys = office.rows("SELECT key FROM outbox WHERE key LIKE 'remind:2025-06-19:U0PLANNER%'")
    assert [row["key"] for row in keys] == [
        "remind:2025-06-19:U0PLANNER",
        "remind:2025-06-19:U0PLANNER2",
    ]
    assert "期限超過" in planner.clicks("期限超過の一覧", told).text
