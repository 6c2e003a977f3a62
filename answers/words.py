"""Marks with their words, and the words by which a list is asked for.

A mark never stands alone: colour and sign help the eye, the word says it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from store.documented import is_published
from store.judge import Grade, Verdict, grades_of
from store.judging.pace import PACES
from store.plan import Plan
from store.spelling import key
from store.standing import Standing, State

STATE_MARKS = {
    State.NOT_OPEN: "–",
    State.MISSING: "…",
    State.LATE: "！",
    State.PENDING: "…",
    State.RETURNED: "↩",
    State.AWAITING: "–",
    State.NO_SURVEY: "–",
    State.RETIRED: "–",
    State.APPROVED: "✓",
}
UNJUDGED = "判定なし"
NO_TARGET = "目標の記載なし"
EVERYTHING = "全指標"
ORDER = (
    State.APPROVED,
    State.PENDING,
    State.RETURNED,
    State.LATE,
    State.MISSING,
    State.AWAITING,
    State.NO_SURVEY,
    State.NOT_OPEN,
    State.RETIRED,
)
SAMPLE = "サンプル（架空の値）"
ENDED = "計画期間終了・最終評価"

# What people type for a state → the word it is shown with.
_STATE_WORDS: dict[str, str] = {
    **{state.value: state.value for state in State},
    "未報告": State.MISSING,
    "未入力": State.MISSING,
    "期限切れ": State.LATE,
    "遅延": State.LATE,
    "承認待ち": State.PENDING,
    "審査中": State.PENDING,
    "差し戻し": State.RETURNED,
    "差戻": State.RETURNED,
    "公表待ち": State.AWAITING,
    "調査対象外": State.NO_SURVEY,
    "調査なし": State.NO_SURVEY,
    "承認済み": State.APPROVED,
    "未承認": State.PENDING,
    UNJUDGED: UNJUDGED,
    "判定不能": UNJUDGED,
    NO_TARGET: NO_TARGET,
    "目標なし": NO_TARGET,
    "維持": "維持",
    "割込み": "割込み",
    "割り込み": "割込み",
}


def status_of(words: str, plan: Plan) -> str | None:
    """The status that these words name: a grade of the plan's rule, a pace, or a state."""
    wanted = key(words)
    return next((status for word, status in _statuses(plan) if key(word) == wanted), None)


def _statuses(plan: Plan) -> Iterator[tuple[str, str]]:
    for grade in grades_of(plan):
        yield grade.label, grade.label
        yield grade.label.partition("（")[0], grade.label
    for pace in PACES:
        yield pace.label, pace.label
    yield from ((word, str(status)) for word, status in _STATE_WORDS.items())


def statuses_of(standing: Standing, plan: Plan) -> frozenset[str]:
    """Every status whose list an indicator stands in.

    期限超過 is 未提出 that is late, so the list of 未提出 holds both.
    """
    grade, verdict = grade_of(standing, plan), standing.verdict
    said = [EVERYTHING, grade.label if grade else UNJUDGED]
    said += [each.label for each in (verdict.pace, verdict.holding) if each]
    if not is_published(standing):
        said.append(standing.state)
        if standing.state == State.LATE:
            said.append(State.MISSING)
    if all(t.kind == "none" for s in standing.indicator.series for t in s.targets):
        said.append(NO_TARGET)
    return frozenset(map(str, said))


def marked_state(state: State) -> str:
    """… 未提出, – 統計公表待ち."""
    return f"{STATE_MARKS[state]} {state.value}"


def marked_grade(verdict: Verdict) -> str:
    """● 達成, or why nothing is judged: – 目標の記載なし."""
    if verdict.grade is None:
        return f"– {verdict.why or UNJUDGED}"
    return f"{verdict.grade.mark} {verdict.grade.label}"


def grade_counts(standings: Iterable[Standing], plan: Plan) -> str:
    """達成 5・向上 3・未達成 2, and what is not judged apart."""
    found = Counter(grade_of(each, plan) for each in standings)
    said = [f"{grade.label} {found[grade]}" for grade in grades_of(plan)]
    return "・".join([*said, f"{UNJUDGED} {found[None]}"])


def state_counts(standings: Iterable[Standing]) -> str:
    """承認済 1・確認中 1・未提出 2, leaving out what there is none of and what is over."""
    found = Counter(each.state for each in standings if not is_published(each))
    return "・".join(f"{state.value} {found[state]}" for state in ORDER if found[state])


def grade_of(standing: Standing, plan: Plan) -> Grade | None:
    """The verdict's grade; for a figure that the plan itself brings, the published one."""
    if not is_published(standing):
        return standing.verdict.grade
    said = [s.published_verdict for s in standing.indicator.series]
    found = [grade for grade in grades_of(plan) if grade.label in said]
    return found[-1] if found and None not in said else None
