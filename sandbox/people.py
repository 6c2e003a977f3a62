"""Users and channels as they are now: the configured ones and what changed since."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from sandbox.pulse import Pulse
from sandbox.store import Store
from sandbox.wire import Json
from sandbox.workspace import Channel, User, Workspace, direct_messages, dm_of


class People:
    """Who is there and where. Changes are kept; the configured workspace is only a start."""

    def __init__(self, workspace: Workspace, store: Store, pulse: Pulse) -> None:
        self.workspace = workspace
        self._store = store
        self._pulse = pulse
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.load()

    def load(self) -> None:
        """Take the configured workspace and lay the kept changes over it."""
        self.users = dict(self.workspace.users)
        self.channels = dict(self.workspace.channels)
        for key, body in self._store.read("user"):
            self.users[key] = User(**body)
        for key, body in self._store.read("channel"):
            self.channels[key] = Channel(**{**body, "members": tuple(body["members"])})

    def change_user(self, user_id: str, changes: Json) -> User:
        """Change a user, or add one (with direct messages). TypeError on an unknown field."""
        known = self.users.get(user_id)
        start: dict[str, Any] = {
            "id": user_id,
            "name": user_id.lower(),
            "real_name": user_id,
            "team_id": self.workspace.team_id,
        }
        user = User(**{**start, **changes}) if known is None else replace(known, **changes)
        self._store.put("user", user_id, asdict(user))
        self.users[user_id] = user
        if dm_of(user_id) not in self.channels:
            self._keep(direct_messages(user_id, self.workspace.bot.user_id))
        self._pulse.beat()
        return user

    def change_channel(self, channel_id: str, changes: Json) -> Channel:
        """Change a channel, or add one. TypeError on an unknown field."""
        known = self.channels.get(channel_id)
        start: dict[str, Any] = {"id": channel_id, "name": channel_id.lower(), "members": ()}
        if "members" in changes:
            changes = {**changes, "members": tuple(changes["members"])}
        channel = Channel(**{**start, **changes}) if known is None else replace(known, **changes)
        self._keep(channel)
        self._pulse.beat()
        return channel

    def _keep(self, channel: Channel) -> None:
        self._store.put("channel", channel.id, asdict(channel))
        self.channels[channel.id] = channel
