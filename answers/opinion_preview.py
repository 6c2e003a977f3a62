"""What a sheet of opinions would record, before anything is: counts on top, then row by row, in pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from answers.content import Content, button, cut
from answers.layout import Part, compose, heading, quiet, row, say
from answers.opinion_given import GivenOpinion
from answers.sheet_rows import GOOD, RowState
from answers.sheet_turning import turning
from answers.spans import Bold, Code, Line, line, one_line

MOST_ROWS = 12
MOST_WORDS = 200
MOST_ASIDE = 5
_WORDS = {
    RowState.NEW: "新規",
    RowState.CHANGED: "対応",
    RowState.WRONG: "エラー",
    RowState.UNCHANGED: "変更なし",
}
_HEADS = {
    RowState.WRONG: "✕ エラー　直して、もう一度送ってください（この行は記録されません）",
    RowState.NEW: "＋ 新規　意見として記録します",
    RowState.CHANGED: "→ 対応　入力済みの意見への対応を記録します",
}


@dataclass(frozen=True)
class OpinionsPreview:
    """A sheet of opinions that was read. `title` names its round and body."""

    title: str
    rows: tuple[GivenOpinion, ...]

    def of(self, *states: RowState) -> tuple[GivenOpinion, ...]:
        """The rows in these states, in the file's order."""
        return tuple(each for each in self.rows if each.state in states)

    @property
    def good(self) -> tuple[GivenOpinion, ...]:
        """What one button records."""
        return self.of(*GOOD)

    @property
    def told(self) -> tuple[GivenOpinion, ...]:
        """The rows told one by one, those to be mended first."""
        return tuple(each for state in _HEADS for each in self.of(state))

    @property
    def pages(self) -> int:
        """How many messages would hold it; one is shown at a time."""
        return max(1, -(-len(self.told) // MOST_ROWS))


def opinions_preview(preview: OpinionsPreview, draft: str, page: int = 1) -> Content:
    """One page of it. `draft` is the id behind the buttons."""
    page = min(max(page, 1), preview.pages)
    shown = preview.told[(page - 1) * MOST_ROWS : page * MOST_ROWS]
    return compose(
        (
            heading(f"意見の様式の確認　{preview.title}"),
            say(line(Bold(_counts(preview)))),
            *_groups(shown),
            *_unmoved(preview, page),
            quiet(line(_what_next(preview))),
            _buttons(preview, draft),
            turning(draft, page, preview.pages),
        )
    )


def row_lines(each: GivenOpinion) -> Iterator[Line]:
    """Where it stands, what it would record or what is wrong with it, and the words."""
    where = f"{each.line}行目"
    if each.state is RowState.WRONG:
        for address, why in each.mistakes:
            yield line(f"{where}　", Code(address), f" {one_line(why)}")
    else:
        yield line(f"{where}　", Bold(each.about), f"　{each.given}" if each.given else "")
    if each.words and each.state is not RowState.CHANGED:
        yield line(f"「{_cut(each.words)}」")
    if each.answer and each.state is not RowState.WRONG:
        yield line(f"対応: {_cut(each.answer)}")
    if each.aside:
        yield line(each.aside)


def wrong_rows(rows: Iterable[GivenOpinion], most: int) -> Iterator[Part]:
    """What is to be mended, each with its sentence; how many more there are."""
    there = tuple(rows)
    if there:
        yield say(line(Bold(_HEADS[RowState.WRONG])))
        yield from (say(*row_lines(each)) for each in there[:most])
    if len(there) > most:
        yield say(line(f"ほか{len(there) - most}行"))


def _groups(shown: tuple[GivenOpinion, ...]) -> Iterator[Part]:
    for state, head in _HEADS.items():
        rows = [each for each in shown if each.state is state]
        if rows:
            yield say(line(Bold(head)))
            yield from (say(*row_lines(each)) for each in rows)


def _counts(preview: OpinionsPreview) -> str:
    found = Counter(each.state for each in preview.rows)
    return "・".join(f"{word} {found[s]}件" for s, word in _WORDS.items() if found[s]) or "0件"


def _unmoved(preview: OpinionsPreview, page: int) -> Iterator[Part]:
    """What is on record as it is, and what of it was typed over, below the last page."""
    same = preview.of(RowState.UNCHANGED)
    if not same or page < preview.pages:
        return
    numbers = " ".join(dict.fromkeys(f"#{each.number}" for each in same))
    yield quiet(line(f"記録済み（変更なし）: {numbers}"))
    over = [each for each in same if each.aside]
    for each in over[:MOST_ASIDE]:
        yield quiet(line(f"{each.line}行目　#{each.number} の{each.aside}"))
    if len(over) > MOST_ASIDE:
        yield quiet(line(f"担当課の欄が反映されない行　ほか{len(over) - MOST_ASIDE}行"))


def _what_next(preview: OpinionsPreview) -> str:
    if preview.good:
        return "まだ記録されていません。記録すると、対応する課にお知らせします。"
    if preview.of(RowState.WRONG):
        return "記録できる行がありません。直したファイルをもう一度送ってください。"
    return "新しい意見も対応もありません。何も記録されていません。"


def _buttons(preview: OpinionsPreview, draft: str) -> Part | None:
    if not preview.good:
        return None
    record = button(f"{len(preview.good)}件を記録", "sheet_submit", draft, "primary")
    return row([record, button("取消", "sheet_drop", draft)])


def _cut(text: str) -> str:
    return cut(one_line(text), MOST_WORDS)
