"""What stands in a sheet beside its figures, in its preview: comparisons and efforts, each a group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from answers.layout import Part, quiet, say
from answers.sheet_comparing import Compared, called
from answers.sheet_efforts import Reflected
from answers.sheet_rows import GOOD, Judged, RowState
from answers.spans import Bold, Code, Line, Mention, Span, line, one_line, sentence

Beside = Compared | Reflected
MARKS = {
    RowState.WRONG: "✕",
    RowState.ODD: "？",
    RowState.CHANGED: "→",
    RowState.NEW: "＋",
}


def in_order(found: Iterable[Beside]) -> tuple[Beside, ...]:
    """What is told one by one, what is to be mended first."""
    there = tuple(found)
    return tuple(each for state in MARKS for each in there if each.state is state)


def beside(title: str, told: Sequence[Beside], everything: Sequence[Beside]) -> Iterator[Part]:
    """A group with counts of its own; nothing where nothing of it is told."""
    if told:
        yield say(line(Bold(title), f"　{counts(everything)}（承認は要りません）"))
        yield say(*(beside_line(each) for each in told))


def beside_line(each: Beside) -> Line:
    """`→ 1-1b 名前 県平均（R5）8人 → 9人`, or what is wrong and where."""
    what: list[Span] = [f"{MARKS[each.state]} {each.state} "]
    what += [Code(each.indicator), f" {each.name}　"] if each.indicator else []
    what += [f"{called(each)} "] if isinstance(each, Compared) and each.place else []
    if each.state is not RowState.WRONG:
        return line(*what, Bold(each.said))
    where: list[Span] = [Code(each.address), " "] if each.address else []
    return line(*what, *where, *said(" ".join(each.why)))


def unmoved(title: str, found: Sequence[Beside]) -> Iterator[Part]:
    """What the sheet leaves as it is on record."""
    same = [each.indicator for each in found if each.state is RowState.UNCHANGED]
    if same:
        codes = " ".join(dict.fromkeys(same))
        yield quiet(line(f"{title} 変更なし {len(same)}件: {codes}"))


def counts(rows: Iterable[Judged | Beside]) -> str:
    """`新規 2件・変更 1件`."""
    found = Counter(each.state for each in rows)
    order = (*GOOD, RowState.ODD, RowState.WRONG, RowState.UNCHANGED, RowState.BLANK)
    return "・".join(f"{state} {found[state]}件" for state in order if found[state])


def said(why: str) -> Line:
    """A sentence that may quote what somebody typed: it calls nobody."""
    spans = sentence(one_line(why))
    return line(*(f"<@{s.text}>" if isinstance(s, Mention) else s for s in spans))
