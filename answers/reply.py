"""An intention and how things stand → what is said. One visible table of who says what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from answers.ask import Intention, Kind
from answers.asked import NOTHING, Asked, Beside
from answers.content import Content
from answers.goal import goal
from answers.help import help_page
from answers.indicator import comparison, history, indicator
from answers.lists import department, listed, of_department, of_status
from answers.overview import overview
from answers.policy import policy
from answers.understood import as_read
from answers.unsure import unsure
from store.follows import Subject
from store.people import Who
from store.plan import Plan
from store.standing import Outlook

MAKERS: Mapping[Kind, Callable[[Asked], Content]] = {
    "overview": overview,
    "policy": policy,
    "goal": goal,
    "indicator": indicator,
    "history": history,
    "comparison": comparison,
    "department": department,
    "list": listed,
    "help": help_page,
    "unsure": unsure,
}


def answer(
    intention: Intention,
    outlook: Outlook,
    who: Who,
    names: Mapping[str, str],
    earlier: Plan | None = None,
    follows: frozenset[Subject] = frozenset(),
    beside: Beside = NOTHING,
) -> Content:
    """What `who` is told. `outlook` holds at least the intention's scope, in its year.

    `names` are display names by user id. `earlier` is the plan before this one: with it the history
    tells the years of figures that it leaves without one. `follows` is what `who` follows, `beside`
    what stands beside the figures of a single indicator.
    """
    asked = Asked(intention, outlook, who, names, earlier, follows, beside)
    return as_read(asked, MAKERS[intention.kind](asked))


def settle(intention: Intention, outlook: Outlook) -> Intention:
    """The intention with the indicators of a list or department, which only the outlook knows."""
    asked = Asked(intention, outlook, Who("", "unknown"), {})
    if intention.kind == "list":
        found = of_status(asked, intention.ids[0])
    elif intention.kind == "department":
        found = of_department(asked, intention.ids[0])
    else:
        return intention
    return replace(intention, indicators=tuple(s.indicator.id for s in found))
