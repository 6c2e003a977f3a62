"""`kpibot import`: a city's past out of a table, submitted by proxy and approved by another planner."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.bot.office import Office
from tests.bot.terminal import kpibot

TABLE = """番号,指標,R4実績,R5,目標値(R7)
4-2,耕作放棄地率,3.713%,3.691%,3.70%
5-1e,,19,1900,
9-9,,1,,
"""
ASKED = ("--submit", "--as", "U0PLANNER", "--reason", "初期登録")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A CSV file as Excel in Japan saves it."""
    file = tmp_path / "過去の実績.csv"
    file.write_bytes(TABLE.encode("cp932"))
    return file


def imported(office: Office, file: Path, *more: str) -> Any:
    return kpibot("import", str(file), *more, data=office.folder)


def test_a_table_is_looked_at_and_nothing_is_kept(office: Office, table: Path) -> None:
    """Until it is submitted."""
    before = office.business()
    said = imported(office, table).out
    assert "読まない列: 目標値(R7)" in said
    assert "この番号の指標も施策も計画にありません。" in said
    assert office.business() == before


def test_a_past_is_submitted_by_proxy_and_approved_by_another_planner(
    office: Office, table: Path
) -> None:
    """All in one request; odd values only when asked for, and nothing twice."""
    said = imported(office, table, *ASKED).out
    assert "3件を提出しました（確認中）" in said
    first, second = office.submissions("4-2a")
    (third,) = office.submissions("5-1e")
    assert [each["collection"] for each in (first, second, third)] == [2022, 2023, 2022]
    assert (first["actor"], first["surface"], first["figures"]) == ("U0PLANNER", "shell", "3.713")
    assert first["proxy"] == 1
    assert first["decided"] is None
    (audit,) = office.rows("SELECT * FROM audit WHERE act = 'import_for'")
    assert (audit["subject"], audit["outcome"]) == ("U0PLANNER", "done")
    office.settles()
    (asked,) = office.person("U0PLANNER2").inbox("承認のお願い")
    assert "3件" in asked["text"]
    assert office.person("U0PLANNER").inbox("承認のお願い") == []
    assert "提出できる値がないため" in imported(office, table, *ASKED).out
    assert "1件を提出しました" in imported(office, table, *ASKED, "--odd").out


def test_somebody_may_import_only_what_is_theirs(office: Office, table: Path) -> None:
    """Each row says so, and nothing is registered."""
    before = office.business()
    words = ("--submit", "--as", "U0STAFF", "--reason", "x")
    said = imported(office, table, *words).out
    assert "この指標の提出は" in said
    assert "提出できる値がないため" in said
    assert office.business() == before


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--submit",), "--as（提出者）と --reason（理由）が要ります"),
        (("--column", "R4"), "`役割=見出し`"),
        (("--sheet", "ない"), "シート「ない」はありません"),
        (("--plan", "ない"), "計画"),
    ],
)
def test_what_cannot_be_done_is_said(
    office: Office, table: Path, more: tuple[str, ...], said: str
) -> None:
    """In one sentence."""
    assert said in imported(office, table, *more).sentence


def test_a_plan_is_drafted_from_a_list_and_never_written_over(tmp_path: Path) -> None:
    """What is still to be written is named, as the check would."""
    there, out = tmp_path / "一覧.csv", tmp_path / "plan.toml"
    there.write_bytes("番号,指標,目標値(R9)\n1-1,本の数,10冊\n".encode("cp932"))
    said = kpibot("plan", "draft", str(there), "--out", str(out), data=tmp_path / "data").out
    assert "指標1件" in said
    assert "1-1a > better" in said
    assert 'unit = "冊"' in out.read_text("utf-8")
    again = kpibot("plan", "draft", str(there), "--out", str(out), data=tmp_path / "data")
    assert "すでにあります" in again.sentence
