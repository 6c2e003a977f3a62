"""「グラフ」: an indicator's chart, drawn after the ack and sent to the person who asked.

The picture goes to their DM. The note that it did shows Slack's own chart too, where there is one.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import structlog
from slack_bolt import Ack, Respond
from slack_sdk.webhook import WebhookClient

from answers.chart import drawn, not_drawn
from answers.content import Content
from answers.native_chart import native_chart
from bot import proposals
from bot.acting import click_key, met_user, refused_once
from bot.desk import FAILURES, Desk
from bot.handing_out import hand
from reports.charting.sketching import sketch
from reports.charting.workshop import NotDrawn
from schedules.slack import trusted
from store import shelf
from store.continuing import with_before
from store.errors import KpiError, Stale
from store.people import Act, permit
from store.standing import Standing

log = structlog.get_logger()

REFUSED = "invalid_blocks"
"""Slack's word for a block that it does not know, or not here."""
_TO_THEM = {"response_type": "ephemeral", "replace_original": False}


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
    indicator, url = standing.indicator, respond.response_url or ""
    earlier = shelf.predecessor(desk.db, desk.plan)
    whole = with_before(desk.db, standing, earlier)
    try:
        picture = sketch(desk.plan, whole, earlier, pending=pending)
        png = desk.charts.chart_of(picture).png
        hand(desk, user, f"{indicator.id}.png", png, indicator.name, picture.alt)
    except (NotDrawn, KpiError):
        log.exception("chart.not_drawn", indicator=indicator.id)
        _tell(url, not_drawn(indicator))
    except FAILURES as error:
        log.warning("chart.not_sent", indicator=indicator.id, error=type(error).__name__)
        _tell(url, not_drawn(indicator))
    else:
        native = native_chart(indicator, picture)
        _tell(url, drawn(indicator, picture.alt, native), drawn(indicator, picture.alt))


def _tell(url: str, *wordings: Content) -> None:
    """Say the first of these that Slack takes: not every workspace has its charts yet.

    Only a refusal of the blocks, which says that nothing was shown, brings the next one.
    """
    once = WebhookClient(url, ssl=trusted(url), retry_handlers=[])
    for said in wordings:
        answer = once.send_dict({**said.message, **_TO_THEM})
        if REFUSED not in answer.body:
            return
        log.info("chart.native_refused", status=answer.status_code)
