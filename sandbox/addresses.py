"""Where an app without Socket Mode is told things, as its manifest says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.wire import Json


@dataclass(frozen=True)
class Addresses:
    """The app's request URLs. `options` may be empty: then menus that ask the app offer nothing."""

    events: str
    interactivity: str
    options: str
    commands: Mapping[str, str]

    def of(self, kind: str, payload: Json) -> str:
        """Return where a payload of this kind of envelope is sent; empty for nowhere."""
        if kind == "slash_commands":
            return self.commands.get(payload["command"], "")
        if kind == "events_api":
            return self.events
        return self.options if payload.get("type") == "block_suggestion" else self.interactivity

    @property
    def all(self) -> set[str]:
        """Every address there is."""
        return {self.events, self.interactivity, self.options, *self.commands.values()} - {""}


def read_addresses(features: Json, settings: Json) -> Addresses | None:
    """Read them from a manifest; None for an app with Socket Mode. ValueError if one is missing.

    Without a word on Socket Mode it is on here, unlike in Slack: nobody has to ask for it.
    """
    if settings.get("socket_mode_enabled", True):
        return None
    subscribed, pressed = settings.get("event_subscriptions", {}), settings.get("interactivity", {})
    commands = {row["command"]: row.get("url", "") for row in features.get("slash_commands", [])}
    found = Addresses(
        subscribed.get("request_url", ""),
        pressed.get("request_url", ""),
        pressed.get("message_menu_options_url", ""),
        commands,
    )
    if subscribed.get("bot_events") and not found.events:
        raise ValueError("event_subscriptions needs a request_url without Socket Mode")
    if pressed.get("is_enabled") and not found.interactivity:
        raise ValueError("interactivity needs a request_url without Socket Mode")
    if "" in commands.values():
        raise ValueError("every slash command needs a url without Socket Mode")
    return found
