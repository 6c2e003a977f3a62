"""What a question is nearest to: an answer when one thing is clearly meant, else a few to choose from.

How near is near enough was set on questions written for it (`bench.questions` measures it).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from answers.matching import Hit
from store.plan import Plan
from store.search import Scored, Thing, rank

# An answer: its names account for this much of the question, one of them is this near to it, both
# together are this good, and nothing else comes closer to that than this share.
COVERED, NEAR, GOOD, CLOSE = 0.58, 0.55, 0.65, 0.9
# With hardly a word that its names do not have, somewhat less near will do.
STRANGE, ENOUGH, LEAST = 0.15, 0.6, 0.5
# Words that a name accounts for wholly, while the name says much more, mean something broader.
WHOLLY, NARROW = 0.95, 0.66
# Something to choose: at least this score, and this share of the best.
WORTH, BESIDE = 0.25, 0.5
MOST = 5


@dataclass(frozen=True)
class Nearest:
    """What is meant, if anything clearly is, and what else may be, best first."""

    meant: Hit | None
    others: tuple[Hit, ...]


def nearest(
    words: str,
    plan: Plan,
    things: Sequence[Thing] = (),
    *,
    whole: bool = False,
    typed: str = "",
) -> Nearest:
    """What these words are nearest to among `things`, all by default; `typed` is all that was typed.

    With `whole`, a name that accounts for the words is meant however much longer it is.
    """
    found = [each for each in rank(words, plan, typed) if not things or each.thing in things]
    if not found or found[0].score < WORTH:
        return Nearest(None, ())
    best, *rest = found
    close = tuple(_hit(each) for each in rest if each.score >= max(WORTH, BESIDE * best.score))
    if _clear(best, rest) or (whole and best.covered >= COVERED and _ahead(best, rest)):
        return Nearest(_hit(best), close[: MOST - 1])
    return Nearest(None, (_hit(best), *close)[:MOST])


def _clear(best: Scored, rest: Sequence[Scored]) -> bool:
    familiar = best.strange <= STRANGE and best.near >= LEAST and best.score >= ENOUGH
    good = best.covered >= COVERED and best.near >= NEAR and best.score >= GOOD
    broader = best.alone >= WHOLLY and best.near < NARROW
    return (good or familiar) and best.headed and not broader and _ahead(best, rest)


def _ahead(best: Scored, rest: Sequence[Scored]) -> bool:
    return not rest or rest[0].score <= CLOSE * best.score


def _hit(found: Scored) -> Hit:
    return Hit(found.thing, found.id)
