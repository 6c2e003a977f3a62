"""What of a plan file a 見直し overrides, a line each, so that nobody waits for what the file says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from answers.event_words import REVISED
from store.fiscal import era
from store.plan import Plan
from store.revised import Revision, overriding


def overridden(plan: Plan, agreed: Iterable[Revision]) -> Iterator[str]:
    """For each field of the file that is not what holds: from which year on, and who decided so."""
    for each, field in overriding(plan, agreed):
        day = each.decided_on
        yield (
            f"指標 {each.indicator}「{plan.by_id[each.indicator].name}」の{REVISED[field]}は、"
            f"{era(each.from_year)}からは見直し（{each.decided_by} {day.year}/{day.month}/{day.day}）が"
            "優先します。ファイルの値が使われるのは、それより前の年度だけです。"
        )
