"""「グラフ」: an indicator's chart, drawn after the ack and sent to the person who asked."""

from __future__ import annotations

from functools import partial
from typing import Any

import structlog
from slack_bolt import Ack, Respond
from slack_sdk import WebClient

from answers.chart import drawn, not_drawn
from answers.content import Content, escape
from bot import proposals
from bot.acting import click_key, met_user, refused_once
from bot.desk import FAILURES, Desk
from store import shelf
from store.errors import Stale
from store.people import Act, permit
from store.standing import Standing

log = structlog.get_logger()


def chart(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """Send the chart by DM; values that are 確認中 only to those who may see them."""
    user, team = met_user(desk, body)
    person, by = desk.who(user, team), desk.by(user, "button")
    asked = str(action.get("value", ""))
    refused_once(
        desk, click_key(body, action), lambda: permit(by, person, Act.ASK, f"chart:{asked}")
    )
    indicator = desk.plan.by_id.get(asked)
    if indicator is None:
        raise Stale("この指標は今の計画にありません。")
    standing = proposals.standing_of(desk, indicator, None)
    pending = standing.shows_pending_to(person)
    ack()
    desk.after(partial(_send, desk, user, standing, pending, respond))


def _send(desk: Desk, user: str, standing: Standing, pending: bool, respond: Respond) -> None:
    plan = desk.plan
    earlier = shelf.predecessor(desk.db, plan)
    try:
        picture = desk.charts.chart(plan, standing, earlier, pending=pending)
        _upload(desk, user, standing, picture.png, picture.alt)
    except FAILURES as error:
        log.warning("chart.not_sent", indicator=standing.indicator.id, error=type(error).__name__)
        said: Content = not_drawn(standing.indicator)
    else:
        said = drawn(standing.indicator, picture.alt)
    respond(**said.message, response_type="ephemeral", replace_original=False)


def _upload(desk: Desk, user: str, standing: Standing, png: bytes, alt: str) -> None:
    """To the person's own DM. A client that retries by itself could send it twice."""
    once = WebClient(desk.client.token, base_url=desk.client.base_url, retry_handlers=[])
    channel = once.conversations_open(users=user)["channel"]["id"]
    once.files_upload_v2(
        channel=channel,
        content=png,
        filename=f"{standing.indicator.id}.png",
        title=standing.indicator.name,
        alt_txt=alt,
        initial_comment=escape(alt),
    )
