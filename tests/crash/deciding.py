"""A planner decides on what a department submitted."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from sqlite_utils import Database

from store.people_file import PeopleFile
from tests.crash.city import count, looking, staff
from tests.crash.lineage import Lineage
from tests.crash.submitting import Submit
from tests.crash.town import Town, click, direct, message_key
from tests.sandbox.hands import Json, soon

PLANNER, OTHER_PLANNER = "U0PLANNER", "U0PLANNER2"


@dataclass
class Approve:
    """承認 on the request in a planner's DM; when no answer came, maybe the other planner's."""

    people: PeopleFile = field(default_factory=staff)

    def prepare(self, town: Town, bot: Lineage, folder: Path, turn: int) -> None:
        submit = Submit()
        submit.prepare(town, bot, folder, turn)
        submit.act(town, bot)
        with looking(folder) as db:
            assert soon(lambda: submit.figure.submitted(db)), "it was never submitted"
            (self.number,) = submit.figure.submitted(db)
        self.next_planner = (PLANNER, OTHER_PLANNER)[turn % 2]
        self.requests = {p: self._request(town, p) for p in (PLANNER, OTHER_PLANNER)}

    def act(self, town: Town, bot: Lineage) -> Json | None:
        return self._click(town, PLANNER, 0)

    def again(self, town: Town, bot: Lineage, acked: bool) -> Json | None:
        return None if acked else self._click(town, self.next_planner, 2)

    def stored(self, db: Database) -> int:
        return count(db, "decisions WHERE submission = ? AND kind = 'approve'", self.number)

    def _request(self, town: Town, planner: str) -> str:
        key, found = f"approval:{self.number}:{planner}", list[Json]()

        def arrived() -> bool:
            there = town.hands.messages(direct(planner), planner)
            found.extend(m for m in there if message_key(m) == key)
            return bool(found)

        assert soon(arrived), f"{key} never came"
        return str(found[0]["ts"])

    def _click(self, town: Town, planner: str, wait: float) -> Json | None:
        place = {"user": planner, "channel": direct(planner)}
        return click(town, "approve", wait=wait, message_ts=self.requests[planner], **place)
