"""値を直して承認へ and 訂正: a form with the figure as it stands, and the reason for another one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from answers.content import Content
from answers.fields import text_field, typed, view
from answers.form_fields import PERIOD, FormInput, awaiting_fields, remark_fields, value_fields
from answers.layout import compose, quiet, say
from answers.proposed import name_line
from answers.spans import Bold, Code, Line, line, one_line
from store.fiscal import era
from store.periods import show_period
from store.plan import Indicator
from store.showing import show_value
from store.submissions import Proposal, Submission
from store.telling import values_said

WHY = "why"


def correction_form(
    indicator: Indicator, collection: int, standing_there: Submission | None, metadata: str
) -> dict[str, Any]:
    """Every field filled in with what was submitted or approved (callback `correct_actual`)."""
    held = standing_there.proposal if standing_there else None
    filled = _filled(indicator, held) if held else FormInput(indicator.id, collection)
    now = values_said(held, indicator) if held else "なし"
    approved = standing_there is not None and standing_there.decision is not None
    blocks = [
        *say(
            name_line(indicator),
            line(f"{era(collection)}の実績　{'承認済' if approved else '提出'} ", Bold(now)),
        ).blocks,
        *quiet(line("直した値は、ほかの企画担当が承認すると有効になります。")).blocks,
        *value_fields(indicator, filled),
        text_field(
            WHY,
            "直す理由",
            hint="担当課と承認する人に届き、履歴に残ります。",
            most=1000,
            multiline=True,
            optional=False,
        ),
        text_field(PERIOD, "データ年", filled.period, hint="例: R5、2023年、R5.4.1", most=40),
        *remark_fields(filled),
        *awaiting_fields(filled),
    ]
    return view("correct_actual", "値を直す", "直して承認へ", blocks, metadata)


def _filled(indicator: Indicator, held: Proposal) -> FormInput:
    return FormInput(
        indicator.id,
        held.collection,
        {name: show_value(value, indicator) for name, value in held.values.items()},
        show_period(held.period) if held.period else None,
        held.source,
        held.note,
        held.kind == "awaiting",
        held.month,
        held.kind == "no_survey",
    )


def read_why(sent: Mapping[str, Any]) -> str:
    """The reason; empty when only blanks were typed."""
    return typed(sent["state"]["values"], WHY) or ""


def corrected_receipt(indicator: Indicator, made: Submission, before: Submission | None) -> Content:
    """What was put right, and that somebody else approves it."""
    return compose(
        (
            say(
                line(Bold("直した値の承認をお願いしました（確認中）")),
                name_line(indicator),
                _both(indicator, made, before),
                line(f"理由: {one_line(made.reason or '')}"),
            ),
            quiet(line("ほかの企画担当が承認します。承認されると担当課にお知らせします。")),
        )
    )


def _both(indicator: Indicator, made: Submission, before: Submission | None) -> Line:
    new = Bold(values_said(made.proposal, indicator))
    if before is None:
        return line(f"{era(made.proposal.collection)}の実績 ", new)
    approved = before.decision is not None and before.decision.kind == "approve"
    words = ("承認済", "訂正") if approved else ("提出", "企画修正")
    return line(f"{words[0]} {values_said(before.proposal, indicator)} → {words[1]} ", new)


def not_locked(indicator: Indicator, collection: int) -> Content:
    """What 訂正 of a year says that is not locked: its figures are simply submitted anew."""
    year = era(collection)
    return compose(
        [
            say(
                line(
                    f"{year}実績はまだ締められていません。訂正ではなく、次のコマンドで出し直せます。"
                ),
                line(Code(f"/kpi-submit {indicator.id} {year}")),
            )
        ]
    )
