"""What can be looked at: messages, views, files, the log, and the state the page shows."""

from __future__ import annotations

from itertools import takewhile

from sandbox.control.body import named_channel
from sandbox.objects import file_object
from sandbox.views import public
from sandbox.visibility import appeared, messages_of
from sandbox.wire import ControlError, Json
from sandbox.world import World

CHANGES_SECONDS = 25.0
_USER = "id name real_name title team_id is_restricted is_ultra_restricted deleted is_bot"
_CHANNEL = "id name is_im user is_ext_shared is_private is_archived topic members"


def state(world: World) -> Json:
    """Return what the page starts from."""
    team = world.workspace
    return {
        "now": world.clock.now().isoformat(),
        "version": world.pulse.version,
        "team": {"id": team.team_id, "name": team.team_name, "domain": team.team_domain},
        "bot": _parts(team.bot, "user_id bot_id app_id name real_name"),
        "users": [_parts(user, _USER) for user in world.people.users.values()],
        "usergroups": [_parts(group, "id handle name users") for group in team.usergroups.values()],
        "channels": [_parts(channel, _CHANNEL) for channel in world.people.channels.values()],
        "commands": [
            _parts(command, "command description usage_hint")
            for command in (world.manifest.commands or {}).values()
        ],
        "guide": team.guide,
        "examples": team.examples,
        # An address is always there, whoever listens at it.
        "connections": len(world.connections.numbers) + (world.manifest.addresses is not None),
        "in_flight": world.way.in_flight,
        "armed": world.faults.listing(),
    }


async def changes(world: World, since: str) -> Json:
    """Return the version once it is another than `since`, at the latest after 25 s."""
    return {"version": await world.pulse.wait(_version(since), CHANGES_SECONDS)}


def appearances(world: World, user_id: str, since: str) -> Json:
    """Return the messages and views that appeared or changed before a user after a version."""
    _check_user(world, user_id)
    messages, views = appeared(world, user_id, _version(since))
    return {"messages": messages, "views": views}


def messages(world: World, channel_id: str, user_id: str | None) -> Json:
    """Return the messages of a channel that a user sees; all of them without a user."""
    channel = named_channel(world, channel_id)
    if user_id is not None:
        _check_user(world, user_id)
    return {"messages": messages_of(world, channel.id, user_id)}


def views(world: World, user_id: str) -> Json:
    """Return a user's open modals, the one in front last."""
    _check_user(world, user_id)
    return {"views": [public(view) for view in world.views.stack(user_id)]}


def home(world: World, user_id: str) -> Json:
    """Return a user's Home tab, null if none was published."""
    _check_user(world, user_id)
    view = world.views.home(user_id)
    return {"view": public(view) if view else None}


def agent(world: World, channel_id: str) -> Json:
    """Return what a channel suggests to ask, and what the app says it is doing in its threads."""
    channel = named_channel(world, channel_id)
    suggested = world.agent.suggested(channel.id) if channel.is_im else {"title": "", "prompts": []}
    return {**suggested, "statuses": world.agent.statuses(channel.id)}


def files(world: World) -> Json:
    """Return every file."""
    return {"files": [file_object(world, file) for file in world.files.complete_ones()]}


def file(world: World, file_id: str, user_id: str) -> tuple[bytes, str, str]:
    """Return bytes, name and type of a file that a user may see: their own or one shared to them.

    ControlError if there is none.
    """
    _check_user(world, user_id)
    found = world.files.find(file_id)
    channels = [world.people.channels[c] for c in found.channels] if found else []
    may_see = any(user_id in channel.members for channel in channels)
    if found is None or not (may_see or found.user == user_id):
        raise ControlError(f"{user_id} sees no file {file_id!r}", 404)
    return world.files.read(found), found.name, found.mimetype


def log(world: World, since: str = "0") -> Json:
    """Return the recent API calls and envelopes, oldest first: those after the line `since`."""
    if not since.isdigit():
        raise ControlError(f"since must be the number of a line: {since!r}")
    newest = takewhile(lambda line: line["number"] > int(since), reversed(world.log))
    return {"log": list(newest)[::-1]}


def _version(text: str) -> int:
    if not text.isdigit():
        raise ControlError(f"since must be a version number: {text!r}")
    return int(text)


def _check_user(world: World, user_id: str) -> None:
    if user_id not in world.people.users:
        raise ControlError(f"there is no user {user_id!r}", 404)


def _parts(thing: object, names: str) -> Json:
    return {name: getattr(thing, name) for name in names.split()}
