"""A process that has the shim: it lives through a story in a child of its own for each order.

Orders come in as lines of JSON, and what became of each goes out as one. The child says so over a
pipe as it goes, so that what it had acknowledged is known whatever becomes of it.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlite_utils import Database

from store.db import open_db
from tests.crash.broken import work_in
from tests.torture.file.deeds import ROUND, STORIES, Deed
from tests.torture.file.shim import Fault, Shim

WATCHED = "/kpibot.db"
TRIES = 3
ACKED, REFUSED = b"a", b"r"
AS_IT_IS, ACK_FIRST, PIECEMEAL = "as-it-is", "ack-first", "piecemeal"


@dataclass(frozen=True)
class Order:
    """Live through a story on the file at `path`.

    `log` is where each operation is written down, with a note for each deed that is acknowledged;
    then the file is not closed in the end, `sync` is what is asked of SQLite, and pages go from the
    log into the file after `often` of them.
    """

    story: str
    path: str
    at: int = 0
    errno: int = 0
    always: bool = False
    way: str = AS_IT_IS
    log: str | None = None
    sync: str = "FULL"
    often: int = 1000


@dataclass(frozen=True)
class Told:
    """What became of it: deeds acknowledged and tries refused, operations, whether one failed."""

    acked: int
    refused: int
    seen: int
    fired: bool
    ended: int


class Victim:
    """Lives through the story. A person whose deed was refused tries it again, up to three times."""

    def __init__(self, order: Order, tell: Callable[[bytes], object]) -> None:
        self.order, self.tell = order, tell
        self.shim = Shim(WATCHED)
        self.db: Database | None = None

    def live(self) -> None:
        """Until the end, or until a deed can't be done at all."""
        if self.order.way == PIECEMEAL:
            work_in(PIECEMEAL)
        if self.order.log is not None:
            self.shim.write_down(Path(self.order.log))
        self.shim.fail(Fault(self.order.at, self.order.errno, self.order.always))
        managed = all(map(self._manages, STORIES[self.order.story].deeds))
        if managed and self.db is not None and self.order.log is None:
            self.db.conn.close()
        self.tell(f" {self.shim.seen} {int(self.shim.fired)}".encode())

    def _manages(self, deed: Deed) -> bool:
        return any(self._does(deed) for _ in range(TRIES))

    def _does(self, deed: Deed) -> bool:
        if self.order.way == ACK_FIRST:
            self._ack()
        try:
            deed.do(self._open())
        except Exception:
            self.tell(REFUSED)
            return self.order.way == ACK_FIRST
        if self.order.way != ACK_FIRST:
            self._ack()
        return True

    def _open(self) -> Database:
        if self.db is None:
            self.db = open_db(Path(self.order.path))
            self.db.execute(f"PRAGMA synchronous={self.order.sync}").fetchall()
            self.db.execute(f"PRAGMA wal_autocheckpoint={self.order.often}").fetchall()
        return self.db

    def _ack(self) -> None:
        self.tell(ACKED)
        self.shim.note(ACKED)


def obey(order: Order) -> Told:
    """Live through it in a child, and wait for that."""
    hears, tells = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(hears)
            Victim(order, lambda word: os.write(tells, word)).live()
        finally:
            os._exit(0)
    os.close(tells)
    with os.fdopen(hears, "rb") as heard:
        said, *rest = heard.read().split()
    _, status = os.waitpid(child, 0)
    seen, fired = map(int, rest) if rest else (0, 0)
    return Told(said.count(ACKED), said.count(REFUSED), seen, bool(fired), status)


def _warm_up() -> None:
    """What is read once in the life of a process is read before it has children."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "warm.db")
        ROUND.begin(path)
        db = open_db(path)
        for deed in ROUND.deeds:
            deed.do(db)
        db.conn.close()


def main() -> None:
    """Obey until there is nothing more."""
    _warm_up()
    for line in sys.stdin:
        told = obey(Order(**json.loads(line)))
        sys.stdout.write(json.dumps(asdict(told)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
