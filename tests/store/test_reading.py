"""The reader over every indicator of both plans: what is shown is read back, and nothing breaks it."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from bench.reading import INDICATORS, KINDS, OUTCOMES, outcome, tally
from store.plan import Indicator
from store.reading.units import kind_of
from store.showing import show_value, show_values
from store.values import Values, read_values


def values_of(of: Indicator) -> st.SearchStrategy[Decimal]:
    """Any value that an indicator can have."""
    if kind_of(of) == "done":
        return st.sampled_from((Decimal(0), Decimal(1)))
    if kind_of(of) == "rank":
        return st.integers(1, 10**9).map(Decimal)
    lowest = 0 if kind_of(of) == "parity" else -(10**15) + 1
    return st.builds(
        lambda digits, places: Decimal(digits).scaleb(-places),
        st.integers(lowest, 10**15 - 1),
        st.integers(0, 6),
    )


@given(st.data())
@settings(max_examples=600, deadline=None)
def test_whatever_is_shown_of_any_indicator_can_be_typed_back(data: st.DataObject) -> None:
    """To the digit, with its unit and its series, also each series by itself."""
    of = data.draw(st.sampled_from(INDICATORS))
    values = {name: data.draw(values_of(of)) for name in of.series_names}
    reading = read_values(show_values(values, of), of)
    assert isinstance(reading, Values)
    same = {name: str(value) for name, value in reading.by_series.items()}
    assert same == {
        name: format(value, "f").replace("-0", "0", value == 0) for name, value in values.items()
    }
    alone = of.model_copy(update={"series": (of.series[0].model_copy(update={"name": None}),)})
    first = read_values(show_value(values[of.series_names[0]], of), alone)
    assert isinstance(first, Values)
    assert first.by_series == {None: values[of.series_names[0]]}


def test_every_published_figure_can_be_typed_back() -> None:
    for of in INDICATORS:
        values = {s.name: s.baseline.value for s in of.series if s.baseline}
        if len(values) == len(of.series):
            assert read_values(show_values(values, of), of) == Values(values)


@given(st.text(max_size=80), st.sampled_from(INDICATORS))
@settings(max_examples=600, deadline=None)
def test_no_text_breaks_the_reader(text: str, of: Indicator) -> None:
    assert outcome(text, of) in set(OUTCOMES) - {"exception"}


def test_twenty_thousand_strings_are_read_asked_about_or_refused() -> None:
    """The benchmark's first strings: each kind comes to every end that it can, none to an exception."""
    counted = tally((1, 20_000))
    ends = Counter({each: sum(counted[kind, each] for kind in KINDS) for each in OUTCOMES})
    assert ends["exception"] == 0
    assert sum(ends.values()) == 20_000
    assert min(ends[each] for each in ("value", "absent", "question", "sentence")) > 20
