"""A backup put back: verified, what stood there kept, and silence until somebody looked."""

from __future__ import annotations

import os
import re
from pathlib import Path
from shutil import rmtree

import pytest
from sqlite_utils import Database

from bot.shell.folder_checks import owned_by_others
from schedules import memory
from schedules.listening import take_up
from store import outbox
from store.acts import By
from store.backup import KEEP_NIGHTS, back_up_nightly, forget_old_nights
from store.db import open_db, stamp, writing
from store.errors import Stale
from store.examining import examine
from store.fiscal import TOKYO
from store.holding import only_one
from store.restoring import put_back
from store.submissions import approve
from tests.bot.office import Office
from tests.bot.terminal import kpibot
from tests.sandbox.hands import soon
from tests.schedules.stand_in import Clock, FakeSlack, moment


@pytest.fixture
def copy(office: Office, tmp_path: Path) -> Path:
    """A backup of the office."""
    target = tmp_path / "copy.db"
    assert kpibot("backup", "--out", str(target), data=office.folder).code == 0
    return target


def test_a_restored_folder_answers_and_is_silent_until_released(
    office: Office, copy: Path, tmp_path: Path
) -> None:
    """The same figures; nothing is said by itself before, and the doctor says so."""
    data = tmp_path / "data"
    said = kpibot("restore", str(copy), data=data).out
    assert "整合性 ok" in said
    assert "自動の投稿は止まっています" in said
    assert kpibot("ask", "1-1b", data=data).out == kpibot("ask", "1-1b", data=office.folder).out
    held = kpibot("doctor", data=data).out
    assert re.search(r"✗ 自動の投稿を止めています。\n    → .*`kpibot restore --release`", held)
    assert "再開しました" in kpibot("restore", "--release", data=data).out
    assert "ありません" in kpibot("restore", "--release", data=data).out


@pytest.mark.parametrize("disk", ["kept", "lost"])
def test_a_number_that_stands_on_a_button_in_slack_is_never_given_again(
    copy: Path, tmp_path: Path, disk: str
) -> None:
    """Else 承認 under a message from after the backup would approve another figure."""
    data = tmp_path / "data"
    put_back(copy, data / "kpibot.db", moment("2025-06-03 11:00"), lambda _: None)
    asked = submitted(data, "1-1b R6 12人")
    if disk == "lost":
        rmtree(data)
    put_back(copy, data / "kpibot.db", moment("2025-06-03 11:10"), lambda _: None)
    again = [submitted(data, words) for words in ("1-1b R6 9人", "1-1b R6 8人")]
    assert asked < again[0] < again[1]
    db = open_db(data / "kpibot.db")
    with pytest.raises(Stale), writing(db):
        approve(db, By("U0PLANNER", moment("2025-06-03 12:00"), "test"), asked)
    assert examine(db, open_db(":memory:")).breaches == ()
    db.conn.close()


def submitted(data: Path, words: str) -> int:
    """The number of a submission from the shell."""
    more = ("--as", "U0CHILD", "--reason", "電話")
    assert kpibot("submit", *words.split(), *more, data=data).code == 0
    db = open_db(data / "kpibot.db")
    (number,) = db.execute("SELECT id FROM submissions ORDER BY at DESC, id DESC").fetchone()
    db.conn.close()
    return int(number)


def test_what_stood_there_is_kept_whole_or_as_it_was(copy: Path, tmp_path: Path) -> None:
    """Also where it is no database any more."""
    data = tmp_path / "data"
    kpibot("restore", str(copy), data=data)
    again = kpibot("restore", str(copy), data=data).out
    assert "backups/before-restore-" in again
    assert "そのうち" not in again
    words = ["1-1b", "R6", "12人", "--as", "U0CHILD", "--reason", "電話"]
    assert kpibot("submit", *words, data=data).code == 0
    assert "そのうち提出1件" in kpibot("restore", str(copy), data=data).out
    (data / "kpibot.db").write_bytes(b"broken" * 1000)
    assert kpibot("restore", str(copy), data=data).code == 0
    spoil_a_page(data / "kpibot.db")
    assert "✗ データベースが壊れています" in kpibot("doctor", data=data).out
    assert "データベースが壊れています" in kpibot("ask", "1-1b", data=data).sentence
    assert kpibot("restore", str(copy), data=data).code == 0
    assert "ok" in kpibot("backup", data=data).out
    assert len(list((data / "backups").glob("before-restore-*.db"))) == 4
    assert not list(data.glob("*.restoring*"))


def spoil_a_page(file: Path) -> None:
    """As a failing disk does: the file can be opened, and what it holds can't be read."""
    db = Database(str(file))
    page = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'plan_versions'").fetchone()
    size = db.execute("PRAGMA page_size").fetchone()[0]
    db.conn.close()
    body = bytearray(file.read_bytes())
    body[(page[0] - 1) * size : page[0] * size] = b"\xff" * size
    file.write_bytes(body)


