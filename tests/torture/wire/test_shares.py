"""A share of each campaign against the wire to Slack, with its controls."""

from __future__ import annotations

import pytest

from tests.torture import shares
from tests.torture.campaigns import WIRE

SHARES = shares.of(WIRE)


@pytest.mark.parametrize("name", SHARES)
def test_a_share_of_each_campaign_reads_as_it_must(name: str) -> None:
    shares.check(SHARES[name])
