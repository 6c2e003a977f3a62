"""What a sheet would change, before anything is registered: counts on top, then row by row, in pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from answers.content import Block, Content, button, plain
from answers.layout import Part, compose, heading, quiet, row, say
from answers.sheet_beside import MARKS, Beside, beside, counts, in_order, said, unmoved
from answers.sheet_comparing import Compared
from answers.sheet_efforts import Reflected
from answers.sheet_rows import GOOD, Judged, RowState
from answers.sheet_turning import turning
from answers.spans import Bold, Code, Line, Span, line, sentence
from answers.words import SAMPLE

MOST_ROWS = 20
MOST_IN_CONFIRM = 300
_HEADS = {
    RowState.WRONG: "直して、もう一度送ってください（この行は提出されません）",
    RowState.ODD: "気になる点があります。内容を確かめてください",
    RowState.CHANGED: "提出済みの値が変わります",
    RowState.NEW: "新しく提出します",
}
_QUIET = (RowState.UNCHANGED, RowState.BLANK)


@dataclass(frozen=True)
class SheetPreview:
    """A sheet that was read. `title` names round and department, `notes` are about the whole file."""

    title: str
    rows: tuple[Judged, ...]
    notes: tuple[str, ...] = ()
    sample: bool = False
    compared: tuple[Compared, ...] = ()
    efforts: tuple[Reflected, ...] = ()

    def of(self, *states: RowState) -> tuple[Judged, ...]:
        """The rows in these states, in the sheet's order."""
        return tuple(each for each in self.rows if each.state in states)

    @property
    def good(self) -> tuple[Judged, ...]:
        """What one button submits."""
        return self.of(*GOOD)

    @property
    def to_record(self) -> tuple[Compared, ...]:
        """The comparisons that the same button records."""
        return tuple(c for c in self.compared if c.state in GOOD)

    @property
    def to_write(self) -> tuple[Reflected, ...]:
        """The efforts that the same button writes down."""
        return tuple(e for e in self.efforts if e.state in GOOD)

    @property
    def pages(self) -> int:
        """How many messages would hold it; one is shown at a time."""
        return max(1, -(-len(_told(self)) // MOST_ROWS))


def sheet_preview(preview: SheetPreview, draft: str, page: int = 1) -> Content:
    """One page of it. `draft` is the id behind the buttons."""
    page = min(max(page, 1), preview.pages)
    shown = _told(preview)[(page - 1) * MOST_ROWS : page * MOST_ROWS]
    told = tuple(each for each in shown if isinstance(each, Judged))
    return compose(
        (
            heading(f"様式の確認　{preview.title}"),
            say(line(Bold(counts(preview.rows)))),
            *(quiet(sentence(note)) for note in preview.notes),
            *_groups(told),
            *beside("比較値", [c for c in shown if isinstance(c, Compared)], preview.compared),
            *beside("取組内容", [e for e in shown if isinstance(e, Reflected)], preview.efforts),
            *(_unmoved(preview) if page == preview.pages else ()),
            quiet(line(_what_next(preview))),
            quiet(line(SAMPLE)) if preview.sample else None,
            _buttons(preview, draft),
            turning(draft, page, preview.pages),
        )
    )


def _told(preview: SheetPreview) -> tuple[Judged | Beside, ...]:
    """Rows told one by one, those to be mended first; then what stands on the other pages."""
    rows = (each for state in MARKS for each in preview.of(state))
    return (*rows, *in_order(preview.compared), *in_order(preview.efforts))


def _groups(told: tuple[Judged, ...]) -> Iterator[Part]:
    for state, mark in MARKS.items():
        rows = [each for each in told if each.state is state]
        if rows:
            yield say(line(Bold(f"{mark} {state}"), f"　{_HEADS[state]}"))
            yield say(*(each for judged in rows for each in row_lines(judged)))


def row_lines(judged: Judged) -> Iterator[Line]:
    """`1-1b 名前 12人 → 13人`, then what is odd or wrong with it and where."""
    what: list[Span] = [Code(judged.indicator), f" {judged.name}　"] if judged.indicator else []
    if judged.state is RowState.WRONG:
        where: list[Span] = [Code(judged.address), " "] if judged.address else []
        yield line(*what, *where, *said(" ".join(judged.why)))
        return
    yield line(*what, Bold(judged.said))
    for why in judged.why:
        yield line("　", *said(why))


def _unmoved(preview: SheetPreview) -> Iterator[Part]:
    for state in _QUIET:
        rows = preview.of(state)
        if rows:
            codes = " ".join(each.indicator for each in rows)
            yield quiet(line(f"{state}（提出しません）: {codes}"))
    yield from unmoved("比較値", preview.compared)
    yield from unmoved("取組内容", preview.efforts)
    cleared = [each for each in preview.of(RowState.BLANK) if each.why]
    if cleared:
        codes = " ".join(each.indicator for each in cleared)
        yield quiet(line(f"{codes}: {cleared[0].why[0]}"))


def _what_next(preview: SheetPreview) -> str:
    if preview.good or preview.of(RowState.ODD):
        return "まだ登録されていません。提出すると企画担当の承認を待ちます。"
    if preview.to_record or preview.to_write:
        return "まだ登録されていません。提出するとすぐに記録されます。"
    if any(each.state is RowState.WRONG for each in _told(preview)):
        return "提出できる行がありません。直したファイルをもう一度送ってください。"
    return "変更はありません。何も登録されていません。"


def _buttons(preview: SheetPreview, draft: str) -> Part | None:
    good = len(preview.good) + len(preview.to_record) + len(preview.to_write)
    odd = len(preview.of(RowState.ODD))
    buttons = []
    if good:
        buttons.append(button(f"{good}件を提出", "sheet_submit", draft, "primary"))
    if odd:
        buttons.append(_with_odd(preview, draft, good + odd))
    if not buttons:
        return None
    return row([*buttons, button("取消", "sheet_drop", draft)])


def _with_odd(preview: SheetPreview, draft: str, count: int) -> Block:
    codes = " ".join(each.indicator for each in preview.of(RowState.ODD))
    asked = (
        f"要確認の行（{codes}）も提出します。気になる点は企画担当にも伝わります。よろしいですか。"
    )
    made = button(f"要確認も含めて{count}件を提出", "sheet_submit_odd", draft, "danger")
    confirm = {
        "title": plain("要確認の行も提出", 100),
        "text": plain(asked, MOST_IN_CONFIRM),
        "confirm": plain("提出する", 30),
        "deny": plain("戻る", 30),
    }
    return {**made, "confirm": confirm}
