"""What people do with blocks and forms: click, choose, fill in, submit, close."""

from __future__ import annotations

from sandbox import payloads
from sandbox.ack import Ack
from sandbox.control.body import Body
from sandbox.control.forms import client_errors, response_urls, take_response
from sandbox.control.place import Place, ViewPlace, find_element, find_place, find_view
from sandbox.control.watch import watch
from sandbox.values import FIELDS, elements, filled_in, option, values_of
from sandbox.wire import ControlError, Json

_KEPT_OF_BUTTONS = ("text", "value", "style", "url", "icon")


async def interact(body: Body) -> Json:
    """Click a button, choose an option, pick a date."""
    user = body.user()
    _check_interactive(body)
    place = find_place(body, user)
    block, element = find_element(body, place)
    if block["type"] == "input" and not block.get("dispatch_action"):
        raise ControlError(f"{element['action_id']} only speaks when its form is submitted")
    action = _action(body, block, element)
    _fill(body, place)
    if element["type"] in FIELDS:
        place.fill(_put(place.filled, block, element, _value(element, action)))
    look = watch(body, user.id)
    payload = place.payload(action)
    delivery = body.world.deliver("interactive", payload, takes_payload=False)
    return await look.outcome(delivery)


async def submit_view(body: Body) -> Json:
    """Fill in and submit a form."""
    user = body.user()
    _check_interactive(body)
    if find_view(body, user)["type"] != "modal":
        raise ControlError("only a modal can be submitted")
    place = ViewPlace(body.world, user, body.text("view_id"))
    _fill(body, place)
    view = place.view
    look = watch(body, user.id)
    errors = {} if body.flag("force") else client_errors(view)
    if errors:
        return {**look.answer(None, None), "ok": False, "error": "invalid_input", "errors": errors}
    payload = payloads.submission(body.world, user, view, response_urls(body.world, user, view))
    told: Json = {}

    async def submit() -> Ack:
        ack = await body.world.deliver("interactive", payload, takes_payload=True)
        taken = take_response(body.world, user, view, ack, told)
        if told:
            look.wait = 0
        return taken

    return {**await look.outcome(submit()), **told}


async def suggest(body: Body) -> Json:
    """Type into an external select and get the options the bot offers."""
    user = body.user()
    place = find_place(body, user)
    block, element = find_element(body, place)
    if not element["type"].endswith("external_select"):
        raise ControlError(f"{element['action_id']} asks nobody for its options")
    payload = payloads.suggestion(
        body.world, user, place.container(), (block, element), body.text("value", "")
    )
    ack = await body.world.deliver("interactive", payload, takes_payload=True)
    if not ack.acked:
        return {"ok": False, "error": ack.error, "options": []}
    return _offer(body, element, ack)


async def close_view(body: Body) -> Json:
    """Close a modal; every modal with `all`, or where the view says `clear_on_close`."""
    user = body.user()
    view = find_view(body, user)
    if view["type"] != "modal":
        raise ControlError("only a modal can be closed")
    everything = body.flag("all") or view["clear_on_close"]
    look = watch(body, user.id)
    if everything:
        body.world.views.close_all(user.id)
    else:
        body.world.views.close(view["id"])
    if not view["notify_on_close"]:
        return look.answer(None, None)
    payload = payloads.closing(body.world, user, view, all_of_them=everything)
    delivery = body.world.deliver("interactive", payload, takes_payload=False)
    return await look.outcome(delivery)


def _check_interactive(body: Body) -> None:
    if not body.world.manifest.interactivity:
        raise ControlError("the app's manifest doesn't enable interactivity")


def _action(body: Body, block: Json, element: Json) -> Json:
    """Return the entry in `actions` for what the user did with an element."""
    kind = element["type"]
    ids = {"type": kind, "action_id": element["action_id"], "block_id": block["block_id"]}
    action = {**ids, "action_ts": body.world.messages.next_ts()}
    if kind in FIELDS:
        return {**action, **_filled_in(body, element, body.fields)}
    if kind == "overflow":
        wanted = body.fields.get("selected_option", body.fields.get("value"))
        return {**action, "selected_option": option(element, wanted, [])}
    return {**action, **{name: element[name] for name in _KEPT_OF_BUTTONS if name in element}}


def _fill(body: Body, place: Place) -> None:
    """Take over the `values` a call brings along: what stands in the fields on the page."""
    given = body.fields.get("values") or {}
    if not isinstance(given, dict) or not all(isinstance(one, dict) for one in given.values()):
        raise ControlError("values must be {block_id: {action_id: {…}}}")
    known = {(b["block_id"], e["action_id"]): (b, e) for b, e in elements(place.blocks)}
    values = values_of(place.blocks, place.filled)
    for block_id, actions in given.items():
        for action_id, value in actions.items():
            if (block_id, action_id) not in known:
                raise ControlError(f"there is no input {action_id!r} in block {block_id!r}", 404)
            block, element = known[block_id, action_id]
            whole = value if isinstance(value, dict) else {"value": value}
            values = _put(values, block, element, _filled_in(body, element, whole))
    if given:
        place.fill(values)


def _filled_in(body: Body, element: Json, given: Json) -> Json:
    if element["type"] not in FIELDS:
        raise ControlError(f"{element['action_id']} holds no value")
    name = FIELDS[element["type"]][0]
    if name not in given and "selected_option" in given:
        given = {**given, "value": given["selected_option"]}
    return filled_in(element, given, body.world.suggested.get(element["action_id"], []))


def _value(element: Json, action: Json) -> Json:
    return {name: action[name] for name in ("type", FIELDS[element["type"]][0])}


def _put(values: Json, block: Json, element: Json, value: Json) -> Json:
    in_block = {**values.get(block["block_id"], {}), element["action_id"]: value}
    return {**values, block["block_id"]: in_block}


def _offer(body: Body, element: Json, ack: Ack) -> Json:
    payload = ack.payload or {}
    groups = payload.get("option_groups") or []
    grouped = [option for group in groups for option in group["options"]]
    options = [*(payload.get("options") or []), *grouped]
    body.world.suggested[element["action_id"]] = options
    answer: Json = {"ok": True, "options": options, "ack_ms": ack.ms}
    return {**answer, "option_groups": groups} if groups else answer
