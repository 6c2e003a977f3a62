"""フォロー: the button under an answer, what it says when it is pressed, and what followers hear."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from answers.asked import Asked, sample_note
from answers.content import Block, Content, ask_button, button, cut
from answers.facts import provenance, values_said
from answers.intention import Intention
from answers.layout import compose, heading, quiet, row, say
from answers.lines import headline
from answers.spans import Bold, Code, line
from store.fiscal import era
from store.follows import Kind, Subject, named
from store.people import Who
from store.plan import Plan
from store.standing import Outlook, Standing
from store.submissions import Submission

ACTION = "follow:"
FOLLOW, FOLLOWING, STOP = "フォロー", "フォロー中", "フォローをやめる"


def follow_button(asked: Asked, kind: Kind, name: str) -> Block:
    """フォロー, or フォロー中 where the person does already; pressing it changes that."""
    active = (kind, name) in asked.follows
    return _button(FOLLOWING if active else FOLLOW, asked.plan, (kind, name), not active)


def follow_said(plan: Plan, subject: Subject, active: bool) -> Content:
    """The receipt, with the way back."""
    name = named(plan, subject) or subject[1]
    said = "をフォローしました。" if active else "のフォローをやめました。"
    more = line("値が承認されて変わったときに、DM でお知らせします。") if active else line()
    back = _button(STOP if active else FOLLOW, plan, subject, not active)
    return compose((say(line(Bold(name), said), more), row([back])))


def followed_news(
    outlook: Outlook,
    standing: Standing,
    before: Submission | None,
    after: Submission,
    subjects: Sequence[Subject],
    names: Mapping[str, str],
) -> Content:
    """An approved value that changed, for somebody who follows `subjects`."""
    indicator, plan = standing.indicator, outlook.plan
    asked = Asked(Intention("indicator"), outlook, Who("", "member"), names)
    old = values_said(before.proposal, indicator) if before else "—"
    why = "・".join(named(plan, subject) or subject[1] for subject in subjects)
    stops = [_button(f"{STOP}（{name}）", plan, (kind, name), False) for kind, name in subjects]
    return compose(
        (
            heading("フォロー中の指標の値が承認されました"),
            say(
                line(Bold(indicator.name), " ", Code(indicator.id)),
                line(
                    f"{era(after.proposal.collection)}実績 {old} → ",
                    Bold(values_said(after.proposal, indicator)),
                ),
                line(headline(standing, asked)),
            ),
            quiet(
                line(provenance(after, standing, outlook.today, names)), line(f"フォロー: {why}")
            ),
            sample_note((standing,)),
            row([ask_button(indicator.id, indicator.id), *stops]),
        )
    )


def _button(label: str, plan: Plan, subject: Subject, active: bool) -> Block:
    kind, name = subject
    value = f"{'on' if active else 'off'}|{plan.id}|{kind}|{name}"
    return button(label, cut(f"{ACTION}{kind}:{name}", 255), value)
