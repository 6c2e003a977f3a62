"""A data folder of an older version: who changes its shape, who doesn't, and the way back."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.running import Slack
from bot.shell.run import _live
from store import shelf
from store.acts import By
from store.db import connect, stamp, writing
from store.holding import only_one
from store.migrations import migrations, names
from store.plan_file import builtin_plans
from tests.bot.terminal import kpibot
from tests.schedules.stand_in import moment

BEFORE_SEALS = "045-seals"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A live folder as an older version left it."""
    tmp_path.joinpath("data").mkdir()
    db = connect(tmp_path / "data" / "kpibot.db")
    migrations.apply(db, stop_before=BEFORE_SEALS)
    stamp(db, "live")
    with writing(db):
        shelf.put(
            db, By("shell:x", moment("2025-06-03 10:00"), "test"), builtin_plans()["kitamoto-2"]
        )
    db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    db.conn.close()
    return tmp_path / "data"


def steps(file: Path) -> tuple[str, ...]:
    """What a file went through."""
    db = connect(file)
    try:
        return tuple(step.name for step in migrations.applied(db))
    finally:
        db.conn.close()


def test_a_backup_and_the_doctor_leave_an_older_database_as_it_is(data: Path) -> None:
    """To the byte: the copy is the way back to the older version."""
    before = (data / "kpibot.db").read_bytes()
    copy = data / "copy.db"
    assert "整合性 ok" in kpibot("backup", "--out", str(copy), data=data).out
    found = kpibot("doctor", data=data).out
    assert "・ データベースは前の版の形です" in found
    assert "✓ 計画: 第2期" in found
    assert "履歴は改ざんされていません" in kpibot("doctor", "--history", data=data).out
    assert (data / "kpibot.db").read_bytes() == before
    assert BEFORE_SEALS not in steps(copy)
    assert copy.stat().st_mode & 0o077 == 0


def test_whoever_needs_the_new_shape_keeps_a_copy_of_the_old_one(data: Path) -> None:
    said = kpibot("ask", "1-1b", data=data)
    assert "前の形の写し" in said.err
    assert "待機児童数" in said.out
    assert steps(data / "kpibot.db") == names()
    (kept,) = (data / "backups").glob("before-upgrade-*.db")
    assert BEFORE_SEALS not in steps(kept)
    assert kpibot("ask", "1-1b", data=data).err == ""
    kept.with_name(f"{kept.name}-wal").touch()  # as older versions left it when they set one aside
    assert "戻しました" in kpibot("restore", str(kept), data=data).out


def test_nothing_changes_where_no_copy_can_be_kept(data: Path) -> None:
    (data / "backups").write_text("in the way", "utf-8")
    assert "写し（" in kpibot("ask", "1-1b", data=data).sentence
    assert BEFORE_SEALS not in steps(data / "kpibot.db")


def test_nothing_changes_under_a_bot_that_runs(data: Path) -> None:
    """It may be of the older version: then it could read nothing any more."""
    with only_one(data):
        for words in (["ask", "1-1b"], ["plan", "load", "kitamoto-2"]):
            assert "ボットを再起動してください" in kpibot(*words, data=data).sentence
    assert BEFORE_SEALS not in steps(data / "kpibot.db")


def test_a_bot_that_starts_keeps_a_copy_before_anything_else(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also one that then can't reach Slack."""

    def unreachable(*_: object) -> None:
        raise ConnectionError

    monkeypatch.setattr("bot.shell.run.running", unreachable)
    with pytest.raises(ConnectionError):
        _live(data, Slack("xoxb-1", None, ""), None)  # type: ignore[arg-type]
    assert len(list((data / "backups").glob("before-upgrade-*.db"))) == 1


def test_a_newer_database_is_copied_and_set_aside_whole(data: Path, tmp_path: Path) -> None:
    """By the older version that is gone back to: what was entered since the upgrade is not lost."""
    old = tmp_path / "old.db"
    kpibot("backup", "--out", str(old), data=data)
    db = connect(data / "kpibot.db")
    db.execute("INSERT INTO _sqlite_migrations(migration_set, name) VALUES ('kpibot', '999-new')")
    db.conn.commit()
    assert "新しい版で作られています" in kpibot("ask", "1-1b", data=data).sentence
    assert "整合性 ok" in kpibot("backup", data=data).out
    assert kpibot("restore", str(old), data=data).code == 0
    db.conn.close()
    (kept,) = (data / "backups").glob("before-restore-*.db")
    assert "999-new" in steps(kept)
    assert not list((data / "backups").glob("*-wal"))
