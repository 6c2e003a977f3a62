"""People of the workspace and what they do with the bot, in the words of the domain."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from tests.sandbox.hands import Hands, Json, soon

JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")
A_BUG = re.compile(r"照会番号|Error|Exception|None|\{.*\}")
# Until something appears, which on a busy machine may take its time.
PATIENT = {"wait": 30}

# Where each field of the bot's forms keeps what is filled in: block → action.
PICKED = {"indicator": "pick_indicator", "collection": "year", "month": "month"}


@dataclass(frozen=True)
class Seen:
    """What somebody had before their eyes after they did something."""

    answer: Json

    @property
    def messages(self) -> list[Json]:
        """Messages that appeared or changed."""
        found: list[Json] = self.answer["messages"]
        return found

    @property
    def message(self) -> Json:
        """The one message that appeared."""
        assert len(self.messages) == 1, [m["text"] for m in self.messages]
        return self.messages[0]

    def saying(self, words: str) -> Json:
        """The one message that appeared with these words."""
        (found,) = [message for message in self.messages if words in message["text"]]
        return found

    @property
    def text(self) -> str:
        """The words of the messages."""
        return "\n".join(message["text"] for message in self.messages)

    @property
    def view(self) -> Json:
        """The form in front."""
        views = self.answer["views"]
        assert views, self.answer
        found: Json = views[-1]
        return found

    @property
    def errors(self) -> dict[str, str]:
        """What the form says beside its fields."""
        found: dict[str, str] = self.answer.get("errors") or {}
        return found

    @property
    def ack_ms(self) -> float:
        """How long the bot took to take it."""
        assert self.answer["acked"], self.answer
        return float(self.answer["ack_ms"])


@dataclass(frozen=True)
class Person:
    """Somebody of the workspace. Verbs wait until the bot has done all that comes of them.

    In a bot of another process that cannot be seen (see `Hands`): there they wait for what is
    looked for.
    """

    hands: Hands
    id: str

    @property
    def hurried(self) -> Person:
        """The same, acting while other acts are under way, and told what appears first."""
        return replace(self, hands=replace(self.hands, rests=None))

    @property
    def home(self) -> str:
        """Their direct messages with the bot."""
        return f"D0{self.id.removeprefix('U0')}"

    def asks(self, words: str = "", channel: str = "C0STAFF", **more: Any) -> Seen:
        """`/kpi …`."""
        return Seen(self.hands.command(self.id, channel, f"/kpi {words}".strip(), **PATIENT | more))

    def submits(self, words: str = "", channel: str | None = None, **more: Any) -> Seen:
        """`/kpi-submit …`."""
        text = f"/kpi-submit {words}".strip()
        return Seen(self.hands.command(self.id, channel or self.home, text, **PATIENT | more))

    def administers(self, words: str = "", channel: str | None = None, **more: Any) -> Seen:
        """`/kpi-admin …`."""
        text = f"/kpi-admin {words}".strip()
        return Seen(self.hands.command(self.id, channel or self.home, text, **PATIENT | more))

    def clicks(self, label: str, message: Json, **more: Any) -> Seen:
        """Press a button of a message."""
        block, button = button_of(message, label)
        return Seen(
            self.hands.do(
                "interact",
                user=self.id,
                channel=message["channel"],
                message_ts=message["ts"],
                block_id=block["block_id"],
                action_id=button["action_id"],
                **PATIENT | more,
            )
        )

    def types(self, view: Json, letters: str) -> list[Json]:
        """Type letters into the menu of indicators and see what it offers."""
        offered: list[Json] = self.hands.do(
            "suggest",
            user=self.id,
            view_id=view["id"],
            block_id="indicator",
            action_id="pick_indicator",
            value=letters,
        )["options"]
        return offered

    def picks(self, view: Json, indicator: str) -> Json:
        """Choose an indicator in the menu; the form as it then is."""
        offered = [o for o in self.types(view, indicator) if o["value"] == indicator]
        assert offered, f"{indicator} is not offered"
        place = {"block_id": "indicator", "action_id": "pick_indicator"}
        chosen = {**place, "view_id": view["id"], "selected_option": offered[0]}
        self.hands.do("interact", user=self.id, **chosen)
        assert self.form()["hash"] != view["hash"], "the form did not follow"
        return self.form()

    def fills(self, view: Json, **values: Any) -> Seen:
        """Fill in fields and send the form. A series' value goes by its name, the only one by `value`."""
        named = {_block(name): _filled(name, value) for name, value in values.items()}
        return self.sends(view, named)

    def sends(self, view: Json, values: Json | None = None, **more: Any) -> Seen:
        """Send a form with `{block_id: {action_id: …}}` filled in."""
        body = {"user": self.id, "view_id": view["id"], "values": values or {}}
        return Seen(self.hands.do("submit-view", **body, **PATIENT | more))

    def form(self) -> Json:
        """The form in front of them."""
        views = self.hands.look(f"views/{self.id}")["views"]
        assert views, f"{self.id} has no form open"
        found: Json = views[-1]
        return found

    def forms(self) -> list[Json]:
        """All forms that are open."""
        found: list[Json] = self.hands.look(f"views/{self.id}")["views"]
        return found

    def closes(self, view: Json) -> None:
        """Close a form."""
        self.hands.do("close-view", user=self.id, view_id=view["id"])

    def opens(self, shown: Json, label: str) -> Json:
        """Press a button of a form or of Home; the form that then opens."""
        before = {each["id"] for each in self.forms()}

        def newly() -> list[Json]:
            return [each for each in self.forms() if each["id"] not in before]

        self.presses(shown, label)
        assert soon(newly), f"no form behind {label}"
        (found,) = newly()
        return found

    def takes(self) -> Json:
        """The form that has opened, closed again."""
        assert soon(self.forms), f"{self.id} has no form open"
        found = self.form()
        self.closes(found)
        return found

    def goes_back(self) -> Json:
        """Close the form in front; the one behind it."""
        self.closes(self.form())
        return self.form()

    def presses(self, view: Json, label: str, values: Json | None = None, **more: Any) -> Seen:
        """Press a button of a form or of Home, with what is filled in."""
        block, button = button_of(view, label)
        return self._acts(view, block, button, values, **more)

    def chooses(self, view: Json, action_id: str, value: str, **more: Any) -> Seen:
        """Choose in a menu that speaks at once."""
        for block in view["blocks"]:
            for element in block.get("elements", ()):
                if element.get("action_id") == action_id:
                    options = [o for o in element["options"] if o["value"] == value]
                    assert options, [o["value"] for o in element["options"]]
                    return self._acts(view, block, element, None, selected_option=value, **more)
        raise AssertionError(f"no {action_id}")

    def _acts(
        self, view: Json, block: Json, element: Json, values: Json | None, **more: Any
    ) -> Seen:
        body = {"user": self.id, "view_id": view["id"], "values": values or {}}
        place = {"block_id": block["block_id"], "action_id": element["action_id"]}
        return Seen(self.hands.do("interact", **body, **place, **PATIENT | more))

    def at_home(self) -> Json:
        """Their Home tab, opened."""
        self.hands.do("open-home", user=self.id)
        assert soon(lambda: self.hands.look(f"home/{self.id}")["view"])
        found: Json = self.hands.look(f"home/{self.id}")["view"]
        return found

    def home_says(self, words: str) -> bool:
        """Their Home tab has these words in it."""
        return soon(lambda: words in words_of(self.at_home()))

    def inbox(self, like: str = "") -> list[Json]:
        """The bot's messages to them that hold certain words, oldest first."""
        return self.reads(self.home, like)

    def hears(self, like: str, act: Callable[[], object], channel: str = "") -> Json:
        """Do something; the message that then says `like`, to themselves by default, and did not before."""
        where = channel or self.home
        before = {message["ts"] for message in self.reads(where, like)}

        def newly() -> list[Json]:
            return [each for each in self.reads(where, like) if each["ts"] not in before]

        act()
        assert soon(newly), f"nothing says {like}: {self.reads(where)}"
        (found,) = newly()
        return found

    def reads(self, channel: str, like: str = "") -> list[Json]:
        """The messages they see in a channel that hold certain words, oldest first."""
        return [m for m in self.hands.messages(channel, self.id) if like in m["text"]]

    def approves(self, request: Json) -> Seen:
        """Press 承認."""
        return self.clicks("承認", request)

    def sends_back(self, request: Json, reason: str, due: str | None = None) -> Seen:
        """Press 差戻し, write the reason (and a new due date) and send it."""
        opened = self.clicks("差戻し", request)
        values: Json = {"reason": {"typed": {"value": reason}}}
        if due:
            values["new_due"] = {"picked": {"selected_date": due}}
        return self.sends(opened.view, values)


