"""Which words can be taught for something of the plan, and what else they are near to.

Words that mean something already are left to it: what is learnt must not take an answer away from
anybody who asks for something else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from answers.ask import tidy, understand
from answers.framing import framed
from answers.intention import Intention
from answers.matching import Hit, names_of
from answers.meant import of_hit
from answers.nearest import nearest
from store.departments import Department
from store.errors import BadInput, Stale, UnknownWords
from store.plan import Plan
from store.spelling import key
from store.taught import Subject, has

LEAST, MOST = 2, 40
MOST_NEAR = 3
NOT_THERE = "この指標・施策・目標は今の計画にありません。もう一度 `/kpi` から開いてください。"
_MARKUP = re.compile(r"[<>@#*`~|_\\{}]|://|:[a-z0-9_+-]+:")
_NO_WORD = re.compile("[ぁ-ゖ]{0,2}|[^ぁ-ゖァ-ヶ一-龥々a-z]*")


def unfit(words: str) -> str:
    """Why words of this shape are never learnt, as a sentence; empty for fit ones."""
    said = tidy(words)
    if not LEAST <= len(said) <= MOST:
        return f"覚えられる言い方は{LEAST}文字以上{MOST}文字以内です。"
    if _MARKUP.search(said) or any(unicodedata.category(c)[0] == "C" for c in words.strip()):
        return "メンションや記号（@ < > * ` など）の入った言い方は覚えられません。"
    if _NO_WORD.fullmatch(key(said)):
        return "数字や記号だけの言い方、ひらがな2文字までの言い方は覚えられません。"
    return ""


def teachable(
    words: str, subject: Subject, plan: Plan, departments: Iterable[Department], today: date
) -> str:
    """The words as they are to be kept. `plan` is the one that questions are read by now.

    Raises BadInput, saying why, for words that mean something already or nothing at all, and Stale
    for a subject that the plan does not have.
    """
    said = tidy(words)
    if not has(plan, subject):
        raise Stale(NOT_THERE)
    if (
        why := _known(said, Hit(*subject), plan)
        or unfit(words)
        or _other(said, plan, departments, today)
    ):
        raise BadInput(why, said)
    return said


def near_to(words: str, subject: Subject, plan: Plan) -> tuple[Hit, ...]:
    """What else these words come near to: at most three things, the likeliest first."""
    found = nearest(words, plan)
    hits = (*names_of(plan).containing(words), *filter(None, [found.meant]), *found.others)
    return tuple(dict.fromkeys(hit for hit in hits if hit != Hit(*subject)))[:MOST_NEAR]


def _known(said: str, meant: Hit, plan: Plan) -> str:
    called = names_of(plan).called(said)
    if meant in called:
        return f"「{said}」は、すでに{of_hit(meant, plan).understood}と読みます。"
    if called:
        return f"「{said}」は{of_hit(called[0], plan).understood}の名前・言い方なので、覚えられません。"
    return ""


def _other(said: str, plan: Plan, departments: Iterable[Department], today: date) -> str:
    """What the words say beside naming something: a year, a list, a department, a request."""
    try:
        found = understand(said, plan, departments, today)
    except UnknownWords as error:
        return str(error)
    if found.year is not None or found.page != 1:
        return f"「{said}」には年度やページが入っています。それを除いた言い方を覚えます。"
    if found.declined or not framed(said, plan):
        return f"「{said}」は指標・施策・目標の言い方として覚えられません。"
    if found.kind not in {"indicator", "policy", "goal", "unsure"}:
        return f"「{said}」には別の意味（{found.understood}）があるため、覚えられません。"
    if found.kind != "unsure" and not found.likened:
        return f"「{said}」は、すでに{found.understood}と読みます。"
    return ""


def subject_of(found: Intention) -> Subject | None:
    """The one thing that a question was read as; None where there is none or are several."""
    if found.kind in {"indicator", "history"}:
        return ("indicator", found.ids[0])
    if found.kind == "policy":
        return ("policy", found.ids[0])
    return ("goal", found.ids[0]) if found.kind == "goal" else None
