"""履歴: one indicator's in a modal, page by page; everything as a file for planners."""

from __future__ import annotations

from functools import partial
from typing import Any

import structlog
from slack_bolt import Ack, Respond

from answers.ledger import CALLBACK, csv_not_sent, csv_said
from answers.ledger_csv import ledger_csv
from bot.acting import act_once, click_key, met_user, number_in, refused_once
from bot.admin.ledger import view_of
from bot.describing import OLD, indicator_named, show_form
from bot.desk import FAILURES, Desk
from bot.handing_out import hand
from bot.looking_back import reader_for, sought_in, wanted_by
from store import ledger
from store.acts import record
from store.inbox import Reply
from store.people import Act, Who, permit

log = structlog.get_logger()


def open_ledger(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """履歴, or another page of it: what this person may see of what was done."""
    user, team = met_user(desk, body)
    person, by = desk.who(user, team), desk.by(user, "button")
    named, _, rest = str(action.get("value", "")).partition("|")
    indicator, _, page = rest.rpartition("|")
    key = click_key(body, action)
    refused_once(desk, key, lambda: permit(by, person, Act.ASK, f"ledger:{indicator}"))
    _, found = indicator_named(desk, named, indicator)
    view = view_of(desk, person, found, number_in(page, OLD))
    ack()
    if (body.get("view") or {}).get("callback_id") == CALLBACK:
        desk.after(lambda: desk.client.views_update(view_id=body["view"]["id"], view=view))
    else:
        desk.after(lambda: show_form(desk, body, view, respond))


def send_csv(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """CSVで受け取る: the file goes to the planner's own direct messages, once a click."""
    user, team = met_user(desk, body)
    by, words = desk.by(user, "button"), str(action.get("value", ""))
    claimed: list[Who] = []

    def claim() -> Reply:
        person = desk.who(user, team)
        permit(by, person, Act.ADMINISTER, "ledger")
        record(desk.db, by, "export", f"ledger:{words}", "done")
        claimed.append(person)
        return {}

    act_once(desk, click_key(body, action), claim)
    ack()
    for person in claimed:
        desk.after(partial(_send, desk, person, words, respond))


def _send(desk: Desk, person: Who, words: str, respond: Respond) -> None:
    db, plan, today = desk.db, desk.plan, desk.today
    sought = sought_in(db, plan, words, today)
    events = ledger.events(db, wanted_by(db, plan, sought, today))
    name = f"history-{plan.id}-{desk.now():%Y%m%d-%H%M}.csv"
    made = ledger_csv(events, reader_for(db, plan, person, today))
    try:
        hand(desk, person.user, name, made, "履歴")
    except FAILURES as error:
        log.warning("ledger.not_sent", error=type(error).__name__)
        said = csv_not_sent()
    else:
        said = csv_said(len(events))
    respond(**said.message, response_type="ephemeral", replace_original=False)
