"""Messages around a sheet: it is on its way, which one is wanted, what was submitted, what was not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from answers.content import Content, button, escape
from answers.layout import Part, compose, heading, quiet, row, say
from answers.receipts import state_said, who_looks
from answers.sheet_comparing import Compared, called
from answers.sheet_efforts import Reflected
from answers.sheet_preview import SheetPreview
from answers.sheet_rows import Judged
from answers.spans import Bold, Code, Line, line, one_line, sentence
from answers.words import SAMPLE
from store.departments import Department
from store.fiscal import era
from store.sheets import Sheet, indicators_of
from store.submissions import Submission

LAPSED = "プレビューの後に状況が変わった行（提出していません）"


def on_its_way(issued: Sheet, department: str) -> Content:
    """The sheet was issued and comes by DM."""
    count = len(indicators_of(issued.rows))
    return compose(
        (
            say(
                line(
                    Bold(f"{era(issued.collection)}実績の照会様式"),
                    f"（{department}・{count}指標）を DM に送ります。",
                )
            ),
            quiet(line("入力したら、そのファイルを kpibot との DM に入れてください。")),
        )
    )


def comes_with(issued: Sheet, department: str) -> str:
    """What stands beside the file in the DM, escaped as Slack wants it."""
    return escape(
        f"{era(issued.collection)}実績の照会様式（{department}・第{issued.version}版）です。"
        "黄色の欄に入力して保存し、この DM にファイルを入れてください。"
        "行ごとの変更点をお見せします。"
    )


def file_name(issued: Sheet, department: str) -> str:
    """`照会様式_R6_こども課_第1版.xlsx`."""
    called = "".join(c for c in department if c.isalnum() or c in "（）()・")[:40]
    return f"照会様式_{era(issued.collection)}_{called}_第{issued.version}版.xlsx"


def which_department(choices: Sequence[Department], collection: int) -> Content:
    """Several departments: a button for each."""
    buttons = [button(each.name, f"sheet:{each.id}", f"{each.id}|{collection}") for each in choices]
    said = f"{era(collection)}実績の様式は、どの課のものを送りますか。"
    return compose((say(line(said)), row(buttons)))


def receipt(
    preview: SheetPreview,
    submitted: Iterable[Judged],
    lapsed: Iterable[Judged],
    left: int,
    made: Sequence[Submission] = (),
    recorded: Sequence[Compared] = (),
    not_recorded: Sequence[Compared] = (),
    written: Sequence[Reflected] = (),
    not_written: Sequence[Reflected] = (),
) -> Content:
    """What was submitted, and row by row what could not be any more; stands in the preview's place.

    `left` is how many odd rows were not submitted because only the good ones were; `made` are the
    submissions, by which is told who looks at them now; `recorded` are comparisons and `written` efforts that now hold.
    """
    done, not_done = tuple(submitted), tuple(lapsed)
    other = "・".join(
        name for name, there in (("比較値", recorded), ("取組内容", written)) if there
    )
    head = f"{other}を記録しました" if other else "提出した行はありません"
    if made:
        head = f"{len(done)}件を提出しました（{state_said(made[0])}）"
    return compose(
        (
            heading(f"{head}　{preview.title}"),
            say(*(line(Code(r.indicator), f" {r.name}　", Bold(r.said)) for r in done)),
            *_comparisons(recorded),
            *_efforts(written),
            say(line(Bold(LAPSED))) if not_done or not_recorded or not_written else None,
            say(*map(_lapsed, not_done), *map(_lapsed, not_recorded), *map(_lapsed, not_written)),
            say(line(f"要確認の{left}件は提出していません。直してもう一度送れます。"))
            if left
            else None,
            quiet(line(f"{who_looks(made[0])}結果はこのボットからお知らせします。"))
            if made
            else None,
            quiet(line(SAMPLE)) if preview.sample else None,
        )
    )


def _comparisons(recorded: Sequence[Compared]) -> Iterator[Part]:
    if recorded:
        yield say(line(Bold(f"比較値を{len(recorded)}件記録しました")))
        yield say(*(line(Code(c.indicator), f" {called(c)}　", Bold(c.said)) for c in recorded))


def _efforts(written: Sequence[Reflected]) -> Iterator[Part]:
    if written:
        yield say(line(Bold(f"取組内容を{len(written)}件記録しました")))
        yield say(*(line(Code(each.indicator), f" {each.name}") for each in written))


def _lapsed(row: Judged | Compared | Reflected) -> Line:
    return line(Code(row.indicator), f" {row.name}　", *sentence(one_line(row.why[0])))


def dropped(title: str) -> Content:
    """取消 of a preview with this title."""
    said = f"取り消しました（{title}）。何も登録されていません。"
    return compose((say(line(said)), quiet(line("ファイルをもう一度送れば、やり直せます。"))))


def about_file(name: str, said: str) -> Content:
    """A sentence about a file that somebody dropped, with its name."""
    return compose((say(sentence(said, name)), quiet(line(f"ファイル: {one_line(name)}"))))


def not_sent(said: str) -> Content:
    """The sheet could not be sent."""
    return compose((say(sentence(said)),))
