"""Which indicators, policies and goals a question is nearest to, by the characters they share.

Names, aliases and readings are compared with the question by pairs of characters and single kanji,
each weighted by its rarity among the plan's names (cosine of TF-IDF). No dictionary is needed, and
no threshold is kept here: what a score is worth is for the caller to say.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from math import log, sqrt

from store.features import Weights, content, features, head
from store.kept import Same
from store.plan import Plan
from store.taught import Thing, learnt_of
from store.wording import measure_of, measures

__all__ = ["Scored", "Thing", "rank"]

_UNITS = "([人件回本軒基]|団体|世帯|事業所)"
_COUNTED = re.compile(f"{_UNITS}数|何{_UNITS}")
_OTHER_UNIT, _OTHER_MEASURE = 0.88, 0.75


@dataclass(frozen=True)
class Scored:
    """How near a thing is, all from 0 to 1: `near` its nearest name is (1 is that very name), and how
    much of the question that name accounts for (`alone`) and all its names together (`covered`).

    `strange` is how much of the question is words that none of its names has. `headed` is False
    where the noun that the question ends with, which says what is asked for, is none of its words:
    the 写真 of マイナンバーカードの写真.
    """

    thing: Thing
    id: str
    near: float
    alone: float
    covered: float
    strange: float
    headed: bool

    @property
    def score(self) -> float:
        """By which things are ranked."""
        return (self.near + self.covered) / 2


@dataclass(frozen=True)
class _Named:
    """A thing and its names as weighted features; `words` are all of them together."""

    thing: Thing
    id: str
    texts: tuple[Weights, ...]
    words: frozenset[str]


@dataclass(frozen=True)
class _Asked:
    """A question: its features weighed, those of words, its last noun, and what it counts."""

    weights: Weights
    content: frozenset[str]
    head: frozenset[str]
    measures: frozenset[str]
    units: frozenset[str]


@dataclass(frozen=True)
class _Index:
    """The names of one plan, and what was learnt: `holding` says which texts have a feature, and its weight there."""

    named: tuple[_Named, ...]
    rarity: Mapping[str, float]
    rarest: float
    holding: Mapping[str, tuple[tuple[int, int, float], ...]]

    def weighed(self, found: Weights) -> dict[str, float]:
        """Features by how much they tell in this plan; what no name has tells most."""
        return {f: w * self.rarity.get(f, self.rarest) for f, w in found.items()}


def rank(question: str, plan: Plan, typed: str = "") -> list[Scored]:
    """Everything of `plan` that shares something with the question, the nearest first.

    `typed` is the question before words were taken off, whose 何人 tells 人 from 件.
    Each thing stands once. Empty for a question that shares nothing with any name. The names are
    indexed once for each plan that is held in memory.
    """
    index, found = _index(Same(plan)), features(question)
    asked = _Asked(
        index.weighed(found),
        content(found),
        head(question),
        measures(question),
        frozenset(each[1] or each[2] for each in _COUNTED.finditer(f"{question} {typed}")),
    )
    scored = (_scored(index, place, near, asked) for place, near in _nearest(index, asked.weights))
    fitting = (_fitting(each, asked, plan) for each in scored)
    best: dict[tuple[Thing, str], Scored] = {}
    for each in sorted(fitting, key=lambda each: (-each.score, -each.covered, each.id)):
        best.setdefault((each.thing, each.id), each)
    return list(best.values())


def _nearest(index: _Index, asked: Weights) -> Iterator[tuple[tuple[int, int], float]]:
    """The nearest name (as thing and text) of all that share something, with its cosine."""
    shared: dict[tuple[int, int], float] = defaultdict(float)
    for feature, weight in asked.items():
        for thing, text, there in index.holding.get(feature, ()):
            shared[thing, text] += weight * there
    length = _length(asked)
    best: dict[int, tuple[float, int]] = {}
    for (thing, text), common in shared.items():
        best[thing] = max(best.get(thing, (0.0, 0)), (common / length, text))
    yield from (((thing, text), near) for thing, (near, text) in best.items())


def _scored(index: _Index, place: tuple[int, int], near: float, asked: _Asked) -> Scored:
    named = index.named[place[0]]
    return Scored(
        named.thing,
        named.id,
        near=min(near, 1.0),
        alone=_share(asked.weights, named.texts[place[1]].keys()),
        covered=_share(asked.weights, named.words),
        strange=_share(asked.weights, asked.content - named.words),
        headed=not asked.head or bool(asked.head & named.words),
    )


def _share(weights: Weights, of: Set[str]) -> float:
    """How much of all the weight these features have."""
    told = {feature: weight**2 for feature, weight in weights.items()}
    return sum(weight for feature, weight in told.items() if feature in of) / sum(told.values())


def _fitting(found: Scored, asked: _Asked, plan: Plan) -> Scored:
    """Farther off where another kind of figure is asked for: 何人 of a share, 件数 of what is in 人."""
    if found.thing != "indicator":
        return found
    unit = plan.by_id[found.id].unit
    measure = measure_of(unit)
    if asked.measures and measure not in {None, *asked.measures}:
        return replace(found, near=found.near * _OTHER_MEASURE)
    if measure == "count" and asked.units and not unit.endswith(tuple(asked.units)):
        return replace(found, near=found.near * _OTHER_UNIT)
    return found


@lru_cache(maxsize=64)
def _index(same: Same[Plan]) -> _Index:
    named = tuple(_named(same.it))
    counts = Counter(feature for each in named for feature in each.words)
    rarity = {f: log((len(named) + 1) / (count + 0.5)) for f, count in counts.items()}
    every = (*named, *_learnt(same.it))
    index = _Index(every, rarity, log((len(named) + 1) / 0.5), {})
    holding: dict[str, list[tuple[int, int, float]]] = defaultdict(list)
    for number, each in enumerate(every):
        for text, found in enumerate(each.texts):
            weighed = index.weighed(found)
            length = _length(weighed)
            for feature, weight in weighed.items():
                holding[feature].append((number, text, weight / length))
    return replace(index, holding={f: tuple(places) for f, places in holding.items()})


def _length(weights: Weights) -> float:
    return sqrt(sum(weight**2 for weight in weights.values()))


def _named(plan: Plan) -> Iterator[_Named]:
    for i in plan.indicators:
        series = [name for name in i.series_names if name]
        yield _of_names("indicator", i.id, (i.name, *i.aliases, *i.yomi), series)
    for p in plan.policies:
        yield _of_names("policy", p.code, (p.name, *p.variants, *p.yomi))
    for g in plan.goals:
        yield _of_names("goal", g.id, (g.title, *g.yomi))


def _learnt(plan: Plan) -> Iterator[_Named]:
    """Each for itself, and none counted among the plan's names: what people taught makes nothing
    else of the plan nearer or farther than it was.
    """
    for one in learnt_of(plan):
        yield _of_names(*one.subject, (one.words,))


def _of_names(thing: Thing, id_: str, names: Iterable[str], parts: Iterable[str] = ()) -> _Named:
    """`parts` are words that belong to it and are no name of it: 男性, 女性."""
    texts = tuple(found for name in names if (found := features(name)))
    words = frozenset(f for text in (*texts, *map(features, parts)) for f in text)
    return _Named(thing, id_, texts, words)
