"""承認の一覧 and 課長確認の一覧: filtered, turned over, and what is chosen in them decided at once."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from slack_bolt import Ack, Respond

from answers.queue import CALLBACKS
from answers.queue_state import Chosen, read_queue
from answers.spans import Line, line
from bot import queues, selections
from bot.acting import (
    act_once,
    click_key,
    met_user,
    number_in,
    refuse_powerless,
    refused_once,
    view_key,
)
from bot.decision_forms import mending, returning
from bot.desk import Desk
from bot.done import done_lines
from bot.listeners.behind import over
from store.acts import By
from store.errors import BadForm, Stale
from store.inbox import Reply
from store.people import Act, Who, permit
from store.reading.letters import normalise
from store.requests import Stage

OLD = "この一覧は古いため使えません。`/kpi-admin 承認` から開き直してください。"
NOTHING = "1件も選ばれていません。承認するものに印を付けてください。"
# A return form carries the numbers of what it is about.
MOST_RETURNED = 200


def wants_confirmations(text: str) -> bool:
    """`課長確認` after `/kpi-submit`, however it is written."""
    return normalise(text) in {"確認", "課長確認", "確認待ち"}


def show_confirmations(
    desk: Desk, ack: Ack, command: dict[str, Any], person: Who, respond: Respond
) -> None:
    """The same list, asked for by words."""
    by, key = desk.by(person.user, "command"), f"command:{command['trigger_id']}"
    refused_once(desk, key, lambda: _permit(by, person, "lead"))
    view = queues.queue(desk, person, "lead", Chosen())
    ack()
    desk.after(lambda: desk.open_view(command["trigger_id"], view, respond))


def open_lead_queue(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """課長確認の一覧, for leads and their deputies."""
    user, team = met_user(desk, body)
    person, by = desk.who(user, team), desk.by(user, "button")
    refused_once(desk, click_key(body, action), lambda: _permit(by, person, "lead"))
    view = queues.queue(desk, person, "lead", Chosen())
    ack()
    if (body.get("container") or {}).get("type") == "view" and body["view"]["type"] == "modal":
        desk.after(partial(_replace, desk, body, view))
    else:
        desk.after(lambda: desk.open_view(body["trigger_id"], view, respond))


def filter_queue(desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
    """A filter was set or a page turned; ticks of what is still shown stay."""
    person, stage, chosen = _looking(desk, body, action)
    name, said = action["action_id"].split(":")[1], _said(action)
    if name == "page":
        chosen = replace(chosen, page=number_in(said, OLD))
    elif name == "collection":
        chosen = replace(chosen, collection=number_in(said, OLD), page=1)
    elif name == "department":
        chosen = replace(chosen, department=said, page=1)
    else:
        chosen = replace(chosen, odd=said, page=1)
    view = queues.queue(desk, person, stage, chosen)
    ack()
    desk.after(partial(_replace, desk, body, view))


def approve_clean(desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
    """確認事項のないものをすべて承認: of what the filters show, and of what had come by then."""
    user, team = met_user(desk, body)
    by = desk.by(user, "queue")

    def accept() -> Reply:
        person = desk.who(user, team)
        _permit(by, person, "planner")
        chosen = _read(body.get("view") or {})
        newest = number_in(_said(action), OLD)
        found = [
            each.submission.id
            for each in queues.waiting(desk, person, "planner").found
            if chosen.shows(each)
            and not each.submission.proposal.oddities
            and each.submission.id <= newest
        ]
        done = selections.accept_all(desk.db, by, person, found)
        said = done_lines(desk, done, "承認しました")
        return {"view": queues.queue(desk, person, "planner", replace(chosen, ticked=()), said)}

    reply = act_once(desk, click_key(body, action), accept)
    ack()
    desk.after(partial(_replace, desk, body, reply["view"]))


def approve_selected(desk: Desk, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
    """選んだものを承認 or 確認: what can be is done, the rest is named; the list shows what is left."""
    user, team = met_user(desk, body)
    stage, by = _stage(view), desk.by(user, "queue")

    def decide() -> Reply:
        person = desk.who(user, team)
        _permit(by, person, stage)
        chosen = _read(view)
        if not chosen.ticked:
            raise BadForm({_first_boxes(view): NOTHING})
        act = selections.accept_all if stage == "planner" else selections.confirm_all
        done = act(desk.db, by, person, chosen.ticked)
        verb = "承認しました" if stage == "planner" else "確認しました"
        said: tuple[Line, ...] = done_lines(desk, done, verb)
        if stage == "lead":
            said = (*said, line("企画担当に承認をお願いしました。") if done.done else ())
        again = queues.queue(desk, person, stage, replace(chosen, ticked=()), said)
        return {"response_action": "update", "view": again}

    ack(**act_once(desk, view_key(body), decide))


def return_selected(desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
    """選んだものを差戻す: one reason for all, asked over the list."""
    _, stage, chosen = _looking(desk, body, action)
    if not chosen.ticked:
        raise Stale("1件も選ばれていません。差し戻すものに印を付けてから押してください。")
    if len(chosen.ticked) > MOST_RETURNED:
        raise Stale(f"一度に差し戻せるのは{MOST_RETURNED}件までです。選び直してください。")
    form = over(returning(desk, list(chosen.ticked)), stage, chosen)
    ack()
    desk.after(lambda: desk.push_view(body["trigger_id"], form))


def mend_one(desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
    """値を直して承認へ, from the list: the form over it."""
    user, team = met_user(desk, body)
    person, by = desk.who(user, team), desk.by(user, "queue")
    refused_once(
        desk, click_key(body, action), lambda: permit(by, person, Act.CORRECT, "submission")
    )
    form = mending(desk, number_in(_said(action), OLD))
    ack()
    desk.after(lambda: desk.push_view(body["trigger_id"], form))


def _looking(desk: Desk, body: dict[str, Any], action: dict[str, Any]) -> tuple[Who, Stage, Chosen]:
    """Who looks at which list, and what stands in it; refused to those who may not see it."""
    user, team = met_user(desk, body)
    person, by = desk.who(user, team), desk.by(user, "queue")
    view = body.get("view") or {}
    stage = _stage(view)
    refused_once(desk, click_key(body, action), lambda: _permit(by, person, stage))
    return person, stage, _read(view)


def _permit(by: By, person: Who, stage: Stage) -> None:
    if stage == "planner":
        permit(by, person, Act.APPROVE, "queue")
    else:
        refuse_powerless(by, person, Act.CONFIRM, "queue")


def _stage(view: dict[str, Any]) -> Stage:
    return "lead" if view.get("callback_id") == CALLBACKS["lead"] else "planner"


def _read(view: dict[str, Any]) -> Chosen:
    try:
        return read_queue(view)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Stale(OLD) from error


def _said(action: dict[str, Any]) -> str:
    """What a button or a menu says; `-` is how an empty choice is written."""
    said = str((action.get("selected_option") or action).get("value", ""))
    return "" if said == "-" else said


def _first_boxes(view: dict[str, Any]) -> str:
    return next((b["block_id"] for b in view["blocks"] if b["type"] == "input"), "")


def _replace(desk: Desk, body: dict[str, Any], view: dict[str, Any]) -> None:
    desk.client.views_update(view_id=body["view"]["id"], view=view)
