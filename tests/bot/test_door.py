"""What people are told when the database file itself can't be written."""

from __future__ import annotations

import pytest
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from bot.door import sentence


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ("database is locked", "少し待ってからもう一度"),
        ("database or disk is full", "空き容量が足りない"),
        ("disk I/O error", ""),
    ],
)
def test_whoever_acted_hears_that_nothing_was_saved_and_what_to_do(said: str, advice: str) -> None:
    told = sentence(sqlite3.OperationalError(said), {"command": "/kpi", "text": "1-1"}).text
    assert "登録はされていません。" in told
    assert advice in told
    assert "照会番号" in told
