"""`kpibot publish` at the operator's terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.shell.context import DATABASE
from store import shelf
from store.db import open_db, stamp, writing
from store.plan import Plan
from tests.bot.terminal import kpibot
from tests.site.city import by, published_plan
from tests.store.making import baseline, indicator, series, target
from tests.store.making import plan as made_plan

SITE = "public"


@pytest.fixture
def plan() -> Plan:
    return made_plan(indicator("人", series(None, baseline("10", 2020), target(value="100"))))


def test_it_writes_the_site_of_the_newest_published_year(tmp_path: Path, plan: Plan) -> None:
    """Twice the same; who made it is on record, and what a site is made of stays untouched."""
    published_plan(tmp_path, plan)
    folder = tmp_path / SITE
    done = kpibot("publish", str(folder), "--licence", "CC BY 4.0", data=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert "令和6年度実績のサイトを作りました" in done.out
    first = {file.name: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    assert {"index.html", "indicator-1-1a.svg", "values.csv", "kpi.json"} <= first.keys()
    again = ("publish", str(folder), "--plan", "sample", "--year", "令和6年度")
    assert kpibot(*again, "--licence", "CC BY 4.0", data=tmp_path).code == 0
    assert {f.name: f.read_bytes() for f in folder.rglob("*") if f.is_file()} == first
    db = Database(str(tmp_path / DATABASE))
    acts = [(r["act"], r["subject"]) for r in db.query("SELECT act, subject FROM audit")]
    assert acts == [("publish", "sample/2024")] * 2
    db.conn.close()


@pytest.mark.parametrize(
    ("kind", "said"), [("sandbox", "試用環境のデータ"), (None, "本番としてまだ一度も動いていない")]
)
def test_only_a_live_database_is_published(
    tmp_path: Path, plan: Plan, kind: str, said: str
) -> None:
    """Whatever stands in it: the folder is not even made."""
    db = open_db(tmp_path / DATABASE)
    with writing(db):
        shelf.put(db, by("shell:operator"), plan)
    if kind == "sandbox":
        stamp(db, "sandbox")
    assert said in kpibot("publish", str(tmp_path / SITE), data=tmp_path).sentence
    assert not (tmp_path / SITE).exists()
    db.conn.close()


def test_what_cannot_be_done_is_said_in_one_sentence(tmp_path: Path, plan: Plan) -> None:
    """A year that nobody decided on or that is none, a plan that is not there, a folder of others."""
    published_plan(tmp_path, plan)
    folder = str(tmp_path / SITE)
    for words, said in (
        ((folder, "--year", "R5"), "R5実績の公開は決定していません"),
        ((folder, "--year", "あした"), "--year「あした」を年度として読めません"),
        ((folder, "--plan", "nowhere"), "計画 nowhere は読み込まれていません"),
        ((str(tmp_path),), "空ではなく"),
    ):
        assert said in kpibot("publish", *words, data=tmp_path).sentence
    assert not Path(folder).exists()
