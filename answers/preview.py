"""Before and after 提出: the preview, its receipt, a draft dropped, and a refusal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from answers.asked import sample_note
from answers.asked_back import asks_period, period_question, years
from answers.content import Block, Content, button
from answers.effort_form import effort_button
from answers.fields import view
from answers.layout import compose, heading, quiet, row, say
from answers.proposed import name_line, own_period, proposal_lines, replaced_lines
from answers.receipts import state_said, who_looks, withdraw_button
from answers.spans import Bold, Code, Line, line, sentence
from store.cycle import DEFAULT_NOTE
from store.fiscal import era
from store.judge import Verdict
from store.plan import Plan
from store.remarks import Subject
from store.standing import Outlook, Standing
from store.submissions import Proposal, Submission
from store.telling import values_said

MOST_TYPED = 500
SUBMIT, SUBMIT_ODD = "提出", "確認して提出"
EFFORT = "取組内容・要因・今後の方向性も続けて書けます（後からでも）。"


def preview(
    plan: Plan,
    standing: Standing,
    proposal: Proposal,
    verdict: Verdict,
    draft: str,
    names: Mapping[str, str] = MappingProxyType({}),
    user: str = "",
) -> Content:
    """What would be submitted, echoed in words; nothing is registered until 提出 is pressed.

    `verdict` is the one that the proposal would get; `draft` is the id behind the buttons; `user`
    is who sees it. While it is open what a figure is of, the years to choose from stand in the
    place of 提出.
    """
    odd, asks = bool(proposal.oddities), asks_period(proposal)
    fix, drop = button("修正", "fix_draft", draft), button("取消", "drop_draft", draft)
    ahead = years(standing, draft) if asks else [_submit(draft, odd)]
    return compose(
        (
            heading("提出前の確認"),
            say(*proposal_lines(plan, standing, proposal, verdict)),
            say(*_counted(standing, proposal), *replaced_lines(standing, names, user)),
            say(line("気になる点があります。内容を確かめてから提出してください。"))
            if odd
            else None,
            say(*period_question(standing)) if asks else None,
            quiet(
                line("まだ登録されていません。提出すると企画担当の承認を待ちます。"),
                *typed_line(proposal.typed),
            ),
            sample_note((standing,)),
            row([*ahead, fix, drop]),
        )
    )


def _submit(draft: str, odd: bool) -> Block:
    label, style = (SUBMIT_ODD, "danger") if odd else (SUBMIT, "primary")
    return button(label, "submit_draft", draft, style)


def _counted(standing: Standing, proposal: Proposal) -> Iterator[Line]:
    """For a cumulative figure: that what was entered is the total so far."""
    if standing.indicator.measure != "cumulative" or proposal.kind != "actual":
        return
    if "前回累計" not in (proposal.note or ""):
        yield line(
            "累計（これまでの合計）として読みました。今年度の分だけなら、値の後に「今年度分」と書いてください。"
        )


def receipt(outlook: Outlook, standing: Standing, submission: Submission) -> Content:
    """What was submitted, and what happens next. Stands in the place of the preview."""
    proposal = submission.proposal
    closed = outlook.cycle.approvals_closed
    unset = f"（{DEFAULT_NOTE}）" if "approvals_closed" in outlook.cycle.defaults else ""
    return compose(
        (
            say(
                line(Bold(f"提出しました（{state_said(submission)}）")),
                name_line(standing.indicator),
                line(
                    f"{era(proposal.collection)}の実績 ",
                    Bold(values_said(proposal, standing.indicator)),
                    own_period(proposal),
                ),
            ),
            quiet(
                line(
                    f"{who_looks(submission)}承認締切 {closed.month}/{closed.day}{unset}。"
                    "結果はこのボットからお知らせします。"
                )
            ),
            say(line(EFFORT), accessory=_effort_button(submission)),
            sample_note((standing,)),
            row([withdraw_button(submission)]) if submission.open else None,
        )
    )


def _effort_button(submission: Submission) -> Block:
    proposal = submission.proposal
    subject = Subject("indicator", proposal.indicator)
    return effort_button(proposal.plan, subject, proposal.collection)


def dropped(proposal: Proposal) -> Content:
    """The draft is gone and nothing was registered; what was typed is given back."""
    said = line("取り消しました。何も登録されていません。")
    typed = typed_line(proposal.typed)
    return compose((say(said), quiet(*typed) if typed else None))


def refusal(said: str, typed: str = "") -> Content:
    """A known error's sentence, with what was typed given back."""
    given = typed_line(typed)
    return compose((say(sentence(said, typed)), quiet(*given) if given else None))


def typed_line(typed: str | None) -> tuple[Line, ...]:
    """`入力された内容: …`; nothing where nothing was typed."""
    words = " ".join((typed or "").split())
    if not words:
        return ()
    said = words if len(words) <= MOST_TYPED else f"{words[:MOST_TYPED]}…"
    return (line("入力された内容: ", Code(said)),)


def preview_view(
    plan: Plan,
    standing: Standing,
    proposal: Proposal,
    verdict: Verdict,
    draft: str,
    names: Mapping[str, str] = MappingProxyType({}),
    user: str = "",
) -> dict[str, Any]:
    """The preview over the form (callback `confirm_actual`, the draft's id as metadata).

    It submits by the modal's own button; closing it goes back to the form.
    """
    shown = preview(plan, standing, proposal, verdict, draft, names, user)
    submit = SUBMIT_ODD if proposal.oddities else SUBMIT
    blocks = _without_buttons(shown)
    return view("confirm_actual", "提出前の確認", submit, blocks, draft, close="修正")


def receipt_view(content: Content) -> dict[str, Any]:
    """A receipt, or any other last word, in the place of the form and of whatever lies under it."""
    made = view("done", "実績の提出", None, _without_buttons(content), close="閉じる")
    return {**made, "clear_on_close": True}


def _without_buttons(content: Content) -> tuple[Block, ...]:
    return tuple(block for block in content.blocks if block["type"] != "actions")
