"""The share of a campaign that `make test` does."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from tests.torture.campaign import Campaign
from tests.torture.file.shim import NO_COMPILER, has_compiler

SEED = 9


def of(campaigns: Iterable[Campaign]) -> dict[str, Campaign]:
    """Those that have one, by name."""
    return {each.name: each for each in campaigns if each.in_tests}


def check(campaign: Campaign) -> None:
    """Every line reads as it must; where gcc is needed and missing it is skipped aloud."""
    if campaign.needs_compiler and not has_compiler():
        pytest.skip(f"!!! {NO_COMPILER} !!!")
    lines = list(campaign.lines(campaign.in_tests, SEED))
    assert lines
    assert not [str(line) for line in lines if not line.is_clean]
