"""Every way to do something with the bot: commands, buttons, menus, forms, files, messages, Home."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from bot.listeners.administering import MENU
from store.people import Act
from tests.bot.authority_table import ALLOWED, INSIDE, OUTSIDE
from tests.bot.forging import Told
from tests.bot.giving import PLAN
from tests.bot.replaying import Replayer
from tests.bot.walk import ADMIN, OWN, PROXY, SUBMIT, Also, Press, form_of, presses, sendings
from tests.sandbox.hands import Json

ELSEWHERE = ("lead elsewhere", "member elsewhere")
LEADS = ("lead", "absent lead", "deputy")


class Way(Protocol):
    """One way to do something, with everything in hand but the authority."""

    @property
    def act(self) -> Act: ...
    @property
    def also(self) -> Also: ...
    def do(self, forger: Replayer, user: str, /) -> Told: ...


@dataclass(frozen=True)
class Command:
    """A command as somebody types it. `outside`: what the audit names for people from outside."""

    act: Act
    name: str
    words: str = ""
    also: Also = ()
    outside: Act | None = None

    def do(self, forger: Replayer, user: str) -> Told:
        """Type it, delivered twice."""
        return forger.command(user, self.name, self.words, twice=True)


@dataclass(frozen=True)
class Picked:
    """An indicator that somebody picks in the menu of a form."""

    act: Act = SUBMIT
    also: Also = OWN

    def do(self, forger: Replayer, user: str) -> Told:
        """Pick it, delivered twice."""
        return forger.picked(user, form_of("submit_actual", "0"), "1-1b", twice=True)


@dataclass(frozen=True)
class Event:
    """What Slack tells of somebody: a message, a mention, a file, a look at Home.

    `private`: it stands in their direct messages. `silent` are those to whom nothing can be said.
    """

    act: Act
    told: Json
    private: bool = True
    also: Also = ()
    outside: Act | None = None
    silent: frozenset[str] = field(default_factory=frozenset)

    def do(self, forger: Replayer, user: str) -> Told:
        """It is told twice."""
        return forger.event(user, self.told, private=self.private)


def _commands() -> dict[str, Way]:
    asking = ("", "1-1", "1-1b", "未提出", "意見", "フォロー", "ヘルプ")
    found: dict[str, Way] = {f"/kpi {words}": Command(Act.ASK, "/kpi", words) for words in asking}
    for words, also in {
        "1-1b R6 12人": PROXY,
        "1-1b R6": PROXY,
        "様式 こども課（サンプル）": PROXY,
        "": (*PROXY, *ELSEWHERE),
        "様式": (*PROXY, *ELSEWHERE),
        "取下げ": OWN,
    }.items():
        found[f"/kpi-submit {words}"] = Command(SUBMIT, "/kpi-submit", words, also)
    found["/kpi-submit 課長確認"] = Command(
        Act.CONFIRM, "/kpi-submit", "課長確認", ("lead elsewhere",), outside=SUBMIT
    )
    for words in ("", *(word for word, _ in MENU)):
        found[f"/kpi-admin {words}"] = Command(ADMIN, "/kpi-admin", words)
    return found


def _events(files: Mapping[str, Json]) -> dict[str, Way]:
    message = {"type": "message", "channel_type": "im"}
    dropped = {**message, "subtype": "file_share"}
    # Nothing is said about them in a channel, and the bot cannot write to them.
    unheard = frozenset(OUTSIDE - {"guest", "nobody"})
    return {
        "message": Event(Act.ASK, {**message, "text": "1-1"}),
        "mention": Event(
            Act.ASK,
            {"type": "app_mention", "text": "<@U0KPIBOT> 1-1"},
            private=False,
            silent=unheard,
        ),
        "home": Event(
            Act.ASK, {"type": "app_home_opened", "tab": "home"}, silent=unheard | {"nobody"}
        ),
        "file: sheet": Event(
            SUBMIT, {**dropped, "files": [files["sheet"]]}, also=PROXY, outside=Act.ASK
        ),
        "file: opinions": Event(ADMIN, {**dropped, "files": [files["opinions"]]}, outside=Act.ASK),
    }


def _more(numbers: Mapping[str, str]) -> dict[str, Way]:
    """The same buttons and forms once more, where somebody else may press them."""
    return {
        "withdraw the lead's": Press(Act.WITHDRAW, "withdraw", numbers["of_lead"]),
        "withdraw by proxy": Press(Act.WITHDRAW, "withdraw", numbers["by_proxy"], ("planner",)),
        "send back what waits for the lead": Press(
            Act.SEND_BACK, "send_back", numbers["to_confirm"], LEADS
        ),
        "effort of a goal": Press(
            Act.REFLECT, "effort:goal", f"{PLAN}|2024|goal:1", only=frozenset({"planner"})
        ),
        "sheet of opinions": Press(ADMIN, "sheet_submit", numbers["opinions"], outside=SUBMIT),
    }


def ways(numbers: Mapping[str, str], files: Mapping[str, Json]) -> dict[str, Way]:
    """By name. `numbers` and `files` are those of what waits in the office for whoever does it."""
    held = dict(numbers)
    return {
        **_commands(),
        **{f"button {name}": press for name, press in presses(held).items()},
        "menu pick_indicator": Picked(),
        **{f"form {name}": sent for name, sent in sendings(held).items()},
        **_more(numbers),
        **_events(files),
    }


def ways_of(act: Act, known: Mapping[str, Way]) -> dict[str, Way]:
    """Those of an act; for one that is never asked about by itself those that it opens as well."""
    own = {name: way for name, way in known.items() if way.act is act}
    return own or {name: way for name, way in known.items() if act in way.also}


def may(way: Way, role: str) -> bool:
    """Whether the table lets this role do it."""
    only = getattr(way, "only", None)
    if only is not None:
        return role in only
    acts = [way.act, *(each for each in way.also if isinstance(each, Act))]
    return role in way.also or any(role in ALLOWED[act] for act in acts)


def audited(way: Way, role: str) -> Act:
    """The act that the audit names when this role is refused."""
    outside: Act | None = getattr(way, "outside", None)
    return outside if outside and role not in INSIDE else way.act


def is_told(way: Way, role: str) -> bool:
    """Whether a refusal can be said to this role in this way."""
    if isinstance(way, Picked):
        return role not in {"other bot", "nobody"}
    return not isinstance(way, Event) or role not in way.silent
