"""予定: messages tried on oneself, said now, stopped and resumed by their kind."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, Respond

from answers.planned import RESUME
from answers.trial import nothing_to_try, trial_sent
from bot.acting import act_once, click_key, met_user
from bot.admin import planned, running_now
from bot.desk import Desk
from bot.pages_shown import in_place, say_beside
from store.inbox import Reply

NOTHING_TO_SAY = "送る内容は、いまのところありません。送っていません。"


def try_planned(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """自分に試す: the message in one's own DM, and nowhere else."""
    user, team = met_user(desk, body)
    by, key = desk.by(user, "button"), action.get("value", "")

    def send() -> Reply:
        sent = planned.try_on(desk.db, by, desk.who(user, team), key)
        return (trial_sent() if sent else nothing_to_try()).message

    reply = act_once(desk, click_key(body, action), send)
    ack()
    say_beside(desk, body, respond, reply)


def say_now(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """次の1回を今すぐ送る: the page then shows what is left."""
    user, team = met_user(desk, body)
    by, key = desk.by(user, "button"), action.get("value", "")

    def send() -> Reply:
        count = running_now.run_now(desk.db, by, desk.who(user, team), key)
        said = f"{count}通を送ります。予定の日にはもう送りません。" if count else NOTHING_TO_SAY
        return planned.shown(desk.db, desk.now(), said).message

    reply = act_once(desk, click_key(body, action), send)
    ack()
    in_place(desk, body, respond, reply)


def turn_speech(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """止める, 再開: the page then shows what holds."""
    user, team = met_user(desk, body)
    by, on = desk.by(user, "button"), action["action_id"].startswith(RESUME)

    def turn() -> Reply:
        planned.turn(desk.db, by, desk.who(user, team), action.get("value", ""), on)
        return planned.shown(desk.db, desk.now()).message

    reply = act_once(desk, click_key(body, action), turn)
    ack()
    in_place(desk, body, respond, reply)
