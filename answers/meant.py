"""What was found, as an intention: one thing, several to choose from, or nothing."""

from __future__ import annotations

from answers.intention import Intention
from answers.matching import Hit
from store.plan import Plan


def of_hit(hit: Hit, plan: Plan) -> Intention:
    """An indicator, a policy or a goal, with the indicators that it is about."""
    if hit.thing == "indicator":
        name = plan.by_id[hit.id].name
        return Intention("indicator", (hit.id,), (hit.id,), understood=f"指標 {hit.id} {name}")
    if hit.thing == "policy":
        policy = next(p for p in plan.policies if p.code == hit.id)
        indicators = tuple(i.id for i in plan.of_policy(hit.id))
        said = f"施策 {hit.id} {policy.name}"
        return Intention("policy", (hit.id,), indicators, understood=said)
    goal = next(g for g in plan.goals if g.id == hit.id)
    indicators = tuple(dict.fromkeys((*goal.targets, *goal.kpis)))
    return Intention("goal", (hit.id,), indicators, understood=f"{goal.label} {goal.title}")


def of_indicators(ids: tuple[str, ...]) -> Intention:
    """Two or more indicators, compared."""
    return Intention("comparison", ids, ids, understood=f"比較: {'・'.join(ids)}")


def one_of(hits: tuple[Hit, ...], words: str) -> Intention:
    """Several that these words may name: asked back."""
    said = f"「{words}」に当たるものが{len(hits)}件あります。"
    return Intention("unsure", tuple(hit.id for hit in hits), understood=said)


def near(hits: tuple[Hit, ...], words: str) -> Intention:
    """Nothing is called so, but these are near: asked back."""
    said = f"「{words}」に当たるものは見つかりません。近いものが{len(hits)}件あります。"
    return Intention("unsure", tuple(hit.id for hit in hits), understood=said, unread=words)


def unknown(words: str) -> Intention:
    """Nothing is called so, and nothing is near."""
    said = f"「{words}」に当たる指標・施策・目標・担当課は見つかりませんでした。"
    return Intention("unsure", understood=said)
