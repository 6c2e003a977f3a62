"""`python -m tests.bot.acking FOLDER`: where the heavy things happen while people talk to the bot.

In a process of its own, so that every library is loaded for the first time under its eyes. It prints
what was loaded, started and connected to, by whether a listener's thread did it, which is between
envelope and ack, or another one.
"""

from __future__ import annotations

import json
import sys
import threading
from collections import defaultdict
from pathlib import Path
from typing import Any

from bot.logs import log_to_stderr
from tests.bot.office import Office, open_office
from tests.sandbox.hands import soon

HEAVY = {"matplotlib", "numpy", "openpyxl", "xlsxwriter", "typst", "fontTools"}
# What draws charts and prints reports, in processes of their own; noted, and spared.
PROCESSES = ("reports.charting.worker", "reports.progress.press")
# The threads of the socket's client, which hand an envelope to Bolt and send the ack.
LISTENING = "ThreadPoolExecutor"
PATIENCE = 120.0

happened: dict[str, set[str]] = defaultdict(set)


def note(event: str, given: tuple[Any, ...]) -> None:
    """Python's own word on what is about to happen."""
    if event == "import" and (name := str(given[0]).partition(".")[0]) in HEAVY:
        _happens(name)
    elif event == "socket.connect":
        _happens(event)
    elif event == "subprocess.Popen":
        _happens(next((each for each in PROCESSES if each in given[1]), event))
        raise OSError("it is enough to know that it would begin")


def _happens(what: str) -> None:
    listening = threading.current_thread().name.startswith(LISTENING)
    happened["listening" if listening else "elsewhere"].add(what)


def talk(office: Office) -> None:
    """Ask, submit, approve, and want a chart, a sheet and a report."""
    staff, child, planner = map(office.person, ("U0STAFF", "U0CHILD", "U0PLANNER"))
    for words in ("", "1-1", "未達成", "待機児童は減っていますか"):
        staff.asks(words)
    staff.clicks("グラフ", staff.asks("1-1b").message)
    child.clicks("提出", child.submits("1-1b R6 12人 県の公表値").message)
    child.submits("様式")
    office.settles()
    (request,) = planner.inbox("1-1b")
    planner.approves(request)
    planner.clicks("ファイルを受け取る", planner.administers("報告書").message)
    assert soon(lambda: {*PROCESSES, "xlsxwriter"} <= happened["elsewhere"], PATIENCE), happened


def meet(office: Office) -> None:
    """Somebody whom the bot never saw presses a button: the one look-up."""
    page = office.person("U0STAFF").asks("1-1b").message
    with office.bot.desk.db.atomic():
        office.bot.desk.db.execute("DELETE FROM directory WHERE user = 'U0STAFF'")
    office.person("U0STAFF").clicks("履歴", page)


def main(folder: Path) -> None:
    """Print what happened where, before and after somebody unknown came."""
    log_to_stderr("CRITICAL")
    with open_office(folder) as office:
        sys.addaudithook(note)
        talk(office)
        first = {where: sorted(what) for where, what in happened.items()}
        meet(office)
    sys.stdout.write(json.dumps([first, sorted(happened["listening"])]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
