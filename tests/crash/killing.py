"""Killing the bot at one step, many times, and what came of it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from bot.shell.context import DATABASE
from store import outbox
from store.people_file import PeopleFile
from tests.crash.account import Toll, half_written, missing_and_doubled
from tests.crash.city import count, found, looking
from tests.crash.lineage import Lineage
from tests.crash.scenes import Scene, scene_for
from tests.crash.steps import STEPS, Step
from tests.crash.town import Town
from tests.crash.victim import Life
from tests.sandbox.hands import Json, soon

# Instead of two minutes: the sandbox shows what was posted at once.
WAIT_SECONDS = 0.5
PATIENCE_SECONDS = 60.0
# So that a few kills at each step meet every kind of trouble somewhere.
ORDER = {name: 2 * n for n, name in enumerate(STEPS)}


@dataclass
class Death:
    """One kill: the scene, what had been acked by then, and what the disk held."""

    scene: Scene
    first: Future[Json | None]
    acked: bool = False
    stored: int = 0
    second: Json | None = None


@dataclass(frozen=True)
class Killing:
    """Kills at a step in a town; `folder` is the data folder, new for each step."""

    town: Town
    step: Step
    folder: Path
    bot: Lineage
    acts: ThreadPoolExecutor

    def kill(self, turn: int) -> Death:
        """One round: ready, death, a new bot, the person again, and all that is due said.

        Of four rounds one brings the envelope twice, one brings it to the next bot again, and one
        does both.
        """
        trouble = (turn + ORDER[self.step.id]) % 4
        scene = scene_for(self.step.scene)
        scene.prepare(self.town, self.bot, self.folder, turn)
        self._drained()
        if trouble in (1, 3):
            self.town.hands.arm("duplicate_envelope")
        death = self._die(scene)
        self._rise()
        if trouble in (2, 3) and self.bot.heard:
            self.bot.hear(self.bot.heard[0])
        death.second = scene.again(self.town, self.bot, death.acked)
        self._drained()
        return death

    def _die(self, scene: Scene) -> Death:
        self.bot.die_at(STEPS[self.step.after] if self.step.after else self.step)
        death = Death(scene, self.acts.submit(scene.act, self.town, self.bot))
        self.bot.expect_death()
        assert soon(lambda: self.town.hands.look("state")["connections"] == 0, PATIENCE_SECONDS)
        self._look(death)
        return death

    def _rise(self) -> None:
        if self.step.after:
            self.bot.begin_and_die_at(self.step)
        self.bot.begin()

    def _look(self, death: Death) -> None:
        """What had been acknowledged, and what the disk holds, copied while nobody has it open."""
        with tempfile.TemporaryDirectory(dir=self.folder.parent) as copy:
            for suffix in ("", "-wal"):
                with suppress(FileNotFoundError):
                    shutil.copy(self.folder / f"{DATABASE}{suffix}", copy)
            with looking(Path(copy)) as db:
                death.stored = death.scene.stored(db)
        acked = self.town.acked()
        death.acked = any(envelope in acked for envelope in self.bot.envelopes)

    def _drained(self) -> None:
        with looking(self.folder) as db:
            drained = soon(lambda: is_drained(db), PATIENCE_SECONDS)
            assert drained, [m for m in outbox.messages(db) if m.state != "sent"]

    def toll(self, deaths: list[Death]) -> Toll:
        """Compare the sandbox's record with the database."""
        posted = self.town.messages()
        with looking(self.folder) as db:
            missing, doubled = missing_and_doubled(db, posted)
            for death in deaths:
                stands = death.scene.stored(db)
                missing += stands == 0 or (death.acked and death.stored == 0)
                doubled += max(0, stands - 1)
            return Toll(
                self.step.id,
                self.bot.kills,
                sum(map(_acks, deaths)),
                missing,
                doubled,
                half_written(db, posted),
                count(db, "outbox WHERE via = 'lookup'"),
            )


@contextmanager
def bot_over(
    town: Town, folder: Path, people: PeopleFile, broken: str | None = None
) -> Iterator[Lineage]:
    """A bot with the city's plan and these people, until the block is left.

    `broken` makes it, and every one after it, work in a broken way.
    """
    town.reset()
    found(folder, people)
    bot = Lineage(Life(folder, town.api_url, town.ahead, WAIT_SECONDS, broken))
    bot.begin()
    try:
        yield bot
    finally:
        bot.end()


def kill_at(town: Town, step: Step, times: int, folder: Path, broken: str | None = None) -> Toll:
    """Kill the bot at a step so many times; `broken` as in `bot_over`."""
    people = scene_for(step.scene).people
    with bot_over(town, folder, people, broken) as bot, ThreadPoolExecutor(8) as acts:
        killing = Killing(town, step, folder, bot, acts)
        deaths = [killing.kill(turn) for turn in range(times)]
        return killing.toll(deaths)


def is_drained(db: Database) -> bool:
    """Nothing is left to be posted."""
    return count(db, "outbox WHERE state IN ('due', 'sending')") == 0


def _acks(death: Death) -> int:
    """How many of a person's acts were acknowledged; for an act of nobody, whether it was kept."""
    answers = [death.first.result(), death.second]
    if answers == [None, None]:
        return int(death.stored > 0)
    return sum(bool(answer and answer["acked"]) for answer in answers)
