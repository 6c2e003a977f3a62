"""The first words to somebody who looks at the app for the first time, and what the DM suggests."""

from __future__ import annotations

from collections.abc import Iterator

from answers.admin_menu import admin_button
from answers.asked import Asked
from answers.content import Content, ask_button, cut
from answers.help import examples
from answers.layout import Part, compose, heading, quiet, row, say
from answers.lists import of_department
from answers.spans import Bold, Spoken, line, sentence
from answers.words import state_counts
from store.judge import grades_of
from store.standing import State

MOST_PROMPTS = 4
# Slack shows the title as a button; the message is what is sent in the person's name.
MOST_TITLE = 75
PROMPTS_TITLE = "たとえば"


def welcome(asked: Asked, waiting: int) -> Content:
    """Who this is and what `asked.who` can do. `waiting`: what they could approve now."""
    return compose(
        (
            heading("はじめまして、kpibot です"),
            say(
                line(
                    f"{asked.plan.title}の指標について、質問に答え、担当課から実績を集め、"
                    "変わったことをお知らせします。"
                )
            ),
            *_for_planner(asked, waiting),
            *_for_departments(asked),
            say(line(Bold("聞いてみてください"), Spoken(f"　例: {'、'.join(_examples(asked))}"))),
            row(
                [
                    *(ask_button(words, words) for words in _examples(asked)),
                    ask_button("使い方", "ヘルプ"),
                ]
            ),
            quiet(
                sentence(
                    "この DM に書いても、チャンネルで @kpibot と呼んでも、`/kpi` でも聞けます。"
                )
            ),
        )
    )


def prompts(asked: Asked) -> list[dict[str, str]]:
    """At most four suggestions for `assistant.threads.setSuggestedPrompts`, of the plan at hand."""
    worst = grades_of(asked.plan)[-1].label.partition("（")[0]
    some = min(asked.plan.indicators, key=lambda i: len(i.name))
    of_mine = [f"{each.name}の未提出" for each in asked.who.departments[:1]]
    mine = ["確認中の指標"] if asked.who.planner else of_mine or [some.name]
    words = ["全体の状況は", f"{worst}の指標", *mine, "使い方"]
    return [{"title": cut(each, MOST_TITLE), "message": each} for each in words[:MOST_PROMPTS]]


def _examples(asked: Asked) -> list[str]:
    """A goal, an indicator, a list: one of each kind of question."""
    some = min(asked.plan.indicators, key=lambda i: len(i.name))
    known = [words for words, _ in examples(asked)]
    return [known[0], some.name, "未提出"]


def _for_planner(asked: Asked, waiting: int) -> Iterator[Part]:
    if not asked.who.planner:
        return
    yield say(
        line(Bold("企画担当の方へ")),
        line(f"承認を待っている実績: {waiting}件"),
        sentence("承認の依頼はこの DM に届きます。設定と履歴は `/kpi-admin` からどうぞ。"),
    )
    yield row(
        [ask_button(f"確認中 {waiting}件", State.PENDING), admin_button("企画担当の操作", "")]
    )


def _for_departments(asked: Asked) -> Iterator[Part]:
    for department in asked.who.departments:
        left = [s for s in of_department(asked, department.id) if s.outstanding]
        states = state_counts(left)
        yield say(
            line(Bold(f"{department.name}の方へ")),
            line(
                f"提出をお願いしているもの: {states}" if left else "いま未対応の指標はありません。"
            ),
            sentence(
                "`/kpi-submit` でフォームが開きます。まとめて出すときは "
                "`/kpi-submit 様式` の Excel をご利用ください。"
            ),
        )
        yield row([ask_button(f"{department.name}の指標", department.id)])
