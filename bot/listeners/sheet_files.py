"""Sheets that come back: files in the DM, and the buttons of what they would change."""

from __future__ import annotations

from functools import partial
from typing import Any

from slack_bolt import Ack, Respond

from answers import preview as previews
from answers import sheet_messages
from bot.acting import act_once, click_key, met_user, number_in, refuse_outsiders, refused_once
from bot.desk import Desk
from bot.sheet_drafts import from_payload, shown
from bot.sheet_entry import press
from bot.sheet_work import begin
from store import drafts, outbox, sheets
from store.acts import By, record
from store.inbox import Reply
from store.people import Act, Who, refusal

MOST_FILES = 10
TITLE = "照会様式"
OLD = "このボタンは古いため使えません。様式のファイルをもう一度送ってください。"


def dropped(desk: Desk, body: dict[str, Any], event: dict[str, Any]) -> None:
    """Files in a direct message: kept as work with the event, read after it is acked."""
    user, team = event["user"], event.get("user_team") or event.get("team")
    desk.meet(user)
    person, by = desk.who(user, team), desk.by(user, "message")
    channel, thread = event["channel"], event.get("thread_ts") or event["ts"]
    files = {f"read:{body['event_id']}:{f.get('id')}": f for f in event["files"][:MOST_FILES]}

    def keep() -> Reply:
        if not person.may(Act.ASK):
            _turn_away(desk, by, person, body["event_id"], channel, thread)
            return {}
        for key, file in files.items():
            sheets.put_work(desk.db, key, "read", user, _about(file), by.at, team, channel, thread)
        return {}

    act_once(desk, f"event:{body['event_id']}", keep)
    begin(desk)


def _about(file: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": file.get("id", ""),
        "name": file.get("name") or file.get("title") or "",
        "url": file.get("url_private_download") or file.get("url_private"),
        "size": file.get("size"),
    }


def _turn_away(desk: Desk, by: By, person: Who, event: str, channel: str, thread: str) -> None:
    said = refusal(person, Act.ASK)
    record(desk.db, by.because(said), Act.ASK, "file", "denied")
    payload = {**previews.refusal(said).message, "thread_ts": thread}
    outbox.enqueue(desk.db, f"reply:{event}", channel, TITLE, payload, by.at.timestamp())


def submit(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """〇件を提出, 〇件を記録: what is good, or with `sheet_submit_odd` also what was asked about."""
    user, team = met_user(desk, body)
    draft, odd = action.get("value", ""), action["action_id"] == "sheet_submit_odd"
    work = partial(press, desk, user, team, draft, with_odd=odd)
    reply = act_once(desk, click_key(body, action), work)
    ack()
    desk.after(lambda: respond(replace_original=True, **reply))


def drop(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """取消: nothing of the sheet is submitted."""
    user, team = met_user(desk, body)
    by = desk.by(user, "button")

    def use_up() -> Reply:
        refuse_outsiders(by, desk.who(user, team), Act.SUBMIT, "draft")
        kept = from_payload(drafts.use(desk.db, action.get("value", ""), by))
        return sheet_messages.dropped(kept.preview.title).message

    reply = act_once(desk, click_key(body, action), use_up)
    ack()
    desk.after(lambda: respond(replace_original=True, **reply))


def turn_page(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """Another page of the preview, in its place."""
    user, team = met_user(desk, body)
    by, person = desk.by(user, "button"), desk.who(user, team)
    draft, _, page = action.get("value", "").partition("|")

    def look() -> dict[str, Any]:
        refuse_outsiders(by, person, Act.SUBMIT, "draft")
        return drafts.look(desk.db, draft, by)

    kept = from_payload(refused_once(desk, click_key(body, action), look))
    said = shown(kept, draft, number_in(page, OLD))
    ack()
    desk.after(lambda: respond(replace_original=True, **said.message))
