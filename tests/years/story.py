"""Four collections as a city lives through them: what each department and planner does, and when.

こども課 is early, by a member whom the lead has to confirm from R5 on; 福祉健康課 gives at the last
moment, odd or wrong, gets something returned and gives it again; 市民協働課 is late by weeks;
都市環境課 never gives anything; 産業文化課 holds its reminders back and waits for two statistics, of
which one comes out. R5 has dates that were set and stages that were closed, R6 is locked and then
put right, in R7 the council sits and nobody is reminded for a week. One planner comes to have
reminders on Home only, and 都市環境課 hears none before ten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from typing import Any

from bot import closed_stages, closing, rounds
from store import confirming, cycle, follows, news_channels, stages, submissions
from store.db import writing
from store.manners import Manners, choose
from store.news_channels import NewsChannel
from store.quiet import Quiet, set_quiet
from store.standing import Standing
from store.submissions import Submission
from store.subscriptions import Scope, Subscription, subscribe
from tests.bot.office import Office
from tests.hall import LEADS, ODD, OTHER_PLANNER, PLAN, PLANNER, Hall
from tests.years.calendar import at_or_after, current, due, opens
from tests.years.facts import (
    COLLECTIONS,
    DIGESTS,
    FOLLOWED,
    FOLLOWER,
    NEWS_CHANNEL,
    Act,
    Facts,
    What,
)

Deed = Callable[[], None]
DUE_OF_R5 = date(2024, 6, 14)
COUNCIL = (date(2026, 6, 8), date(2026, 6, 12))


@dataclass
class Story:
    """The deeds of each day. Doing one notes it among the facts."""

    office: Office
    facts: Facts = field(default_factory=Facts)
    sent_back: dict[int, Submission] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.hall = Hall(lambda: self.office.bot.desk.db, lambda: self.office.now)
        self.facts.dues[2023] = DUE_OF_R5
        self.facts.quiet.append(COUNCIL)

    def deeds(self) -> dict[date, list[Deed]]:
        """What is done on which day, in order."""
        found: dict[date, list[Deed]] = {}
        for collection in COLLECTIONS:
            for day, deed in (*self._of(collection), *self._once(collection)):
                found.setdefault(at_or_after(day), []).append(deed)
        return found

    def _of(self, c: int) -> Iterator[tuple[date, Deed]]:
        begin, end = opens(c), due(self.facts, c)

        def after(days: int) -> date:
            return end + timedelta(days=days)

        yield begin + timedelta(days=8), lambda: self._gives("children", "U0CHILD2")
        yield begin + timedelta(days=16), lambda: self._confirms(c)
        yield begin + timedelta(days=22), lambda: self._approves("children")
        yield after(-14), self._holds_back
        yield after(-7), lambda: self._waits("trade", 8)
        yield after(-5), lambda: self._approves("trade")
        yield after(-2), lambda: self._gives("welfare", "U0WELFARE", odd=True)
        yield after(5), lambda: self._returns("welfare", at_or_after(after(12)))
        yield after(11), lambda: self._gives("welfare", "U0WELFARE")
        yield after(12), lambda: self._approves("welfare")
        yield after(20), lambda: self._gives("civic", "U0CIVIC")
        yield after(22), lambda: self._approves("civic")
        yield date(c + 1, 8, 20), lambda: self._publishes(c)
        yield date(c + 1, 8, 21), lambda: self._approves("trade")

    def _once(self, c: int) -> Iterator[tuple[date, Deed]]:
        if c == 2022:
            yield date(2022, 4, 4), self._listens
            yield date(2023, 4, 3), self._wants_due
        if c == 2023:
            yield date(2024, 5, 1), self._wants_confirmation
            yield date(2024, 8, 5), lambda: self._closes(c, "executive_meeting")
            yield date(2024, 8, 22), lambda: self._closes(c, "panel")
        if c == 2024:
            yield date(2025, 4, 1), lambda: self._chooses(OTHER_PLANNER, Manners(home_only=True))
            yield date(2025, 9, 1), lambda: self._locks(c)
            yield date(2025, 10, 6), lambda: self._puts_right(c)
            yield date(2025, 10, 7), lambda: self._approves("children", OTHER_PLANNER)
        if c == 2025:
            yield date(2026, 4, 1), lambda: self._chooses("U0CITY", Manners(10, 17))
            yield date(2026, 5, 20), self._keeps_quiet

    # Departments.

    def _gives(self, department: str, user: str, odd: bool = False) -> None:
        found = self.hall.owed(department)
        if odd:
            self._enters(
                "gave", department, user, found[:1], lambda s: self.hall.gives(user, s, ODD)
            )
        rest = found[odd:]
        self._enters("gave", department, user, rest, lambda s: self.hall.gives(user, s))

    def _waits(self, department: str, month: int) -> None:
        """Two statistics come out in a month; everything else is there."""
        user, found = LEADS[department], self.hall.owed(department)
        first = self.office.now.date().replace(month=month, day=1)
        self._enters(
            "awaits", department, user, found[:2], lambda s: self.hall.awaits(user, s, month), first
        )
        self._enters("gave", department, user, found[2:], lambda s: self.hall.gives(user, s))

    def _publishes(self, collection: int) -> None:
        """One of the two statistics came out."""
        seen = self.hall.outlook()
        waits = [s for s in seen.standings.values() if s.state.name == "AWAITING"]
        self._enters("gave", "trade", "U0TRADE", waits[:1], lambda s: self.hall.gives("U0TRADE", s))

    def _enters(
        self,
        what: What,
        department: str,
        user: str,
        found: Sequence[Standing],
        enter: Callable[[Sequence[Standing]], None],
        until: date | None = None,
    ) -> None:
        before = submissions.newest_number(self.hall.connect())
        enter(found)
        figures = {before + n: each.indicator.id for n, each in enumerate(found, 1)}
        to_lead = submissions.submission(self.hall.connect(), before + 1).awaits_lead
        self._note(what, user, department, figures, until, to_lead=to_lead)

    def _holds_back(self) -> None:
        """By the button of the newest reminder."""
        trade = self.office.person("U0TRADE")
        trade.clicks("来週に再通知", trade.inbox("あと")[-1])
        until = at_or_after(self.office.now.date() + timedelta(days=7))
        self._note("held", "U0TRADE", "trade", {}, until)

    # Planners and leads.

    def _listens(self) -> None:
        """Somebody follows a policy; a channel is told of verdicts and stages, and has digests."""
        with writing(self.hall.connect()) as db:
            follows.follow(db, self.hall.by(FOLLOWER), PLAN, ("policy", FOLLOWED))
            news_channels.put(db, self.hall.by(PLANNER), NewsChannel(NEWS_CHANNEL))
            for each in DIGESTS:
                scope = Scope("goal", f"{PLAN}/{each.goal}") if each.goal else Scope()
                wanted = Subscription(each.channel, scope, each.rhythm, each.day, time(each.hour))
                subscribe(db, self.hall.by(PLANNER), wanted)

    def _closes(self, collection: int, stage: str) -> None:
        """Although something is missing, with a reason."""
        with writing(self.hall.connect()) as db:
            by = self.hall.by(PLANNER, "会議は済みました")
            stages.close(db, by, self.hall.outlook(), stage, overrule=True)
            closed_stages.tell_closed(db, by, self.hall.outlook(), stage)
        self._note("closed", PLANNER, "", {}, stage=stage)

    def _wants_due(self) -> None:
        with writing(self.hall.connect()) as db:
            cycle.set_dates(db, self.hall.by(PLANNER), PLAN, 2023, {"due": DUE_OF_R5})

    def _wants_confirmation(self) -> None:
        with writing(self.hall.connect()) as db:
            confirming.want(db, self.hall.by(PLANNER), "children", True)

    def _chooses(self, user: str, wanted: Manners) -> None:
        """Somebody chooses when and where to be told."""
        with writing(self.hall.connect()) as db:
            choose(db, self.hall.by(user), wanted)
        if wanted.home_only:
            self.facts.home_only[user] = self.office.now.date()

    def _keeps_quiet(self) -> None:
        with writing(self.hall.connect()) as db:
            set_quiet(db, self.hall.by(PLANNER), Quiet("6月議会", *COUNCIL))

    def _confirms(self, collection: int) -> None:
        waiting = [s for s in submissions.waiting(self.hall.connect()) if s.awaits_lead]
        if waiting:
            self.hall.confirms("U0CHILD")
            self._note("confirmed", "U0CHILD", "children", _figures(waiting))

    def _approves(self, department: str, planner: str = PLANNER) -> None:
        waiting = [s for s in self.hall.waiting() if s.department == department]
        before = self._grades()
        self.hall.approves(waiting, planner)
        changed = self._grades() != before
        self._note("approved", planner, department, _figures(waiting), new_verdicts=changed)

    def _grades(self) -> dict[str, str | None]:
        found = self.hall.outlook().standings.items()
        return {name: s.verdict.grade.code if s.verdict.grade else None for name, s in found}

    def _returns(self, department: str, until: date) -> None:
        found = next(s for s in self.hall.waiting() if s.department == department)
        self.hall.returns(found, until)
        self._note("returned", PLANNER, department, _figures([found]), until)

    def _locks(self, collection: int) -> None:
        person, reason = self.hall.who(PLANNER), "都市環境課は未提出のまま締めます"
        with writing(self.hall.connect()) as db:
            by = self.hall.by(PLANNER, reason)
            made = closing.propose(db, by, person, PLAN, collection, "lock")
        with writing(self.hall.connect()) as db:
            other = self.hall.who(OTHER_PLANNER)
            closing.settle(db, self.hall.by(OTHER_PLANNER), other, made.id, True)
        self._note("locked", PLANNER, "", {})

    def _puts_right(self, collection: int) -> None:
        """A planner corrects an approved figure of a locked collection."""
        seen = self.hall.outlook()
        wrong = next(
            s.latest
            for s in seen.standings.values()
            if s.latest and s.latest.department == "children"
        )
        values = {name: value + 1 for name, value in wrong.proposal.values.items()}
        right = replace(wrong.proposal, values=values)
        with writing(self.hall.connect()) as db:
            by = self.hall.by(PLANNER, "集計の誤り")
            made = rounds.correct(db, by, self.hall.who(PLANNER), wrong.id, right)
        self._note("gave", PLANNER, "children", _figures([made]), corrects=wrong.actor)

    def _note(
        self,
        what: What,
        user: str,
        department: str,
        figures: dict[int, str],
        until: date | None = None,
        **more: Any,
    ) -> None:
        today = self.office.now.date()
        year = current(today) or COLLECTIONS[0]
        self.facts.note(Act(today, what, user, department, year, figures, until, **more))


def _figures(found: Sequence[Submission]) -> dict[int, str]:
    return {each.id: each.proposal.indicator for each in found}
