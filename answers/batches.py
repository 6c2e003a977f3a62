"""Many submissions in one message: a line each, the first few in full and the rest counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from answers.admin_menu import admin_button
from answers.approval import (
    HAPPENED,
    PROXY,
    Names,
    asked_back,
    correction_lines,
    fix_button,
)
from answers.asked import sample_note
from answers.content import Block, Content, button
from answers.facts import day_of, department_of
from answers.layout import Part, compose, heading, quiet, row, say
from answers.proposed import change, if_approved, previous
from answers.spans import Bold, Code, Line, line, one_line
from store.fiscal import era
from store.requests import Stage
from store.standing import Outlook, Standing
from store.submissions import OUTCOME_WORDS, Submission
from store.telling import values_said

MOST_ROWS = 20
# 25 buttons fill one row of a message.
MOST_BUTTONS = 25


@dataclass(frozen=True)
class Seen:
    """A submission, how its indicator stands in its collection, and what it puts right, if it does."""

    outlook: Outlook
    submission: Submission
    corrected: Submission | None = None

    @property
    def standing(self) -> Standing:
        """How the submission's indicator stands."""
        return self.outlook.standings[self.submission.proposal.indicator]


def batch_request(found: Sequence[Seen], stage: Stage, names: Names) -> Content:
    """Submissions that came together, with the way to their list; how each ended once it did."""
    title = "承認のお願い" if stage == "planner" else "課長確認のお願い"
    open_still = [s for s in found if s.submission.open and _is_at(s.submission, stage)]
    years = "・".join(dict.fromkeys(era(s.submission.proposal.collection) for s in found))
    done = "" if open_still else "（処理済み）"
    return compose(
        (
            heading(f"{title}{done}　{years}実績 {len(found)}件"),
            say(*_rows(found, names, ended=True)),
            _rest(found),
            quiet(*_givers(found, names)),
            sample_note(tuple(s.standing for s in found)),
            row([_way(open_still, stage)]) if open_still else None,
        )
    )


def batch_outcome(found: Sequence[Seen], names: Names) -> Content:
    """What one decision made of many figures, for a submitter or a department."""
    first = found[0]
    decision = first.submission.decision
    kind = decision.kind if decision else "approve"
    years = "・".join(dict.fromkeys(era(s.submission.proposal.collection) for s in found))
    who = names.get(decision.actor, decision.actor) if decision else ""
    when = f"{day_of(decision.at, first.outlook.today)} {decision.at[11:16]}" if decision else ""
    reason = decision.reason if decision else None
    fixes = [fix_button(s.submission, named=True) for s in found[:MOST_BUTTONS]]
    return compose(
        (
            heading(f"{years}実績 {len(found)}件が{HAPPENED[kind]}"),
            say(
                line(f"{OUTCOME_WORDS[kind]}（{who} {when}）"),
                line(f"理由: {one_line(reason)}" if reason else ""),
                *asked_back(first.outlook, first.submission),
            ),
            say(*_rows(found, names, most=len(found))),
            sample_note(tuple(s.standing for s in found)),
            row(fixes) if kind == "return" else None,
        )
    )


def _is_at(submission: Submission, stage: Stage) -> bool:
    return submission.awaits_lead if stage == "lead" else not submission.awaits_lead


def _way(found: Sequence[Seen], stage: Stage) -> Block:
    departments = {s.submission.department for s in found}
    only = departments.pop() if len(departments) == 1 else ""
    if stage == "lead":
        return button("確認の一覧を開く", "lead_queue", only, "primary")
    return admin_button("承認の一覧を開く", f"承認 {only}".strip())


def _rows(
    found: Sequence[Seen], names: Names, *, ended: bool = False, most: int = MOST_ROWS
) -> Iterator[Line]:
    for each in found[:most]:
        yield line(*one_row(each), *(_end(each) if ended else ()))
        yield from (line(f"　確認: {one_line(odd)}") for odd in each.submission.proposal.oddities)
        yield from correction_lines(each.standing, each.submission, each.corrected, names)


def moved_from(each: Seen) -> tuple[str, str] | None:
    """The figure before a submitted one, and by how much it differs; None where either is none."""
    submission, standing = each.submission, each.standing
    proposal, indicator = submission.proposal, standing.indicator
    before = previous(standing, proposal, submission.id)
    if before is None or proposal.kind != "actual":
        return None
    step = change(before.proposal.values, proposal.values, indicator)
    return values_said(before.proposal, indicator), step


def one_row(each: Seen) -> Line:
    """`1-1b 保育所（園）待機児童数 12人（前回 18人 → △6人）▲ 向上`."""
    standing, proposal = each.standing, each.submission.proposal
    indicator, moved = standing.indicator, moved_from(each)
    went = f"（前回 {moved[0]} → {moved[1]}）" if moved else ""
    grade = if_approved(each.outlook.plan, standing, proposal).grade
    verdict = f"　{grade.mark} {grade.label}" if grade else ""
    value = Bold(values_said(proposal, indicator))
    return line(Code(indicator.id), f" {indicator.name} ", value, f"{went}{verdict}")


def _end(each: Seen) -> Line:
    submission = each.submission
    if submission.decision:
        return line(f"　… {OUTCOME_WORDS[submission.decision.kind]}")
    if submission.confirmation:
        return line("　… 課長確認済み")
    return ()


def _rest(found: Sequence[Seen]) -> Part | None:
    left = len(found) - MOST_ROWS
    return quiet(line(f"ほか{left}件")) if left > 0 else None


def _givers(found: Sequence[Seen], names: Names) -> Iterator[Line]:
    """`こども課 こども担当 6/3提出 12件`."""
    given = Counter(
        (
            department_of(s.submission),
            names.get(s.submission.actor, s.submission.actor),
            day_of(s.submission.at, s.outlook.today),
            f"・{PROXY}" if s.submission.proxy else "",
        )
        for s in found
    )
    for (department, who, day, proxy), count in given.items():
        yield line(f"{department} {who} {day}提出{proxy} {count}件")
