"""Cells altered, rows removed, slipped in and swapped in a database that was lived in: each is named.

The control seals everything again afterwards, as a forger who knows how would: that is found by a
head that was noted before, and by nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random

from sqlite_utils import Database

from store.db import open_db, remembered
from store.examining import find
from store.sealing import START, digest_of, head, head_after
from tests.forgery.city import breaches, forging, lived_in
from tests.forgery.forgeries import Forgery, forge, forgeries
from tests.torture.campaign import Ask
from tests.torture.lines import Figure, Line

OF_CONTROLS = 20


def forged(ask: Ask) -> Iterator[Line]:
    """So many at random of all forgeries there are, each in a copy of its own."""
    city, made = lived_in(ask.folder), open_db(":memory:")
    chosen = Random(ask.seed).choices(list(forgeries(city.conn)), k=ask.count)
    ways, wrong = Counter[str](each.way for each in chosen), Counter[str]()
    for forgery in chosen:
        copy = remembered(city)
        with forging(copy.conn):
            expected = forge(copy.conn, forgery)
        found = breaches(copy, made)
        copy.conn.close()
        wrong["missed"] += not found
        wrong["misnamed"] += found != expected
    figures = {**ways, "missed": wrong["missed"], "misnamed": wrong["misnamed"]}
    yield Line("forgery", ask.count, figures, "missed=0 misnamed=0")
    yield _made_anew(city, made, [each for each in chosen if each.way == "alter"][:OF_CONTROLS])
    city.conn.close()


def _made_anew(city: Database, made: Database, chosen: list[Forgery]) -> Line:
    noted, found = head(city), Counter[str]()
    assert noted is not None
    for forgery in chosen:
        copy = remembered(city)
        with forging(copy.conn):
            forge(copy.conn, forgery)
            make_anew(copy)
        found["missed"] += not breaches(copy, made)
        found["found_by_head"] += find(copy, noted.short) is None
        copy.conn.close()
    figures: dict[str, Figure] = {"control": "chain-made-anew", **found}
    return Line("forgery control", len(chosen), figures, "missed>0 found_by_head=asked")


def make_anew(db: Database) -> None:
    """Seal all rows that are still there again as they stand now."""
    before = START
    for number, sealed in db.conn.execute("SELECT id, sealed FROM seals ORDER BY id").fetchall():
        lines = []
        for table, row, *_ in map(str.split, sealed.split("\n")):
            sql = f"SELECT * FROM {table} WHERE rowid = ?"
            for cells in db.conn.execute(sql, [row]).fetchall():
                lines.append(f"{table} {row} {len(cells)} {digest_of(table, int(row), cells)}")
        before = head_after(before, "\n".join(lines))
        sql = "UPDATE seals SET sealed = ?, head = ? WHERE id = ?"
        db.conn.execute(sql, ["\n".join(lines), before, number])
