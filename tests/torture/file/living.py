"""People who act while something is wrong with the file of the bot that they talk to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.crash.city import looking
from tests.crash.deciding import Approve
from tests.crash.killing import is_drained
from tests.crash.lineage import Lineage
from tests.crash.submitting import Form, Submit
from tests.crash.town import Town
from tests.sandbox.hands import Json, soon

PATIENCE_SECONDS = 60.0
IN_TIME_MS = 3000.0
KINDS: tuple[type[Submit | Form | Approve], ...] = (Submit, Form, Approve)


@dataclass
class Try:
    """One act of one person on a figure of their own: a click on a preview, a form, an approval."""

    town: Town
    bot: Lineage
    folder: Path
    turn: int

    def __post_init__(self) -> None:
        self.scene = KINDS[self.turn % len(KINDS)]()
        self._prepare()

    def act(self) -> Json | None:
        """Do it, and wait for two seconds for what appears."""
        return self.scene.again(self.town, self.bot, False)

    def act_again(self) -> Json | None:
        """Do it once more, as somebody does who was told that nothing was saved."""
        if isinstance(self.scene, Form):
            self._prepare()
        return self.act()

    @property
    def stored(self) -> int:
        """How often it stands in the database; it has to be 0 or 1."""
        with looking(self.folder) as db:
            return self.scene.stored(db)

    def _prepare(self) -> None:
        """Once nothing else is on its way to anybody, so that what appears is the answer.

        Its bot is heard as well: one that nobody listens to comes to wait for that.
        """
        self.bot.tick_and_live()
        with looking(self.folder) as db:
            assert soon(lambda: is_drained(db), PATIENCE_SECONDS)
        self.scene.prepare(self.town, self.bot, self.folder, self.turn)


def words(answer: Json | None) -> str:
    """What the person read."""
    if answer is None:
        return ""
    errors = answer.get("errors") or {}
    return "\n".join([*(m["text"] for m in answer["messages"]), *errors.values()])


def is_answered(answer: Json | None) -> bool:
    """They read something, within three seconds."""
    if answer is None or not answer["acked"]:
        return False
    return bool(words(answer)) and max(answer["ack_ms"], answer["answer_ms"] or 0) <= IN_TIME_MS
