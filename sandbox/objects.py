"""How users, channels, messages and files look in Slack's JSON."""

from __future__ import annotations

from urllib.parse import quote

from sandbox.files import File
from sandbox.messages import Message
from sandbox.wire import Json
from sandbox.workspace import Channel, User
from sandbox.world import World

CREATED = 1640995200
"""When everything configured is said to have been made: 2022-01-01 in UTC."""


def user_object(world: World, user: User) -> Json:
    """Return a user as users.info shows it."""
    stranger = user.team_id != world.workspace.team_id
    shown: Json = {
        "id": user.id,
        "team_id": user.team_id,
        "name": user.name,
        "real_name": user.real_name,
        "deleted": user.deleted,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "updated": CREATED,
        "profile": _profile(user),
    }
    if stranger:
        shown["is_stranger"] = False
    if user.deleted:
        return shown
    zone = {"tz": "Asia/Tokyo", "tz_label": "Japan Standard Time", "tz_offset": 32400}
    roles = {"is_admin": False, "is_owner": False, "is_primary_owner": False}
    limits = {
        "is_restricted": user.is_restricted or user.is_ultra_restricted,
        "is_ultra_restricted": user.is_ultra_restricted,
    }
    return {**shown, **zone, **roles, **limits}


def _profile(user: User) -> Json:
    profile = {
        "title": user.title,
        "real_name": user.real_name,
        "real_name_normalized": user.real_name,
        "display_name": user.real_name,
        "display_name_normalized": user.real_name,
        "team": user.team_id,
    }
    return {**profile, "bot_id": user.bot_id} if user.bot_id else profile


def channel_object(world: World, channel: Channel) -> Json:
    """Return a conversation as conversations.info shows it to the bot."""
    common = {
        "id": channel.id,
        "created": CREATED,
        "is_archived": channel.is_archived,
        "is_im": channel.is_im,
        "is_org_shared": False,
        "context_team_id": world.workspace.team_id,
        "updated": CREATED * 1000,
    }
    if channel.is_im:
        gone = world.people.users[channel.user].deleted
        return {**common, "user": channel.user, "is_user_deleted": gone, "priority": 0}
    text = {"creator": "", "last_set": 0}
    return {
        **common,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": not channel.is_private,
        "is_group": channel.is_private,
        "is_mpim": False,
        "is_private": channel.is_private,
        "is_general": False,
        "is_shared": channel.is_ext_shared,
        "is_ext_shared": channel.is_ext_shared,
        "is_pending_ext_shared": False,
        "is_member": world.bot.user_id in channel.members,
        "creator": world.bot.user_id,
        "shared_team_ids": sorted({world.people.users[m].team_id for m in channel.members}),
        "topic": {"value": channel.topic, **text},
        "purpose": {"value": "", **text},
        "num_members": len(channel.members),
    }


def message_object(world: World, message: Message, *, metadata: bool = False) -> Json:
    """Return a message as the Web API and events show it; its metadata only if asked for."""
    sender = world.people.users.get(message.user)
    shown: Json = {
        "type": "message",
        "user": message.user,
        "text": message.text,
        "ts": message.ts,
        "team": sender.team_id if sender else world.workspace.team_id,
    }
    if message.bot_id:
        shown |= {"bot_id": message.bot_id}
    if message.by_app:
        shown |= {"app_id": world.bot.app_id, "bot_profile": bot_profile(world)}
    if message.blocks:
        shown["blocks"] = list(message.blocks)
    if message.attachments:
        shown["attachments"] = list(message.attachments)
    if message.files:
        shown["files"] = [file_object(world, f) for f in _files(world, message)]
        shown |= {"upload": False, "display_as_bot": False}
    if message.thread_ts:
        shown["thread_ts"] = message.thread_ts
    if message.edited:
        shown["edited"] = {"user": message.user, "ts": message.edited}
    if metadata and message.metadata:
        shown["metadata"] = message.metadata
    return shown


def bot_profile(world: World) -> Json:
    """Return the profile that goes with the bot's messages."""
    return {
        "id": world.bot.bot_id,
        "app_id": world.bot.app_id,
        "user_id": world.bot.user_id,
        "name": world.bot.real_name,
        "deleted": False,
        "updated": CREATED,
        "team_id": world.workspace.team_id,
    }


def file_object(world: World, file: File) -> Json:
    """Return a file as files.info shows it."""
    path = f"{world.workspace.team_id}-{file.id}"
    name = quote(file.name)
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title,
        "mimetype": file.mimetype,
        "filetype": file.filetype,
        "pretty_type": file.filetype.upper(),
        "user": file.user,
        "user_team": world.people.users[file.user].team_id,
        "size": file.size,
        "mode": "hosted",
        "is_external": False,
        "is_public": False,
        "editable": False,
        "url_private": f"{world.base_url}/files-pri/{path}/{name}",
        "url_private_download": f"{world.base_url}/files-pri/{path}/download/{name}",
        "permalink": f"{world.base_url}/files/{file.user}/{file.id}/{name}",
        "channels": [c for c in file.channels if not c.startswith("D")],
        "groups": [],
        "ims": [c for c in file.channels if c.startswith("D")],
        "has_rich_preview": False,
        "file_access": "visible",
    }


def _files(world: World, message: Message) -> list[File]:
    return [file for file_id in message.files if (file := world.files.find(file_id))]
