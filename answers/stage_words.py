"""The stage that a collection is in, in one short phrase, and the words for stages."""

from __future__ import annotations

from answers.facts import show_day
from store.cycle import DEADLINES
from store.plan import Labels
from store.stages import current, gap_said, gaps
from store.standing import Outlook


def stages_named(labels: Labels) -> dict[str, str]:
    """What each stage is called; the bodies as the plan calls them."""
    return {
        "opens": "照会",
        "due": "提出",
        "approvals_closed": "承認",
        "executive_meeting": labels.executive_meeting,
        "panel": labels.panel,
        "publication": "公表",
    }


def stage_said(outlook: Outlook) -> str:
    """`いまの段階: 提出（6/12まで）・未提出 12件`; counts only, no department is named."""
    cycle, today = outlook.cycle, outlook.today
    stage = current(outlook)
    named = _named(outlook, stage)
    if stage is None:
        return named if cycle.closed else f"{named}（{show_day(cycle.opens, today)}から）"
    until = "まで" if stage in DEADLINES else ""
    day = f"{show_day(cycle.day(stage), today)}{until}"
    lacking = "".join(f"・{gap_said(gap)}" for gap in gaps(outlook, stage))
    return f"{named}（{day}）{lacking}"


def stage_named(outlook: Outlook) -> str:
    """`いまの段階: 提出`, without its day and what it lacks."""
    return _named(outlook, current(outlook))


def _named(outlook: Outlook, stage: str | None) -> str:
    if stage is None:
        return f"いまの段階: {'すべて完了' if outlook.cycle.closed else '照会前'}"
    return f"いまの段階: {stages_named(outlook.plan.labels)[stage]}"
