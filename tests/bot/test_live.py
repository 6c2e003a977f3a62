"""Live mode, against a workspace in a process of its own; and every way in which it will not start."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.line.keys import SocketKeys
from bot.manifest import for_requests, read_manifest
from bot.running import Slack, running
from bot.shell.run import in_sandbox
from sandbox.server import Sandbox
from store.db import Kind, kind_of, open_db, stamp
from store.errors import CannotRun
from tests.bot.office import Office
from tests.bot.people import Person
from tests.bot.terminal import ROOT, Printed, begin, ended, kpibot
from tests.sandbox.hands import Hands, soon

BOT_TOKEN, APP_TOKEN = "xoxb-sandbox", "xapp-sandbox"
SECRETS_IN_FULL = (BOT_TOKEN, APP_TOKEN)


@dataclass(frozen=True)
class Workspace:
    """A Slack elsewhere."""

    hands: Hands

    def settings(self, bot: str = BOT_TOKEN, app: str = APP_TOKEN) -> dict[str, str]:
        """What an operator sets to connect to it."""
        return {
            "SLACK_BOT_TOKEN": bot,
            "SLACK_APP_TOKEN": app,
            "SLACK_API_URL": f"{self.hands.url}/api/",
        }


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """`python -m sandbox`."""
    data = tmp_path_factory.mktemp("workspace")
    command = [sys.executable, "-m", "sandbox", "--port", "0", "--data", str(data)]
    manifest = ["--manifest", str(ROOT / "manifest.json")]
    process = subprocess.Popen(command + manifest, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    address = process.stdout.readline().partition(" ")[2].strip()
    yield Workspace(Hands(address))
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)


def line_of(process: subprocess.Popen[str]) -> str:
    """The next line that a process says."""
    assert process.stdout is not None
    return process.stdout.readline()


def told_to_stop(process: subprocess.Popen[str]) -> Printed:
    """SIGTERM, and how it ends."""
    process.send_signal(signal.SIGTERM)
    return ended(process, 20)


def test_two_tokens_connect_answer_and_leave(workspace: Workspace, tmp_path: Path) -> None:
    """Ready in one line, answers with the plan it was given, keeps others out, ends on SIGTERM."""
    assert kpibot("plan", "load", "kitamoto-2", data=tmp_path / "data").code == 0
    settings = {**workspace.settings(), "KPIBOT_DATA": "data", "KPIBOT_LOG_LEVEL": "DEBUG"}
    first = begin("run", cwd=tmp_path, env=settings)
    assert line_of(first) == "ready: Slack に接続しました。\n"

    second = begin("run", cwd=tmp_path, env=settings)
    staff = Person(workspace.hands, "U0STAFF")
    answer = staff.asks("1-1").message["text"]
    assert "施策 1-1 子育て支援の充実" in answer
    assert "サンプル" not in answer
    assert "ゲストの方は利用できません。" in Person(workspace.hands, "U0GUEST").asks("1-1").text
    assert "別の kpibot が使用中です" in ended(second).sentence

    begun = time.monotonic()
    last = told_to_stop(first)
    assert time.monotonic() - begun < 8
    assert last.code == 0
    assert "Traceback" not in last.err
    assert '"level": "error"' not in last.err
    assert not any(part in last.err for part in ("trigger_id", "response_url", "ticket=", "1-1"))
    assert not any(secret in last.out + last.err for secret in SECRETS_IN_FULL)
    assert soon(lambda: workspace.hands.look("state")["connections"] == 0)


def test_a_signing_secret_listens_answers_and_leaves(tmp_path: Path) -> None:
    """HTTP mode: the doctor asks as Slack does, before, while and with another secret."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}/slack/events"
    slack = Sandbox(tmp_path / "slack", manifest=for_requests(read_manifest(), url))
    slack.start()
    settings = {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
        "KPIBOT_HTTP_PORT": str(port),
        "KPIBOT_DATA": str(tmp_path / "data"),
        "KPIBOT_LOG_LEVEL": "DEBUG",
    }
    assert kpibot("plan", "load", "kitamoto-2", env=settings).code == 0
    assert f"・ HTTP モード: {url} が答えません" in kpibot("doctor", env=settings).out

    process = begin("run", cwd=tmp_path, env=settings)
    assert line_of(process) == f"ready: {url} で Slack からの要求を待っています。\n"
    assert "施策 1-1" in Person(Hands(slack.url), "U0STAFF").asks("1-1").message["text"]
    assert (
        f"✓ HTTP モード: {url} は署名つきの要求に答えます。" in kpibot("doctor", env=settings).out
    )
    other = settings | {"SLACK_SIGNING_SECRET": "0" * 32, "KPIBOT_HTTP_HOST": "0.0.0.0"}
    told = kpibot("doctor", env=other).out
    assert f"✗ HTTP モード: {url} が要求を断りました（401）。" in told
    assert "（0.0.0.0）は、このサーバーの外からも届きます。" in told

    last = told_to_stop(process)
    slack.stop()
    assert last.code == 0
    assert '"level": "error"' not in last.err
    secrets = (slack.signing_secret, slack.bot_token, "v0=", "response_url", "trigger_id", "1-1")
    assert not any(secret in last.out + last.err for secret in secrets)


