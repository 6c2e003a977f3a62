"""`kpibot doctor --history`, and what backups and restores say of the chain of history."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copyfile

import pytest
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from bot.guarding import history_is_whole
from bot.shell.history import MOST_NAMED
from schedules import memory
from store.db import open_db, writing
from store.schema.seals import SEALED
from store.sealing import adopt, head
from tests.bot.office import Office
from tests.bot.terminal import kpibot
from tests.forgery.city import forging, hall


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a city hall that was lived in; not to be written."""
    folder = tmp_path_factory.mktemp("city")
    db = hall(folder)
    db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    db.conn.close()
    return folder


@pytest.fixture
def data(city: Path, tmp_path: Path) -> Path:
    """A copy of it that may be forged."""
    copyfile(city / "kpibot.db", tmp_path / "kpibot.db")
    return tmp_path


def forge(file: Path, sql: str) -> None:
    conn = sqlite3.connect(file)
    with forging(conn):
        conn.execute(sql)
    conn.close()


def test_what_people_did_in_the_office_is_whole(office: Office) -> None:
    """With the samples, whoever wrote; the short head stands in the plain checklist too."""
    office.person("U0CHILD").submits("1-1b R6 12人 県の公表値")
    newest = head(office.bot.desk.db)
    assert newest is not None
    said = kpibot("doctor", "--history", data=office.folder)
    assert said.code == 0
    assert "履歴は改ざんされていません（" in said.out
    assert f"先頭の照合番号 {newest.hash}" in said.out
    assert f"履歴の照合番号: {newest.short}" in kpibot("doctor", data=office.folder).out


def test_each_row_that_was_altered_is_named_and_the_steps_are_said_once(data: Path) -> None:
    """The plain checklist finds it too, and says which copy to put back: not one altered as well."""
    kpibot("backup", "--out", str(data / "backups" / "sound.db"), data=data)
    forge(data / "kpibot.db", "UPDATE actual_values SET value = '0' WHERE rowid = 2")
    forge(data / "kpibot.db", "DELETE FROM planners WHERE id = 1")
    kpibot("backup", "--out", str(data / "backups" / "too-late.db"), data=data)
    said = kpibot("doctor", "--history", data=data)
    assert said.code == 1
    assert "✗ 表 actual_values の行 2: 封印の後に書き換えられています。" in said.out
    assert "✗ 表 planners の行 1: 消されています。" in said.out
    assert said.out.count("→ 1. ボットを止めます") == 1
    assert f"4. `kpibot restore {data / 'backups' / 'sound.db'}` で戻します" in said.out
    assert said.out.endswith("問題は2件です。\n")
    assert "✗ 表 planners の行 1: 消されています。" in kpibot("doctor", data=data).out
    (data / "backups" / "sound.db").unlink()
    assert "改ざんのないと言える写しがありません" in kpibot("doctor", "--history", data=data).out


def test_of_very_many_some_are_named_and_the_rest_counted(data: Path) -> None:
    forge(data / "kpibot.db", "UPDATE assignments SET actor = 'U0CITY'")
    lines = kpibot("doctor", "--history", data=data).out.splitlines()
    assert sum("表 assignments" in line for line in lines) == MOST_NAMED
    assert any(line.startswith("✗ ほか") for line in lines)


def test_a_head_that_was_noted_is_looked_for(data: Path) -> None:
    """As many as are given; one that is not in the chain is a mistake, one that can't be is none."""
    noted = json.loads(note_beside(data).read_text("utf-8"))["head"]
    found = kpibot("doctor", "--history", "--head", noted[:12].upper(), "--head", noted, data=data)
    assert found.code == 0
    assert f"照合番号 {noted} は封印の" in found.out
    gone = kpibot("doctor", "--head", "0" * 12, data=data)
    assert gone.code == 1
    assert "照合番号 000000000000 は履歴にありません" in gone.out
    assert "16進数" in kpibot("doctor", "--head", "あ", data=data).err


