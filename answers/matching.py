"""Names as people type them: what of a plan, or of a department, is meant by some words.

Nothing is guessed here. Words either are a name or an id, or are part of one, once spelling that
carries no meaning is put aside (`answers.spelling`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from answers.spelling import key
from store.plan import Goal, Indicator, Plan, Policy

Thing = Literal["indicator", "policy", "goal"]

_CROSS = re.compile("横断(?:的な|的)?目標(.+)")
_ROMAN = dict(
    zip(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"], range(1, 11), strict=True)
)


@dataclass(frozen=True)
class Hit:
    """Something of the plan that words may mean."""

    thing: Thing
    id: str


@dataclass(frozen=True)
class Names:
    """All names of one plan: `ids` and `names` by key, `texts` with the thing each belongs to."""

    ids: dict[str, tuple[Hit, ...]]
    names: dict[str, tuple[Hit, ...]]
    texts: tuple[tuple[str, Hit], ...]

    def called(self, words: str) -> tuple[Hit, ...]:
        """What is called exactly this; an id is preferred to a name."""
        wanted = key(words)
        return self.ids.get(wanted) or self.names.get(wanted, ())

    def containing(self, words: str) -> tuple[Hit, ...]:
        """What has these words in a name, together or each for itself; the closest name first."""
        whole, each = key(words), [key(word) for word in words.split()]
        if not whole:
            return ()
        found = [(text, hit) for text, hit in self.texts if whole in text]
        found = found or [(t, hit) for t, hit in self.texts if all(w in t for w in each)]
        found.sort(key=lambda pair: (not pair[0].startswith(whole), len(pair[0])))
        return tuple(dict.fromkeys(hit for _, hit in found))


def names_of(plan: Plan) -> Names:
    """The names of a plan, made once for each plan that is held in memory."""
    return _names(_Same(plan))


class _Same:
    """A plan as a key of a cache: the same object, without hashing all that is in it."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def __hash__(self) -> int:
        return id(self.plan)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.plan is self.plan


@lru_cache(maxsize=64)
def _names(same: _Same) -> Names:
    plan = same.plan
    ids: list[tuple[str, Hit]] = []
    names: list[tuple[str, Hit]] = []
    for policy in plan.policies:
        ids += _pairs(_policy_ids(policy), Hit("policy", policy.code))
        names += _pairs((policy.name, *policy.variants), Hit("policy", policy.code))
    for indicator in plan.indicators:
        ids += _pairs(_indicator_ids(indicator), Hit("indicator", indicator.id))
        names += _pairs((indicator.name, *indicator.aliases), Hit("indicator", indicator.id))
    for goal in plan.goals:
        ids += _pairs(_goal_ids(goal), Hit("goal", goal.id))
        names += _pairs((goal.title,), Hit("goal", goal.id))
    return Names(_first_of_ids(ids), _grouped(names), tuple(names))


def _pairs(texts: Iterable[str], hit: Hit) -> list[tuple[str, Hit]]:
    return [(key(text), hit) for text in texts]


def _grouped(pairs: Iterable[tuple[str, Hit]]) -> dict[str, tuple[Hit, ...]]:
    found: dict[str, dict[Hit, None]] = {}
    for text, hit in pairs:
        found.setdefault(text, {})[hit] = None
    return {text: tuple(hits) for text, hits in found.items()}


def _first_of_ids(pairs: list[tuple[str, Hit]]) -> dict[str, tuple[Hit, ...]]:
    """A code that a policy, an indicator and a goal share means the policy, which shows the rest."""
    return {
        text: tuple(hit for hit in hits if hit.thing == hits[0].thing)
        for text, hits in _grouped(pairs).items()
    }


def _policy_ids(policy: Policy) -> tuple[str, ...]:
    called = (policy.name, *policy.variants)
    return (policy.code, f"施策{policy.code}", *(f"{policy.code}{name}" for name in called))


def _indicator_ids(indicator: Indicator) -> tuple[str, ...]:
    said = (indicator.id, f"指標{indicator.id}", f"KPI{indicator.id}")
    return (*said, f"{indicator.id}{indicator.name}")


def _goal_ids(goal: Goal) -> Iterator[str]:
    label = key(goal.label)
    for name in dict.fromkeys((label, *_arabic(label))):
        yield from (name, f"{name}{goal.title}")
        if name.startswith("基本目標"):
            yield name.removeprefix("基本")
        if found := _CROSS.fullmatch(name):
            yield from (
                f"{said}{found[1]}" for said in ("横断", "横断目標", "横断的目標", "横断的な目標")
            )
    yield from (goal.id, f"目標{goal.id}")


def _arabic(label: str) -> Iterator[str]:
    """目標iv, as it is typed by most: 目標4."""
    if found := re.search("[ivx]+$", label):
        number = _ROMAN.get(found[0])
        if number:
            yield f"{label[: found.start()]}{number}"
