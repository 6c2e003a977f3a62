"""A department submits: by words and a preview, or by the form."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from sqlite_utils import Database

from store.people_file import PeopleFile
from tests.crash.city import figures, staff
from tests.crash.lineage import Lineage
from tests.crash.town import Town, answer_of, click, direct
from tests.sandbox.hands import Json, soon


def shown(town: Town, user: str, typed: str, what: str) -> Json:
    """The message or view that a command brings.

    Whoever is told that the bot did not answer in three seconds, on a busy machine, types again.
    """
    found: list[Json] = []

    def answered() -> bool:
        found.extend(town.hands.command(user, direct(user), typed)[what])
        return bool(found)

    assert soon(answered), f"{typed} brings no {what}"
    return found[-1]


@dataclass
class Submit:
    """/kpi-submit with all words, and 提出 on its preview."""

    people: PeopleFile = field(default_factory=staff)

    def prepare(self, town: Town, bot: Lineage, folder: Path, turn: int) -> None:
        self.figure = figures()[turn]
        self.place = {"user": self.figure.user, "channel": direct(self.figure.user)}
        typed = f"/kpi-submit {self.figure.about} {self.figure.typed}"
        self.preview = shown(town, self.figure.user, typed, "messages")["ts"]

    def act(self, town: Town, bot: Lineage) -> Json | None:
        return click(town, "submit_draft", wait=0, message_ts=self.preview, **self.place)

    def again(self, town: Town, bot: Lineage, acked: bool) -> Json | None:
        return click(town, "submit_draft", wait=2, message_ts=self.preview, **self.place)

    def stored(self, db: Database) -> int:
        return len(self.figure.submitted(db))


@dataclass
class Form:
    """/kpi-submit with too few words, and the form it opens."""

    people: PeopleFile = field(default_factory=staff)

    def prepare(self, town: Town, bot: Lineage, folder: Path, turn: int) -> None:
        self.figure = figures()[turn]
        typed = f"/kpi-submit {self.figure.about}"
        self.view = shown(town, self.figure.user, typed, "views")["id"]

    def act(self, town: Town, bot: Lineage) -> Json | None:
        return self._send(town, 0)

    def again(self, town: Town, bot: Lineage, acked: bool) -> Json | None:
        shown = town.hands.look(f"views/{self.figure.user}")["views"]
        answer = None
        if shown and shown[-1]["callback_id"] == "submit_actual":
            answer = self._send(town, 2)
        town.hands.do("close-view", user=self.figure.user, view_id=self.view)
        return answer

    def stored(self, db: Database) -> int:
        return len(self.figure.submitted(db))

    def _send(self, town: Town, wait: float) -> Json | None:
        values = {"value:": {"typed": {"value": self.figure.typed}}}
        fields = {"user": self.figure.user, "view_id": self.view, "values": values, "wait": wait}
        return answer_of(town.hands.post("submit-view", **fields))
