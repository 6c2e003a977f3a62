"""Nothing internal gets into a published site: shown with a mark in every column, and by the shapes."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from bot.shell.context import DATABASE
from bot.site_reading import read_site
from reports.charting.picture import Picture
from reports.charts import svg_of
from reports.site import model
from reports.site.pages import files_of
from store.acts import rows
from store.db import connect
from store.public import PUBLIC, reading_public
from tests.site.city import PLAN, SECRET, live_city

INTERNAL = ("actor", "surface", "reason", "note", "typed", "user", "payload", "for_lead")
# A 見直し is given its reason for the 新旧対照表.
WRITTEN_FOR_ALL = {"revision_proposals": {"reason"}}
# What rows that are not published say, and people; フォーム and the like never stand there either.
HIDDEN = (
    *("424,242", "424242", "31.337", "767,676", "767676", "確認中の出典", "差し戻された出典"),
    *(
        "U0CHILD",
        "U0PLANNER",
        "shell:",
        "内線1234",
        "転記の誤り",
        "公表の遅れ",
        "確認中を残す",
        "提案だけの理由",
    ),
    *("差戻しの理由", "確認中", "差戻し", "未提出", "期限超過"),
)


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The city's database with a mark of its own in every column that is not public."""
    folder = tmp_path_factory.mktemp("city")
    live_city(folder).conn.close()
    db = connect(folder / DATABASE)
    db.conn.execute("PRAGMA ignore_check_constraints=ON")
    db.conn.execute("PRAGMA foreign_keys=OFF")
    for trigger in rows(db, "SELECT name FROM sqlite_master WHERE type = 'trigger'"):
        db.conn.execute(f"DROP TRIGGER {trigger['name']}")
    for table, columns in tables(db).items():
        mark_table(db, table, columns)
    db.conn.commit()
    db.conn.close()
    return folder / DATABASE


@pytest.fixture(scope="module")
def files(marked: Path) -> dict[str, bytes]:
    """The whole site made of it, drawings and all."""
    return dict(files_of(read_site(marked, PLAN, 2024), svg_of))


def tables(db: Database) -> dict[str, dict[str, str]]:
    """Every table with its columns and their types."""
    names = rows(db, "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE%'")
    return {
        each["name"]: {
            row["name"]: row["type"] for row in rows(db, f"PRAGMA table_info({each['name']})")
        }
        for each in names
        if not each["name"].startswith(("sqlite_", "_"))
    }


def mark_table(db: Database, table: str, columns: Mapping[str, str]) -> None:
    """Put a mark into each text column that is not public; a table with no public one gets a row."""
    hidden = [c for c, kind in columns.items() if kind == "TEXT" and c not in PUBLIC.get(table, ())]
    if table not in PUBLIC and hidden:
        names = ", ".join(f'"{name}"' for name in columns)
        values = ", ".join("?" for _ in columns)
        made = [mark(table, c) if kind == "TEXT" else 987654 for c, kind in columns.items()]
        db.conn.execute(f'INSERT OR REPLACE INTO "{table}" ({names}) VALUES ({values})', made)
        return
    for column in hidden:
        db.conn.execute(f'UPDATE "{table}" SET "{column}" = ?', [mark(table, column)])


def mark(table: str, column: str) -> str:
    return f"〔{table}.{column}〕"


def test_no_mark_of_an_internal_column_is_in_any_file(
    marked: Path, files: dict[str, bytes]
) -> None:
    """Nor what rows say that are not published; and the marks are there to be found."""
    db = connect(marked)
    held = rows(db, "SELECT actor, reason, note FROM submissions LIMIT 1")[0]
    assert held["actor"] == mark("submissions", "actor")
    assert rows(db, "SELECT user FROM directory")[0]["user"] == mark("directory", "user")
    db.conn.close()
    marks = [
        mark(table, column)
        for table, columns in PUBLIC.items()
        for column in INTERNAL
        if column not in columns
    ]
    assert len(files) > 140
    for name, body in files.items():
        text = body.decode()
        assert "〔" not in text, name
        assert not any(each in text for each in (*marks, *HIDDEN)), name
        assert "987654" not in text, name


def test_what_two_planners_let_out_is_there(files: dict[str, bytes]) -> None:
    """So that the test above does not look into an empty site."""
    page = files["indicator-1-1b.html"].decode()
    for said in ("待機児童", "0人", "訂正後", "締めた時点", "埼玉県資料", "R5", "こども課"):
        assert said in page, said


def test_what_was_revised_stands_old_beside_new_and_what_was_only_proposed_does_not(
    files: dict[str, bytes],
) -> None:
    page = files["revisions.html"].decode()
    said = ("0人（R7）", "5人（R7）", "令和7年度", "受け皿の整備が進まないため", "1-1b")
    assert all(each in page for each in said)
    assert "1-1c" not in page
    # R6 is as it was.
    assert "5人（R7）" not in files["indicator-1-1b.html"].decode()


def test_only_the_columns_of_the_list_can_be_read(marked: Path) -> None:
    """Of every table there is, now and later: the rest is NULL, and nothing can be written."""
    with reading_public(marked) as db:
        whole = connect(marked)
        for table, columns in tables(whole).items():
            for column in columns:
                said = rows(db, f'SELECT "{column}" AS it FROM "{table}" WHERE it IS NOT NULL')
                assert not said or column in PUBLIC.get(table, ()), f"{table}.{column}"
        whole.conn.close()
        with pytest.raises(Exception, match="not authorized"):
            db.conn.execute("DELETE FROM drafts")
        with pytest.raises(Exception, match="not authorized"):
            db.conn.execute("ATTACH ':memory:' AS other")


def test_the_list_names_columns_that_exist_and_none_that_is_internal(marked: Path) -> None:
    db = connect(marked)
    found = tables(db)
    db.conn.close()
    for table, columns in PUBLIC.items():
        assert columns <= found[table].keys(), table
        assert not (columns & {*INTERNAL}) - WRITTEN_FOR_ALL.get(table, set()), table


def shapes(kind: Any) -> Iterator[Any]:
    """Every type that stands in a type, unions and tuples opened."""
    if typing.get_origin(kind) in (tuple, types.UnionType, typing.Union):
        for part in typing.get_args(kind):
            yield from shapes(part)
    elif kind is not Ellipsis:
        yield kind


def test_a_site_is_made_of_named_texts_and_numbers_only() -> None:
    """No object of the store hangs on it; a picture is what a chart shows, in texts and numbers."""
    plain = {str, int, bool, Decimal, type(None), Picture}
    ours = {each for each in vars(model).values() if dataclasses.is_dataclass(each)}
    for made in ours - {Picture}:
        for name, kind in typing.get_type_hints(made).items():
            assert {*shapes(kind)} <= plain | ours, f"{made} {name}"


def test_the_secrets_are_in_the_database(marked: Path) -> None:
    """Of a year that is not published, 確認中, and returned."""
    db = connect(marked)
    held = {row["value"] for row in rows(db, "SELECT value FROM actual_values")}
    db.conn.close()
    assert {*SECRET.values()} <= held
