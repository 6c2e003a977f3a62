"""views.*: opening, pushing, changing and publishing views."""

from __future__ import annotations

import secrets
from typing import Any

from sandbox import limits
from sandbox.api.call import Call
from sandbox.blocks import is_too_large, mistakes_in_view, with_ids
from sandbox.passes import Trigger
from sandbox.values import values_of
from sandbox.views import public
from sandbox.wire import Json, SlackError
from sandbox.world import World


def opening(call: Call) -> Json:
    """Open a modal with a trigger id."""
    trigger = _trigger(call)
    view = new_view(call.world, _given(call), kind="modal")
    call.world.passes.use_trigger(trigger)
    shown = call.world.views.put_in_front(view, trigger.user, alone=True)
    return {"view": public(shown)}


def push(call: Call) -> Json:
    """Push a modal on top of the one that the trigger id came from."""
    trigger = _trigger(call)
    view = new_view(call.world, _given(call), kind="modal")
    if trigger.view_id is None or call.world.views.find(trigger.view_id) is None:
        raise SlackError("not_found")
    call.world.passes.use_trigger(trigger)
    return {"view": public(push_for(call.world, view, trigger.user))}


def update(call: Call) -> Json:
    """Change a view by its id or external id, unless it was changed since `hash`."""
    view_id, external_id = call.text("view_id"), call.text("external_id")
    views = call.world.views
    view = views.find(view_id) if view_id else views.by_external_id(external_id)
    if view is None:
        raise SlackError("not_found")
    _check_hash(call, view)
    return {"view": public(update_for(call.world, view, _given(call)))}


def publish(call: Call) -> Json:
    """Publish a user's Home tab, unless it was changed since `hash`."""
    if not call.world.manifest.home_tab:
        raise SlackError("not_enabled")
    user = call.user("user_id")
    home = call.world.views.home(user.id)
    if home is not None:
        _check_hash(call, home)
    view = new_view(call.world, _given(call), kind="home", instead_of=home)
    return {"view": public(call.world.views.publish(view, user.id))}


def new_view(world: World, given: Any, *, kind: str, instead_of: Json | None = None) -> Json:
    """Return a checked view with everything Slack adds to it. SlackError if it won't do."""
    _check(world, given, kind, instead_of)
    view_id = "V0" + secrets.token_hex(5).upper()
    view = {
        "id": view_id,
        "team_id": world.workspace.team_id,
        "type": kind,
        "hash": world.views.new_hash(),
        "previous_view_id": None,
        "root_view_id": view_id,
        "app_id": world.bot.app_id,
        "app_installed_team_id": world.workspace.team_id,
        "bot_id": world.bot.bot_id,
        **_content(given),
    }
    return {**view, "state": {"values": values_of(view["blocks"], {})}}


def push_for(world: World, view: Json, user: str) -> Json:
    """Put a view on top of a user's modals. SlackError push_limit_reached at three."""
    if len(world.views.stack(user)) >= limits.MODAL_STACK:
        raise SlackError("push_limit_reached")
    return world.views.put_in_front(view, user, alone=False)


def update_for(world: World, view: Json, given: Any) -> Json:
    """Change a view; what the user filled in stays where block and action are still there."""
    _check(world, given, view["type"], view)
    parts = _content(given)
    values = values_of(parts["blocks"], view["state"]["values"])
    return world.views.change(view, **parts, state={"values": values})


def _content(given: Json) -> Json:
    absent = {"title": None, "submit": None, "close": None}
    texts = {"private_metadata": "", "callback_id": "", "external_id": ""}
    flags = {"clear_on_close": False, "notify_on_close": False, "submit_disabled": False}
    return {**absent, **texts, **flags, **given, "blocks": list(with_ids(given["blocks"]))}


def _check(world: World, given: Any, kind: str, instead_of: Json | None) -> None:
    if isinstance(given, dict) and is_too_large(given):
        raise SlackError("view_too_large")
    mistakes = mistakes_in_view(given, world.is_file)
    if not mistakes and given["type"] != kind:
        mistakes = [f"[ERROR] must be one of: {kind} [json-pointer:/view/type]"]
    if mistakes:
        raise SlackError("invalid_arguments", mistakes)
    twin = world.views.by_external_id(given.get("external_id", ""))
    if twin is not None and (instead_of is None or twin["id"] != instead_of["id"]):
        raise SlackError("duplicate_external_id")


def _check_hash(call: Call, view: Json) -> None:
    expected = call.text("hash")
    if expected and expected != view["hash"]:
        raise SlackError("hash_conflict")


def _trigger(call: Call) -> Trigger:
    return call.world.passes.check_trigger(call.required("trigger_id"))


def _given(call: Call) -> Any:
    return call.json("view", "invalid_arguments")
