"""What is asked back about a figure: 何年度の値ですか before 提出, 単年・累計・時点 once after it."""

from __future__ import annotations

from collections.abc import Iterator

from answers.content import Block, Content, button
from answers.layout import compose, quiet, row, say
from answers.spans import Bold, Line, line
from store.fiscal import era
from store.known import last_period
from store.lags import plausible_periods
from store.periods import show_period
from store.plan import Measure
from store.standing import Standing
from store.submissions import Proposal, Submission

MOST_YEARS = 4
MEASURE_WORDS: dict[Measure, str] = {
    "yearly": "単年の値",
    "cumulative": "累計（これまでの合計）",
    "point": "時点の値",
}


def asks_period(proposal: Proposal) -> bool:
    """What the figure is of is still open."""
    return proposal.kind == "actual" and proposal.period is None


def period_question(standing: Standing) -> Iterator[Line]:
    """何年度の値ですか, with what the last figure was of."""
    yield line(
        Bold("何年度の値ですか。"), "選ぶと提出に進みます。ほかの年は「修正」から入力できます。"
    )
    if before := last_period(standing):
        yield line(f"前回（{era(before[1])}報告）は{show_period(before[0])}の値でした。")


def years(standing: Standing, draft: str) -> list[Block]:
    """The likeliest years, each a button that carries the draft and its year."""
    before, as_of = last_period(standing), standing.indicator.as_of
    found = plausible_periods(standing.collection, before, as_of)[:MOST_YEARS]
    return [
        button(f"{show_period(each)}の値", f"pick_period:{each}", f"{draft}|{each}")
        for each in found
    ]


def with_measure_question(content: Content, submission: Submission) -> Content:
    """A receipt that asks, once for this indicator, how its figure is counted."""
    proposal = submission.proposal
    value = f"{proposal.plan}|{proposal.indicator}|{submission.id}"
    asked = compose(
        (
            say(
                line(
                    Bold("この値は 単年・累計・時点 のどれですか。"),
                    "計画書に記載がないため、一度だけ伺います。",
                )
            ),
            row([button(said, f"measure:{each}", value) for each, said in MEASURE_WORDS.items()]),
        )
    )
    return Content(f"{content.text}\n\n{asked.text}", (*content.blocks, *asked.blocks))


def with_measure_answer(content: Content, measure: Measure) -> Content:
    """The receipt once it was answered how the figure is counted."""
    said = compose((quiet(line(f"この指標は「{MEASURE_WORDS[measure]}」と記録しました。")),))
    return Content(f"{content.text}\n\n{said.text}", (*content.blocks, *said.blocks))
