"""フォロー: pressed under an answer, chosen for oneself or for the channel, taken back the same way."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from slack_bolt import Ack, Respond

from answers import preview
from answers.answer_view import answer_view
from answers.content import Content
from answers.follow import Followed, Verb, follow_said, follows_here, stopped_here
from bot import following
from bot.acting import act_once, click_key, met_user, parts_in, refused_once
from bot.channels import Closed, asked_in, why_closed
from bot.desk import Desk
from schedules.changes.gathering import named
from store import follows, outbox
from store.acts import By, record
from store.errors import Stale
from store.follows import Subject
from store.inbox import Reply
from store.people import Act, Who, permit

TITLE = "チャンネルでのフォロー"
OLD = "このボタンは古いため使えません。もう一度 `/kpi` から開いてください。"
NO_CHANNEL = "ここではチャンネルへの投稿を選べません。チャンネルで `/kpi` から開いてください。"
WHY_NOT: dict[Closed, str] = {
    "not there": "kpibot がこのチャンネルに参加していないため、お知らせを投稿できません。"
    "`/invite @kpibot` で招待してから、もう一度お試しください。",
    "archived": "このチャンネルはアーカイブされているため、お知らせを投稿できません。",
    "outsiders": "このチャンネルは組織の外と共有されているため、お知らせを投稿できません。",
    "not now": "このチャンネルを確認できませんでした。少し待ってからもう一度お試しください。",
}


@dataclass(frozen=True)
class Click:
    """A button of a following: who pressed it, what it wants, and in which channel it was."""

    key: str
    person: Who
    by: By
    verb: Verb
    what: Followed
    channel: str | None


def follow(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """Ask where to be told, or begin or end to tell the person or the channel.

    In direct messages there is nothing to choose: the button acts at once.
    """
    click = _read(desk, body, action)
    if click.verb == Verb.ON_HERE:
        ack()
        desk.after(partial(_begin_here, desk, click, respond))
        return
    if click.verb == Verb.CHOOSE and click.channel:
        said = following.choose(desk, click.person, click.what, click.channel).message
    else:
        said = act_once(desk, click.key, partial(_carry_out, desk, click))
    ack()
    desk.after(lambda: respond(response_type="ephemeral", replace_original=False, **said))


def stop(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """解除 in the list, which is then shown as it is; a list that all can read stays as it was."""
    click = _read(desk, body, action)
    act_once(desk, click.key, partial(_carry_out, desk, click))
    left = following.everything(desk, click.person, click.channel)
    ack()
    container = body.get("container") or {}
    if container.get("type") == "view":
        view = answer_view(left)
        desk.after(lambda: desk.client.views_update(view_id=body["view"]["id"], view=view))
        return
    instead = bool(container.get("is_ephemeral"))
    told = left.message
    desk.after(lambda: respond(response_type="ephemeral", replace_original=instead, **told))


def _begin_here(desk: Desk, click: Click, respond: Respond) -> None:
    """What the channel is has to be asked of Slack, which no ack waits for."""
    channel = click.channel or ""
    if closed := why_closed(desk, channel):
        told = preview.refusal(WHY_NOT[closed]).message
        respond(response_type="ephemeral", replace_original=False, **told)
        return

    def begin() -> Reply:
        what, by = click.what, click.by
        if follows.follow(desk.db, by, what.plan, what.subject, True, channel):
            record(desk.db, by, "follow", channel, "done")
            said, at = follows_here(what, by.actor).message, by.at.timestamp()
            outbox.enqueue(desk.db, f"follow-here:{click.key}", channel, TITLE, said, at)
            return {}
        return following.choose(desk, click.person, what, channel).message

    if said := act_once(desk, click.key, begin):
        respond(response_type="ephemeral", replace_original=False, **said)


def _carry_out(desk: Desk, click: Click) -> Reply:
    what, verb = click.what, click.verb
    here = click.channel if verb == Verb.OFF_HERE else None
    active = verb == Verb.ON
    if verb == Verb.CHOOSE:
        active = what.subject not in follows.followed(desk.db, click.by.actor, what.plan)
    follows.follow(desk.db, click.by, what.plan, what.subject, active, here)
    said: Content = stopped_here(what) if here else follow_said(what, active)
    return said.message


def _read(desk: Desk, body: dict[str, Any], action: dict[str, Any]) -> Click:
    """A click by somebody who may ask. Raises Stale for what is not in the current plan."""
    user, team = met_user(desk, body)
    key, person, by = click_key(body, action), desk.who(user, team), desk.by(user, "button")
    refused_once(desk, key, lambda: permit(by, person, Act.ASK, "follow"))
    channel = asked_in(body)
    verb, what = _named(desk, action.get("value", ""))
    if verb in {Verb.ON_HERE, Verb.OFF_HERE} and channel is None:
        raise Stale(NO_CHANNEL)
    return Click(key, person, by, verb, what, channel)


def _named(desk: Desk, value: str) -> tuple[Verb, Followed]:
    verb, plan, kind, name = parts_in(value, 4, OLD)
    current = desk.plan
    if plan != current.id or kind not in follows.KINDS or verb not in set(Verb):
        raise Stale(OLD)
    subject: Subject = (follows.KINDS[kind], name)
    found = named(desk.db, current, [subject], desk.today)
    if not found:
        raise Stale(OLD)
    return Verb(verb), found[0]
