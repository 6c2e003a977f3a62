"""A restart finds the same workspace, even after a kill −9."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from slack_sdk import WebClient

from sandbox.clock import TOKYO, Clock
from sandbox.server import Sandbox
from tests.sandbox.bot import build, connected, modal
from tests.sandbox.hands import Hands, fetch

MONDAY = datetime(2026, 5, 11, 8, 59, tzinfo=TOKYO)


@dataclass
class Process:
    """`python -m sandbox` in a process of its own."""

    running: subprocess.Popen[str]
    url: str

    @property
    def client(self) -> WebClient:
        """The bot's client."""
        return WebClient("xoxb-sandbox", base_url=f"{self.url}/api/", retry_handlers=[])

    def end(self, how: signal.Signals) -> int:
        """End the process and return its code."""
        self.running.send_signal(how)
        return self.running.wait(20)


@contextlib.contextmanager
def process(data: Path, *more: str) -> Iterator[Process]:
    """Run the sandbox for as long as the block does."""
    command = [sys.executable, "-m", "sandbox", "--port", "0", "--data", str(data), *more]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    try:
        line = running.stdout.readline()
        assert line.startswith("sandbox: http://127.0.0.1:"), line
        yield Process(running, line.split()[1])
    finally:
        running.kill()
        running.wait()
        running.stdout.close()


def test_what_was_answered_ok_survives_a_kill(tmp_path: Path) -> None:
    acked: list[str] = []
    with process(tmp_path) as first:

        def post(worker: int) -> None:
            with contextlib.suppress(OSError):
                for number in range(10_000):
                    text = f"{worker}-{number}"
                    first.client.chat_postMessage(channel="C0STAFF", text=text)
                    acked.append(text)
                    if len(acked) == 200:
                        first.running.send_signal(signal.SIGKILL)

        workers = [threading.Thread(target=post, args=(n,)) for n in range(4)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(30)
    assert len(acked) >= 200
    with process(tmp_path) as second:
        kept = {m["text"] for m in Hands(second.url).messages("C0STAFF", "U0STAFF")}
    assert set(acked) - kept == set()
    assert len(kept) <= len(acked) + len(workers)


def test_sigterm_ends_it_cleanly(tmp_path: Path) -> None:
    with process(tmp_path) as first:
        assert first.end(signal.SIGTERM) == 0


def test_the_clock_goes_on_from_where_it_was(tmp_path: Path) -> None:
    with process(tmp_path, "--start", MONDAY.isoformat()) as first:
        later = MONDAY + timedelta(days=7)
        Hands(first.url).do("clock", now=later.isoformat())
        first.end(signal.SIGKILL)
    with process(tmp_path, "--start", MONDAY.isoformat()) as second:
        now = datetime.fromisoformat(Hands(second.url).look("state")["now"])
        assert later <= now < later + timedelta(minutes=1)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder."""
    return tmp_path / "data"


@contextlib.contextmanager
def running(data: Path, **more: object) -> Iterator[Sandbox]:
    """Run a sandbox in this process."""
    sandbox = Sandbox(data, **more)  # type: ignore[arg-type]
    sandbox.start()
    try:
        yield sandbox
    finally:
        sandbox.stop()


def test_everything_is_there_again(data: Path) -> None:
    with running(data) as first:
        hands, bot = Hands(first.url), build(first)
        with connected(bot, first):
            view = hands.command("U0STAFF", "C0STAFF", "/form")["views"][0]
            hands.do("open-home", user="U0CHILD")
            hands.command("U0STAFF", "C0STAFF", "/echo 内緒")
            metadata = {"event_type": "t", "event_payload": {"key": "k"}}
            bot.client.chat_postMessage(channel="C0DIGEST", text="週報", metadata=metadata)
            file = bot.client.files_upload_v2(filename="x.csv", content=b"abc", channel="C0STAFF")
            hands.do("user", user="U0NEW", real_name="新人")
            hands.do("channel", channel="C0DIGEST", topic="新しい題")
            url = bot.last("/echo")["response_url"].removeprefix(first.url)
            pending = bot.client.files_getUploadURLExternal(filename="y", length=1)
    with running(data) as second:
        hands = Hands(second.url)
        client = WebClient(second.bot_token, base_url=second.api_url)
        assert [v["id"] for v in hands.look("views/U0STAFF")["views"]] == [view["id"]]
        assert hands.look("home/U0CHILD")["view"]["type"] == "home"
        seen = hands.messages("C0STAFF", "U0STAFF")
        assert [m.get("ephemeral_to") for m in seen] == ["U0STAFF", None]
        history = client.conversations_history(channel="C0DIGEST", include_all_metadata=True)
        assert history["messages"][0]["metadata"] == metadata
        told = client.files_info(file=file["file"]["id"])["file"]
        assert told["url_private"].startswith(second.url)
        token = {"Authorization": f"Bearer {second.bot_token}"}
        assert fetch(told["url_private"], headers=token).body == b"abc"
        assert client.users_info(user="U0NEW")["user"]["real_name"] == "新人"
        assert client.conversations_info(channel="C0DIGEST")["channel"]["topic"]["value"]
        body = json.dumps({"text": "まだ使える"}).encode()
        assert fetch(second.url + url, body, {"Content-Type": "application/json"}).status == 200
        upload = pending["upload_url"].removeprefix(first.url)
        assert fetch(second.url + upload, b"z").status == 200
        old = view["hash"]
        assert client.views_update(view_id=view["id"], hash=old, view=modal({"type": "divider"}))


def test_the_clock_is_never_earlier_than_the_newest_message(data: Path) -> None:
    clock = Clock(MONDAY)
    with running(data, clock=clock) as first:
        client = WebClient(first.bot_token, base_url=first.api_url)
        newest = client.chat_postMessage(channel="C0STAFF", text="x")["ts"]
        clock.set(MONDAY - timedelta(days=30))
    again = Clock(MONDAY - timedelta(days=60))
    with running(data, clock=again) as second:
        assert second.clock is again
        assert again.now().timestamp() >= float(newest)
        client = WebClient(second.bot_token, base_url=second.api_url)
        assert client.chat_postMessage(channel="C0STAFF", text="y")["ts"] > newest


def test_a_clock_that_was_never_set_shows_the_real_time_again(data: Path) -> None:
    with running(data):
        pass
    with running(data) as second:
        assert abs(second.clock.now() - Clock().now()) < timedelta(seconds=2)


def test_a_data_folder_belongs_to_one_sandbox(data: Path) -> None:
    with running(data), pytest.raises(OSError, match="another sandbox"):
        Sandbox(data)


def test_a_taken_port_is_an_oserror_and_frees_the_folder(data: Path, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(OSError, match="in use"):
            Sandbox(data, port).start()
        command = [
            sys.executable,
            "-m",
            "sandbox",
            "--port",
            str(port),
            "--data",
            str(tmp_path / "x"),
        ]
        ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
        assert ended.returncode == 1
        assert f"cannot start on port {port}" in ended.stderr
    with running(data, port=port) as second:
        assert second.url == f"http://127.0.0.1:{port}"


def test_it_listens_on_this_machine_only(data: Path) -> None:
    with running(data) as sandbox:
        port = int(sandbox.url.rsplit(":", 1)[1])
        listening = (
            Path("/proc/net/tcp").read_text("ascii") if os.path.exists("/proc/net/tcp") else ""
        )
        lines = [line.split()[1] for line in listening.splitlines()[1:]]
        addresses = {line.split(":")[0] for line in lines if line.endswith(f":{port:04X}")}
        assert addresses <= {"0100007F"}
