"""週報の配信: added, changed and ended in a form; posted at once; tried on oneself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from slack_bolt import Ack, Respond

from answers.cycle_page import cycle_view
from answers.digest_form import Filled, asking_slack, digest_form, read_form
from answers.trial import trial_sent
from bot.acting import act_once, click_key, met_user, number_in, refused_once, view_key
from bot.admin import digests
from bot.channels import Closed, why_closed
from bot.describing import show_form
from bot.desk import Desk
from bot.pages_shown import in_place, say_beside
from store.errors import KpiError
from store.inbox import Reply
from store.people import Act, permit
from store.subscriptions import Subscription

TITLE = "週報の配信"
WHY_NOT: dict[Closed, str] = {
    "not there": "kpibot がこのチャンネルに参加していないため、週報を送れません。"
    "`/invite @kpibot` で招待してから、もう一度お試しください。",
    "archived": "このチャンネルはアーカイブされているため、週報を送れません。別のチャンネルを選んでください。",
    "outsiders": "このチャンネルは組織の外と共有されているため、週報を送れません。別のチャンネルを選んでください。",
    "not now": "このチャンネルを確認できませんでした。少し待ってからもう一度お試しください。",
}


def open_digest(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """加える, 変える: the form, with the subscription as it holds."""
    user, team = met_user(desk, body)
    by, person = desk.by(user, "button"), desk.who(user, team)
    refused_once(
        desk, click_key(body, action), lambda: permit(by, person, Act.ADMINISTER, "digest")
    )
    name = action.get("value", "")
    held = None if name == "add" else digests.held_by(desk, name)
    form = digest_form(digests.scopes(desk), held, held.name if held else "")
    ack()
    desk.after(lambda: show_form(desk, body, form, respond))


def save_digest(desk: Desk, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
    """The form was sent. What the channel is has to be asked of Slack, which no ack waits for."""
    user, team = met_user(desk, body)
    by, person, key = desk.by(user, "form"), desk.who(user, team), view_key(body)
    refused_once(desk, key, lambda: permit(by, person, Act.ADMINISTER, "digest"))
    filled, name = read_form(view), view["private_metadata"]
    if filled.reason:
        by = by.because(filled.reason)

    def save() -> Reply:
        return {"text": digests.save(desk, by, person, name, filled), "saved": "1"}

    ack(response_action="update", view=asking_slack())
    desk.after(partial(_save, desk, body["view"]["id"], key, name, filled, save))


def _save(
    desk: Desk, view: str, key: str, name: str, filled: Filled, save: Callable[[], Reply]
) -> None:
    """Save where the channel may be written to; else the form stands again as it was filled."""
    closed = None if filled.stops else why_closed(desk, filled.wanted.channel)
    try:
        said = WHY_NOT[closed] if closed else act_once(desk, key, save)["text"]
    except KpiError as error:
        closed, said = "not now", str(error)
    if closed:
        shown = digest_form(digests.scopes(desk), filled.wanted, name, said)
    else:
        shown = cycle_view(digests.shown(desk), (said,), TITLE)
    desk.client.views_update(view_id=view, view=shown)


def post_digest(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """いま投稿: once, however often it is clicked before the page is shown anew."""
    user, team = met_user(desk, body)
    by, person, key = desk.by(user, "button"), desk.who(user, team), click_key(body, action)
    refused_once(desk, key, lambda: permit(by, person, Act.ADMINISTER, "digest:now"))
    count, _, name = action.get("value", "").partition("|")
    there, held = number_in(count, digests.OLD), digests.held_by(desk, name)

    def post() -> Reply:
        return {"text": digests.post(desk, by, person, name, there), "posted": "1"}

    ack()
    desk.after(partial(_post, desk, body, respond, held, lambda: act_once(desk, key, post)))


def _post(
    desk: Desk,
    body: dict[str, Any],
    respond: Respond,
    held: Subscription,
    post: Callable[[], Reply],
) -> None:
    closed = why_closed(desk, held.channel)
    try:
        said = WHY_NOT[closed] if closed else post()["text"]
    except KpiError as error:
        said = str(error)
    in_place(desk, body, respond, digests.shown(desk, said).message)


def try_digest(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """自分に試す: the next issue in one's own DM, and nowhere else."""
    user, team = met_user(desk, body)
    by, person, name = desk.by(user, "button"), desk.who(user, team), action.get("value", "")

    def send() -> Reply:
        digests.try_on(desk, by, person, name)
        return trial_sent().message

    reply = act_once(desk, click_key(body, action), send)
    ack()
    say_beside(desk, body, respond, reply)
