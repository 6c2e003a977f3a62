"""承認 and 差戻し: what planners are asked, what they see afterwards, what the department hears."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from answers.asked import sample_note
from answers.content import Content, button
from answers.facts import WEEKDAYS, day_of, department_of, show_day
from answers.layout import compose, heading, quiet, row, say
from answers.proposed import IF_APPROVED, JUDGED, if_approved, proposal_lines
from answers.spans import Line, line, one_line
from store.fiscal import era
from store.standing import Outlook, Standing
from store.submissions import OUTCOME_WORDS, Submission

Names = Mapping[str, str]


def approval_request(
    outlook: Outlook, standing: Standing, submission: Submission, names: Names
) -> Content:
    """A submission with all that a planner decides by, and 承認 / 差戻し."""
    number = str(submission.id)
    return compose(
        (
            heading(f"承認のお願い　{era(submission.proposal.collection)}実績"),
            say(*_facts(outlook, standing, submission)),
            quiet(_given(outlook, standing, submission, names)),
            sample_note((standing,)),
            row(
                [
                    button("承認", "approve", number, "primary"),
                    button("差戻し", "send_back", number),
                ]
            ),
        )
    )


def decided(outlook: Outlook, standing: Standing, submission: Submission, names: Names) -> Content:
    """The request once it is settled, by whoever it was: no buttons are left."""
    kind = submission.decision.kind if submission.decision else "approve"
    return compose(
        (
            heading(f"{OUTCOME_WORDS[kind]}　{era(submission.proposal.collection)}実績"),
            say(*_facts(outlook, standing, submission)),
            quiet(
                _given(outlook, standing, submission, names),
                *_decision(outlook, submission, names),
            ),
            sample_note((standing,)),
        )
    )


def outcome(outlook: Outlook, standing: Standing, submission: Submission, names: Names) -> Content:
    """What became of a submission, for its submitter and department; a way on when it came back."""
    returned = submission.decision is not None and submission.decision.kind == "return"
    year = era(submission.proposal.collection)
    proposal, indicator = submission.proposal, standing.indicator
    value = f"{proposal.plan}|{indicator.id}|{proposal.collection}"
    return compose(
        (
            heading(f"{year}実績が{'差し戻されました' if returned else '承認されました'}"),
            say(*_decision(outlook, submission, names), *_asked_back(outlook, submission)),
            say(*_facts(outlook, standing, submission)),
            quiet(_given(outlook, standing, submission, names)),
            sample_note((standing,)),
            row([button("修正", f"open_form:{indicator.id}", value, "primary")])
            if returned
            else None,
        )
    )


def _facts(outlook: Outlook, standing: Standing, submission: Submission) -> tuple[Line, ...]:
    proposal = submission.proposal
    verdict = if_approved(outlook.plan, standing, proposal)
    kind = submission.decision.kind if submission.decision else None
    judged = {None: IF_APPROVED, "approve": JUDGED}.get(kind, "")
    return proposal_lines(outlook.plan, standing, proposal, verdict, submission.id, judged)


def _given(outlook: Outlook, standing: Standing, submission: Submission, names: Names) -> Line:
    """`こども課 こども担当 6/3提出`."""
    who = names.get(submission.actor, submission.actor)
    day = day_of(submission.at, outlook.today)
    return line(f"{department_of(submission, standing, names)} {who} {day}提出")


def _decision(outlook: Outlook, submission: Submission, names: Names) -> Iterator[Line]:
    decision = submission.decision
    if decision is None:
        return
    who = names.get(decision.actor, decision.actor)
    when = f"{day_of(decision.at, outlook.today)} {decision.at[11:16]}"
    yield line(f"{OUTCOME_WORDS[decision.kind]}（{who} {when}）")
    if decision.reason:
        yield line(f"理由: {one_line(decision.reason)}")


def _asked_back(outlook: Outlook, submission: Submission) -> Iterator[Line]:
    decision = submission.decision
    if decision is None or decision.kind != "return":
        return
    if decision.new_due:
        day = date.fromisoformat(decision.new_due)
        yield line(f"新しい提出期限 {show_day(day, outlook.today)}（{WEEKDAYS[day.weekday()]}）")
    yield line("「修正」から直して、もう一度提出してください。")