URL = {"SLACK_API_URL": "http://127.0.0.1:9/api/"}
BOTH = {"SLACK_BOT_TOKEN": "xoxb-secret", "SLACK_APP_TOKEN": "xapp-secret"}
# Settings that are wrong by themselves, and what is said of them.
WRONG: dict[str, tuple[dict[str, str], str]] = {
    "no app token": ({"SLACK_BOT_TOKEN": "xoxb-secret"}, "SLACK_APP_TOKEN が設定されていません。"),
    "no bot token": ({"SLACK_APP_TOKEN": "xapp-secret"}, "SLACK_BOT_TOKEN が設定されていません。"),
    "a signing secret alone": (
        {"SLACK_SIGNING_SECRET": "secret"},
        "SLACK_BOT_TOKEN が設定されていません。",
    ),
    "both modes": ({**BOTH, "SLACK_SIGNING_SECRET": "secret"}, "使うほうだけを残してください。"),
    "a token for a signing secret": (
        {"SLACK_BOT_TOKEN": "xoxb-secret", "SLACK_SIGNING_SECRET": "xapp-secret"},
        "SLACK_SIGNING_SECRET はトークンではありません",
    ),
    "no port": (
        {"SLACK_SIGNING_SECRET": "secret", "KPIBOT_HTTP_PORT": "0"},
        "設定 KPIBOT_HTTP_PORT の値を読めません。",
    ),
    "blanks": ({**BOTH, "SLACK_APP_TOKEN": "  "}, "SLACK_APP_TOKEN が設定されていません。"),
    "swapped": (
        {"SLACK_BOT_TOKEN": "xapp-secret", "SLACK_APP_TOKEN": "xoxb-secret"},
        "SLACK_BOT_TOKEN は xoxb- で始まるトークンです。",
    ),
    "another kind": (
        {**BOTH, "SLACK_APP_TOKEN": "xoxp-secret"},
        "SLACK_APP_TOKEN は xapp- で始まるトークンです。",
    ),
    "no address": ({**BOTH, "SLACK_API_URL": "slack"}, "SLACK_API_URL は http:// か https:// で"),
    "an unknown level": ({"KPIBOT_LOG_LEVEL": "LOUD"}, "設定 KPIBOT_LOG_LEVEL の値を読めません。"),
}


@pytest.mark.parametrize("what", WRONG)
def test_wrong_settings_are_said_before_anything_is_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """In one sentence without the token; no folder is made."""
    monkeypatch.chdir(tmp_path)
    settings, said = WRONG[what]
    sentence = kpibot("run", env={**URL, **settings}).sentence
    assert said in sentence
    assert len(sentence.splitlines()) == 1
    assert "secret" not in sentence
    assert list(tmp_path.iterdir()) == []


def test_a_service_without_tokens_never_begins_to_try_itself_out(tmp_path: Path) -> None:
    """Else its folder, made for real figures, would be one of samples for good."""
    data = tmp_path / "data"
    assert kpibot("plan", "load", "kitamoto-2", data=data).code == 0
    sentence = kpibot("run", "--live", data=data).sentence
    assert sentence.startswith("Slack のトークンが設定されていません。")
    db = open_db(data / "kpibot.db")
    assert kind_of(db) is None
    db.conn.close()


