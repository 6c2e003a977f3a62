"""Events: what the bot hears of, and what it doesn't."""

from __future__ import annotations

import base64

from tests.sandbox.conftest import Desk
from tests.sandbox.hands import soon


def test_a_mention_is_heard_in_slacks_shape(desk: Desk) -> None:
    answer = desk.hands.say("U0STAFF", "C0STAFF", "<@U0KPIBOT> 1-1は？")
    assert [m["text"] for m in answer["messages"]] == ["はい: <@U0KPIBOT> 1-1は？"]
    sent = desk.bot.last("app_mention")
    assert (sent["type"], sent["team_id"], sent["api_app_id"]) == (
        "event_callback",
        "T0KITAMOTO",
        "A0KPIBOT",
    )
    event = sent["event"]
    assert (event["user"], event["channel"], event["ts"]) == ("U0STAFF", "C0STAFF", answer["ts"])
    assert sent["authorizations"][0]["user_id"] == "U0KPIBOT"


def test_what_is_not_for_the_bot_is_not_told_to_it(desk: Desk) -> None:
    answer = desk.hands.say("U0STAFF", "C0STAFF", "みなさん")
    assert (answer["ok"], answer["acked"], answer["messages"]) == (True, None, [])
    desk.hands.do("channel", channel="C0ELSEWHERE", members=["U0STAFF"])
    desk.hands.say("U0STAFF", "C0ELSEWHERE", "<@U0KPIBOT> いる？")
    assert not [body for body in desk.bot.heard if body["event"]["type"] == "app_mention"]


def test_direct_messages_are_heard_and_so_are_the_bots_own(desk: Desk) -> None:
    answer = desk.hands.say("U0CHILD", "D0CHILD", "こんにちは")
    assert [m["text"] for m in answer["messages"]] == ["聞きました: こんにちは"]
    event = desk.bot.last("message")["event"]
    assert event["channel_type"] == "im"
    sent = [line for line in desk.hands.log("envelope") if line["name"] == "message"]
    assert soon(lambda: len(desk.hands.log("envelope")) == 2), sent


def test_each_event_has_an_id_of_its_own(desk: Desk) -> None:
    for _ in range(5):
        desk.hands.say("U0STAFF", "C0STAFF", "<@U0KPIBOT>", wait=0)
    ids = [body["event_id"] for body in desk.bot.heard]
    assert len(set(ids)) == len(ids) == 5


def test_a_thread_is_named_in_the_event(desk: Desk) -> None:
    root = desk.hands.say("U0CHILD", "D0CHILD", "始め")["ts"]
    answer = desk.hands.say("U0CHILD", "D0CHILD", "続き", thread_ts=root)
    assert answer["messages"][0]["thread_ts"] == root
    missing = desk.hands.post(
        "message", user="U0CHILD", channel="D0CHILD", text="x", thread_ts="1.000001"
    )
    assert missing.status == 404


def test_a_stranger_brings_their_own_team(desk: Desk) -> None:
    desk.hands.say("U0OUTSIDE", "C0SHARED", "<@U0KPIBOT>", wait=0)
    sent = desk.bot.last("app_mention")
    assert sent["is_ext_shared_channel"] is True
    assert (sent["team_id"], sent["event"]["user_team"]) == ("T0KITAMOTO", "T0OTHER")


def test_another_bot_is_known_by_its_bot_id(desk: Desk) -> None:
    desk.hands.say("U0OTHERBOT", "C0STAFF", "<@U0KPIBOT> ping", wait=0)
    assert desk.bot.last("app_mention")["event"]["bot_id"] == "B0OTHERBOT"


def test_the_home_tab_opens_with_an_event(desk: Desk) -> None:
    answer = desk.hands.do("open-home", user="U0STAFF")
    assert answer["view"]["type"] == "home"
    assert answer["views"][0]["id"] == answer["view"]["id"]
    first = desk.bot.last("app_home_opened")["event"]
    assert (first["tab"], first["channel"]) == ("home", "D0STAFF")
    assert "view" not in first
    desk.hands.do("open-home", user="U0STAFF")
    assert desk.bot.last("app_home_opened")["event"]["view"]["id"] == answer["view"]["id"]
    home = desk.hands.look("home/U0STAFF")["view"]
    desk.hands.do("interact", user="U0STAFF", view_id=home["id"], action_id="tick", wait=0)
    assert desk.bot.last("block_actions")["view"]["type"] == "home"


def test_a_dropped_file_is_heard_as_a_message_and_as_shared(desk: Desk) -> None:
    answer = desk.hands.do(
        "upload",
        user="U0CHILD",
        channel="D0CHILD",
        filename="様式.xlsx",
        content=base64.b64encode(b"sheet").decode(),
    )
    assert [m["text"] for m in answer["messages"]] == ["聞きました: "]
    event = desk.bot.last("message")["event"]
    assert (event["subtype"], event["files"][0]["name"]) == ("file_share", "様式.xlsx")
    assert soon(lambda: any(b["event"]["type"] == "file_shared" for b in desk.bot.heard))
    shared = desk.bot.last("file_shared")["event"]
    assert (shared["file_id"], shared["channel_id"]) == (answer["file"]["id"], "D0CHILD")


def test_who_came_and_who_changed_is_told(desk: Desk) -> None:
    assert desk.hands.do("user", user="U0NEW", real_name="新人")["acked"]
    assert desk.bot.last("team_join")["event"]["user"]["id"] == "U0NEW"
    assert desk.hands.do("user", user="U0NEW", deleted=True)["acked"]
    assert desk.bot.last("user_change")["event"]["user"]["deleted"] is True
    members = [*desk.hands.look("state")["channels"][0]["members"], "U0NEW"]
    desk.hands.do("channel", channel="C0DIGEST", members=members)
    joined = desk.bot.last("member_joined_channel")["event"]
    assert (joined["user"], joined["channel"]) == ("U0NEW", "C0DIGEST")


def test_a_user_or_channel_cannot_be_made_nonsense(desk: Desk) -> None:
    assert desk.hands.post("user", user="U0NEW", colour="red").status == 400
    assert desk.hands.post("channel", channel="C0X", members=["U0NOBODY"]).status == 400
    assert desk.hands.post("channel", channel="C0X", colour="red").status == 400
