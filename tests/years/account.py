"""The ledger of the four years beside what the rules say, and beside what stands in the sandbox."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from store.fiscal import TOKYO
from store.outbox import Message, messages
from tests.crash.town import message_key
from tests.sandbox.hands import Json
from tests.years.calendar import OPEN, is_quiet
from tests.years.rules import expected
from tests.years.said import Expected, Said
from tests.years.story import Story

BY_ITSELF = ("digest:", "remind:", "stage:", "news:", "stage-closed:")
ONE_A_DAY = ("remind:", "stage:")


@dataclass(frozen=True)
class Account:
    """What came of a story."""

    story: Story

    @cached_property
    def ledger(self) -> dict[str, Message]:
        """Every message by its key, in the order made."""
        return {each.key: each for each in messages(self.story.hall.connect())}

    @cached_property
    def rules(self) -> Expected:
        """Every message that the rules want."""
        return expected(self.story.facts)

    @property
    def unexplained(self) -> list[str]:
        """Messages that no rule wants, or not so: on another day, to another, in another state."""
        return [key for key, each in self.ledger.items() if not self._fits(each)]

    @property
    def missing(self) -> list[str]:
        """What a rule wants and is not there."""
        return [key for key in self.rules if key not in self.ledger]

    def _fits(self, message: Message) -> bool:
        said = self.rules.get(message.key)
        state = "skipped" if said and said.unsaid else "sent"
        return said is not None and (said.day, said.audience, state) == (
            made_on(message),
            message.audience,
            message.state,
        )

    def lines(self) -> Iterator[str]:
        """The ledger to read: day, state, key, audience, title and the rule."""
        for message in self.ledger.values():
            said = self.rules.get(message.key, Said(made_on(message), message.audience, ("?",)))
            place = f"{message.key} → {message.audience}"
            yield f"{made_on(message):%Y-%m-%d %a} {message.state} {place} {message.title}｜{said.why}"

    @cached_property
    def posted(self) -> list[Json]:
        """What the sandbox says that the bot posted, and stands."""
        office = self.story.office
        channels = [each["id"] for each in office.hands.look("state")["channels"]]
        found = (m for c in channels for m in office.hands.look(f"messages/{c}")["messages"])
        return [message for message in found if message_key(message)]

    @property
    def lost_and_doubled(self) -> tuple[int, int]:
        """Sent messages that do not stand in the sandbox, and how many stand there too often."""
        there = Counter(map(message_key, self.posted))
        sent = [m.key for m in self.ledger.values() if m.state == "sent" and m.edits is None]
        return sum(not there[key] for key in sent), sum(there.values()) - len(sent)

    @property
    def wrong(self) -> dict[str, int]:
        """How much of each kind went wrong; all of it has to be 0."""
        lost, doubled = self.lost_and_doubled
        return {
            "unexplained": len(self.unexplained),
            "missing": len(self.missing),
            "lost": lost,
            "doubled": doubled,
            "twice_a_day": len(self.twice_a_day),
            "out_of_hours": len(self.out_of_hours),
        }

    @property
    def out_of_hours(self) -> list[str]:
        """What the bot said by itself at night, on a day off or in a quiet period."""
        return [
            f"{key} {at}"
            for key, at in self._said_by_itself()
            if at.date() not in OPEN
            or not 8 <= at.hour < 22
            or is_quiet(self.story.facts, at.date())
        ]

    @property
    def twice_a_day(self) -> list[tuple[date, str]]:
        """Who got more than one reminder on a day."""
        days = Counter(
            (at.date(), key.rsplit(":", 1)[1])
            for key, at in self._said_by_itself()
            if key.startswith(ONE_A_DAY)
        )
        return [day for day, count in days.items() if count > 1]

    def _said_by_itself(self) -> Iterator[tuple[str, datetime]]:
        for message in self.posted:
            key = message_key(message) or ""
            if key.startswith(BY_ITSELF):
                yield key, datetime.fromtimestamp(float(message["ts"]), TOKYO)


def made_on(message: Message) -> date:
    """The day on which a message was put in the outbox."""
    return datetime.fromtimestamp(message.made_at, TOKYO).date()
