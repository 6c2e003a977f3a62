"""Every Web API method the sandbox knows, with the scope it needs. One visible list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.api import assistant, chat, conversations, files, team, views
from sandbox.api.call import Call
from sandbox.wire import Json


@dataclass(frozen=True)
class Method:
    """What answers a method. `scope` is checked first; `app_token` methods want the app's token."""

    run: Callable[[Call], Json]
    scope: str | None = None
    app_token: bool = False


METHODS = {
    "apps.connections.open": Method(team.connections_open, app_token=True),
    "assistant.threads.setStatus": Method(assistant.set_status, "chat:write"),
    "assistant.threads.setSuggestedPrompts": Method(
        assistant.set_suggested_prompts, "assistant:write"
    ),
    "auth.test": Method(team.auth_test),
    "chat.delete": Method(chat.delete, "chat:write"),
    "chat.getPermalink": Method(chat.get_permalink),
    "chat.postEphemeral": Method(chat.post_ephemeral, "chat:write"),
    "chat.postMessage": Method(chat.post_message, "chat:write"),
    "chat.update": Method(chat.update, "chat:write"),
    "conversations.history": Method(conversations.history),
    "conversations.info": Method(conversations.info),
    "conversations.list": Method(conversations.listing),
    "conversations.members": Method(conversations.members),
    "conversations.open": Method(conversations.opening, "im:write"),
    "conversations.replies": Method(conversations.replies),
    "files.completeUploadExternal": Method(files.complete_upload, "files:write"),
    "files.getUploadURLExternal": Method(files.get_upload_url, "files:write"),
    "files.info": Method(files.info, "files:read"),
    "files.list": Method(files.listing, "files:read"),
    "team.info": Method(team.team_info, "team:read"),
    "usergroups.list": Method(team.usergroup_list, "usergroups:read"),
    "usergroups.users.list": Method(team.usergroup_users, "usergroups:read"),
    "users.info": Method(team.user_info, "users:read"),
    "users.list": Method(team.user_list, "users:read"),
    "views.open": Method(views.opening),
    "views.publish": Method(views.publish),
    "views.push": Method(views.push),
    "views.update": Method(views.update),
}
