"""What people do to one database, deed by deed: each is one transaction, and done again does nothing.

So a database has to stand after each number of deeds exactly as it stood in a run without trouble:
what it holds is compared as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from sqlite_utils import Database

from bot import rounds
from store import outbox
from store.acts import By
from store.db import open_db
from store.fiscal import TOKYO
from store.inbox import once
from store.people import Who, who
from store.submissions import Proposal
from tests.hall import OTHER_PLANNER, PLAN, PLANNER, found_hall
from tests.store.first_release import write_first_release

NOON = datetime(2025, 6, 3, 12, 0, tzinfo=TOKYO)
CHILD = "U0CHILD"
SHEET = ("1-1a", "1-1b", "1-1c", "1-2a", "1-4a", "1-4b", "1-5a")
# What a migration notes of the real time, and what a replicator keeps for itself.
REAL_TIME = "applied_at"
FOREIGN = "_litestream"


@dataclass(frozen=True)
class Deed:
    """One transaction."""

    name: str
    do: Callable[[Database], object]


@dataclass(frozen=True)
class Story:
    """`begin` makes the file that the deeds find."""

    begin: Callable[[Path], None]
    deeds: Sequence[Deed]

    def states(self, path: Path) -> list[str]:
        """What the database holds at first and after each deed, as digests."""
        self.begin(path)
        found = [digest_of(path)]
        db = open_db(path)
        for deed in self.deeds:
            deed.do(db)
            found.append(digest(db))
        db.conn.close()
        return found


def digest_of(path: Path) -> str:
    """A digest of everything that a file holds, read over a connection of its own."""
    db = Database(str(path))
    try:
        return digest(db)
    finally:
        db.conn.close()


def digest(db: Database) -> str:
    """The same over this connection: the schema, and every row of every table in order."""
    made = sha256()
    shape = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE ? ORDER BY type, name"
    for kind, name, sql in db.execute(shape, [f"{FOREIGN}%"]).fetchall():
        made.update(f"{kind} {name} {sql}\n".encode())
        if kind == "table":
            columns = ", ".join(f"[{c.name}]" for c in db[name].columns if c.name != REAL_TIME)
            for row in sorted(map(repr, db.execute(f"SELECT {columns} FROM [{name}]").fetchall())):
                made.update(row.encode())
    return made.hexdigest()


def is_sound(path: Path) -> bool:
    """SQLite finds nothing wrong with a file, and no reference leads nowhere."""
    db = Database(str(path))
    try:
        whole = db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return whole and not db.execute("PRAGMA foreign_key_check").fetchall()
    finally:
        db.conn.close()


def found(path: Path) -> None:
    """A hall on its first morning."""
    db = open_db(path)
    found_hall(db, NOON)
    db.conn.close()


def submitting(indicators: Sequence[str], value: int, user: str = CHILD) -> Deed:
    """Somebody gives these figures in one act."""

    def submit(db: Database) -> object:
        values: dict[str | None, Decimal] = {None: Decimal(value)}
        given = [Proposal(PLAN, i, 2024, values=values, period="FY2024") for i in indicators]
        return rounds.enter_all(db, By(user, NOON, "test"), _who(db, user), given)

    return _once(f"submit {indicators[0]} {value}", submit)


def approving(number: int) -> Deed:
    """A planner approves a figure."""
    planner = By(PLANNER, NOON, "test")
    return _once(
        f"approve {number}", lambda db: rounds.accept(db, planner, _who(db, PLANNER), number)
    )


def returning(number: int) -> Deed:
    """A planner sends a figure back."""
    act = By(OTHER_PLANNER, NOON, "test", "延べ人数ですか")
    return _once(
        f"return {number}",
        lambda db: rounds.turn_back(db, act, _who(db, OTHER_PLANNER), number),
    )


def _enqueue(db: Database) -> object:
    return outbox.enqueue(db, "digest:torture", "C0DIGEST", "週報", {"text": "週報"}, 0.0)


def _claim(db: Database) -> object:
    message = outbox.claim(db, NOON.timestamp())
    assert message is not None
    outbox.mark_verify(db, message.key, "C0DIGEST")
    return None


def _sent(db: Database) -> object:
    outbox.mark_sent(db, "digest:torture", "C0DIGEST", "1.0", "post")
    return None


def _once(key: str, work: Callable[[Database], object]) -> Deed:
    def do(db: Database) -> object:
        def effect() -> dict[str, object]:
            work(db)
            return {"text": key}

        return once(db, key, NOON, effect)

    return Deed(key, do)


def _who(db: Database, user: str) -> Who:
    return who(db, user, "member", NOON.date())


def _migrate(_: Database) -> None:
    """Opening did it."""


ROUND = Story(
    found,
    (
        submitting(["1-1b"], 12),
        approving(1),
        submitting(["1-1a"], 34),
        returning(2),
        _once("enqueue", _enqueue),
        _once("claim", _claim),
        _once("sent", _sent),
        submitting(SHEET, 56),
        approving(3),
    ),
)
# One after another until pages have gone from the log into the file several times over.
GIVING = Story(
    found,
    tuple(
        deed
        for n in range(30)
        for deed in (submitting([SHEET[n % len(SHEET)]], n + 1), approving(n + 1))[
            : 1 + (n % 3 > 1)
        ]
    ),
)
UPGRADE = Story(write_first_release, (Deed("migrate", _migrate),))
STORIES = {"round": ROUND, "giving": GIVING, "upgrade": UPGRADE}