def test_settings_are_read_from_a_file_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`.env` in the working directory; the environment wins, and what is empty there is unset."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("SLACK_BOT_TOKEN=xoxb-secret\nKPIBOT_DATA=\n", "utf-8")
    assert "SLACK_APP_TOKEN" in kpibot("run").sentence
    both = kpibot("run", env={"SLACK_APP_TOKEN": "xoxp-secret"}).sentence
    assert "SLACK_APP_TOKEN は xapp- で始まる" in both


def test_a_file_of_settings_in_another_encoding_is_said_to_be_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_bytes("KPIBOT_DATA=データ\n".encode("cp932"))
    assert "設定ファイル .env の文字コードが UTF-8 ではありません。" in kpibot("run").sentence


@pytest.mark.parametrize("line", ["SLACK_BOT_TOKEN xoxb-secret", "KPIBOT_HEALTH_PORT", "'a"])
def test_a_line_that_sets_nothing_is_named_and_not_passed_over(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is in it is not told: it may be a token."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text(f"# 本番\n\n\n{line}\nKPIBOT_DATA=data\n", "utf-8")
    said = kpibot("run").sentence
    assert "設定ファイル .env の4行目を読めません。`名前=値` の形で書いてください" in said
    assert "xoxb-secret" not in said


@pytest.mark.parametrize("in_file", [True, False])
@pytest.mark.parametrize(
    ("wrong", "right"),
    [("KPIBOT_DAT", "KPIBOT_DATA"), ("slack_bot_tokens", "SLACK_BOT_TOKEN")],
)
def test_a_setting_whose_name_is_misspelt_is_not_passed_over(
    in_file: bool, wrong: str, right: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a bot would begin with another folder than was meant."""
    monkeypatch.chdir(tmp_path)
    if in_file:
        (tmp_path / ".env").write_text(f"{wrong}=x\n", "utf-8")
    said = kpibot("run", env={} if in_file else {wrong: "x"}).sentence
    assert said.endswith(f"{wrong} という設定はありません。{right} のことなら、直してください。")


@pytest.fixture(scope="module")
def refusals(workspace: Workspace, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Printed]:
    """Every start that fails later on, all at once, and how each ended."""
    folder = tmp_path_factory.mktemp("wrong")
    kinds: tuple[Kind, ...] = ("sandbox", "live")
    for kind in kinds:
        mark(folder / kind, kind)
    (folder / "file").write_text("x")
    port = workspace.hands.url.rpartition(":")[2]
    starts: dict[str, tuple[dict[str, str], list[str]]] = {
        "a wrong bot token": (workspace.settings(bot="xoxb-secret"), ["--data", "1"]),
        "a wrong app token": (workspace.settings(app="xapp-secret"), ["--data", "2"]),
        "tokens and a sandbox's data": (workspace.settings(), ["--data", "sandbox"]),
        "no tokens and live data": ({}, ["--data", "live"]),
        "a busy port": ({}, ["--port", port, "--data", "3"]),
        "a file for a folder": ({}, ["--port", "0", "--data", "file"]),
    }
    begun = {
        name: begin("run", *words, cwd=folder, env=env) for name, (env, words) in starts.items()
    }
    return {name: ended(process, 120) for name, process in begun.items()}


REFUSED = {
    "a wrong bot token": "Slack が SLACK_BOT_TOKEN を受け付けません（invalid_auth）。",
    "a wrong app token": "Slack が SLACK_APP_TOKEN を受け付けません（invalid_auth）。",
    "tokens and a sandbox's data": "このデータフォルダは試用（サンプル入り）用です。",
    "no tokens and live data": "このデータフォルダは本番用ですが、",
    "a busy port": "は使えません",
    "a file for a folder": "ファイルやフォルダを使えません",
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_wrong_start_ends_with_one_sentence(refusals: dict[str, Printed], what: str) -> None:
    """Exit code 1, nothing on stdout, no traceback, no token; the log beside it is JSON."""
    found = refusals[what]
    assert REFUSED[what] in found.sentence
    assert len([line for line in found.err.splitlines() if not line.startswith("{")]) == 1
    assert not any(word in found.err for word in ("secret", *SECRETS_IN_FULL))


def test_a_missing_permission_is_named(tmp_path: Path, office: Office) -> None:
    """Without it everybody would be unknown."""
    office.hands.arm("error", method="users.list", error="missing_scope")
    with (
        pytest.raises(CannotRun, match="users:read"),
        running(tmp_path, "live", keys_of(office.sandbox), office.sandbox.clock.now),
    ):
        raise AssertionError("it started")


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Sandbox]:
    """A workspace of its own."""
    sandbox = Sandbox(tmp_path / "slack", manifest=ROOT / "manifest.json")
    sandbox.start()
    yield sandbox
    sandbox.stop()


def keys_of(sandbox: Sandbox) -> Slack:
    """Where a workspace is, and its tokens."""
    return Slack(sandbox.bot_token, SocketKeys(sandbox.app_token), sandbox.api_url)


def test_people_that_cannot_be_learned_now_are_looked_up_later(
    tmp_path: Path, elsewhere: Sandbox
) -> None:
    """A workspace that stumbles once does not keep the bot from starting."""
    hands = Hands(elsewhere.url)
    hands.arm("server_error", method="users.list", times=3)
    kpibot("plan", "load", "kitamoto-2", data=tmp_path)
    with running(tmp_path, "live", keys_of(elsewhere), elsewhere.clock.now):
        assert "施策 1-1" in Person(hands, "U0STAFF").asks("1-1").text


def test_before_a_plan_is_loaded_everything_says_so(tmp_path: Path, elsewhere: Sandbox) -> None:
    """A live folder begins empty: nothing is made up."""
    staff = Person(Hands(elsewhere.url), "U0STAFF")
    with running(tmp_path, "live", keys_of(elsewhere), elsewhere.clock.now):
        for seen in (staff.asks(), staff.asks("1-1"), staff.submits("1-1b R6 12人")):
            assert "計画がまだ読み込まれていません。" in seen.message["text"]


def test_the_sandbox_says_that_it_is_one(tmp_path: Path) -> None:
    """Ready line, one sentence, and nothing of it survives the block."""
    process = begin("run", "--port", "0", "--data", "data", cwd=tmp_path)
    assert line_of(process).startswith("ready: http://127.0.0.1:")
    assert "試用環境" in line_of(process)
    assert told_to_stop(process).code == 0
    with in_sandbox(tmp_path / "again", 0, None, False) as (sandbox, _):
        assert "施策 1-1" in Person(Hands(sandbox.url), "U0STAFF").asks("1-1").text


def test_the_doctor_says_which_token_is_refused_and_where_they_do_not_belong(
    workspace: Workspace, tmp_path: Path
) -> None:
    """Before anything is started: what would not start, and what would start as something else."""
    data = tmp_path / "data"
    kpibot("plan", "load", "kitamoto-2", data=data)
    assert "データフォルダは試用のものになり、" in kpibot("doctor", data=data).out
    for settings, said in (
        (workspace.settings(bot="xoxb-old"), "SLACK_BOT_TOKEN を受け付けません（invalid_auth）"),
        (workspace.settings(app="xapp-old"), "SLACK_APP_TOKEN を受け付けません（invalid_auth）"),
        (URL | BOTH, "Slack（http://127.0.0.1:9/api/）に接続できません"),
    ):
        assert f"✗ {said}" in kpibot("doctor", data=data, env=settings).out.replace("Slack が ", "")
    mark(data, "live")
    assert "✗ 本番のデータフォルダですが、" in kpibot("doctor", data=data).out
    mark(tmp_path / "tried", "sandbox")
    told = kpibot("doctor", data=tmp_path / "tried", env=workspace.settings()).out
    assert "データベースの種類: 試用" in told
    assert "✗ 試用（サンプル入り）のデータフォルダに、本番のトークンがあります。" in told
    data.chmod(0o755)
    assert f"`chmod 700 {data}`" in kpibot("doctor", data=data).out


def mark(folder: Path, kind: Kind) -> None:
    """A database of a kind."""
    folder.mkdir(mode=0o700, exist_ok=True)
    db = open_db(folder / "kpibot.db")
    stamp(db, kind)
    db.conn.close()
