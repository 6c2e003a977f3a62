"""What a submission says, in words."""

from __future__ import annotations

from store.plan import Indicator
from store.showing import show_values
from store.submitted import Proposal


def values_said(proposal: Proposal, indicator: Indicator) -> str:
    """What a proposal says: its values, 統計公表待ち（10月予定） or 調査対象外年度."""
    if proposal.kind == "awaiting":
        month = f"（{proposal.month}月予定）" if proposal.month else ""
        return f"統計公表待ち{month}"
    if proposal.kind == "no_survey":
        return "調査対象外年度"
    return show_values(proposal.values, indicator)
