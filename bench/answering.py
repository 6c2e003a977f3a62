"""`/kpi 1-1` from envelope to answer, beside bare Bolt that answers with a message of the same size."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from statistics import median, quantiles
from time import sleep
from typing import Any

from sandbox.workspace import BUILT_IN, read_workspace
from store import shelf
from store.acts import By
from store.db import open_db, stamp, writing
from store.fiscal import TOKYO
from store.people_file import load_people, parse_people
from store.plan_file import builtin_plans
from store.submissions import Proposal, approve, submit

TEXT = "1-1"
WARM_UP = 30
PATIENCE = 100


class NoAnswerError(Exception):
    """The bot did not answer; Slack's word for why."""


@dataclass
class Contestant:
    """A bot behind a sandbox of its own, and how long its answers took (ms)."""

    name: str
    url: str
    took: list[float] = field(default_factory=list)

    def warm_up(self) -> dict[str, Any]:
        """Ask until it answers as a matter of course; its last answer."""
        for _ in range(PATIENCE):
            try:
                return self.ask(WARM_UP, keep=False)
            except NoAnswerError:
                sleep(0.1)
        raise NoAnswerError(self.name)

    def ask(self, times: int, keep: bool = True) -> dict[str, Any]:
        """Ask that many times, one after the other."""
        answer: dict[str, Any] = {}
        for _ in range(times):
            answer = command(self.url, TEXT)
            if keep:
                self.took.append(float(answer["answer_ms"]))
        return answer


def compare_answers(folder: str, rounds: int, batch: int) -> Iterator[str]:
    """Yield the lines of the comparison: median and p99 of each, and their ratio."""
    with ExitStack() as stack:
        ours = stack.enter_context(kpibot(Path(folder)))
        message = ours.warm_up()["messages"][-1]
        bare = stack.enter_context(bare_bolt(Path(folder), message))
        bare.warm_up()
        for turn in range(rounds):
            for contestant in (ours, bare) if turn % 2 else (bare, ours):
                contestant.ask(batch)
    for name, figure in (("median", median), ("p99", p99)):
        mine, theirs = figure(ours.took), figure(bare.took)
        yield (
            f"/kpi {TEXT} envelope→answer, {name}: kpibot {mine:.1f} ms, bare Bolt {theirs:.1f} ms, "
            f"ratio {mine / theirs:.2f} (n={len(ours.took)} each)"
        )


def p99(times: list[float]) -> float:
    """The 99th percentile."""
    return quantiles(times, n=100)[98]


@contextmanager
def kpibot(folder: Path) -> Iterator[Contestant]:
    """Our bot, live, with the city's plan, its sample people and four approved values."""
    with sandbox(folder / "ours-slack") as url, ExitStack() as stack:
        data = folder / "ours"
        fill(data)
        environment = {
            **os.environ,
            "SLACK_BOT_TOKEN": TOKENS[0],
            "SLACK_APP_TOKEN": TOKENS[1],
            "SLACK_API_URL": f"{url}/api/",
            "KPIBOT_DATA": str(data),
            "KPIBOT_LOG_LEVEL": "WARNING",
        }
        command_line = [sys.executable, "-m", "bot", "run"]
        stack.enter_context(process(command_line, "ready", environment, folder))
        yield Contestant("kpibot", url)


@contextmanager
def bare_bolt(folder: Path, message: dict[str, Any]) -> Iterator[Contestant]:
    """Bare Bolt answering with the same text and blocks."""
    kept = folder / "message.json"
    kept.write_text(json.dumps({k: message[k] for k in ("text", "blocks")}), "utf-8")
    with sandbox(folder / "bare-slack") as url:
        arguments = [f"{url}/api/", *TOKENS, str(kept)]
        with process([sys.executable, "-m", "bench.bare", *arguments], "ready"):
            yield Contestant("bare Bolt", url)


@contextmanager
def sandbox(data: Path) -> Iterator[str]:
    """A sandbox in a process of its own; its address."""
    arguments = [sys.executable, "-m", "sandbox", "--port", "0", "--data", str(data)]
    with process(arguments, "sandbox: ") as said:
        yield said.split("sandbox: ")[1].strip()


@contextmanager
def process(
    command_line: list[str],
    ready: str,
    environment: dict[str, str] | None = None,
    folder: Path | None = None,
) -> Iterator[str]:
    """A process that said it is ready; ended with the block."""
    started = subprocess.Popen(
        command_line, stdout=subprocess.PIPE, text=True, env=environment, cwd=folder and Path.cwd()
    )
    try:
        yield next(line for line in started.stdout or () if ready in line)
    finally:
        started.terminate()
        started.wait(20)


def fill(data: Path) -> None:
    """A live database with the plan, people and an approved value for each indicator of 1-1."""
    data.mkdir(parents=True)
    db = open_db(data / "kpibot.db")
    stamp(db, "live")
    by = By("shell:bench", datetime(2025, 6, 3, 10, tzinfo=TOKYO), "shell")
    plan = builtin_plans()["kitamoto-2"]
    people = Path("store/samples/people.toml").read_text("utf-8")
    with writing(db):
        shelf.put(db, by, plan)
        load_people(db, by, parse_people(people, "people.toml", plan), plan)
        for indicator in plan.of_policy("1-1"):
            for year in (2022, 2023, 2024):
                values: dict[str | None, Decimal] = {None: Decimal(20 + year - 2022)}
                proposal = Proposal(plan.id, indicator.id, year, values=values, period=f"FY{year}")
                made = submit(db, by, proposal, "children")
                approve(db, By("shell:other", by.at, "shell"), made.id)
    db.conn.close()


def command(url: str, text: str) -> dict[str, Any]:
    """Run `/kpi TEXT` as U0STAFF through the sandbox's control API."""
    said = control(url, "command", user="U0STAFF", channel="C0STAFF", command="/kpi", text=text)
    if not said["messages"]:
        raise NoAnswerError(str(said.get("error")))
    return said


def control(url: str, act: str, **body: Any) -> dict[str, Any]:
    """Do something through the sandbox's control API. NoAnswerError where the bot did not ack."""
    request = urllib.request.Request(
        f"{url}/_control/{act}",
        json.dumps(body).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        said: dict[str, Any] = json.loads(answer.read())
    if not said["acked"]:
        raise NoAnswerError(str(said.get("error")))
    return said


_BOT = read_workspace(BUILT_IN).bot
TOKENS = (_BOT.token, _BOT.app_token)
