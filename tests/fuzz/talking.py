"""The entries that are Slack's: commands, messages, buttons, forms, hidden fields and letters in menus.

They travel as real envelopes over the bot's socket, in anybody's name.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any, TypeVar

from sandbox import payloads
from sandbox.ack import Ack
from sandbox.events import mention_event, message_event, tell
from sandbox.values import FIELDS, elements
from sandbox.world import World
from tests.bot.forging import CHANNEL, Forger
from tests.bot.office import Office
from tests.bot.waiting import something_of_everything
from tests.bot.walk import Press, presses
from tests.fuzz.words import changed, words
from tests.sandbox.hands import Json

T = TypeVar("T")
PEOPLE = ("U0PLANNER", "U0PLANNER2", "U0CHILD", "U0CHILD2", "U0WELFARE", "U0STAFF")
OUTSIDERS = ("U0GUEST", "U0OUTSIDE", "U0GONE", "U0OTHERBOT")
COMMANDS = ("/kpi", "/kpi-submit", "/kpi-admin")
# A new morning after so many, so that acts of planners do not leave the office without any.
MORNING = 1000
# Buttons of `tests.bot.walk` that open forms: for a planner, and for the lead of a department.
OPENERS = {
    "U0PLANNER": (
        *(
            r"card:.*",
            r"comparison:.*",
            r"effort:.*",
            r"opinion:(add|mend:.*)",
            r"opinion:answer:.*",
        ),
        *(r"report:edit", r"lock:(undo|leave)", r"publication:revoke", r"cycle:edit"),
        *(r"stage:(close|reopen):.*", r"digest:(add|edit:.*)", r"news_channel:.*", r"away"),
        *(
            r"quiet_period:.*",
            r"edit_department(:.*)?",
            r"edit_planners",
            r"hand_over",
            r"reorganise",
        ),
    ),
    "U0CHILD": (r"open_form(:.*)?", r"lead_queue", r"own_notices", r"ledger:.*"),
}


@dataclass(frozen=True)
class Morning:
    """An office in which something of everything waits, and the forms that its people can open."""

    office: Office
    numbers: Mapping[str, str]
    forms: tuple[Json, ...]

    @property
    def world(self) -> World:
        """What the sandbox works on, for its own thread alone."""
        return self.office.sandbox._world


def mornings(office: Office, count: int) -> Iterator[tuple[Morning, int]]:
    """So many new mornings that `count` envelopes find each its office; and how many each has."""
    forms: tuple[Json, ...] = ()
    for begun in range(0, count, MORNING):
        office.anew()
        numbers = something_of_everything(office)
        forms = forms or tuple(_forms(office, numbers))
        yield Morning(office, numbers, forms), min(MORNING, count - begun)


def _forms(office: Office, numbers: dict[str, str]) -> Iterator[Json]:
    """The forms behind buttons, and the one of a command."""
    known = presses(numbers)
    for user, openers in OPENERS.items():
        for opener in openers:
            _press(office, user, known[opener])
            yield office.person(user).takes()
    planner = office.person("U0PLANNER")
    planner.administers("見直し 1-1b")
    yield planner.takes()


def _press(office: Office, user: str, press: Press) -> None:
    payload = Forger(office)._click(user, press.action, press.value)
    in_loop(office, interact(office.sandbox._world, payload))
    office.rests()


def in_loop(office: Office, work: Coroutine[Any, Any, T]) -> T:
    """Do something in the thread of the sandbox."""
    loop = office.sandbox._loop
    assert loop is not None
    return asyncio.run_coroutine_threadsafe(work, loop).result(60)


async def interact(world: World, payload: Json) -> Ack:
    """Deliver what somebody did with a message or a form."""
    return await world.deliver("interactive", payload, takes_payload=True)


Throw = Callable[[Morning, Random, str], Awaitable[Ack]]


async def command(morning: Morning, chance: Random, user: str) -> Ack:
    """Words after a command."""
    world = morning.world
    payload = payloads.command(
        world,
        Forger(morning.office)._user(user),
        world.people.channels[CHANNEL],
        chance.choice(COMMANDS),
        words(chance),
    )
    return await world.deliver("slash_commands", payload, takes_payload=True)


async def message(morning: Morning, chance: Random, user: str) -> Ack:
    """A direct message to the bot, or one in a channel that names it."""
    world, mentions = morning.world, chance.random() < 0.5
    text = f"<@{world.bot.user_id}> {words(chance)}" if mentions else words(chance)
    home = f"D0{user.removeprefix('U0')}"
    direct = not mentions and home in world.people.channels
    said = world.messages.post(home if direct else CHANNEL, user, text=text)
    event = message_event(world, said) if direct else mention_event(world, said)
    ack = await tell(world, "message.im" if direct else "app_mention", event)
    assert ack is not None
    return ack


async def button(morning: Morning, chance: Random, user: str) -> Ack:
    """A button that the bot knows, with another value or another name's ending."""
    press = chance.choice(list(presses(dict(morning.numbers)).values()))
    value = changed(chance, press.value) if chance.random() < 0.8 else press.value
    action = press.action if chance.random() < 0.7 else changed(chance, press.action)
    payload = Forger(morning.office)._click(user, action, value)
    return await interact(morning.world, payload)


