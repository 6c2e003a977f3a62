"""A stage that planners closed, or opened again, as channels read of it: one sentence."""

from __future__ import annotations

from answers.content import Content
from answers.facts import show_day
from answers.layout import compose, say
from answers.spans import line
from answers.stage_words import stages_named
from store.cycle import DEADLINES, DEFAULT_NOTE
from store.fiscal import era
from store.stages import STAGES
from store.standing import Outlook


def stage_closed(outlook: Outlook, stage: str) -> Content:
    """`R6実績の「提出」の段階が完了し、次は「承認」（6/26まで）です。`; no department is named."""
    return compose(
        [say(line(f"{_named(outlook, stage)}の段階が完了し、{_next(outlook, stage)}。"))]
    )


def stage_reopened(outlook: Outlook, stage: str) -> Content:
    """In the place of the sentence, once the closing was taken back."""
    said = f"{_named(outlook, stage)}の段階の完了は取り消され、ふたたび進行中です。"
    return compose([say(line(said))])


def _named(outlook: Outlook, stage: str) -> str:
    return f"{era(outlook.cycle.collection)}実績の「{stages_named(outlook.plan.labels)[stage]}」"


def _next(outlook: Outlook, stage: str) -> str:
    cycle = outlook.cycle
    left = [each for each in STAGES[STAGES.index(stage) + 1 :] if each not in cycle.closed]
    if not left:
        return "年間サイクルの残りの段階はありません"
    name = stages_named(outlook.plan.labels)[left[0]]
    day = show_day(cycle.day(left[0]), outlook.today)
    until = "まで" if left[0] in DEADLINES else ""
    unset = f"、{DEFAULT_NOTE}" if left[0] in cycle.defaults else ""
    return f"次は「{name}」（{day}{until}{unset}）です"
