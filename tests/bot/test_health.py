"""What machines are told: signs of life on loopback, systemd's datagrams, and a silent line cut."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from shutil import rmtree

import pytest

from bot.health import telling_machines
from bot.health.looking import take_signs
from bot.health.notifying import notifying
from bot.health.server import answer, serving
from bot.health.signs import LEAST_FREE, MOST_SINCE_BACKUP, MOST_WAL, Signs, ailing, unready
from bot.line.socket_mode import SocketLine
from bot.watchdog import Watchdog
from schedules import memory
from store.db import writing
from store.errors import CannotRun
from tests.bot.office import Office
from tests.bot.people import Person
from tests.sandbox.hands import reach, soon

WELL = Signs(
    connected=True,
    silent=3.0,
    since_tick=4.0,
    write=0.001,
    disk_free=10 * LEAST_FREE,
    wal=0,
    reconnects=0,
    oldest_due=0.0,
    backup=None,
    outbox={"sent": 7},
)


def asked(port: int, path: str, method: str = "GET") -> tuple[int, str]:
    """What a monitor is told."""
    line = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        line.request(method, path)
        response = line.getresponse()
        return response.status, response.read().decode()
    finally:
        line.close()


@pytest.mark.parametrize(
    ("signs", "alive", "ready"),
    [
        (WELL, True, True),
        (replace(WELL, silent=31.0), False, False),
        (replace(WELL, since_tick=91.0), False, False),
        (replace(WELL, write=None), False, False),
        (replace(WELL, write=5.1), False, False),
        (replace(WELL, connected=False), True, False),
        (replace(WELL, disk_free=LEAST_FREE - 1), True, False),
        (replace(WELL, wal=MOST_WAL + 1), True, False),
        (replace(WELL, held="時計がずれています。"), True, False),
        (replace(WELL, altered=True), True, False),
        (replace(WELL, backup=MOST_SINCE_BACKUP), True, True),
        (replace(WELL, backup=MOST_SINCE_BACKUP + 1), True, False),
    ],
)
def test_a_restart_is_asked_for_only_where_it_would_help(
    signs: Signs, alive: bool, ready: bool
) -> None:
    """A full disk or a wrong clock is told, and not restarted."""
    assert (not ailing(signs), not unready(signs)) == (alive, ready)
    assert answer("/healthz", signs)[0] == (200 if alive else 503)
    assert answer("/readyz", signs)[0] == (200 if ready else 503)


def test_a_running_bot_answers_on_loopback(office: Office) -> None:
    """Well, with its figures; what needs the operator makes it unready and says why."""
    rmtree(office.folder / "backups", ignore_errors=True)
    with serving(partial(take_signs, office.bot), 0) as port:
        assert asked(port, "/healthz") == (200, "ok\n")
        assert asked(port, "/readyz") == (200, "ok\n")
        status, told = asked(port, "/metrics")
        assert status == 200
        assert "kpibot_alive 1.0\n" in told
        assert "kpibot_backup_age_seconds NaN\n" in told
        assert asked(port, "/")[0] == 404
        assert asked(port, "/healthz", "POST")[0] == 501
        with writing(office.bot.desk.db) as db:
            memory.hold(db, "時計がずれています。")
        status, why = asked(port, "/readyz")
        assert (status, why) == (503, "nothing is said by itself: 時計がずれています。\n")
        with writing(office.bot.desk.db) as db:
            memory.let_go(db)
        with pytest.raises(CannotRun, match="KPIBOT_HEALTH_PORT"), serving(lambda: WELL, port):
            pass


def test_without_a_port_and_systemd_nothing_runs(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody asked."""
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    with telling_machines(office.bot, None) as port:
        assert port is None


@pytest.mark.parametrize("well", [True, False])
def test_systemd_hears_that_it_is_up_well_and_going(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, well: bool
) -> None:
    """And hears no more while it is not well, so that systemd restarts it."""
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(5)
        looked = _Counter(well)
        with notifying(looked, every=0.01):
            assert systemd.recv(100) == b"READY=1"
            if well:
                assert systemd.recv(100) == b"WATCHDOG=1"
            else:
                looked.wait_for(2)
        rest = [systemd.recv(100)]
        while rest[-1] != b"STOPPING=1":
            rest.append(systemd.recv(100))
        assert set(rest[:-1]) <= ({b"WATCHDOG=1"} if well else set())


class _Counter:
    def __init__(self, well: bool) -> None:
        self.well = well
        self.asked = 0

    def __call__(self) -> bool:
        self.asked += 1
        return self.well

    def wait_for(self, times: int) -> None:
        while self.asked < times:
            pass


def test_a_line_that_falls_silent_is_cut_and_made_anew(office: Office, staff: Person) -> None:
    """However the wall clock stands; a line that answers is left alone."""
    at = [0.0]
    clock: Callable[[], float] = lambda: at[0]  # noqa: E731
    line = office.bot.line
    assert isinstance(line, SocketLine)
    dog = Watchdog(line.client, clock=clock)
    assert not dog.look()
    at[0] = 20.0
    assert not dog.look()
    office.hands.do("fault", kind="silent", times=1)
    at[0] = 41.0
    line.hello.clear()
    assert dog.look()
    assert dog.reconnects == 1
    assert soon(line.hello.is_set)
    assert reach(office.sandbox.url, 1)
    assert "1-1" in staff.asks("1-1").message["text"]
    at[0] = 50.0
    assert not dog.look()