async def form(morning: Morning, chance: Random, user: str) -> Ack:
    """A form as it was opened, its fields filled in with anything."""
    opened = _form(morning, chance)
    filled = {
        block["block_id"]: {element["action_id"]: _filled(chance, element)}
        for block, element in elements(opened["blocks"])
        if element["type"] in FIELDS and chance.random() < 0.8
    }
    return await _send(morning, user, {**opened, "state": _state(opened, filled)})


async def hidden_field(morning: Morning, chance: Random, user: str) -> Ack:
    """A form as it was opened, with something else in its hidden field."""
    opened = _form(morning, chance)
    hidden = changed(chance, opened["private_metadata"])
    return await _send(morning, user, {**opened, "private_metadata": hidden})


async def letters(morning: Morning, chance: Random, user: str) -> Ack:
    """Letters typed into a menu that asks the bot for what it offers."""
    opened = _form(morning, chance)
    element = {
        "type": "external_select",
        "action_id": chance.choice(("pick_indicator", "pick_subject")),
    }
    payload = payloads.suggestion(
        morning.world,
        Forger(morning.office)._user(user),
        payloads.view_container(opened),
        ({"block_id": "indicator"}, element),
        words(chance),
    )
    return await interact(morning.world, payload)


TALKING: Mapping[str, Throw] = {
    "commands": command,
    "messages": message,
    "buttons": button,
    "forms": form,
    "hidden fields": hidden_field,
    "letters in menus": letters,
}


async def _send(morning: Morning, user: str, view: Json) -> Ack:
    sent = {**view, "hash": morning.world.views.new_hash()}
    payload = payloads.submission(morning.world, Forger(morning.office)._user(user), sent, [])
    return await interact(morning.world, payload)


def _form(morning: Morning, chance: Random) -> Json:
    return chance.choice(morning.forms)


def _state(view: Json, filled: Json) -> Json:
    return {"values": {**view["state"]["values"], **filled}}


def _filled(chance: Random, element: Json) -> Json:
    """What a client could send for this element, and what none would."""
    kind, (name, _) = element["type"], FIELDS[element["type"]]
    if name == "selected_options":
        given: Any = [_option(chance, element) for _ in range(chance.randrange(3))]
    elif name == "selected_option":
        given = chance.choice((None, _option(chance, element)))
    elif name.endswith("s"):
        given = [
            chance.choice((*PEOPLE, *OUTSIDERS, words(chance))) for _ in range(chance.randrange(3))
        ]
    elif name == "selected_date":
        given = chance.choice((None, "2025-06-12", "1900-01-01", "9999-12-31", words(chance)))
    else:
        given = chance.choice((None, "", "12", words(chance), words(chance)))
    return {"type": kind, name: given}


def _option(chance: Random, element: Json) -> Json:
    offered = element.get("options") or [{"value": "1-1b"}]
    value = chance.choice((chance.choice(offered)["value"], words(chance)))
    return {"text": {"type": "plain_text", "text": "x"}, "value": value}
