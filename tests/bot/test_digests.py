"""`/kpi-admin 週報`: channels get digests of their own scope and hour, at once or tried on oneself."""

from __future__ import annotations

from bot.admin import digests
from store.db import writing
from tests.bot.office import Office
from tests.bot.people import Person, labels_of, words_of
from tests.sandbox.hands import Json, soon


def picked(value: str) -> Json:
    return {"picked": {"selected_option": {"value": value}}}


def filled(**more: str) -> Json:
    """The form as filled in: everything weekly, on Wednesdays at 13:30, in #職員."""
    wanted = {"scope": "all|", "rhythm": "weekly", "weekday": "2", "monthday": "1", "time": "13:30"}
    channel = more.pop("channel", "C0STAFF")
    chosen: Json = {name: picked(value) for name, value in (wanted | more).items()}
    return {**chosen, "channel": {"picked": {"selected_conversation": channel}}}


def sends(person: Person, view: Json, values: Json) -> str:
    """Send the form; what stands in its place once Slack was asked about the channel."""
    person.sends(view, values)
    assert soon(lambda: "確認しています" not in words_of(person.form()))
    return words_of(person.form())


def adds(person: Person, **more: str) -> str:
    page = person.administers("週報").message
    return sends(person, person.clicks("加える", page).view, filled(**more))


def subscriptions(office: Office) -> list[tuple[str, ...]]:
    found = office.rows("SELECT * FROM subscriptions ORDER BY id DESC LIMIT 1")
    return [(r["channel"], r["scope"], r["rhythm"], r["time"], r["actor"]) for r in found]


def test_a_channel_gets_a_digest_of_its_own_day_and_hour(office: Office, planner: Person) -> None:
    words = adds(planner)
    assert "配信を加えました" in words
    assert "週次・水曜 13:30" in words
    assert subscriptions(office) == [("C0STAFF", "all", "weekly", "13:30", planner.id)]
    again = adds(planner)
    assert "同じ範囲・同じ周期の配信がすでにあります" in again


def test_a_channel_that_may_not_be_written_to_is_refused_with_why(
    office: Office, planner: Person
) -> None:
    before = office.business()
    assert "組織の外と共有されている" in adds(planner, channel="C0SHARED")
    assert office.business() == before


def test_it_is_posted_at_once_and_a_click_on_the_old_page_posts_nothing(
    office: Office, planner: Person
) -> None:
    page = planner.administers("週報").message
    assert "設定: 運用担当（sandbox）" in page["text"]
    planner.clicks("いま投稿", page)
    asked = "SELECT count(*) AS n FROM audit WHERE act = 'digest'"
    assert soon(lambda: office.rows(asked)[0]["n"] > 0)
    desk = office.bot.desk
    with writing(desk.db):
        act = desk.by(planner.id, "button")
        said = digests.post(desk, act, desk.who(planner.id), "weekly:C0DIGEST", 0)
    assert said == digests.ALREADY
    assert office.rows(asked)[0]["n"] == 1


def test_it_is_tried_on_oneself(office: Office, planner: Person) -> None:
    page = planner.administers("週報").message
    planner.clicks("自分に試す", page)
    office.settles()
    assert planner.inbox("【試し】週報")


def test_it_ends_in_its_form_and_the_reason_is_kept(office: Office, planner: Person) -> None:
    page = planner.administers("週報").message
    form = planner.clicks("変える", page).view
    stop = {"stop": {"picked": {"selected_options": [{"value": "stop"}]}}}
    why = {"why": {"typed": {"value": "会議体が変わったため"}}}
    assert "配信をやめました" in sends(planner, form, {**filled(), **stop, **why})
    (row,) = office.rows("SELECT * FROM subscriptions ORDER BY id DESC LIMIT 1")
    assert (row["active"], row["reason"]) == (0, "会議体が変わったため")


def test_nobody_else_sees_or_changes_it(office: Office, child: Person) -> None:
    seen = child.administers("週報").message
    assert "加える" not in labels_of(seen)
