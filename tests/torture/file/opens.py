"""Nothing in the bot's process opens the live database file but SQLite, on any path with files."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator

from tests.torture.campaign import Ask
from tests.torture.lines import Line


def opens(ask: Ask) -> Iterator[Line]:
    """So many walks of all paths, each in a process that watches itself; the control opens it once."""
    paths = opened = control = 0
    found: list[str] = []
    for number in range(ask.count):
        place = ask.folder / str(number)
        place.mkdir()
        command = [sys.executable, "-m", "tests.torture.file.watching", str(place)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        seen = json.loads(done.stdout.splitlines()[-1])
        paths, opened = paths + len(seen["paths"]), opened + seen["opened"]
        found.extend(seen["found"])
        control += seen["control"]
    sys.stderr.writelines(f"{each}\n" for each in found)
    figures = {"paths": paths, "opens_of_others": opened, "opens_of_db": len(found)}
    yield Line("opens", ask.count, figures, "opens_of_db=0 opens_of_others>0 paths>0")
    yield Line("opens control", ask.count, {"opens_of_db": control}, "opens_of_db>=asked")
