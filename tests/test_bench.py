"""What `make bench` says of its figures is so: the same rows on both sides, ratios of the same blocks."""

from __future__ import annotations

from pathlib import Path

from bench import writing
from bench.filling import NOTE, made_up
from bench.table import compared, p99, printed
from store.acts import rows
from store.db import connect

WRITTEN = ("submissions", "actual_values", "inbox", "outbox")


def test_a_ratio_is_the_median_of_its_blocks_and_is_held_against_the_goal() -> None:
    """A block that something else disturbed shows in the spread, not in the ratio."""
    ours, theirs = [[1.0, 3.0], [2.0, 2.0], [9.0, 9.0]], [[2.0], [2.0], [2.0]]
    kept = compared("waiting", "ms", ours, theirs, most=1.25)
    missed = compared("a second", "/s", ours, theirs, least=1.1)
    assert [*printed([kept, missed])][2:] == [
        "| waiting | 2.50 ms (2.00–9.00) | 2.00 ms | 1.00 × (1.00–4.50) | ≤ 1.25 × | yes |",
        "| a second | 2.50 /s (2.00–9.00) | 2.00 /s | 1.00 × (1.00–4.50) | ≥ 1.1 × | **no** |",
    ]


def test_the_second_slowest_of_a_hundred_is_the_p99() -> None:
    assert p99([*range(100)]) == 99
    assert p99([*range(200)]) == 198


def test_plain_sqlite_writes_the_very_rows_that_a_submission_writes(tmp_path: Path) -> None:
    """A person's whole act: its row of the ledger, its inbox row, the requests to two planners."""
    [*writing.compare_writing(tmp_path, 1, 3)]
    for act, requests in (("durable", 0), ("whole", 12)):
        ours, theirs = (
            {
                table: rows(connect(tmp_path / act / side / "kpibot.db"), f"SELECT * FROM {table}")
                for table in WRITTEN
            }
            for side in ("ours", "theirs")
        )
        assert ours == theirs
        assert [len(ours[table]) for table in ("submissions", "inbox", "outbox")] == [
            6,
            6,
            requests,
        ]


def test_what_is_measured_with_says_that_it_is_made_up() -> None:
    """Ten fiscal years each, one plan before the other."""
    now, before = made_up(0), made_up(1)
    assert now.title.startswith(NOTE)
    assert now.predecessor == before.id
    assert [(p.first_year, p.last_year) for p in (before, now)] == [(2006, 2015), (2016, 2025)]
