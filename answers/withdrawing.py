"""取下げ: what can be taken back, and that it was."""

from __future__ import annotations

from collections.abc import Sequence

from answers.batches import Seen, one_row
from answers.content import Content
from answers.layout import compose, heading, quiet, say
from answers.preview import typed_line
from answers.proposed import name_line
from answers.receipts import withdraw_button
from answers.spans import Bold, line
from store.fiscal import era
from store.plan import Indicator
from store.submissions import Submission
from store.telling import values_said

MOST_SHOWN = 40


def withdrawn(submission: Submission, indicator: Indicator) -> Content:
    """In the place of the receipt: nothing of it is asked for any more."""
    proposal = submission.proposal
    typed = typed_line(proposal.typed)
    return compose(
        (
            say(
                line(Bold("取り下げました")),
                name_line(indicator),
                line(f"{era(proposal.collection)}の実績 {values_said(proposal, indicator)}"),
            ),
            quiet(*typed) if typed else None,
        )
    )


def to_withdraw(found: Sequence[Seen]) -> Content:
    """What this person can take back, a button beside each."""
    if not found:
        return compose((say(line("取り下げられる提出（確認中）はありません。")),))
    left = len(found) - MOST_SHOWN
    return compose(
        (
            heading(f"取り下げられる提出 {len(found)}件"),
            *(
                say(line(*one_row(each)), accessory=withdraw_button(each.submission))
                for each in found[:MOST_SHOWN]
            ),
            quiet(line(f"ほか{left}件。上から取り下げると続きが出ます。")) if left > 0 else None,
        )
    )
