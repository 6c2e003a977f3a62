"""静穏 in Slack: planners set, change and take back the periods in which nothing is said."""

from __future__ import annotations

from tests.bot.forging import Forger
from tests.bot.office import Office
from tests.bot.people import Person, is_a_sentence, words_of
from tests.sandbox.hands import Json


def filled(name: str, first: str, last: str, state: str = "") -> Json:
    said: Json = {
        "name": {"typed": {"value": name}},
        "first_day": {"picked": {"selected_date": first}},
        "last_day": {"picked": {"selected_date": last}},
        "why": {"typed": {"value": "議会日程 *公示*"}},
    }
    return said | ({"state": {"picked": {"selected_option": {"value": state}}}} if state else {})


def adds(planner: Person, *said: str) -> dict[str, str]:
    form = planner.clicks("期間を加える", planner.administers("静穏").message).view
    return planner.sends(form, filled(*said)).errors


def settings(office: Office) -> list[tuple[str, str | None, str, str | None]]:
    found = office.rows("SELECT * FROM settings WHERE key LIKE 'quiet.%' ORDER BY id")
    return [(r["key"], r["value"], r["actor"], r["reason"]) for r in found]


def test_a_period_is_set_changed_and_taken_back_with_its_history(
    office: Office, planner: Person
) -> None:
    assert adds(planner, "6月議会", "2025-06-04", "2025-06-20") == {}
    assert "保存しました" in words_of(planner.form())
    planner.closes(planner.form())
    page = planner.administers("静穏").message
    assert "2025/6/4（水）〜2025/6/20（金）" in page["text"]
    assert "提出期限 6/12" in page["text"]
    assert "週報 2回" in page["text"]
    assert "督促" in page["text"]
    form = planner.clicks("変える", page).view
    planner.sends(form, filled("第2回定例会", "2025-06-04", "2025-06-27", "holds"))
    planner.closes(planner.form())
    page = planner.administers("静穏").message
    assert "6/4〜6/27（企画担当A）「議会日程 *公示*」" in page["text"]
    form = planner.clicks("変える", page).view
    planner.sends(form, filled("第2回定例会", "2025-06-04", "2025-06-27", "gone"))
    planner.closes(planner.form())
    assert "これからの期間はありません" in planner.administers("静穏").text
    assert [(key, value) for key, value, *_ in settings(office)] == [
        ("quiet.6月議会", "2025-06-04..2025-06-20"),
        ("quiet.6月議会", None),
        ("quiet.第2回定例会", "2025-06-04..2025-06-27"),
        ("quiet.第2回定例会", None),
    ]
    assert office.refused_by_slack() == []


def test_what_is_no_period_is_told_beside_its_field(office: Office, planner: Person) -> None:
    assert "より前です" in adds(planner, "6月議会", "2025-06-20", "2025-06-04")["last_day"]
    planner.closes(planner.form())
    assert "期間の名前を書いて" in adds(planner, "\u200b", "2025-06-20", "2025-06-24")["name"]
    planner.closes(planner.form())
    assert adds(planner, "議会", "2025-06-20", "2025-06-24") == {}
    planner.closes(planner.form())
    assert "同じ名前" in adds(planner, "議会", "2025-09-01", "2025-09-02")["name"]
    assert len(settings(office)) == 1


def test_others_set_none_whatever_they_forge(office: Office) -> None:
    forger = Forger(office)
    for user in ("U0STAFF", "U0GUEST"):
        is_a_sentence(forger.click(user, "quiet_period:", "").text)
        assert office.denials()[-1] == (user, "administer")
    assert "古いため" in forger.click("U0PLANNER", "quiet_period:x", "x" * 2000).text
    assert settings(office) == []
