"""What people hear of an opinion: that it is theirs to answer, and that it was answered."""

from __future__ import annotations

from answers.content import Content
from answers.layout import compose, heading, row, say
from answers.opinion_lines import Opinions, answer_button, open_button, opinion_lines
from answers.spans import line
from store.remarks import Opinion


def opinion_for_you(opinion: Opinion, seen: Opinions) -> Content:
    """To the department that is to answer."""
    return compose(
        (
            heading("意見への対応をお願いします"),
            say(*opinion_lines(opinion, seen)),
            row([answer_button(opinion, "primary"), open_button(opinion)]),
        )
    )


def opinion_answered(opinion: Opinion, seen: Opinions) -> Content:
    """To the planner who entered it."""
    return compose(
        (
            say(line("意見への対応が書かれました。")),
            say(*opinion_lines(opinion, seen)),
            row([open_button(opinion)]),
        )
    )
