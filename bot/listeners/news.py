"""お知らせ: a channel is put on the list, told otherwise, or taken off it."""

from __future__ import annotations

from functools import partial
from typing import Any

from slack_bolt import Ack, Respond

from answers.content import Content
from answers.cycle_page import cycle_view
from answers.layout import compose, say
from answers.news_form import Wanted, channel_form, not_told, read_channel
from answers.spans import line
from bot.acting import act_once, click_key, met_user, refused_once, view_key
from bot.admin.news import shown
from bot.channels import Closed, why_closed
from bot.describing import show_form
from bot.desk import Desk
from store import news_channels, outbox
from store.acts import By
from store.errors import Stale
from store.inbox import Reply
from store.people import Act, Who, permit

OLD = "この画面は古いため使えません。`/kpi-admin お知らせ` から開き直してください。"
TITLE = "お知らせのチャンネル"
LOOKING = "チャンネルを確かめてから保存します。結果は DM に届きます。"
WHY_NOT: dict[Closed, str] = {
    "not there": "kpibot がこのチャンネルに参加していないため、保存していません。"
    "チャンネルで `/invite @kpibot` と入力してから、もう一度お試しください。",
    "outsiders": "このチャンネルは組織の外と共有されているため、保存していません。"
    "それでも送るときは、「組織の外と共有されたチャンネルでも送る」に印を付けて保存してください。",
    "not now": "チャンネルを確認できなかったため、保存していません。少し待ってからもう一度お試しください。",
}


def open_channel(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """変える or チャンネルを加える: the form."""
    user, team = met_user(desk, body)
    by, person = desk.by(user, "button"), desk.who(user, team)
    refused_once(desk, click_key(body, action), lambda: permit(by, person, Act.ADMINISTER, "news"))
    name = action.get("value") or ""
    held = news_channels.channel(desk.db, name)
    if name and held is None:
        raise Stale(OLD)
    form = channel_form(desk.plan, held)
    ack()
    desk.after(lambda: show_form(desk, body, form, respond))


def save_channel(desk: Desk, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
    """保存. What a channel is has to be asked of Slack, which no ack waits for: one that begins to be
    told is looked at first, and what became of it comes by DM.
    """
    user, team = met_user(desk, body)
    by, person, key = desk.by(user, "form"), desk.who(user, team), view_key(body)
    refused_once(desk, key, lambda: permit(by, person, Act.ADMINISTER, "news"))
    wanted = read_channel(view)
    if wanted is None or not _known(desk, wanted):
        raise Stale(OLD)
    by = by.because(wanted.reason) if wanted.reason else by
    if _begins(desk, wanted):
        ack(response_action="update", view=_shown(compose((say(line(LOOKING)),))))
        desk.after(partial(_begin, desk, by, person, key, wanted))
        return

    def save() -> Reply:
        page = _saved(desk, by, person, wanted)
        return {"response_action": "update", "view": _shown(page)}

    ack(**act_once(desk, key, save))


def _known(desk: Desk, wanted: Wanted) -> bool:
    """A goal of the current plan, or the one that the channel has."""
    goal, held = wanted.channel.goal, news_channels.channel(desk.db, wanted.channel.channel)
    mine = {(desk.plan.id, each.id) for each in desk.plan.goals}
    return goal is None or goal in mine or (held is not None and goal == held.goal)


def _begins(desk: Desk, wanted: Wanted) -> bool:
    """It is to be told from now on, or no longer only while nobody from outside is there."""
    held = news_channels.channel(desk.db, wanted.channel.channel)
    told = held is not None and held.on and held.outsiders == wanted.channel.outsiders
    return wanted.channel.on and not wanted.gone and not told


def _begin(desk: Desk, by: By, person: Who, key: str, wanted: Wanted) -> None:
    closed = why_closed(desk, wanted.channel.channel)
    refused = closed and not (closed == "outsiders" and wanted.channel.outsiders)

    def settle() -> Reply:
        made = (
            not_told(wanted, desk.plan, WHY_NOT[closed])
            if closed and refused
            else _saved(desk, by, person, wanted)
        )
        at = by.at.timestamp()
        outbox.enqueue(desk.db, f"news-channel:{key}", by.actor, TITLE, made.message, at)
        return {}

    act_once(desk, key, settle)


def _saved(desk: Desk, by: By, person: Who, wanted: Wanted) -> Content:
    """What the form wants holds from now on; the page as it then is."""
    permit(by, person, Act.ADMINISTER, "news")
    name = wanted.channel.channel
    changed = (
        news_channels.drop(desk.db, by, name)
        if wanted.gone
        else news_channels.put(desk.db, by, wanted.channel)
    )
    return shown(desk, "保存しました。" if changed else "変更はありません。")


def _shown(content: Content) -> dict[str, Any]:
    return cycle_view(content, title="お知らせ")
