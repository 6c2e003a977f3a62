"""Continuous copies with the real Litestream and the settings that are deployed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from sqlite_utils import Database

from store import meta
from store.db import open_db, writing

ROOT = Path(__file__).parents[1]
LITESTREAM = Path(sys.executable).with_name("litestream")
SETTINGS = ROOT / "deploy" / "litestream.yml"


def litestream(*words: str, data: Path, replica: Path) -> None:
    """Run it to its end, with the two places that the settings leave open."""
    places = {"KPIBOT_DATA": str(data), "KPIBOT_REPLICA": replica.as_uri()}
    done = subprocess.run(
        [str(LITESTREAM), *words],
        env={**os.environ, **places},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def rows_of(path: Path) -> list[str]:
    """A dump in order."""
    db = Database(str(path))
    assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    tables = [t for t in db.table_names() if not t.startswith("_litestream")]
    dump = [
        f"{table} {row}" for table in sorted(tables) for row in db.query(f"SELECT * FROM [{table}]")
    ]
    db.conn.close()
    return dump


def test_a_replica_restores_to_the_same_database(tmp_path: Path) -> None:
    """Also after a second round, when more was written in between."""
    data, replica = tmp_path / "data", tmp_path / "replica"
    data.mkdir()
    for number in range(2):
        db = open_db(data / "kpibot.db")
        with writing(db):
            for each in range(200):
                meta.put(db, f"{number}.{each}", "x" * 50)
        db.conn.close()
        litestream("replicate", "-config", str(SETTINGS), "-once", data=data, replica=replica)
        copy = tmp_path / f"restored-{number}.db"
        words = ("restore", "-config", str(SETTINGS), "-o", str(copy), str(data / "kpibot.db"))
        litestream(*words, data=data, replica=replica)
        assert rows_of(copy) == rows_of(data / "kpibot.db")
