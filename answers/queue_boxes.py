"""The boxes of a list of what waits: one a submission, with all that a tick should rest on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from answers.approval import PROXY, Names
from answers.batches import Seen, moved_from
from answers.content import Block, cut, plain
from answers.facts import day_of, department_of
from answers.fields import field_of, option
from answers.layout import quiet
from answers.proposed import if_approved
from answers.queue_state import Chosen
from answers.spans import Line, line, one_line
from store.telling import values_said

# What an oddity asks whoever submits, which was answered when they did.
ASKED = "このまま提出しますか。"
# Slack's limits of one group of boxes and of an option's two texts.
MOST_BOXES, MOST_TEXT = 10, 75


def groups(here: Sequence[Seen], state: Chosen, names: Names) -> Iterator[Block]:
    """Boxes to tick under each department's name, and below them what a tick should not pass over."""
    number = 0
    for _, group in groupby(here, key=lambda each: each.submission.department):
        theirs = list(group)
        for start in range(0, len(theirs), MOST_BOXES):
            boxes = theirs[start : start + MOST_BOXES]
            again = "（続き）" if start else f" {len(theirs)}件"
            department = department_of(boxes[0].submission)
            yield _boxes(f"pick:{state.turn}:{number}", f"{department}{again}", boxes, state, names)
            odd = [line for each in boxes for line in _odd_lines(each)]
            if odd:
                yield from quiet(*odd).blocks
            number += 1


def _boxes(block_id: str, label: str, found: Sequence[Seen], state: Chosen, names: Names) -> Block:
    options = {s.submission.id: _box(s, names) for s in found}
    element: Block = {
        "type": "checkboxes",
        "action_id": "picked",
        "options": list(options.values()),
    }
    if ticked := [options[number] for number in options if number in state.ticked]:
        element["initial_options"] = ticked
    return field_of(block_id, label, element, optional=True)


def _box(each: Seen, names: Names) -> Block:
    """Name and value, never the value cut; below it what it changes, its verdict and who gave it."""
    submission, standing = each.submission, each.standing
    proposal, indicator = submission.proposal, standing.indicator
    value = f"　{values_said(proposal, indicator)}"
    mark = "⚠ " if proposal.oddities else ""
    name = cut(f"{mark}{indicator.id} {indicator.name}", max(12, MOST_TEXT - len(value)))
    moved = moved_from(each)
    went = f"前回 {moved[0]}・差 {moved[1]}　" if moved else ""
    grade = if_approved(each.outlook.plan, standing, proposal).grade
    verdict = f"{grade.mark} {grade.label}　" if grade else ""
    who = names.get(submission.actor, submission.actor)
    given = f"{day_of(submission.at, each.outlook.today)} {who}"
    proxy = "・代理入力" if submission.proxy else ""
    below = plain(f"{went}{verdict}{given}{proxy}", MOST_TEXT)
    return {**option(f"{name}{value}", str(submission.id)), "description": below}


def _odd_lines(each: Seen) -> Iterator[Line]:
    """What a tick should not pass over: oddities, and what was put right and why."""
    submission = each.submission
    name = each.standing.indicator.id
    for odd in submission.proposal.oddities:
        yield line(f"⚠ {name} 確認: {one_line(odd).removesuffix(ASKED)}")
    if each.corrected is not None:
        old = values_said(each.corrected.proposal, each.standing.indicator)
        yield line(f"✎ {name} 元の値 {old}・理由: {one_line(submission.reason or '')}")
    elif submission.proxy and submission.reason:
        yield line(f"✎ {name} {PROXY}・理由: {one_line(submission.reason)}")