def buttons_of(message: Json) -> list[tuple[Json, Json]]:
    """Every button of a message with the block it stands in."""
    found = []
    for block in message["blocks"]:
        there = [*block.get("elements", ()), *filter(None, [block.get("accessory")])]
        found += [(block, each) for each in there if each.get("type") == "button"]
    return found


def labels_of(message: Json) -> list[str]:
    """The labels of a message's buttons."""
    return [button["text"]["text"] for _, button in buttons_of(message)]


def button_of(message: Json, label: str) -> tuple[Json, Json]:
    """The button of that label and its block."""
    for block, button in buttons_of(message):
        if label == button["text"]["text"]:
            return block, button
    raise AssertionError(f"no 「{label}」 among {labels_of(message)}")


def draft_behind(preview: Json) -> str:
    """The id that a preview's buttons carry."""
    found: str = button_of(preview, "修正")[1]["value"]
    return found


def boxes_of(view: Json) -> dict[str, tuple[str, Json]]:
    """Every box to tick in a form: the start of its text → its block and option."""
    return {
        option["text"]["text"].split("　")[0]: (block["block_id"], option)
        for block in view["blocks"]
        if block.get("element", {}).get("type") == "checkboxes"
        for option in block["element"]["options"]
    }


def ticked(view: Json, *indicators: str) -> Json:
    """The boxes of these indicators ticked, and no others, as a form takes it."""
    chosen: dict[str, list[str]] = {}
    for text, (block, option) in boxes_of(view).items():
        mine = chosen.setdefault(block, [])
        if text.replace("⚠ ", "").split()[0] in indicators:
            mine.append(option["value"])
    return {block: {"picked": {"selected_options": found}} for block, found in chosen.items()}