def test_what_cannot_be_put_back_changes_nothing(
    office: Office, copy: Path, tmp_path: Path
) -> None:
    """A damaged copy, one of the other kind, a database in use, a folder that somebody holds."""
    data = tmp_path / "data"
    data.mkdir()
    db = open_db(data / "kpibot.db")
    stamp(db, "live")
    db.conn.close()
    (tmp_path / "damaged.db").write_bytes(b"x" * 10_000)
    for source, why in (
        (copy, "試用（サンプル入り）の写しを本番のデータフォルダには戻せません"),
        (tmp_path / "damaged.db", "データベースとして読めません"),
        (office.folder / "kpibot.db", "使用中のデータベース"),
    ):
        assert why in kpibot("restore", str(source), data=data).sentence
    with only_one(data):
        assert "使用中" in kpibot("restore", str(copy), data=data).sentence
    assert "どちらか" in kpibot("restore", data=data).sentence
    assert sorted(file.name for file in data.iterdir()) == ["bot.lock", "kpibot.db"]


def test_after_a_restore_what_may_be_out_is_looked_for(copy: Path, tmp_path: Path) -> None:
    """A message that was due in the copy may have gone out since; nothing new is taken up."""
    db = open_db(copy)
    with writing(db):
        outbox.enqueue(db, "x", "C0DIGEST", "週報", {"text": "x"}, 0.0)
    db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    db.conn.close()
    data = tmp_path / "data"
    assert kpibot("restore", str(copy), data=data).code == 0
    db = open_db(data / "kpibot.db")
    (waiting,) = outbox.messages(db, "due", "x")
    assert waiting.verify
    now = moment("2025-06-09 09:00")
    slack = FakeSlack(Clock(now.timestamp()))
    assert take_up(db, slack, now) == []
    with writing(db):
        memory.release(db)
        memory.hear_until(db, moment("2025-06-09 08:59"))
    assert take_up(db, slack, now) != []
    db.conn.close()


def test_a_copy_is_kept_every_night_and_the_oldest_goes(office: Office, tmp_path: Path) -> None:
    """One a day, whoever asks how often."""
    db = office.bot.desk.db
    for day in range(1, KEEP_NIGHTS + 3):
        night = moment(f"2025-06-{day:02d} 03:00").astimezone(TOKYO)
        assert back_up_nightly(db, tmp_path, night).exists()
        back_up_nightly(db, tmp_path, night)
        forget_old_nights(tmp_path)
    kept = sorted(file.name for file in (tmp_path / "backups").iterdir())
    assert len(kept) == 2 * KEEP_NIGHTS
    assert kept[:2] == ["nightly-20250603.db", "nightly-20250603.db.json"]


def test_a_night_that_was_missed_is_made_up_for(office: Office) -> None:
    """Once: a copy of the last day is enough."""
    copies = office.folder / "backups"
    rmtree(copies, ignore_errors=True)
    office.bot.make_up_for_the_night()
    assert soon(lambda: list(copies.glob("nightly-*.db.json")))
    (copy,) = copies.glob("nightly-*.db")
    there = copy.rename(copies / "kpibot-1.db")
    now = office.now.timestamp()
    os.utime(there, (now, now - 24 * 3600 + 60))
    office.bot.tidy_if_missed()
    assert not list(copies.glob("nightly-*.db"))
    os.utime(there, (now, now - 24 * 3600 - 60))
    office.bot.tidy_if_missed()
    assert len(list(copies.glob("nightly-*.db"))) == 1


def test_no_copy_goes_once_history_was_altered(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last one that is whole may be older than all that are kept."""
    copies = office.folder / "backups"
    copies.mkdir(exist_ok=True)
    for day in range(1, KEEP_NIGHTS + 3):
        (copies / f"nightly-202505{day:02d}.db").touch()
    monkeypatch.setattr("bot.app.history_is_whole", lambda _: False)
    office.bot.tidy()
    assert len(list(copies.glob("nightly-*.db"))) == KEEP_NIGHTS + 3
    monkeypatch.undo()
    office.bot.tidy()
    assert len(list(copies.glob("nightly-*.db"))) == KEEP_NIGHTS


def test_the_doctor_tells_whether_a_bot_is_running(tmp_path: Path) -> None:
    """By the lock on the folder, which goes with its process."""
    with only_one(tmp_path):
        assert (
            f"✓ ボットが動いています（プロセス {os.getpid()}）。"
            in kpibot("doctor", data=tmp_path).out
        )
    assert "・ ボットは動いていません。" in kpibot("doctor", data=tmp_path).out


def test_files_that_the_bot_may_not_be_able_to_write_are_found(copy: Path, tmp_path: Path) -> None:
    """As a command leaves them that was run as root."""
    data = tmp_path / "data"
    kpibot("restore", str(copy), data=data)
    kpibot("backup", "--out", str(data / "backups" / "mine.db"), data=data)
    owner = data.stat().st_uid
    assert owned_by_others(data, owner) == []
    found = owned_by_others(data, owner + 1)
    assert {"kpibot.db", "mine.db", "mine.db.json"} <= set(found)
