"""Readings of a question by likeness to names, when no name is spelled out.

What is not clear is asked back, with what is near; nothing is guessed.
"""

from __future__ import annotations

import re
from dataclasses import replace

from answers.framing import framed
from answers.intention import Intention
from answers.matching import Hit, names_of
from answers.meant import near, of_hit, of_indicators, unknown
from answers.nearest import nearest
from answers.readings import BETWEEN, COMPARED, Question, named, one_indicator
from store.plan import Plan
from store.search import Thing
from store.spelling import key

MOST_PARTED = 6
NOTHING_ASKED = "知りたい指標・施策・目標・担当課を入力してください。"
_ONE_OF = re.compile(
    "(?:の|に関する|に関係する|に関わる|についての|関係の?|関連の?|分野の?)(?:基本)?(目標|施策|政策)"
    "(?!値|に(?!つい|関)|を|が|額|件|数|達成)"
)
_KINDS: dict[str, Thing] = {"目標": "goal", "施策": "policy", "政策": "policy"}


def likeliest(question: Question) -> Intention:
    """The reading of a question that its names do not tell at once; the last one takes all."""
    core = framed(question.words, question.plan)
    if not core:
        return Intention("unsure", understood=NOTHING_ASKED)
    found = _compared(question) or _goal_or_policy(question)
    return found or named(replace(question, words=core)) or _nearest(core, question)


def near_to(question: Question) -> tuple[str, ...]:
    """Ids of indicators that these words are near to, best first: an offer, not an answer."""
    found = nearest(framed(question.words, question.plan), question.plan)
    hits = (found.meant, *found.others) if found.meant else found.others
    return tuple(hit.id for hit in hits if hit.thing == "indicator")


def in_history(found: Intention, plan: Plan) -> Intention:
    """The same, asked for several years: one indicator's history, anything else as it is."""
    if found.kind != "indicator":
        return found
    said = f"推移: {found.ids[0]} {plan.by_id[found.ids[0]].name}"
    return replace(found, kind="history", understood=said)


def _compared(question: Question) -> Intention | None:
    """自治会の加入率と空き家の数を比べて: two or more, each clear by itself."""
    asked = COMPARED.search(question.words)
    ids = _each(question.words[: asked.start()], question.plan) if asked else ()
    return replace(of_indicators(ids), likened=question.words) if len(ids) > 1 else None


def _each(words: str, plan: Plan) -> tuple[str, ...]:
    """The indicators that the words name one after the other; none when a part is not clear.

    「ふるさと納税と出生数」 has two と, so every place to part it is tried, if there are but few.
    """
    places = list(BETWEEN.finditer(words))
    if len(places) > MOST_PARTED:
        return ()
    for found in places:
        left = _clear(words[: found.start()], plan)
        after = words[found.end() :]
        right = _each(after, plan) or _clear(after, plan)
        if left and right:
            return tuple(dict.fromkeys((*left, *right)))
    return ()


def _clear(words: str, plan: Plan) -> tuple[str, ...]:
    core = framed(words, plan)
    one = one_indicator(core, plan) if core else None
    if one is None and core:
        meant = nearest(core, plan).meant
        one = meant.id if meant and meant.thing == "indicator" else None
    return (one,) if one else ()


def _goal_or_policy(question: Question) -> Intention | None:
    """子育ての目標, 防災の施策: a goal or policy by what it is about."""
    asked, plan = _ONE_OF.search(question.words), question.plan
    if asked is None:
        return None
    core, kind = framed(question.words[: asked.start()], plan), _KINDS[asked[1]]
    said = f"{core}{asked[0]}"
    if core and (learnt := names_of(plan).called(said)):
        return of_hit(learnt[0], plan)
    called = names_of(plan).called(core)
    if not core or any(hit.thing != kind for hit in called):
        return None
    found = [hit for hit in names_of(plan).containing(core) if hit.thing == kind]
    if len(found) == 1:
        return of_hit(found[0], plan)
    meant = nearest(core, plan, (kind,), whole=True).meant or _directed(core, kind, plan)
    return replace(of_hit(meant, plan), likened=said) if meant else None


def _directed(core: str, kind: Thing, plan: Plan) -> Hit | None:
    """移住・定住の目標: the one goal whose 方向性 says these words, which no indicator's name has."""
    if kind != "goal" or "indicator" in {hit.thing for hit in names_of(plan).containing(core)}:
        return None
    said = [goal for goal in plan.goals if goal.direction and key(core) in key(goal.direction)]
    return Hit("goal", said[0].id) if len(said) == 1 else None


def _nearest(core: str, question: Question) -> Intention:
    found = nearest(core, question.plan, typed=question.words)
    if found.meant is not None:
        others = tuple(hit.id for hit in found.others)
        return replace(of_hit(found.meant, question.plan), likened=core, others=others)
    return near(found.others, core) if found.others else unknown(core)
