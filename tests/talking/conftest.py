"""The office of `tests.bot`, for those who talk with the bot in other ways than commands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.bot.conftest import child, child2, forger, office, planner, planner2, staff
from tests.bot.office import Office, open_office

__all__ = ["child", "child2", "forger", "office", "planner", "planner2", "staff"]


@pytest.fixture(scope="package")
def running_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The bot in its sandbox, started once and gone when nobody talks here any more."""
    with open_office(tmp_path_factory.mktemp("office")) as opened:
        yield opened
