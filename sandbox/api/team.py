"""auth.*, apps.*, team.*, users.* and usergroups.*: who is who."""

from __future__ import annotations

from sandbox.api.call import Call, page
from sandbox.objects import CREATED, user_object
from sandbox.wire import Json, SlackError
from sandbox.workspace import UserGroup


def auth_test(call: Call) -> Json:
    """Say who the token belongs to."""
    workspace = call.world.workspace
    return {
        "url": f"{call.world.base_url}/",
        "team": workspace.team_name,
        "user": workspace.bot.name,
        "team_id": workspace.team_id,
        "user_id": workspace.bot.user_id,
        "bot_id": workspace.bot.bot_id,
        "is_enterprise_install": False,
    }


def connections_open(call: Call) -> Json:
    """Hand out the address of a Socket Mode connection, good for one use."""
    ticket = call.world.connections.issue_ticket()
    address = call.world.base_url.replace("http", "ws", 1)
    return {"url": f"{address}/link/?ticket={ticket}&app_id={call.world.bot.app_id}"}


def team_info(call: Call) -> Json:
    """Describe the team."""
    workspace = call.world.workspace
    team = {"id": workspace.team_id, "name": workspace.team_name, "domain": workspace.team_domain}
    return {"team": {**team, "email_domain": "", "icon": {"image_default": True}}}


def user_info(call: Call) -> Json:
    """Return one user, of this workspace or of a shared channel."""
    return {"user": user_object(call.world, call.user())}


def user_list(call: Call) -> Json:
    """Return the users of this workspace, the deactivated ones too, page by page."""
    here = call.world.workspace.team_id
    everyone = [user for user in call.world.people.users.values() if user.team_id == here]
    part, metadata = page(everyone, call, 1000, 1000)
    shown = [user_object(call.world, user) for user in part]
    now = int(call.world.clock.now().timestamp())
    return {"members": shown, "cache_ts": now, "response_metadata": metadata}


def usergroup_list(call: Call) -> Json:
    """Return the user groups."""
    with_users = call.flag("include_users")
    groups = call.world.workspace.usergroups.values()
    return {"usergroups": [_group(call, group, with_users=with_users) for group in groups]}


def usergroup_users(call: Call) -> Json:
    """Return who is in a user group."""
    group = call.world.workspace.usergroups.get(call.required("usergroup"))
    if group is None:
        raise SlackError("no_such_subteam")
    return {"users": list(group.users)}


def _group(call: Call, group: UserGroup, *, with_users: bool) -> Json:
    shown = {
        "id": group.id,
        "team_id": call.world.workspace.team_id,
        "is_usergroup": True,
        "name": group.name,
        "handle": group.handle,
        "description": "",
        "is_external": False,
        "date_create": CREATED,
        "date_update": CREATED,
        "date_delete": 0,
        "user_count": len(group.users),
    }
    return {**shown, "users": list(group.users)} if with_users else shown
