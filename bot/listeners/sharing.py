"""「チャンネルに共有」: an answer for all to read, posted once a click where it was asked."""

from __future__ import annotations

from functools import partial
from typing import Any

from slack_bolt import Ack, Respond

from answers import preview
from answers.content import Content
from answers.shared import shared
from bot.acting import act_once, click_key, met_user, refused_once
from bot.channels import Closed, why_closed
from bot.desk import Desk
from bot.listeners.asking import reply_to
from bot.listeners.talking import in_public
from store import outbox
from store.acts import By, record
from store.errors import BadInput
from store.inbox import Reply
from store.people import Act, permit

TITLE = "共有された答え"
IN_DM = "ここでは共有できません。共有したいチャンネルで `/kpi` から開き、「チャンネルに共有」を押してください。"
WHY_NOT: dict[Closed, str] = {
    "not there": "kpibot がこのチャンネルに参加していないため、共有できません。"
    "`/invite @kpibot` で招待してから、もう一度お試しください。",
    "archived": "このチャンネルはアーカイブされているため、共有できません。",
    "outsiders": "このチャンネルは組織の外と共有されているため、ここには共有できません。",
    "not now": "このチャンネルを確認できませんでした。少し待ってからもう一度お試しください。",
}


def share(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """Post the answer as staff without a department would see it.

    What the channel is has to be asked of Slack, which no ack waits for: until the post is
    committed nothing is promised, and a click that was lost can be made again.
    """
    user, team = met_user(desk, body)
    key, person, by = click_key(body, action), desk.who(user, team), desk.by(user, "button")
    channel = (body.get("channel") or {}).get("id", "")
    refused_once(desk, key, lambda: permit(by, person, Act.ASK, f"share:{channel}"))
    if not channel or channel.startswith("D"):
        raise BadInput(IN_DM)
    said = shared(reply_to(desk, in_public(person), action.get("value", "")), user)
    ack()
    desk.after(partial(_share, desk, by, key, channel, said, respond))


def _share(desk: Desk, by: By, key: str, channel: str, said: Content, respond: Respond) -> None:
    if closed := why_closed(desk, channel):
        told = preview.refusal(WHY_NOT[closed]).message
        respond(**told, response_type="ephemeral", replace_original=False)
        return

    def post() -> Reply:
        record(desk.db, by, "share", channel, "done")
        at = by.at.timestamp()
        outbox.enqueue(desk.db, f"share:{key}", channel, TITLE, said.message, at)
        return {}

    act_once(desk, key, post)
