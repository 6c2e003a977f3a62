"""A share of each campaign against the database file, with its controls."""

from __future__ import annotations

import pytest

from tests.torture import shares
from tests.torture.campaigns import FILE

SHARES = shares.of(FILE)


@pytest.mark.parametrize("name", SHARES)
def test_a_share_of_each_campaign_reads_as_it_must(name: str) -> None:
    shares.check(SHARES[name])
