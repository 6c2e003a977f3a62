"""The visible list of what the bot listens to: an id, and the function that answers it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from slack_bolt import App

from bot.desk import Desk
from bot.listeners import (
    administering,
    approving,
    asking,
    charting,
    following,
    forms,
    home,
    people,
    sharing,
    submitting,
    talking,
)

Listener = Callable[..., None]

COMMANDS: dict[str, Listener] = {
    "/kpi": asking.kpi,
    "/kpi-submit": submitting.kpi_submit,
    "/kpi-admin": administering.kpi_admin,
}
ACTIONS: dict[str, Listener] = {
    r"ask:.*": home.ask_button,
    r"admin:.*": administering.admin_button,
    r"chart:.*": charting.chart,
    r"follow:.*": following.follow,
    r"share:.*": sharing.share,
    r"submit_draft": home.renewed_after(submitting.submit_draft),
    r"fix_draft": submitting.fix_draft,
    r"drop_draft": submitting.drop_draft,
    r"open_form(:.*)?": forms.open_form,
    r"pick_indicator": forms.pick_indicator,
    r"approve": home.renewed_after(approving.approve),
    r"send_back": approving.open_return_form,
}
OPTIONS: dict[str, Listener] = {
    "pick_indicator": forms.suggest_indicators,
}
VIEWS: dict[str, Listener] = {
    "submit_actual": home.renewed_after(forms.submit_actual),
    "confirm_actual": home.renewed_after(forms.confirm_actual),
    "send_back": home.renewed_after(approving.send_back),
}
EVENTS: dict[str, Listener] = {
    "app_home_opened": home.opened,
    "app_mention": talking.mentioned,
    "message": talking.written_to,
    "team_join": people.heard_of,
    "user_change": people.heard_of,
}


def listen(app: App, desk: Desk) -> None:
    """Register everything above; each function gets the desk first, Bolt gives the rest by name."""
    for command, listener in COMMANDS.items():
        app.command(command)(partial(listener, desk))
    for action, listener in ACTIONS.items():
        app.action(re.compile(f"^{action}$", re.DOTALL))(partial(listener, desk))
    for action, listener in OPTIONS.items():
        app.options(action)(partial(listener, desk))
    for callback, listener in VIEWS.items():
        app.view(callback)(partial(listener, desk))
    for event, listener in EVENTS.items():
        app.event(event)(partial(listener, desk))
