"""A reset brings the bot back to its first morning, whatever was done since."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.samples import START, Stage
from store.acts import rows
from store.db import open_db
from tests.bot.office import BUSINESS, Office
from tests.bot.people import Person


def test_a_reset_leaves_what_a_new_sandbox_is_filled_with(
    office: Office, child: Person, tmp_path: Path
) -> None:
    preview = child.submits("1-1b R6 12人 県の公表値").message
    child.clicks("提出", preview)
    assert len(office.submissions()) == 1
    office.anew()
    Stage(tmp_path, with_samples=True, real_now=lambda: START).set(START)
    new = open_db(tmp_path / "kpibot.db")
    assert office.submissions() == []
    assert office.business() == {
        table: rows(new, f"SELECT count(*) AS n FROM {table}")[0]["n"] for table in BUSINESS
    }


def test_samples_of_another_day_are_made_for_that_day(tmp_path: Path) -> None:
    stage = Stage(tmp_path, with_samples=True, real_now=lambda: START)
    stage.set(START)
    assert stage.as_filled(START + timedelta(seconds=1)) is not None
    assert stage.as_filled(START + timedelta(days=1)) is None
