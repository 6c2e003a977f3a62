"""Names as people type them: what of a plan, or of a department, is meant by some words.

Nothing is guessed here. Words either are a name or an id, or are part of one, once spelling that
carries no meaning is put aside (`store.spelling`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from store.kept import Same
from store.plan import Goal, Indicator, Plan, Policy
from store.spelling import key
from store.taught import Thing, learnt_of

_CLAUSE = re.compile("(?:(?<!おけ)る|た|う|および|または)$")
_COMPOUND = re.compile("[一-龥]$")
LEAST_READ, LEAST_WITHIN = 4, 3
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
    """All names of one plan by key: `ids`; `names`, aliases, readings and what was learnt among them;
    `texts`, names in order, `aside`, aliases in order, and `read`, how both are read; `written` are
    names and aliases as the plan writes them. What was learnt is known as a whole, not by a part.
    """

    ids: dict[str, tuple[Hit, ...]]
    names: dict[str, tuple[Hit, ...]]
    texts: tuple[tuple[str, Hit], ...]
    aside: tuple[tuple[str, Hit], ...]
    read: tuple[tuple[str, Hit], ...]
    written: tuple[str, ...]

    def called(self, words: str) -> tuple[Hit, ...]:
        """What is called exactly this; an id is preferred to a name."""
        wanted = key(words)
        return self.ids.get(wanted) or self.names.get(wanted, ())

    def containing(self, words: str) -> tuple[Hit, ...]:
        """What has these words in a name, together or each for itself; the closest name first.

        Of an alias, which is but one way to say it, the words must be half or more; a reading must
        begin with them.
        """
        whole, each = key(words), [key(word) for word in words.split()]
        if not whole or re.fullmatch("[ぁ-ゖ]{1,2}", whole):
            return ()
        texts = self._long_enough(whole)
        found = [(text, hit) for text, hit in texts if whole in text]
        if not found and len(whole) >= LEAST_READ:
            found = [(text, hit) for text, hit in self.read if text.startswith(whole)]
        if not found and len(each) > 1:
            found = [(t, hit) for t, hit in texts if all(w in t for w in each)]
        found.sort(key=lambda pair: (not pair[0].startswith(whole), len(pair[0])))
        return tuple(dict.fromkeys(hit for _, hit in found))

    def _long_enough(self, part: str) -> list[tuple[str, Hit]]:
        return [*self.texts, *((t, hit) for t, hit in self.aside if 2 * len(part) >= len(t))]

    def widens(self, words: str) -> bool:
        """These words are a name without what narrows it, and not to be taken for it: 高齢者の割合
        is not 社会参加している高齢者の割合, 面積 not 都市公園面積, 人口 not 市街化区域の人口.
        """
        wanted = key(words)
        texts = [text for text, _ in (*self.texts, *self.aside)]
        if any(text.startswith(wanted) for text, _ in self._long_enough(wanted)):
            return False
        if len(wanted) < LEAST_WITHIN:
            return True
        before = (text.removesuffix(wanted) for text in texts if text.endswith(wanted))
        return any(
            _CLAUSE.search(rest) or (_COMPOUND.search(rest) and len(rest) > len(wanted))
            for rest in before
        )


def names_of(plan: Plan) -> Names:
    """The names of a plan, made once for each plan that is held in memory."""
    return _names(Same(plan))


@lru_cache(maxsize=64)
def _names(same: Same[Plan]) -> Names:
    plan = same.it
    ids: list[tuple[str, Hit]] = []
    names: list[tuple[str, Hit]] = []
    aside: list[tuple[str, Hit]] = []
    read: list[tuple[str, Hit]] = []
    for policy in plan.policies:
        ids += _pairs(_policy_ids(policy), Hit("policy", policy.code))
        names += _pairs((policy.name, *policy.variants), Hit("policy", policy.code))
        read += _pairs(policy.yomi, Hit("policy", policy.code))
    for indicator in plan.indicators:
        ids += _pairs(_indicator_ids(indicator), Hit("indicator", indicator.id))
        names += _pairs((indicator.name,), Hit("indicator", indicator.id))
        aside += _pairs(indicator.aliases, Hit("indicator", indicator.id))
        read += _pairs(indicator.yomi, Hit("indicator", indicator.id))
    for goal in plan.goals:
        ids += _pairs(_goal_ids(goal), Hit("goal", goal.id))
        names += _pairs((goal.title,), Hit("goal", goal.id))
        read += _pairs(goal.yomi, Hit("goal", goal.id))
    learnt = [(key(one.words), Hit(*one.subject)) for one in learnt_of(plan)]
    called = _grouped([*names, *aside, *read, *learnt])
    in_order = (tuple(names), tuple(aside), tuple(read))
    return Names(_first_of_ids(ids), called, *in_order, _written(plan))


def _written(plan: Plan) -> tuple[str, ...]:
    names = [name for i in plan.indicators for name in (i.name, *i.aliases)]
    names += [name for p in plan.policies for name in (p.name, *p.variants)]
    names += [goal.title for goal in plan.goals]
    return tuple(unicodedata.normalize("NFKC", name) for name in names)


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
