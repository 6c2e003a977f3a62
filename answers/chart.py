"""The button that asks for a chart, and what is said when it was sent or could not be."""

from __future__ import annotations

from answers.content import Block, Content, button
from answers.layout import Part, compose, quiet, say
from answers.spans import Bold, line
from store.plan import Indicator

ACTION = "chart:"


def chart_button(indicator: Indicator) -> Block:
    """A button that sends the indicator's chart to whoever presses it."""
    return button("グラフ", f"{ACTION}{indicator.id}", indicator.id)


def drawn(indicator: Indicator, alt: str, native: Part | None = None) -> Content:
    """Where the chart went, and what it shows in words; `native` stands below where Slack takes it."""
    return compose(
        (
            say(line(Bold(indicator.name), " のグラフを、kpibot との DM に送りました。")),
            quiet(line(alt)),
            native,
        )
    )


def not_drawn(indicator: Indicator) -> Content:
    """The chart could not be sent."""
    return compose(
        (
            say(line(Bold(indicator.name), " のグラフを送れませんでした。")),
            quiet(line("少し待ってから、もう一度お試しください。")),
        )
    )
