"""Messages around a sheet of opinions: which is wanted, it is on its way, what was recorded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from answers.admin_menu import admin_button
from answers.content import Block, Content, button, escape
from answers.layout import Part, compose, heading, quiet, row, say
from answers.opinion_given import GivenOpinion
from answers.opinion_lines import WORD
from answers.opinion_preview import OpinionsPreview, row_lines, wrong_rows
from answers.opinion_sheet import bodies_of
from answers.sheet_rows import RowState
from answers.spans import Bold, Line, line, one_line
from store.fiscal import era
from store.opinion_sheets import OpinionSheet
from store.plan import Plan
from store.remarks import Body, body_name

ISSUE = "opinion_sheet"
EVERY = "all"
MOST_YEARS = 4
MOST_TOLD = 12
LAPSED = "プレビューの後に状況が変わった行（記録していません）"


def sheet_words(year: int | None = None) -> str:
    """What asks for the choice between sheets, as typed after `/kpi-admin`."""
    return f"{WORD} 様式 {era(year)}" if year is not None else f"{WORD} 様式"


def which_sheet(
    plan: Plan, years: Sequence[int], year: int, body: Body | None, unread: Sequence[str] = ()
) -> Content:
    """The sheets of a year, one for each body and one for all; and other years."""
    wanted = [(each, name) for each, name in bodies_of(plan) if body in {None, each}]
    buttons = [_issue(plan, year, each, name) for each, name in wanted]
    buttons += [_issue(plan, year, None, "すべての会議")] if body is None else []
    others = [
        admin_button(era(other), sheet_words(other))
        for other in [each for each in years if each != year][:MOST_YEARS]
    ]
    return compose(
        (
            heading(f"意見の様式（Excel）　{era(year)}実績"),
            say(
                line("会議の意見を、Excel でまとめて入力できます。様式を DM に送ります。"),
                line("入力済みの意見も入っていて、対応・回答を書けます。どの会議の様式ですか。"),
            ),
            say(line(f"「{' '.join(unread)}」は読み取れませんでした。")) if unread else None,
            row(buttons),
            quiet(line("ほかの年度")) if others else None,
            row(others) if others else None,
        )
    )


def no_such_year(year: int, years: Sequence[int]) -> Content:
    """A year about which no opinion can be entered."""
    there = "・".join(era(each) for each in years[:MOST_YEARS])
    said = f"{era(year)}の様式はありません。意見を入力できるのは、実績が出た年度（{there}）です。"
    return compose((say(line(said)),))


def on_its_way(issued: OpinionSheet, plan: Plan) -> Content:
    """The sheet was issued and comes by DM."""
    count = len(issued.answers)
    return compose(
        (
            say(
                line(
                    Bold(title_of(issued, plan)), f"の様式（入力済み {count}件）を DM に送ります。"
                )
            ),
            quiet(line("入力したら、そのファイルを kpibot との DM に入れてください。")),
        )
    )


def comes_with(issued: OpinionSheet, plan: Plan) -> str:
    """What stands beside the file in the DM, escaped as Slack wants it."""
    return escape(
        f"{title_of(issued, plan)}の様式です。黄色の欄に入力して保存し、この DM にファイルを"
        "入れてください。行ごとに確かめてから記録できます。"
    )


def file_name(issued: OpinionSheet, plan: Plan) -> str:
    """`意見の様式_R6_外部有識者会議.xlsx`."""
    called = body_name(issued.body, plan.labels) if issued.body else "すべての会議"
    plain = "".join(c for c in called if c.isalnum() or c in "（）()・")[:40]
    return f"意見の様式_{era(issued.collection)}_{plain}.xlsx"


def title_of(issued: OpinionSheet, plan: Plan) -> str:
    """`R6実績についての意見　外部有識者会議`."""
    body = f"　{body_name(issued.body, plan.labels)}" if issued.body else ""
    return f"{era(issued.collection)}実績についての意見{body}"


def recorded(
    preview: OpinionsPreview, done: Sequence[GivenOpinion], lapsed: Sequence[GivenOpinion]
) -> Content:
    """What was recorded, what could not be any more, and what is still to be mended; stands in the
    preview's place. Of what was entered `number` is the new one.
    """
    wrong = preview.of(RowState.WRONG)
    again = "直して同じファイルを送れば、残りだけを記録します。"
    return compose(
        (
            heading(f"{_head(done)}　{preview.title}"),
            *(say(*_done_lines(done)),) * bool(done),
            *_lapsed(lapsed),
            *wrong_rows(wrong, MOST_TOLD),
            quiet(line(again)) if wrong or lapsed else None,
        )
    )


def _issue(plan: Plan, year: int, body: Body | None, name: str) -> Block:
    of = body or EVERY
    return button(name, f"{ISSUE}:{of}", f"{plan.id}|{year}|{of}", None if body else "primary")


def _head(done: Sequence[GivenOpinion]) -> str:
    entered = sum(each.state is RowState.NEW for each in done)
    counts = (("意見", entered), ("対応", len(done) - entered))
    said = "・".join(f"{word} {count}件" for word, count in counts if count)
    return f"{said}を記録しました" if said else "記録した行はありません"


def _done_lines(done: Sequence[GivenOpinion]) -> Iterator[Line]:
    for each in done:
        named = f"#{each.number} " if each.state is RowState.NEW else ""
        yield line(f"{each.line}行目　{named}{each.about}")


def _lapsed(lapsed: Sequence[GivenOpinion]) -> Iterator[Part]:
    if lapsed:
        yield say(line(Bold(LAPSED)))
    for each in lapsed[:MOST_TOLD]:
        yield say(*row_lines(each), line(f"→ {one_line(each.why[0])}"))
    if len(lapsed) > MOST_TOLD:
        yield say(line(f"ほか{len(lapsed) - MOST_TOLD}行"))