def test_a_copy_of_a_chain_that_was_made_anew_is_not_offered(data: Path) -> None:
    """It is whole by itself: the head that was noted elsewhere tells them apart."""
    copies = data / "backups"
    kpibot("backup", "--out", str(copies / "true.db"), data=data)
    noted = json.loads((copies / "true.db.json").read_text("utf-8"))["head"]
    make_anew(data / "kpibot.db")
    kpibot("backup", "--out", str(copies / "forged.db"), data=data)
    assert kpibot("doctor", "--history", data=data).code == 0
    said = kpibot("doctor", "--history", "--head", noted, data=data).out
    assert "は履歴にありません" in said
    assert f"`kpibot restore {copies / 'true.db'}`" in said


def make_anew(file: Path) -> None:
    """A row altered, and the chain computed again so that it fits."""
    forge(file, "UPDATE planners SET user = 'U0CITY' WHERE id = 1")
    forge(file, "DELETE FROM seals")
    db = open_db(file)
    with writing(db):
        adopt(db, SEALED)
    db.conn.close()


def test_every_night_history_is_looked_at_and_what_is_altered_remembered(data: Path) -> None:
    """Until it is put right again."""
    db = open_db(data / "kpibot.db")
    (user,) = db.execute("SELECT user FROM planners WHERE id = 1").fetchone()
    assert history_is_whole(db)
    forge(data / "kpibot.db", "UPDATE planners SET user = 'U0CITY' WHERE id = 1")
    assert not history_is_whole(db)
    assert memory.altered(db)
    forge(data / "kpibot.db", f"UPDATE planners SET user = '{user}' WHERE id = 1")
    assert history_is_whole(db)
    assert memory.altered(db) is None
    db.conn.close()


def note_beside(data: Path) -> Path:
    """The note of a backup that is made now."""
    copy = data / "copy.db"
    said = kpibot("backup", "--out", str(copy), data=data).out
    note = data / "copy.db.json"
    assert json.loads(note.read_text("utf-8"))["head"] in said
    return note


def test_a_file_that_cannot_be_read_is_said_in_a_sentence(data: Path) -> None:
    file = data / "kpibot.db"
    body = bytearray(file.read_bytes())
    body[8 * 4096 : -4096] = b"\xff" * (len(body) - 9 * 4096)
    file.write_bytes(body)
    said = kpibot("doctor", "--history", data=data)
    assert said.code == 1
    assert "Traceback" not in said.err


def test_a_restore_says_that_the_history_is_whole_and_fits_its_note(
    data: Path, tmp_path: Path
) -> None:
    note = note_beside(data)
    noted = json.loads(note.read_text("utf-8"))["head"]
    said = kpibot("restore", str(data / "copy.db"), data=tmp_path / "one").out
    assert f"先頭の照合番号 {noted}" in said
    assert "控え" not in said
    note.unlink()
    assert "横に控えがない" in kpibot("restore", str(data / "copy.db"), data=tmp_path / "two").out


def test_a_copy_that_was_altered_is_put_back_only_by_somebody_who_knows(
    data: Path, tmp_path: Path
) -> None:
    """One that does not hold what its note says is not put back at all."""
    note = note_beside(data)
    forge(data / "copy.db", "UPDATE planners SET user = 'U0CITY' WHERE rowid = 1")
    copy, there = str(data / "copy.db"), tmp_path / "there"
    refused = kpibot("restore", copy, data=there).sentence
    assert "表 planners の行 1" in refused
    assert "--altered" in refused
    assert not (there / "kpibot.db").exists()
    assert "承知のうえで戻しました" in kpibot("restore", copy, "--altered", data=there).out
    assert history_is_whole(open_db(there / "kpibot.db"))
    note.write_text(json.dumps({"head": "0" * 64}))
    assert (
        "控えと履歴の照合番号が違います"
        in kpibot("restore", copy, "--altered", data=there).sentence
    )
    note.write_text("?")
    assert "控えとして読めません" in kpibot("restore", copy, data=there).sentence
