"""How many stand where, as a bar of their signs: ●●▲■……, and the same in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from answers.spans import Drawn, Line, Span, line
from answers.words import ORDER, STATE_MARKS, UNJUDGED, grade_of
from store.documented import is_published
from store.judge import grades_of
from store.plan import Plan
from store.standing import Standing

CELLS = 20


class Count(NamedTuple):
    """How many stand somewhere, with the mark and the word for it."""

    mark: str
    word: str
    number: int


def counts(standings: Iterable[Standing], plan: Plan) -> tuple[Count, ...]:
    """Each indicator once: by its grade, else by where the round is, else as 判定なし.

    The grades of the plan's rule are all there, best first, be they 0; of the rest, what there is.
    """
    found = Counter(_place(each, plan) for each in standings)
    grades = [Count(g.mark, g.label, found[g.mark, g.label]) for g in grades_of(plan)]
    others = [*((STATE_MARKS[state], state.value) for state in ORDER), _UNJUDGED]
    return (*grades, *(Count(*each, found[each]) for each in others if found[each]))


def bar_lines(found: Sequence[Count], after: str = "") -> tuple[Line, Line]:
    """The bar, which is only seen, and the counts with marks and words; `after` ends them."""
    said: list[Span] = []
    for n, each in enumerate(found):
        said += ["・" if n else "", Drawn(f"{each.mark} "), f"{each.word} {each.number}"]
    return line(Drawn(bar(found))), line(*said, after)


def bar(found: Sequence[Count], cells: int = CELLS) -> str:
    """`cells` signs shared out by the counts; whatever there is at all has one."""
    there = [each for each in found if each.number]
    total = sum(each.number for each in there)
    if not there:
        return ""
    shares = [max(1, each.number * cells // total) for each in there]
    while sum(shares) != cells:
        # The cell goes to, or is taken from, whoever is then least misrepresented.
        step = 1 if sum(shares) < cells else -1
        lack = [step * (e.number * cells - s * total) for e, s in zip(there, shares, strict=True)]
        able = [n for n, share in enumerate(shares) if step > 0 or share > 1]
        if not able:
            break
        shares[max(able, key=lambda n: lack[n])] += step
    return "".join(each.mark * share for each, share in zip(there, shares, strict=True))


_UNJUDGED = ("–", UNJUDGED)


def _place(standing: Standing, plan: Plan) -> tuple[str, str]:
    grade = grade_of(standing, plan)
    if grade is not None:
        return grade.mark, grade.label
    if standing.latest is not None or is_published(standing):
        return _UNJUDGED
    return STATE_MARKS[standing.state], standing.state.value
