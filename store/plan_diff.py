"""What a newer version of a plan file changes. Pure: two plans in, sentences out.

History hangs on (plan, indicator, series), so an indicator or a series is never taken out of a
plan, and an indicator's name changes only where the file says what it was called before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from store.errors import PlanMistakes
from store.plan import Frozen, Goal, Indicator, Plan, Policy
from store.planfile.words import facts
from store.reading.units import kind_of, same_size

What = Literal["plan", "goal", "policy", "indicator"]
Part = Goal | Policy | Indicator


@dataclass(frozen=True)
class Change:
    """One difference: what it is about (`name` is its id or code) and a sentence."""

    what: What
    name: str
    sentence: str


@dataclass(frozen=True)
class Changes:
    """All differences in the order of the newer plan. `removed` holds goals and policies only."""

    added: tuple[Change, ...] = ()
    changed: tuple[Change, ...] = ()
    removed: tuple[Change, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    @property
    def sentences(self) -> tuple[str, ...]:
        """Every difference as a Japanese sentence."""
        return tuple(c.sentence for c in (*self.added, *self.changed, *self.removed))


def diff(old: Plan, new: Plan) -> Changes:
    """What `new` adds to `old`, changes in it and drops from it.

    Raises PlanMistakes, with a sentence for each, if the plans are not one plan, if an indicator
    or one of its series is missing from `new`, or if an indicator's name changed and
    `renamed_from` does not say the old one.
    """
    if mistakes := tuple(_refusals(old, new)):
        raise PlanMistakes(mistakes)
    found = list(_head(old, new))
    found += _parts("goal", {g.id: g for g in old.goals}, {g.id: g for g in new.goals})
    found += _parts("policy", {p.code: p for p in old.policies}, {p.code: p for p in new.policies})
    found += _parts("indicator", old.by_id, new.by_id)
    return Changes(
        added=tuple(change for kind, change in found if kind == "added"),
        changed=tuple(change for kind, change in found if kind == "changed"),
        removed=tuple(change for kind, change in found if kind == "removed"),
    )


def _refusals(old: Plan, new: Plan) -> Iterator[str]:
    if old.id != new.id:
        yield f"計画「{old.id}」と「{new.id}」は別の計画です。同じ id の計画どうしを比べてください。"
        return
    for name, before in old.by_id.items():
        after = new.by_id.get(name)
        if after is None:
            yield (
                f"指標 {name}「{before.name}」がなくなっています。"
                "これまでの実績値が宙に浮くので、計画から消さずに残してください。"
            )
            continue
        if before.name not in (after.name, after.renamed_from):
            yield (
                f"指標 {name} の名称が「{before.name}」から「{after.name}」に変わっています。"
                f'同じ指標なら renamed_from = "{before.name}" を書き、別の指標なら新しい id にしてください。'
            )
        for series in (s for s in before.series_names if s not in after.series_names):
            called = f"系列「{series}」" if series else "系列に分けない値"
            yield (
                f"指標 {name}「{before.name}」の{called}がなくなっています。"
                "これまでの実績値が宙に浮くので残すか、新しい id の指標にしてください。"
            )


def refuse_reread(old: Plan, new: Plan, given: Collection[str]) -> None:
    """Raises PlanMistakes where figures that were `given` for an indicator would become others.

    That is where its unit is of another size, or its figures are of another kind: 23人 is not 23千人.
    """
    mistakes = tuple(
        f"指標 {name}「{before.name}」には実績があり、単位（{before.unit} → {new.by_id[name].unit}）や"
        "値の種類を変えると別の値になります。単位を戻すか、新しい id の指標にしてください。"
        for name, before in old.by_id.items()
        if name in given and _is_reread(before, new.by_id[name])
    )
    if mistakes:
        raise PlanMistakes(mistakes)


def _is_reread(before: Indicator, after: Indicator) -> bool:
    return kind_of(before) != kind_of(after) or not same_size(after.unit, before)


_Found = tuple[Literal["added", "changed", "removed"], Change]


def _head(old: Plan, new: Plan) -> Iterator[_Found]:
    before, after = facts(old), facts(new)
    for sentence in _differences("計画", before, after):
        yield "changed", Change("plan", new.id, sentence)


def _parts(what: What, old: Mapping[str, Part], new: Mapping[str, Part]) -> Iterator[_Found]:
    for name, part in new.items():
        called = _called(what, name, part)
        if name not in old:
            yield "added", Change(what, name, f"{called}を追加します。")
            continue
        for sentence in _differences(called, facts(old[name]), facts(part)):
            yield "changed", Change(what, name, sentence)
    for name, part in old.items():
        if name not in new:
            yield "removed", Change(what, name, f"{_called(what, name, part)}を削除します。")


def _called(what: What, name: str, part: Frozen) -> str:
    if isinstance(part, Goal):
        return f"{part.label}「{part.title}」"
    word = "施策" if what == "policy" else "指標"
    return f"{word} {name}「{getattr(part, 'name', name)}」"


def _differences(called: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    for key in dict.fromkeys((*old, *new)):
        before, after = old.get(key, "なし"), new.get(key, "なし")
        if before != after:
            yield f"{called}の{key}: 「{before}」→「{after}」"


def check_links(plan: Plan, earlier: Plan) -> None:
    """Raises PlanMistakes for every `continues` that names nothing of the earlier plan."""
    mistakes = tuple(
        f"{plan.id}: indicators {i.id} > continues: 前の計画 {earlier.id} に指標 {i.continues} はありません。"
        for i in plan.indicators
        if i.continues is not None and i.continues not in earlier.by_id
    )
    if mistakes:
        raise PlanMistakes(mistakes)
