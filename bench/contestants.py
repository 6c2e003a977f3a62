"""Who is measured: kpibot, bare Bolt and the bare stack, each behind a sandbox of its own.

Bot and sandbox are processes of their own, so that every bot meets the same Slack.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from time import sleep
from typing import Any
from urllib.parse import urlsplit

from sandbox.workspace import BUILT_IN, read_workspace

TEXT = "1-1"
WARM_UP = 30
PATIENCE = 2000
GOODBYE_SECONDS = 20
_BOT = read_workspace(BUILT_IN).bot
TOKENS = (_BOT.token, _BOT.app_token)

Message = dict[str, Any]


class NoAnswerError(Exception):
    """The bot did not answer; Slack's word for why."""


@dataclass(frozen=True)
class Contestant:
    """A bot's process behind a sandbox."""

    name: str
    url: str
    pid: int

    def warm_up(self) -> Message:
        """Ask until it answers as a matter of course; its last answer."""
        self.answered()
        return [command(self.url, TEXT) for _ in range(WARM_UP)][-1]

    def answered(self) -> Message:
        """Ask until it answers: bare Bolt says that it is ready before it is connected."""
        for _ in range(PATIENCE):
            try:
                return command(self.url, TEXT)
            except NoAnswerError:
                sleep(0.005)
        raise NoAnswerError(self.name)

    def ask(self, times: int) -> list[float]:
        """Ask that many times, one after the other: how long each answer took (ms)."""
        return [float(command(self.url, TEXT)["answer_ms"]) for _ in range(times)]

    @property
    def memory(self) -> float:
        """What it holds in memory now (resident, MB)."""
        return resident(self.pid)

    @property
    def cpu(self) -> float:
        """The CPU time that it has used so far, in seconds."""
        after_name = Path(f"/proc/{self.pid}/stat").read_text("utf-8").rpartition(")")[2].split()
        return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


def resident(pid: int) -> float:
    """What a process holds in memory now, in MB."""
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


@contextmanager
def kpibot(folder: Path, name: str = "kpibot") -> Iterator[Contestant]:
    """Our bot, live, over the database in `folder`."""
    with sandbox(folder / "slack") as url, our_bot(folder, url) as pid:
        yield Contestant(name, url, pid)


@contextmanager
def our_bot(folder: Path, url: str) -> Iterator[int]:
    """Our bot's process alone; its number, once it is ready."""
    environment = {
        **os.environ,
        "SLACK_BOT_TOKEN": TOKENS[0],
        "SLACK_APP_TOKEN": TOKENS[1],
        "SLACK_API_URL": f"{url}/api/",
        "KPIBOT_DATA": str(folder),
        "KPIBOT_LOG_LEVEL": "WARNING",
    }
    with process([sys.executable, "-m", "bot", "run"], "ready", environment) as (pid, _):
        yield pid


@contextmanager
def bare_bolt(
    folder: Path, message: Message, name: str = "bare Bolt", *how: str
) -> Iterator[Contestant]:
    """Bare Bolt answering with the same text and blocks; `how` are the options of `bench.bare`."""
    with sandbox(folder / "slack") as url, bare(folder, url, message, *how) as pid:
        yield Contestant(name, url, pid)


@contextmanager
def bare(folder: Path, url: str, message: Message, *how: str) -> Iterator[int]:
    """Its process alone; its number, once it is ready."""
    kept = folder / "message.json"
    kept.write_text(json.dumps({k: message[k] for k in ("text", "blocks")}), "utf-8")
    arguments = [f"{url}/api/", *TOKENS, str(kept), *how]
    with process([sys.executable, "-m", "bench.bare", *arguments], "ready") as (pid, _):
        yield pid


@contextmanager
def sandbox(data: Path) -> Iterator[str]:
    """A sandbox in a process of its own; its address."""
    data.mkdir(parents=True, exist_ok=True)
    arguments = [sys.executable, "-m", "sandbox", "--port", "0", "--data", str(data)]
    with process(arguments, "sandbox: ") as (_, said):
        yield said.split("sandbox: ")[1].strip()


@contextmanager
def process(
    command_line: list[str], ready: str, environment: dict[str, str] | None = None
) -> Iterator[tuple[int, str]]:
    """A process that said it is ready: its number and what it said. Ended with the block."""
    started = subprocess.Popen(command_line, stdout=subprocess.PIPE, text=True, env=environment)
    try:
        yield started.pid, next(line for line in started.stdout or () if ready in line)
    finally:
        started.terminate()
        started.wait(GOODBYE_SECONDS)


def command(url: str, text: str, user: str = "U0STAFF") -> Message:
    """Run `/kpi TEXT` as somebody: the last message that came, with what Slack says of its times."""
    said = control(url, "command", user=user, channel="C0STAFF", command="/kpi", text=text)
    if not said["messages"]:
        raise NoAnswerError(str(said.get("error")))
    return {**said["messages"][-1], "ack_ms": said["ack_ms"], "answer_ms": said["answer_ms"]}


def control(url: str, act: str, **body: Any) -> dict[str, Any]:
    """Do something through the sandbox's control API. NoAnswerError where the bot did not ack."""
    line = HTTPConnection(urlsplit(url).netloc, timeout=10)
    try:
        headers = {"Content-Type": "application/json"}
        line.request("POST", f"/_control/{act}", json.dumps(body), headers)
        said: dict[str, Any] = json.loads(line.getresponse().read())
    finally:
        line.close()
    if not said["acked"]:
        raise NoAnswerError(str(said.get("error")))
    return said
