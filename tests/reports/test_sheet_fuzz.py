"""Whatever stands in input cells, and whatever became of a file: an answer, never an exception."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from xml.sax.saxutils import escape

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.sheet.child import answer
from reports.sheet.form import INPUTS
from reports.sheet.refusals import SENTENCES
from reports.sheet.writing import write_sheet
from tests.reports.sheet_making import FIRST, FORM, TABLE, filled_in, parts_of, zipped

PARTS = parts_of(write_sheet(FORM))
PLAIN = zipped(PARTS)
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
# What XML can hold at all.
LETTERS = st.characters(
    exclude_categories=["Cs"],
    exclude_characters=[chr(n) for n in range(32) if n not in (9, 10)],
)
KINDS = st.sampled_from(["n", "s", "str", "b", "e", "d", "inlineStr", "zz", ""])


def is_an_answer(found: dict[str, Any]) -> bool:
    """Rows with every input told, or the word of a sentence."""
    if "refused" in found:
        return found["refused"] in SENTENCES
    return all(set(row["cells"]) == {c.key for c in INPUTS} for row in found["rows"])


@SLOW
@given(
    kind=KINDS,
    style=st.integers(0, 12),
    value=st.text(LETTERS, max_size=60) | st.floats().map(str) | st.integers().map(str),
    formula=st.none() | st.text(LETTERS, max_size=30),
)
def test_any_cell_in_the_file_has_an_answer(
    kind: str, style: int, value: str, formula: str | None
) -> None:
    """Types, formats, values and formulas that no Excel would put together."""
    said = "" if formula is None else f"<f>{escape(formula)}</f>"
    cell = f'<c r="J{FIRST}" s="{style}" t="{kind}">{said}<v>{escape(value)}</v></c>'
    table = re.sub(rb'<c r="J%d"[^>]*/>' % FIRST, lambda _: cell.encode(), PARTS[TABLE], count=1)
    assert cell.encode() in table
    assert is_an_answer(answer(zipped({**PARTS, TABLE: table})))


@settings(SLOW, max_examples=25)
@given(
    st.dictionaries(
        st.sampled_from(["1-1b", "1-1c", "3-3a", "4-1a"]),
        st.text(LETTERS, max_size=80)
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.integers(-(10**18), 10**18)
        | st.booleans()
        | st.datetimes(datetime.fromisoformat("1950-01-01"), datetime.fromisoformat("2100-01-01"))
        | st.timedeltas(timedelta(0), timedelta(days=9)),
    ),
    st.sampled_from([column.key for column in INPUTS]),
)
def test_anything_that_can_be_typed_has_an_answer(values: dict[str, Any], column: str) -> None:
    """In any input, and every row is still there."""
    found = answer(filled_in(values, column))
    assert is_an_answer(found)
    assert [row["key"] for row in found["rows"]] == ["1-1b", "1-1c", "3-3a", "4-1a"]


@SLOW
@given(st.lists(st.tuples(st.integers(0, len(PLAIN) - 1), st.binary(max_size=4)), max_size=5))
def test_a_damaged_file_has_an_answer(damages: list[tuple[int, bytes]]) -> None:
    """Some bytes put into it, wherever."""
    data = PLAIN
    for place, put in damages:
        data = data[:place] + put + data[place + 1 :]
    assert is_an_answer(answer(data))


@SLOW
@given(st.sampled_from(sorted(PARTS)), st.integers(0, 5000), st.binary(max_size=6))
def test_a_damaged_part_has_an_answer(part: str, place: int, put: bytes) -> None:
    """Inside of what is packed, where checksums hide nothing."""
    body = PARTS[part]
    at = place % (len(body) + 1)
    damaged = zipped({**PARTS, part: body[:at] + put + body[at + 1 :]})
    assert is_an_answer(answer(damaged))


@given(st.binary(max_size=300))
def test_any_bytes_have_an_answer(data: bytes) -> None:
    """Short files of anything."""
    assert is_an_answer(answer(data))
