"""A message that a planner tries on themselves before it goes to anybody."""

from __future__ import annotations

from datetime import datetime

from answers.content import Content
from answers.cycle_page import day_in_full
from answers.layout import compose, quiet, say
from answers.spans import Bold, line

TRIAL = "試し"
# Slack takes 50 blocks a message; two are added to one that is tried.
MOST_BLOCKS = 48


def tried(content: Content, title: str, due: datetime) -> Content:
    """A message as it would go out, marked as a trial before anything else."""
    when = f"{day_in_full(due.date())} {due:%H:%M}"
    mark = compose(
        (
            say(line(Bold(f"【{TRIAL}】{title}"))),
            quiet(
                line(
                    f"{when}に送る予定の内容です。あなたにだけ送りました。ボタンは実際に働きます。"
                )
            ),
        )
    )
    blocks = (*mark.blocks, *content.blocks[:MOST_BLOCKS])
    return Content(f"{mark.text}\n\n{content.text}", blocks)


def trial_sent() -> Content:
    """The receipt of a trial."""
    return compose((say(line("試しの内容をあなたのDMに送りました。")),))


def nothing_to_try() -> Content:
    """Said when there would be nothing to say by then."""
    return compose((say(line("この予定で送る内容は、いまのところありません。")),))
