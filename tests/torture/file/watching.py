"""A process that watches itself while the bot works in it, in its sandbox, on every path with files.

`python -m tests.torture.file.watching FOLDER` prints what was seen as JSON.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

from bot.health import telling_machines
from bot.shell.context import DATABASE
from store.backup import back_up_nightly
from tests.bot.office import Office, open_office
from tests.bot.sheeting import drops, filled, gets_sheet
from tests.bot.terminal import kpibot
from tests.bot.test_health import asked
from tests.sandbox.hands import soon
from tests.torture.file.watch import Watch


def paths(office: Office, outside: Path) -> dict[str, Callable[[], object]]:
    """Everything that is done with files while the bot is there."""
    child, planner, folder = office.person("U0CHILD"), office.person("U0PLANNER"), office.folder

    def ask_for_report() -> None:
        page = planner.administers("報告 R6").messages[-1]
        planner.clicks("ファイルを受け取る", page, wait=0)
        assert soon(lambda: planner.inbox("ファイル5件を DM に送りました"), 120)

    def hand_in_sheet() -> None:
        sheet = filled(gets_sheet(child), {"1-1b": 12})
        preview = child.hears("様式の確認", lambda: drops(child, sheet))
        child.clicks("1件を提出", preview)
        office.settles()

    def watch_health() -> None:
        with telling_machines(office.bot, 0) as port:
            assert port is not None
            assert all(asked(port, page)[1] for page in ("/healthz", "/readyz", "/metrics"))

    def chart() -> None:
        answer = planner.asks("1-1b").messages[-1]
        planner.clicks("グラフ", answer, wait=0)
        assert soon(lambda: planner.inbox("の推移"), 60)

    def shell(*words: str) -> Callable[[], object]:
        return lambda: _succeeds(*words, data=folder)

    return {
        "chart": chart,
        "report files": ask_for_report,
        "sheet": hand_in_sheet,
        "health": watch_health,
        "nightly backup": lambda: back_up_nightly(office.bot.desk.db, folder, office.now),
        "backup": shell("backup", "--out", str(outside / "copy.db")),
        "doctor": lambda: kpibot("doctor", data=folder),
        "ask": shell("ask", "1-1b"),
        "report": shell("report", "--out", str(outside / "report")),
        "digest": shell("digest"),
    }


def _succeeds(*words: str, data: Path) -> None:
    done = kpibot(*words, data=data)
    assert done.code == 0, (words, done)


def restore(folder: Path, copy: Path) -> None:
    """The bot is gone: what it had is set aside, the copy takes its place, and is looked at."""
    _succeeds("restore", str(copy), data=folder)
    _succeeds("ask", "1-1b", data=folder)
    _succeeds("restore", "--release", data=folder)


def main(place: Path) -> None:
    """Walk all paths, then do what must not be done, and print what was seen."""
    folder = place / "data"
    watch, walked = Watch(folder), list[str]()
    with open_office(folder) as office:
        for name, walk in paths(office, place).items():
            walk()
            walked.append(name)
    restore(folder, place / "copy.db")
    walked.append("restore")
    found = list(watch.found)
    (folder / DATABASE).read_bytes()
    control = len(watch.found) - len(found)
    sys.stdout.write(
        json.dumps({"paths": walked, "opened": watch.opened, "found": found, "control": control})
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
