"""A few messages through every fault, and the careless ways that the same faults give away."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future

import pytest

from tests.faults.account import Toll
from tests.faults.kinds import FAULTS
from tests.faults.running import LEDGER, bites, suffering

MESSAGES = 3
LANES = 4
SEED = 9
PATIENCE_SECONDS = 300.0
# Whether a kill at any moment bites at so few messages is chance.
CONTROLS = {
    name: fault.control
    for name, fault in FAULTS.items()
    if fault.control and name != "kill-anywhere"
}

Tolls = dict[tuple[str, str], Future[Toll]]


@pytest.fixture(scope="module")
def tolls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tolls]:
    """What came of each fault, by its name and the way of working; they go on side by side."""
    runs = [*((name, LEDGER) for name in FAULTS), *CONTROLS.items()]
    with suffering(tmp_path_factory.mktemp("faults"), LANES, SEED) as suffer:
        yield {(name, way): suffer(name, way, MESSAGES) for name, way in runs}


@pytest.mark.parametrize("name", FAULTS)
def test_no_fault_loses_or_doubles_and_what_cannot_be_settled_is_told(
    tolls: Tolls, name: str
) -> None:
    toll = tolls[name, LEDGER].result(PATIENCE_SECONDS)
    assert toll.is_clean, str(toll)


@pytest.mark.parametrize(("name", "way"), CONTROLS.items())
def test_a_careless_way_of_delivering_is_given_away(tolls: Tolls, name: str, way: str) -> None:
    toll = tolls[name, way].result(PATIENCE_SECONDS)
    assert bites(toll), str(toll)


@pytest.mark.parametrize(
    "name", [name for name in FAULTS if name.endswith("-after") and "429" not in name]
)
def test_what_is_out_already_is_found_and_not_posted_again(tolls: Tolls, name: str) -> None:
    assert tolls[name, LEDGER].result(PATIENCE_SECONDS).looked_up == MESSAGES
