"""Files dropped into the DM: fetched from Slack alone, never lost, each at its end a preview or a sentence."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from slack_sdk import WebClient

from bot import sheet_work
from bot.downloads import NO_SCOPE, NOT_SLACK, download, is_of_slack
from reports.sheet.parcel import MOST_BYTES
from reports.sheet.refusals import SENTENCES
from store import sheets
from store.db import writing
from store.errors import BadInput
from tests.bot.office import Office, open_office
from tests.bot.people import Person, is_a_sentence
from tests.bot.sheeting import (
    PREVIEW,
    arrived,
    drops,
    filled,
    gets_sheet,
    new_in_round,
    previewed,
    sheets_of,
    shortly,
)
from tests.sandbox.hands import soon

FILES = {
    "実績.csv": ("番号,値\n".encode(), SENTENCES["text"]),
    "写真.png": (b"\x89PNG\r\n\x1a\n" + bytes(20), SENTENCES["image"]),
    "古い.xls": (bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600), SENTENCES["xls"]),
    "大きい.xlsx": (b"PK\x03\x04" + bytes(MOST_BYTES), "ファイルが大きすぎます（5MBまで）。"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_sheet_is_told_what_to_do(
    office: Office, child: Person, name: str
) -> None:
    """With its name, in its thread; nothing else comes of it."""
    data, said = FILES[name]
    told = child.hears(name, lambda: drops(child, data, name))
    assert said.partition("。")[0] in told["text"]
    is_a_sentence(told["text"].partition("\n")[0])
    assert new_in_round(office) == []
    assert office.refused_by_slack() == []


def test_many_files_at_once_each_have_an_answer(office: Office, child: Person) -> None:
    """A message may carry ten, more than are read at a time; meanwhile forms still open."""
    names = [f"{n}.csv" for n in range(10)]
    files = [drops(child, b"a,b", name, "C0STAFF")["file"]["id"] for name in names]
    child.hands.do("message", user="U0CHILD", channel=child.home, files=files, wait=0)
    assert child.submits("1-1b R6").view["callback_id"] == "submit_actual"
    assert soon(lambda: all(child.inbox(name) for name in names), 20)
    office.settles()
    assert [len(child.inbox(name)) for name in names] == [1] * 10


def test_a_sheet_of_another_database_is_told(office: Office, child: Person) -> None:
    """Its id was never issued here."""
    data = gets_sheet(child)
    office.anew()
    told = child.hears("発行したものではありません", lambda: drops(child, data))
    is_a_sentence(told["text"].partition("\n")[0])


@pytest.mark.parametrize(
    ("user", "said"),
    [("U0WELFARE", "あなたの所属: 福祉健康課（サンプル）"), ("U0STAFF", "担当者ができます。")],
)
def test_somebody_of_another_department_is_refused(
    office: Office, child: Person, user: str, said: str
) -> None:
    """Once, as a whole, with one audit row."""
    data = filled(gets_sheet(child), {"1-1b": 12})
    other = office.person(user)
    assert said in other.hears("様式.xlsx", lambda: drops(other, data))["text"]
    assert office.denials() == [(user, "submit")]


def test_a_guest_gets_no_file_read(office: Office) -> None:
    """A polite refusal and one audit row."""
    guest = office.person("U0GUEST")
    told = guest.hears("ゲスト", lambda: drops(guest, b"a,b", "a.csv"))
    assert "利用できません。" in told["text"]
    assert office.denials() == [("U0GUEST", "ask")]
    assert office.rows("SELECT 1 FROM sheet_work") == []


@pytest.mark.parametrize("kind", ["server_error", "drop"])
def test_slacks_short_trouble_is_waited_for(
    office: Office, child: Person, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """The file is fetched again."""
    shortly(monkeypatch)
    data = filled(gets_sheet(child), {"1-1b": 12})
    office.hands.arm(kind, method="download")
    assert "新規 1件" in previewed(child, data)["text"]


def test_a_file_that_cannot_be_fetched_is_said(
    office: Office, child: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never silence."""
    shortly(monkeypatch)
    office.hands.arm("server_error", method="download", times=9)
    said = "Slack からファイルを受け取れませんでした。"
    assert child.hears(said, lambda: drops(child, b"a,b", "a.csv"))


