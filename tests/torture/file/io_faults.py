"""The n-th write, sync or truncation of the database fails: for each n, until a pass without one.

After each, a process that has no shim reads the file: it holds what it held after some number of
deeds, no fewer than were acknowledged, and whoever tries again finds the same end as ever.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from random import Random

from store.db import open_db
from tests.torture.campaign import Ask
from tests.torture.file.deeds import STORIES, digest_of, is_sound
from tests.torture.file.under_shim import ACK_FIRST, AS_IT_IS, PIECEMEAL, Order
from tests.torture.file.victims import Live, victims
from tests.torture.lines import Figure, Line

ERRORS = {"EIO": errno.EIO, "ENOSPC": errno.ENOSPC}
DATABASE = "kpibot.db"
OF_CONTROLS = 24
FEW, ALL = 20, 700  # From here on every single operation fails once.
CPUS = os.cpu_count() or 1
MET = ("round", "upgrade")


def io_faults(ask: Ask) -> Iterator[Line]:
    """Each operation of each story, failing once and for ever, with both errors; then controls."""
    with victims(ask.folder, CPUS if ask.count > FEW else 1) as live:
        ground = Ground(ask.folder, live)
        orders = list(ground.orders())
        chosen = Random(ask.seed).sample(orders, min(ask.count, len(orders)))
        found = ground.suffer(orders if ask.count >= ALL else chosen, AS_IT_IS)
        passes = ground.suffer(ground.past_the_end(), AS_IT_IS)
        figures: dict[str, Figure] = {
            "runs": found["runs"],
            "fired": found["fired"],
            "clean_passes": passes["clean"],
            **{name: found[name] for name in FIGURES},
        }
        must = "missing=0 half=0 integrity_fail=0 died=0 not_resumed=0 runs>=asked fired=runs"
        yield Line("io-faults", ask.count, figures, f"{must} clean_passes=4")
        few = chosen[:OF_CONTROLS]
        for way, figure in ((ACK_FIRST, "missing"), (PIECEMEAL, "half")):
            found = ground.suffer(few, way)
            figures = {"control": way, **{name: found[name] for name in FIGURES}}
            yield Line("io-faults control", len(few), figures, f"{figure}>0")


FIGURES = (
    *("acked", "refused", "kept_unacked", "missing", "half"),
    *("integrity_fail", "died", "not_resumed"),
)


@dataclass
class Ground:
    """A folder with the files that the stories begin with, and what they come to hold."""

    folder: Path
    live: Live

    def __post_init__(self) -> None:
        self.states: dict[str, list[str]] = {}
        for name in MET:
            story = STORIES[name]
            (self.folder / name).mkdir()
            story.begin(self.folder / name / DATABASE)
            self.states[name] = story.states(self.folder / name / "model.db")

    def orders(self) -> Iterator[Order]:
        """Everything that can go wrong, operation by operation."""
        for story in MET:
            count = self.live(Order(story, self._fresh(story))).seen
            for number in ERRORS.values():
                for always in (False, True):
                    for at in range(1, count + 1):
                        yield Order(story, "", at, number, always)

    def past_the_end(self) -> list[Order]:
        """The pass of each kind in which nothing fails any more."""
        return [
            Order("round", "", 1_000_000, number, always)
            for number in ERRORS.values()
            for always in (False, True)
        ]

    def suffer(self, orders: list[Order], way: str) -> Counter[str]:
        """What came of these, added up."""
        with ThreadPoolExecutor(CPUS) as pool:
            return sum(pool.map(partial(self._account, way), orders), Counter())

    def _account(self, way: str, order: Order) -> Counter[str]:
        path = self._fresh(order.story)
        told = self.live(Order(**{**asdict(order), "path": path, "way": way}))
        states, found = self.states[order.story], Counter(runs=1, acked=told.acked)
        found.update(refused=told.refused, fired=told.fired, died=told.ended != 0)
        found.update(integrity_fail=not is_sound(Path(path)))
        held = digest_of(Path(path))
        if held not in states:
            found.update(half=1)
        else:
            stands = states.index(held)
            found.update(missing=max(0, told.acked - stands))
            found.update(kept_unacked=stands > told.acked, half=stands > told.acked + 1)
        found.update(not_resumed=self._resumed(order.story, Path(path)) != states[-1])
        found.update(clean=not told.fired and held == states[-1] and told.refused == 0)
        shutil.rmtree(Path(path).parent)
        return found

    def _fresh(self, story: str) -> str:
        """A copy of the file that a story begins with, in a folder of its own."""
        path = Path(tempfile.mkdtemp(dir=self.folder), DATABASE)
        shutil.copyfile(self.folder / story / DATABASE, path)
        return str(path)

    def _resumed(self, story: str, path: Path) -> str:
        """What the file holds once everything was tried again without trouble."""
        try:
            db = open_db(path)
            for deed in STORIES[story].deeds:
                deed.do(db)
            db.conn.close()
        except Exception as error:
            return str(error)
        return digest_of(path)
