"""The workspace as configured: team, bot, users, channels and the page's guide, from TOML."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sandbox.wire import Json

BUILT_IN = Path(__file__).with_name("workspace.toml")


@dataclass(frozen=True)
class User:
    """A user of this workspace or of another one (then `team_id` differs)."""

    id: str
    name: str
    real_name: str
    team_id: str
    title: str = ""
    is_bot: bool = False
    deleted: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    bot_id: str = ""


@dataclass(frozen=True)
class Channel:
    """A channel, or the direct messages of `user` with the bot (`is_im`)."""

    id: str
    name: str
    members: tuple[str, ...]
    topic: str = ""
    is_im: bool = False
    user: str = ""
    is_private: bool = False
    is_archived: bool = False
    is_ext_shared: bool = False


@dataclass(frozen=True)
class UserGroup:
    """A user group such as @planning."""

    id: str
    handle: str
    name: str
    users: tuple[str, ...]


@dataclass(frozen=True)
class Bot:
    """The one app that is installed, the tokens it comes with and the secret it is told things by."""

    user_id: str
    bot_id: str
    app_id: str
    name: str
    real_name: str
    token: str
    app_token: str
    signing_secret: str = "sandbox"  # noqa: S105  # there is nothing to guard


@dataclass(frozen=True)
class Workspace:
    """Everything that a reset brings back."""

    team_id: str
    team_name: str
    team_domain: str
    bot: Bot
    users: dict[str, User]
    channels: dict[str, Channel]
    usergroups: dict[str, UserGroup] = field(default_factory=dict)
    guide: tuple[Json, ...] = ()
    examples: tuple[Json, ...] = ()


def dm_of(user_id: str) -> str:
    """Return the id of the direct messages between the bot and `user_id`: U0CHILD → D0CHILD."""
    return "D0" + user_id.removeprefix("U0")


def direct_messages(user_id: str, bot_id: str) -> Channel:
    """Return the channel of the direct messages between the bot and `user_id`."""
    return Channel(dm_of(user_id), "", (user_id, bot_id), is_im=True, user=user_id)


def read_workspace(path: Path = BUILT_IN) -> Workspace:
    """Read a workspace file. OSError, TOMLDecodeError, KeyError or TypeError if it is no good."""
    data = tomllib.loads(path.read_text("utf-8"))
    team = data["team"]
    bot = Bot(**data["bot"])
    users = {row["id"]: User(**{"team_id": team["id"], **row}) for row in data["users"]}
    users[bot.user_id] = _bot_user(bot, team["id"])
    channels = {row["id"]: _channel(row) for row in data["channels"]}
    for user_id in users:
        if user_id != bot.user_id:
            channels[dm_of(user_id)] = direct_messages(user_id, bot.user_id)
    return Workspace(
        team_id=team["id"],
        team_name=team["name"],
        team_domain=team["domain"],
        bot=bot,
        users=users,
        channels=channels,
        usergroups={row["id"]: _group(row) for row in data.get("usergroups", [])},
        guide=tuple(data.get("guide", ())),
        examples=tuple(data.get("examples", ())),
    )


def _bot_user(bot: Bot, team_id: str) -> User:
    return User(
        bot.user_id, bot.name, bot.real_name, team_id, is_bot=True, bot_id=bot.bot_id, title=""
    )


def _channel(row: dict[str, Any]) -> Channel:
    return Channel(**{**row, "members": tuple(row["members"])})


def _group(row: dict[str, Any]) -> UserGroup:
    return UserGroup(**{**row, "users": tuple(row["users"])})
