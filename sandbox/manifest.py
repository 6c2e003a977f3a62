"""What the app's manifest grants: scopes, events, commands, tabs."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from sandbox import limits
from sandbox.addresses import Addresses, read_addresses
from sandbox.agent import mistakes_in_prompts
from sandbox.wire import Json

USUAL_EVENTS = frozenset(
    [
        "app_mention",
        "message.im",
        "app_home_opened",
        "channel_shared",
        "file_shared",
        "team_join",
        "user_change",
        "member_joined_channel",
        "member_left_channel",
    ]
)


@dataclass(frozen=True)
class Command:
    """A slash command as the manifest describes it."""

    command: str
    description: str = ""
    usage_hint: str = ""
    should_escape: bool = False


@dataclass(frozen=True)
class Manifest:
    """What the app may do. `scopes` and `commands` are None where anything goes.

    `agent` is its agent_view, None where it is no agent; `addresses` are where it is told things,
    None for an app with Socket Mode.
    """

    scopes: frozenset[str] | None = None
    events: frozenset[str] = USUAL_EVENTS
    commands: dict[str, Command] | None = None
    home_tab: bool = True
    messages_tab: bool = True
    interactivity: bool = True
    agent: Json | None = field(default_factory=dict)
    addresses: Addresses | None = None
    data: Json = field(default_factory=dict)

    @property
    def prompts(self) -> list[Json]:
        """What an agent's direct messages suggest until it suggests something else."""
        return list((self.agent or {}).get("suggested_prompts", []))

    def command(self, name: str) -> Command | None:
        """Return the command called `name`, None if the manifest knows no such command."""
        if self.commands is None:
            return Command(name)
        return self.commands.get(name)


def read_manifest(source: Path | Json | None) -> Manifest:
    """Read a manifest from a JSON file or a dict; without one anything goes.

    Shapes: https://docs.slack.dev/reference/app-manifest. OSError or ValueError if it's no good.
    """
    if source is None:
        return Manifest()
    data = json.loads(source.read_text("utf-8")) if isinstance(source, Path) else source
    features, settings = data.get("features", {}), data.get("settings", {})
    tabs = features.get("app_home", {})
    scopes = data.get("oauth_config", {}).get("scopes", {}).get("bot", [])
    return Manifest(
        scopes=frozenset(scopes),
        events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", [])),
        commands={row["command"]: _command(row) for row in features.get("slash_commands", [])},
        home_tab=tabs.get("home_tab_enabled", False),
        messages_tab=tabs.get("messages_tab_enabled", True)
        and not tabs.get("messages_tab_read_only_enabled", False),
        interactivity=settings.get("interactivity", {}).get("is_enabled", False),
        agent=_agent(features.get("agent_view")),
        addresses=read_addresses(features, settings),
        data=data,
    )


def _agent(view: Json | None) -> Json | None:
    """Check an agent_view as Slack does when a manifest is pasted. ValueError if it's no good."""
    if view is None:
        return None
    description = view.get("agent_description")
    if not isinstance(description, str) or not 0 < len(description) <= limits.AGENT_DESCRIPTION:
        raise ValueError("agent_view.agent_description must have 1 to 300 characters")
    mistakes = mistakes_in_prompts(view.get("suggested_prompts", []))
    if mistakes:
        raise ValueError(f"agent_view.suggested_prompts: {mistakes[0]}")
    return view


def _command(row: Json) -> Command:
    return Command(
        row["command"],
        row.get("description", ""),
        row.get("usage_hint", ""),
        row.get("should_escape", False),
    )
