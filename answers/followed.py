"""What a person follows, in a few lines for their Home tab: how each of it stands."""

from __future__ import annotations

from collections.abc import Iterator

from answers.asked import Asked
from answers.content import ask_button
from answers.follow import LIST_WORDS
from answers.layout import Part, quiet, row, say
from answers.lines import headline
from answers.lists import of_department
from answers.spans import Bold, Code, Line, line
from answers.words import grade_counts
from store.follows import Subject, in_order
from store.telling import values_said

MOST_SHOWN = 10


def followed(asked: Asked) -> Iterator[Part]:
    """`フォロー中 3件` and each of it, and the way to the list; nothing where nothing is followed."""
    lines = [found for each in in_order(asked.plan, asked.follows) if (found := _line(each, asked))]
    if not lines:
        return
    yield say(line(Bold(f"フォロー中 {len(lines)}件")))
    yield say(*lines[:MOST_SHOWN])
    if len(lines) > MOST_SHOWN:
        yield quiet(line(f"ほか{len(lines) - MOST_SHOWN}件"))
    yield row([ask_button("フォローの一覧", LIST_WORDS)])


def _line(subject: Subject, asked: Asked) -> Line:
    """How it stands; empty for what the plan has no more."""
    kind, name = subject
    plan, outlook = asked.plan, asked.outlook
    if kind == "indicator":
        return _of_indicator(name, asked)
    if kind == "department":
        owned = [s.indicator.id for s in of_department(asked, name)]
        return line(Bold(asked.names.get(name, name)), f"　{_counts(owned, asked)}")
    if kind == "policy":
        policy = next((p for p in plan.policies if p.code == name), None)
        ids = [i.id for i in plan.indicators if i.policy == name and i.id in outlook.standings]
        return line(Bold(f"{name} {policy.name}"), f"　{_counts(ids, asked)}") if policy else line()
    goal = next((g for g in plan.goals if g.id == name), None)
    if goal is None:
        return line()
    ids = list(dict.fromkeys((*goal.targets, *goal.kpis)))
    return line(Bold(f"{goal.label} {goal.title}"), f"　{_counts(ids, asked)}")


def _of_indicator(name: str, asked: Asked) -> Line:
    standing = asked.outlook.standings.get(name)
    if standing is None:
        return line()
    latest = standing.latest
    value = values_said(latest.proposal, standing.indicator) if latest else "—"
    said = f"　{value}　{headline(standing, asked)}"
    return line(Code(name), " ", Bold(standing.indicator.name), said)


def _counts(ids: list[str], asked: Asked) -> str:
    return f"{len(ids)}指標（{grade_counts(asked.outlook.of(ids), asked.plan)}）"
