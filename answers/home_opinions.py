"""On the Home tab: opinions that wait for an answer of this person's departments, or of planners."""

from __future__ import annotations

from collections.abc import Iterator

from answers.content import ask_button, cut
from answers.layout import Part, quiet, row, say
from answers.opinion_lines import MOST_SHOWN, OPEN, WORD, Opinions, answer_button, state_said
from answers.spans import Bold, line, one_line
from store.remarks import Opinion

MOST_HERE = 5


def to_answer(seen: Opinions) -> Iterator[Part]:
    """`seen` holds what nobody has answered: one's own each with its button, then what others owe."""
    mine = [each for each in seen.found if _is_mine(each, seen)]
    if mine:
        yield say(line(Bold(f"対応を書く意見 {len(mine)}件")))
        soonest = sorted(mine, key=lambda o: (o.due is None, o.due, o.number))
        for each in soonest[:MOST_HERE]:
            yield _item(each, seen)
        if len(mine) > MOST_HERE:
            yield quiet(line(f"ほか{len(mine) - MOST_HERE}件"))
        yield row([ask_button("意見をすべて見る", f"{WORD} {OPEN}")])
    others = len(seen.found) - len(mine)
    if seen.who.planner and others:
        said = line(Bold(f"担当課の対応を待つ意見 {others}件"))
        yield say(said, accessory=ask_button("見る", f"{WORD} {OPEN}"))


def _is_mine(opinion: Opinion, seen: Opinions) -> bool:
    owner = seen.owner(opinion)
    return seen.who.belongs_to(owner) if owner else seen.who.planner


def _item(opinion: Opinion, seen: Opinions) -> Part:
    body = seen.plans.body(opinion)
    return say(
        line(f"{seen.plans.subject(opinion)}　{state_said(opinion, seen.today)}"),
        line(f"{body}「{cut(one_line(opinion.text), MOST_SHOWN)}」"),
        accessory=answer_button(opinion),
    )
