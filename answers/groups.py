"""A list in the order, or in the groups, that were asked for; the plan's order otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from answers.asked import Asked
from answers.content import Block, ask_button
from answers.distance import distance, distance_said
from answers.facts import owner_said
from answers.intention import Arrangement
from answers.layout import Part, say
from answers.lines import items
from answers.list_words import ARRANGED
from answers.paging import span_of
from answers.spans import Bold, Line, line
from store.standing import Standing

NOT_MEASURED = "目標までの差を測れないもの"
_BY_DISTANCE = "進捗率があれば残りの割合、なければ目標値との差の割合で並べています。"
_SAID: Mapping[Arrangement, str] = {"near": _BY_DISTANCE, "far": _BY_DISTANCE}


@dataclass(frozen=True)
class Group:
    """Some indicators of a list below a title of their own; an empty title shows none."""

    title: str
    standings: tuple[Standing, ...]


def groups(found: tuple[Standing, ...], asked: Asked) -> tuple[Group, ...]:
    """What was found, arranged as asked; no group is empty, and only 目標別 repeats anything.

    Of indicators without a department, a goal or a distance to their target the group stands last.
    """
    how = asked.intention.arranged
    if how == "department":
        return _by_department(found)
    if how == "goal":
        return tuple(_by_goal(found, asked))
    if how in {"near", "far"}:
        return tuple(_by_distance(found, far=how == "far"))
    return (Group("", found),) if found else ()


def once(standings: tuple[Standing, ...]) -> tuple[Standing, ...]:
    """Each indicator where it stands first."""
    found: dict[str, Standing] = {}
    for standing in standings:
        found.setdefault(standing.indicator.id, standing)
    return tuple(found.values())


def in_order(arranged: tuple[Group, ...]) -> tuple[Standing, ...]:
    """What the groups hold, one after the other."""
    return tuple(standing for group in arranged for standing in group.standings)


def how_arranged(asked: Asked, arranged: tuple[Group, ...]) -> Line:
    """By what the list is ordered, and what stands in it twice; empty where nothing is to be said."""
    everything = in_order(arranged)
    twice = len(everything) > len(once(everything))
    said = _SAID.get(asked.intention.arranged, "")
    if twice:
        said = f"複数の目標にある指標は、それぞれの目標に表示します（延べ{len(everything)}件）。"
    return line(said)


def grouped_items(arranged: tuple[Group, ...], asked: Asked) -> Iterator[Part]:
    """One page of the groups: their titles with how much is in all of each, and the indicators."""
    page = span_of(len(in_order(arranged)), asked)
    begins, by_distance = 0, asked.intention.arranged in {"near", "far"}
    for group in arranged:
        first = max(page.start - begins, 0)
        shown = group.standings[first : max(page.stop - begins, 0)]
        begins += len(group.standings)
        if shown and group.title:
            again = "（続き）" if first else ""
            yield say(line(Bold(f"{group.title}　{len(group.standings)}件{again}")))
        yield from items(shown, asked, aside=distance_said if by_distance else None, note=False)


def arrange_buttons(
    found: tuple[Standing, ...], asked: Asked, words: str, unarranged: str
) -> list[Block]:
    """The other ways to see the same list, as far as they change anything, and the way back.

    Each asks `words` with the words for the way; `unarranged` asks for the list as it is by itself.
    """
    now = asked.intention.arranged
    measured = any(distance(s) is not None for s in found) and len(found) > 1
    useful: Mapping[Arrangement, bool] = {
        "department": len(_by_department(found)) > 1,
        "goal": not asked.intention.among and len(list(_by_goal(found, asked))) > 1,
        "near": measured,
        "far": measured,
    }
    ways = [
        ask_button(ARRANGED[how], asked.words(f"{words} {ARRANGED[how]}"))
        for how, helps in useful.items()
        if helps and how != now
    ]
    back = ask_button(ARRANGED["plan"], asked.words(unarranged))
    return ways if now in {"", "plan"} else [*ways, back]


def _by_department(found: tuple[Standing, ...]) -> tuple[Group, ...]:
    owners = dict.fromkeys(owner_said(s) for s in found if s.department)
    owners |= dict.fromkeys(owner_said(s) for s in found)
    return tuple(Group(o, tuple(s for s in found if owner_said(s) == o)) for o in owners)


def _by_goal(found: tuple[Standing, ...], asked: Asked) -> Iterator[Group]:
    by_id = {s.indicator.id: s for s in found}
    placed: set[str] = set()
    for goal in asked.plan.goals:
        ids = [i for i in dict.fromkeys((*goal.targets, *goal.kpis)) if i in by_id]
        placed.update(ids)
        if ids:
            yield Group(f"{goal.label} {goal.title}", tuple(by_id[i] for i in ids))
    if rest := tuple(s for s in found if s.indicator.id not in placed):
        yield Group("どの目標にもない指標", rest)


def _by_distance(found: tuple[Standing, ...], *, far: bool) -> Iterator[Group]:
    lefts = [(left, s) for s in found if (left := distance(s)) is not None]
    # Sorting is stable both ways: what is equally far stays in the plan's order.
    lefts.sort(key=lambda pair: pair[0], reverse=far)
    if lefts:
        yield Group("", tuple(standing for _, standing in lefts))
    if rest := tuple(s for s in found if distance(s) is None):
        yield Group(NOT_MEASURED, rest)
