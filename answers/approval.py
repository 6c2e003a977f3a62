"""承認 and 差戻し: what planners are asked, what they see afterwards, what the department hears."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from answers.asked import sample_note
from answers.content import Block, Content, button
from answers.facts import WEEKDAYS, day_of, department_of, show_day
from answers.layout import compose, heading, quiet, row, say
from answers.proposed import IF_APPROVED, JUDGED, if_approved, proposal_lines
from answers.spans import Bold, Line, line, one_line
from store.fiscal import era
from store.standing import Outlook, Standing
from store.submissions import OUTCOME_WORDS, Submission
from store.telling import values_said

Names = Mapping[str, str]
PROXY = "代理入力（企画担当）"


def approval_request(
    outlook: Outlook,
    standing: Standing,
    submission: Submission,
    names: Names,
    corrected: Submission | None = None,
) -> Content:
    """A submission with all that a planner decides by: 承認, 差戻し, or the value put right.

    `corrected` is the submission that this one puts right, where it does.
    """
    number = str(submission.id)
    buttons = [
        button("承認", "approve", number, "primary"),
        button("差戻し", "send_back", number),
        button("値を直して承認へ", "correct", number),
    ]
    return _asked("承認のお願い", outlook, standing, submission, names, corrected, buttons)


def lead_request(
    outlook: Outlook,
    standing: Standing,
    submission: Submission,
    names: Names,
    corrected: Submission | None = None,
) -> Content:
    """The same for the department's lead, whom planners wait for: 確認 or 差戻し."""
    number = str(submission.id)
    buttons = [
        button("確認", "confirm", number, "primary"),
        button("差戻し", "send_back", number),
    ]
    return _asked("課長確認のお願い", outlook, standing, submission, names, corrected, buttons)


def _asked(
    title: str,
    outlook: Outlook,
    standing: Standing,
    submission: Submission,
    names: Names,
    corrected: Submission | None,
    buttons: Sequence[Block],
) -> Content:
    return compose(
        (
            heading(f"{title}　{era(submission.proposal.collection)}実績"),
            say(
                *correction_lines(standing, submission, corrected, names),
                *_facts(outlook, standing, submission),
            ),
            quiet(*_given(outlook, submission, names)),
            sample_note((standing,)),
            row(buttons),
        )
    )


def decided(
    outlook: Outlook,
    standing: Standing,
    submission: Submission,
    names: Names,
    corrected: Submission | None = None,
) -> Content:
    """The request once it is settled, by whoever it was: no buttons are left."""
    kind = submission.decision.kind if submission.decision else None
    said = OUTCOME_WORDS[kind] if kind else "課長確認済み"
    return compose(
        (
            heading(f"{said}　{era(submission.proposal.collection)}実績"),
            say(
                *correction_lines(standing, submission, corrected, names),
                *_facts(outlook, standing, submission),
            ),
            quiet(
                *_given(outlook, submission, names),
                *_decision(outlook, submission, names),
            ),
            sample_note((standing,)),
        )
    )


def outcome(
    outlook: Outlook,
    standing: Standing,
    submission: Submission,
    names: Names,
    corrected: Submission | None = None,
) -> Content:
    """What became of a submission, for its submitter and department; a way on when it came back."""
    kind = submission.decision.kind if submission.decision else "approve"
    year, returned = era(submission.proposal.collection), kind == "return"
    return compose(
        (
            heading(f"{year}実績が{HAPPENED[kind]}"),
            say(*_decision(outlook, submission, names), *asked_back(outlook, submission)),
            say(
                *correction_lines(standing, submission, corrected, names),
                *_facts(outlook, standing, submission),
            ),
            quiet(*_given(outlook, submission, names)),
            sample_note((standing,)),
            row([fix_button(submission)]) if returned else None,
        )
    )


HAPPENED = {
    "approve": "承認されました",
    "return": "差し戻されました",
    "withdraw": "取り下げられました",
    "supersede": "新しい提出に置き換えられました",
}


def fix_button(submission: Submission, named: bool = False) -> Block:
    """修正 of what came back: the form, filled in with what was said."""
    proposal = submission.proposal
    value = f"{proposal.plan}|{proposal.indicator}|{proposal.collection}"
    label = f"{proposal.indicator} 修正" if named else "修正"
    return button(label, f"open_form:{proposal.indicator}", value, None if named else "primary")


def correction_lines(
    standing: Standing, submission: Submission, corrected: Submission | None, names: Names
) -> Iterator[Line]:
    """`提出 12人 → 企画修正 21人（理由）（企画担当A）`; 訂正 where the old figure had been approved."""
    if corrected is None:
        return
    indicator = standing.indicator
    approved = corrected.decision is not None and corrected.decision.kind == "approve"
    before, after = ("承認済", "訂正") if approved else ("提出", "企画修正")
    who = names.get(submission.actor, submission.actor)
    old = values_said(corrected.proposal, indicator)
    new = values_said(submission.proposal, indicator)
    yield line(f"{before} {old} → {after} ", Bold(new), f"（{who}）")
    yield line(f"理由: {one_line(submission.reason or '')}")


def _facts(outlook: Outlook, standing: Standing, submission: Submission) -> tuple[Line, ...]:
    proposal = submission.proposal
    verdict = if_approved(outlook.plan, standing, proposal)
    kind = submission.decision.kind if submission.decision else None
    judged = {None: IF_APPROVED, "approve": JUDGED}.get(kind, "")
    return proposal_lines(outlook.plan, standing, proposal, verdict, submission.id, judged)


def _given(outlook: Outlook, submission: Submission, names: Names) -> Iterator[Line]:
    """`こども課 こども担当 6/3提出`, by proxy or confirmed by the lead where it was."""
    who = names.get(submission.actor, submission.actor)
    day = day_of(submission.at, outlook.today)
    proxy = f"・{PROXY}" if submission.proxy else ""
    yield line(f"{department_of(submission)} {who} {day}提出{proxy}")
    if submission.reason and submission.proxy and not submission.corrects:
        yield line(f"理由: {one_line(submission.reason)}")
    if confirmed := submission.confirmation:
        lead = f"（{names.get(confirmed.for_lead, '')}の代行）" if confirmed.for_lead else ""
        who, day = names.get(confirmed.actor, confirmed.actor), day_of(confirmed.at, outlook.today)
        yield line(f"課長確認 {who}{lead} {day}")


def _decision(outlook: Outlook, submission: Submission, names: Names) -> Iterator[Line]:
    decision = submission.decision
    if decision is None:
        return
    who = names.get(decision.actor, decision.actor)
    when = f"{day_of(decision.at, outlook.today)} {decision.at[11:16]}"
    yield line(f"{OUTCOME_WORDS[decision.kind]}（{who} {when}）")
    if decision.reason:
        yield line(f"理由: {one_line(decision.reason)}")


def asked_back(outlook: Outlook, submission: Submission) -> Iterator[Line]:
    """By when, and how to go on."""
    decision = submission.decision
    if decision is None or decision.kind != "return":
        return
    if decision.new_due:
        day = date.fromisoformat(decision.new_due)
        yield line(f"新しい提出期限 {show_day(day, outlook.today)}（{WEEKDAYS[day.weekday()]}）")
    yield line("「修正」から直して、もう一度提出してください。")
