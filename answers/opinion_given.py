"""What a sheet of opinions is held against, and what each of its rows comes to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from answers.opinion_cells import Entry, Mistake
from answers.sheet_rows import RowState
from store.departments import Department
from store.opinions import Identity, Said
from store.plan import Plan
from store.remarks import Opinion, Subject


@dataclass(frozen=True)
class OnRecord:
    """What a sheet is held against, all of one collection: everything that opinions ever said
    (`wordings`, by number) and those that hold now (`held`). `departments` are those of today by
    id; one that is no more leads to its successor. `owner_of` says who answers for a subject today
    (None: planners); `issued` are the answers that stood in the sheet, by opinion.
    """

    plan: Plan
    today: date
    departments: Mapping[str, Department]
    wordings: tuple[tuple[int, Said], ...]
    held: Mapping[int, Opinion]
    issued: Mapping[int, str]
    owner_of: Callable[[Subject], Department | None]

    def saying(self, said: Said) -> int | None:
        """The opinion that says this or ever did; one that holds, if there is any."""
        found = self._sayers.get(said.identity, ())
        return next((n for n in found if n in self.held), found[-1] if found else None)

    def of(self, number: int) -> tuple[Said, ...]:
        """Everything that one opinion ever said."""
        return tuple(each for n, each in self.wordings if n == number)

    def owner(self, entry: Entry) -> Department | None:
        """Who is to answer for an opinion to be entered; None for planners."""
        if entry.owner_of_subject:
            return self.owner_of(entry.said.subject)
        return self.departments.get(entry.said.department or "")

    @cached_property
    def _sayers(self) -> Mapping[Identity, Sequence[int]]:
        """The opinions that ever said the same, oldest wording first."""
        found: dict[Identity, list[int]] = defaultdict(list)
        for number, each in self.wordings:
            found[each.identity].append(number)
        return found


@dataclass(frozen=True)
class GivenOpinion:
    """One row. It would enter `entry`, and write `answer` about that or about `number`, of whose
    answers `seen` is the newest. `about`, `given` and `words` tell it to people; `mistakes` say
    what is wrong where, `aside` what of a good row is not taken.
    """

    state: RowState
    line: int
    about: str = ""
    given: str = ""
    words: str = ""
    number: int = 0
    entry: Entry | None = None
    answer: str | None = None
    seen: int = 0
    mistakes: tuple[Mistake, ...] = ()
    why: tuple[str, ...] = ()
    aside: str = ""
