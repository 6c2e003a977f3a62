"""A line reads as it must or does not, and a campaign that fails is a line too."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.torture.campaign import Ask, Campaign
from tests.torture.lines import Line, read_figures

FIGURES = "runs=744 lost=0 p99_ms=12.5 acked=20 in_flight=20 integrity=ok all_reported"


@pytest.mark.parametrize(
    "must",
    [
        "lost=0 runs>=700 p99_ms<50 acked=in_flight",
        "integrity=ok all_reported runs>asked",
        "runs=744 acked<=20 acked>=20",
    ],
)
def test_a_line_reads_as_it_must(must: str) -> None:
    assert Line("x", 20, read_figures(FIGURES), must).is_clean


@pytest.mark.parametrize(
    "must",
    [
        *("lost=1", "lost>0", "runs<744", "runs>744", "p99_ms<=12", "acked=runs"),
        *("integrity=bad", "integrity>0", "none_reported", "doubled=0", "doubled<1", "acked=word"),
    ],
)
def test_a_line_says_what_is_wrong_with_it(must: str) -> None:
    assert Line("x", 20, read_figures(FIGURES), must).wrong == [must]


def test_a_campaign_that_fails_is_a_line_that_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    def fails(ask: Ask) -> Iterator[Line]:
        yield Line("fails", ask.count, {"lost": 0}, "lost=0")
        raise OSError

    first, second = Campaign("fails", "", 5, 0, fails).lines(5, 1)
    assert (first.is_clean, second.is_clean) == (True, False)
    assert "OSError" in capsys.readouterr().err
