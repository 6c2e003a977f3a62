"""報告書: its texts are edited and made final, and its files sent to the planner who asks."""

from __future__ import annotations

from functools import partial
from typing import Any, get_args

import structlog
from slack_bolt import Ack, Respond

from answers.content import Content
from answers.reporting import (
    comment_of,
    files_coming,
    files_not_sent,
    files_sent,
    files_wait,
    read_texts,
    texts_form,
)
from bot import reporting
from bot.acting import act_once, click_key, met_user, number_in, parts_in, refused_once, view_key
from bot.describing import show_form
from bot.desk import FAILURES, Desk
from bot.drawing_up import drawn_up
from bot.handing_out import hand_all
from bot.pages_shown import after_form, in_place
from reports.progress.model import Report
from reports.progress.press import NotPrinted, press
from reports.progress.printing import file_name
from store import shelf
from store.errors import Stale
from store.inbox import Reply
from store.people import Act, permit
from store.plan import Plan
from store.report_texts import MOVED_ON, Kind

log = structlog.get_logger()

OLD = "このボタンは古いため使えません。`/kpi-admin 報告` から開き直してください。"


def open_texts(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """文章を直す: the form with the texts as they stand."""
    user, team = met_user(desk, body)
    person, by = desk.who(user, team), desk.by(user, "button")
    refused_once(
        desk, click_key(body, action), lambda: permit(by, person, Act.ADMINISTER, "report")
    )
    form = texts_form(*reporting.looked_at(desk.db, by, *_named(desk, action.get("value", ""))))
    ack()
    desk.after(lambda: show_form(desk, body, form, respond))


def save_texts(desk: Desk, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
    """The form was sent. What others changed meanwhile is not written over."""
    user, team = met_user(desk, body)
    by = desk.by(user, "form")
    named, _, version = view["private_metadata"].rpartition("|")

    def save() -> Reply:
        person = desk.who(user, team)
        permit(by, person, Act.ADMINISTER, "report")
        which = _named(desk, named)
        report, texts = reporting.looked_at(desk.db, by, *which)
        if texts.version != number_in(version, OLD):
            raise Stale(MOVED_ON)
        sent = read_texts(view, report, texts)
        act = by.because(sent.reason) if sent.reason else by
        if sent.passages:
            reporting.edit(desk.db, act, person, report, sent.passages)
        page = reporting.page(desk.db, by, *which)
        return after_form(page, view)

    ack(**act_once(desk, view_key(body), save))


def finish(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """確定; the page then shows that it is."""
    user, team = met_user(desk, body)
    by, named = desk.by(user, "button"), action.get("value", "")

    def act() -> Reply:
        person = desk.who(user, team)
        permit(by, person, Act.ADMINISTER, "report")
        which = _named(desk, named)
        reporting.make_final(desk.db, by, person, *reporting.looked_at(desk.db, by, *which))
        return reporting.page(desk.db, by, *which).message

    reply = act_once(desk, click_key(body, action), act)
    ack()
    in_place(desk, body, respond, reply)


def send_files(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """ファイルを受け取る: every form of the report to the planner's own direct messages, once a click."""
    user, team = met_user(desk, body)
    by, claimed = desk.by(user, "button"), list[Report]()

    def claim() -> Reply:
        person = desk.who(user, team)
        permit(by, person, Act.ADMINISTER, "report")
        plan, kind, year = _named(desk, action.get("value", ""))
        report = drawn_up(desk.db, plan, desk.today, kind, year)
        reporting.take_files(desk.db, by, person, report)
        claimed.append(report)
        return {}

    act_once(desk, click_key(body, action), claim)
    ack()
    for report in claimed:
        desk.after(partial(_send, desk, user, report, respond))


def _send(desk: Desk, user: str, report: Report, respond: Respond) -> None:
    if not desk.presses.acquire(blocking=False):
        _tell(respond, files_wait())
        return
    try:
        _print(desk, user, report, respond)
    finally:
        desk.presses.release()


def _print(desk: Desk, user: str, report: Report, respond: Respond) -> None:
    _tell(respond, files_coming(report))
    try:
        made = press(report, desk.charts.fonts)
        title = f"{report.plan.title} {report.title}"
        files = [(file_name(report, form), data, f"{title}.{form}") for form, data in made.items()]
        hand_all(desk, user, files, comment_of(report))
    except NotPrinted:
        log.exception("report.not_printed")
        said = files_not_sent()
    except FAILURES as error:
        log.warning("report.not_sent", error=type(error).__name__)
        said = files_not_sent()
    else:
        said = files_sent(report, len(made))
    _tell(respond, said)


def _tell(respond: Respond, said: Content) -> None:
    respond(**said.message, response_type="ephemeral", replace_original=False)


def _named(desk: Desk, value: str) -> tuple[Plan, Kind, int]:
    """The plan, kind and collection that a button or form names. Raises Stale for any other."""
    said, plan, year = parts_in(value, 3, OLD)
    kind = next((each for each in get_args(Kind) if each == said), None)
    if kind is None or plan not in shelf.plan_ids(desk.db):
        raise Stale(OLD)
    return desk.plan_of(plan), kind, number_in(year, OLD)