def field_of(view: Json, block_id: str) -> Json:
    """The input block of a form."""
    for block in view["blocks"]:
        if block.get("block_id") == block_id:
            found: Json = block
            return found
    raise AssertionError(f"no {block_id} in {[b.get('block_id') for b in view['blocks']]}")


def standing_in(view: Json, block_id: str) -> str:
    """What a field of a form holds."""
    (value,) = view["state"]["values"][block_id].values()
    chosen = value.get("selected_option")
    return chosen["value"] if chosen else value.get("value") or ""


def words_of(view: Json) -> str:
    """Everything that a form says in its sections and contexts."""
    said = []
    for block in view["blocks"]:
        if block["type"] in {"section", "header"}:
            said.append(block["text"]["text"])
        said += [e["text"] for e in block.get("elements", ()) if e["type"] == "mrkdwn"]
    return "\n".join(said)


def is_a_sentence(text: str) -> None:
    """Something for a person to read, and none of our bugs."""
    assert JAPANESE.search(text), text
    assert not A_BUG.search(text), text


def _block(name: str) -> str:
    if name in {"indicator", "collection", "period", "source", "note", "awaiting", "month"}:
        return name
    return "value:" if name == "value" else f"value:{name}"


def _filled(name: str, value: Any) -> Json:
    if name == "awaiting":
        return {"awaiting": {"selected_options": ["awaiting"] if value else []}}
    if name in PICKED:
        return {PICKED[name]: {"selected_option": value}}
    return {"typed": {"value": value}}
