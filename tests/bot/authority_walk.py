"""The walk through the table of authority: an office with every role in it, and what came of each try."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from unittest.mock import patch

from sqlite_utils import Database

from store import confirming, departments, drafts
from store.absences import Absence, be_away
from store.acts import By
from store.db import remembered, writing
from store.departments import DepartmentRole
from store.people import Act, Who
from store.schema.seals import SEALED
from tests.bot.authority_table import PEOPLE, SHUT_OUT
from tests.bot.authority_ways import Way, audited, is_told, may, ways, ways_of
from tests.bot.giving import by, give, proposed
from tests.bot.office import Office
from tests.bot.people import A_BUG, JAPANESE, button_of
from tests.bot.replaying import Replayer
from tests.bot.sheeting import filled, gets_sheet, previewed
from tests.bot.test_opinion_sheets import WHOLE, gets
from tests.bot.test_opinion_sheets import filled as filled_opinions
from tests.bot.test_opinion_sheets import previewed as previewed_opinions
from tests.bot.waiting import something_of_everything
from tests.sandbox.hands import Json

SINCE, UNTIL = date(2025, 6, 1), date(2025, 6, 30)
# Who is moved so that every role of the table is played.
MOVED: tuple[tuple[str, str, DepartmentRole], ...] = (
    ("city", "U0CITY", "none"),
    ("children", "U0CITY", "lead"),
    ("civic", "U0CIVIC", "none"),
    ("children", "U0CIVIC", "member"),
    ("trade", "U0TRADE", "none"),
    ("welfare", "U0TRADE", "member"),
)
# Every table of history but the audit, and what is to be said but for answers.
_COUNTS = " + ".join(f"(SELECT count(*) FROM {table})" for table in sorted({*SEALED} - {"audit"}))
# To some nobody can write, which the operator hears of as trouble.
BUSINESS = f"""SELECT {_COUNTS} + (SELECT count(*) FROM outbox WHERE key NOT LIKE 'reply:%'
  AND key NOT LIKE 'sheet:read:%' AND key NOT LIKE 'trouble:%') AS n"""
# Cells with more ways than this are shared out among the roles where not every try is wanted.
MANY = 12


@dataclass(frozen=True)
class Came:
    """What came of one try, or of many: how often each thing happened."""

    way: str
    role: str
    allowed: bool
    rows: int
    denials: tuple[tuple[str, str], ...]
    expected: tuple[tuple[str, str], ...]
    is_told: bool
    said: str

    @property
    def wrong(self) -> str:
        """What does not hold, in words; empty when all does."""
        if self.denials != self.expected:
            return f"{self.way} by {self.role}: audited {self.denials}, not {self.expected}"
        if not self.allowed and self.rows:
            return f"{self.way} by {self.role}: {self.rows} rows of business"
        return "" if self.is_told else f"{self.way} by {self.role}: told 「{self.said}」"


@dataclass
class Walk:
    """An office where something of every kind waits, as it was when everything had been set up.

    `is_touched`: something was done there since that was allowed.
    """

    office: Office
    kept: Database
    numbers: Mapping[str, Mapping[str, str]]
    files: Mapping[str, Json]
    seen: Counter[str] = field(default_factory=Counter)
    is_touched: bool = False

    def cell(self, act: Act, role: str, every: int = 1) -> Iterator[Came]:
        """Try the ways of an act in a role: all, or of many a share, other roles another one."""
        found = list(ways_of(act, self.ways(role)).items())
        if len(found) > MANY:
            found = found[list(PEOPLE).index(role) % every :: every]
        self.seen["cells"] += 1
        for name, way in found:
            yield self.tries(name, way, role)

    def ways(self, role: str) -> dict[str, Way]:
        """Every way, with what a role has in hand."""
        return ways(self.numbers[role], self.files)

    def tries(self, name: str, way: Way, role: str) -> Came:
        """One try, delivered twice. What is allowed is done on an untouched office."""
        user, allowed = PEOPLE[role], may(way, role)
        if allowed or self.is_touched:
            self.begin_anew()
        self.is_touched = allowed
        before, denied = self._rows(), len(self.office.denials())
        said = way.do(Replayer(self.office), user).text
        denials = tuple(self.office.denials()[denied:])
        expected = () if allowed else ((user, str(audited(way, role))),)
        told = allowed or not is_told(way, role) or _says(said, SHUT_OUT.get(role, ""))
        came = Came(name, role, allowed, self._rows() - before, denials, expected, told, said[:200])
        self._count(came)
        return came

    @contextmanager
    def lenient(self) -> Iterator[None]:
        """A bot that lets everybody through, whoever they are."""
        everybody = patch.object(Who, "may", lambda *_: True)
        with everybody, patch.object(Who, "admitted", new=True):
            yield
        self.begin_anew()

    def begin_anew(self) -> None:
        """As it was when everything had been set up."""
        with self.office.bot.speaker.paused():
            self.office.bot.desk.connections.begin_anew(self.kept)

    def _rows(self) -> int:
        (found,) = self.office.rows(BUSINESS)
        return int(found["n"])

    def _count(self, came: Came) -> None:
        self.seen["tries"] += 1
        if came.allowed:
            self.seen["allowed"] += 1
            self.seen["acted"] += came.rows > 0
        else:
            self.seen["denied"] += 1
            self.seen["rows"] += came.rows
            self.seen["audited"] += len(came.denials)
        self.seen["wrong"] += bool(came.wrong)


def set_out(office: Office) -> Walk:
    """Cast every role, let something of everything wait, and give everybody drafts of their own."""
    office.anew()
    with writing(office.bot.desk.db) as db:
        for department, user, role in MOVED:
            departments.join(db, by(office, "U0PLANNER"), department, user, role, SINCE)
        away = Absence("U0CITY", "children", "U0CIVIC", SINCE, UNTIL)
        be_away(db, by(office, "U0PLANNER"), away)
    numbers = {**something_of_everything(office), **_given(office)}
    files, from_files = _files(office)
    mine = {
        role: numbers | _drafts(office, user, numbers | from_files) for role, user in PEOPLE.items()
    }
    office.settles()
    office.rests()
    return Walk(office, remembered(office.bot.desk.db), mine, files)


def _given(office: Office) -> dict[str, str]:
    """Figures by the lead, by a planner, and one that waits for the lead."""
    (of_lead,) = give(office, "U0CHILD", proposed("1-1c"))
    (by_proxy,) = give(office, PEOPLE["planner"], proposed("1-1d"))
    with writing(office.bot.desk.db) as db:
        confirming.want(db, by(office, "U0PLANNER"), "children", wanted_from_now=True)
    (to_confirm,) = give(office, PEOPLE["member"], proposed("1-2a"))
    numbers = {"of_lead": of_lead, "by_proxy": by_proxy, "to_confirm": to_confirm}
    found = {name: str(made.id) for name, made in numbers.items()}
    return found | {"newest": found["to_confirm"]}


def _files(office: Office) -> tuple[dict[str, Json], dict[str, str]]:
    """A filled sheet and one of opinions as files, and the drafts that came of them."""
    child, planner = office.person("U0CHILD"), office.person("U0PLANNER")
    sheet = previewed(child, filled(gets_sheet(child), {"1-2b": "公表待ち（10月予定）"}))
    opinions = previewed_opinions(planner, filled_opinions(gets(planner), WHOLE))
    found = {file["name"]: file for file in office.hands.look("files")["files"]}
    files = {"sheet": found["様式.xlsx"], "opinions": found["意見.xlsx"]}
    return files, {"sheet": _draft_of(sheet), "opinions": _draft_of(opinions)}


def _draft_of(preview: Json) -> str:
    found: str = button_of(preview, "取消")[1]["value"]
    return found


def _drafts(office: Office, user: str, numbers: Mapping[str, str]) -> dict[str, str]:
    """Drafts as if this user had made them while they still might."""
    db, now = office.bot.desk.db, office.bot.desk.now()
    made = {}
    with writing(db):
        for name, owner in (("draft", "U0CHILD"), ("sheet", "U0CHILD"), ("opinions", "U0PLANNER")):
            payload = drafts.look(db, numbers[name], By(owner, now, "test"))
            made[name] = drafts.keep(db, user, payload, now)
    return made


def _says(said: str, words: str) -> bool:
    """It is a sentence for a person to read, with these words in it."""
    return words in said and bool(JAPANESE.search(said)) and not A_BUG.search(said)