def test_a_bug_of_ours_is_said_too(
    office: Office, child: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a short reference."""

    def broken(_: bytes) -> None:
        raise RuntimeError("bug")

    monkeypatch.setattr(sheet_work, "read_sheet", broken)
    assert child.hears("照会番号", lambda: drops(child, b"a,b", "a.csv"))


def test_what_a_dead_bot_left_undone_is_done_by_the_next(tmp_path: Path) -> None:
    """A file that was acknowledged is previewed, a sheet that was promised is sent; each once."""
    with open_office(tmp_path) as office:
        child = office.person("U0CHILD")
        data = filled(gets_sheet(child), {"1-1b": 12})
        file = drops(child, data, channel="C0STAFF")["file"]
        sheet = office.rows("SELECT sheet FROM sheets")[0]["sheet"]
        before = len(sheets_of(child))
        with writing(office.bot.desk.db) as db:
            about = {"id": file["id"], "name": "様式.xlsx"}
            where = ("T0KITAMOTO", child.home, None)
            sheets.put_work(db, "read:x", "read", child.id, about, office.now, *where)
            sheets.put_work(db, "send:x", "send", child.id, {"sheet": sheet}, office.now)
            # As if the bot had died with the one in hand; the other was not begun.
            taken = sheets.take_work(db)
            assert taken is not None
            assert taken.key == "read:x"
    for _ in range(2):
        with open_office(tmp_path) as office:
            child = office.person("U0CHILD")
            assert soon(lambda: child.inbox(PREVIEW), 15)  # noqa: B023
            arrived(child, before)
            office.settles()
            assert len(child.inbox(PREVIEW)) == 1
            assert len(sheets_of(child)) == before + 1


def test_a_sheet_that_a_dead_bot_had_shared_is_not_shared_again(tmp_path: Path) -> None:
    """It noted the file before it shared it."""
    with open_office(tmp_path) as office:
        child = office.person("U0CHILD")
        gets_sheet(child)
        assert soon(lambda: office.rows("SELECT 1 FROM sheet_work WHERE state = 'done'"))
        with writing(office.bot.desk.db) as db:
            db.execute("UPDATE sheet_work SET state = 'doing'")
    with open_office(tmp_path) as office:
        assert soon(lambda: office.rows("SELECT 1 FROM sheet_work WHERE state = 'done'"), 15)
        assert len(sheets_of(office.person("U0CHILD"))) == 1


def test_work_that_is_done_is_forgotten_some_day(office: Office, child: Person) -> None:
    """What is still to be done is not."""
    gets_sheet(child)
    assert soon(lambda: office.rows("SELECT 1 FROM sheet_work WHERE state = 'done'"))
    with writing(office.bot.desk.db) as db:
        sheets.put_work(db, "read:y", "read", "U0CHILD", {}, office.now)
        assert sheets.forget(db, office.now.replace(year=2026)) == 1
    assert office.rows("SELECT key FROM sheet_work") == [{"key": "read:y"}]


OURS = "https://slack.com/api/"


@pytest.mark.parametrize(
    ("url", "base", "allowed"),
    [
        ("https://files.slack.com/files-pri/T-F/download/a.xlsx", OURS, True),
        ("https://slack.com/a", OURS, True),
        ("https://files.slack-gov.com/a", "https://slack-gov.com/api/", True),
        ("http://127.0.0.1:3900/files-pri/a", "http://127.0.0.1:3900/api/", True),
        ("http://files.slack.com/a", OURS, False),
        ("https://files.slack.com:8443/a", OURS, False),
        ("https://docs.google.com/a", OURS, False),
        ("https://evilslack.com/a", OURS, False),
        ("https://slack.com.example.com/a", OURS, False),
        ("https://files.slack.com@example.com/a", OURS, False),
        ("http://127.0.0.1:3901/a", "http://127.0.0.1:3900/api/", False),
        ("file:///etc/passwd", OURS, False),
        ("", OURS, False),
    ],
)
def test_the_token_goes_to_slack_alone(url: str, base: str, allowed: bool) -> None:
    """By https, on its usual port; a stand-in only to itself."""
    assert is_of_slack(url, base) is allowed
    if not allowed:
        with pytest.raises(BadInput) as refused:
            download(WebClient("xoxb-x", base_url=base), url, 10)
        assert str(refused.value) == NOT_SLACK


class Pages(BaseHTTPRequestHandler):
    """A page to sign in, a redirect elsewhere, more than was said."""

    heard: list[str] = []  # noqa: RUF012

    def do_GET(self) -> None:
        self.heard.append(self.path)
        self.send_response(302 if self.path == "/redirect" else 200)
        self.send_header("Location", "/elsewhere")
        kind = "text/html" if self.path == "/sign-in" else "application/octet-stream"
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(b"x" * 100_000)

    def log_message(self, *_: object) -> None:
        """Quietly."""


@contextmanager
def pages() -> Iterator[WebClient]:
    with HTTPServer(("127.0.0.1", 0), Pages) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield WebClient("xoxb-x", base_url=f"http://127.0.0.1:{server.server_port}/")
        server.shutdown()


def test_a_missing_scope_is_told() -> None:
    """Slack answers with a page to sign in."""
    with pages() as client, pytest.raises(BadInput) as refused:
        download(client, f"{client.base_url}sign-in", 10)
    assert str(refused.value) == NO_SCOPE


def test_no_more_is_read_than_may_be() -> None:
    """Whatever size was announced."""
    with pages() as client:
        assert len(download(client, f"{client.base_url}file", 100_000)) == 100_000
        with pytest.raises(BadInput, match="大きすぎます"):
            download(client, f"{client.base_url}file", 99_999)


def test_a_redirect_is_not_followed() -> None:
    """The token would go along."""
    Pages.heard.clear()
    with pages() as client, pytest.raises(OSError, match="302"):
        download(client, f"{client.base_url}redirect", 10)
    assert Pages.heard == ["/redirect"]
