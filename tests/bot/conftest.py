"""One office for all tests, each of which finds it as on its first morning."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import structlog

from tests.bot.forging import Forger
from tests.bot.office import Office, open_office
from tests.bot.people import Person
from tests.torture.file.watch import Watch


@pytest.fixture(scope="session", autouse=True)
def _logs_apart() -> Iterator[None]:
    """The office's log goes to pytest and not to stdout, where commands print."""
    structlog.configure(
        processors=[structlog.processors.KeyValueRenderer(key_order=["event"])],
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def running_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The bot in its sandbox, started once; whatever is done there, only SQLite opens its database."""
    folder = tmp_path_factory.mktemp("office")
    watch = Watch(folder)
    with open_office(folder) as office:
        yield office
    assert watch.found == []


@pytest.fixture
def office(running_office: Office) -> Office:
    """The office at ten in the morning of 3 June 2025, with sample figures and nobody's act yet."""
    running_office.anew()
    return running_office


@pytest.fixture
def child(office: Office) -> Person:
    """The lead of こども課, which owns 1-1 to 1-5."""
    return office.person("U0CHILD")


@pytest.fixture
def child2(office: Office) -> Person:
    """A member of こども課."""
    return office.person("U0CHILD2")


@pytest.fixture
def planner(office: Office) -> Person:
    """Somebody of the planning section."""
    return office.person("U0PLANNER")


@pytest.fixture
def planner2(office: Office) -> Person:
    """Somebody else of the planning section."""
    return office.person("U0PLANNER2")


@pytest.fixture
def staff(office: Office) -> Person:
    """Somebody whose department owns no indicator."""
    return office.person("U0STAFF")


@pytest.fixture
def forger(office: Office) -> Forger:
    """Somebody who sends payloads that no client would."""
    return Forger(office)
