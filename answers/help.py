"""What can be asked, with examples of the plan at hand that can be clicked."""

from __future__ import annotations

from answers.asked import Asked
from answers.content import Content, ask_button
from answers.layout import Part, compose, heading, quiet, row, say
from answers.spans import Bold, Code, line, sentence
from store.fiscal import era
from store.judge import grades_of


def examples(asked: Asked) -> tuple[tuple[str, str], ...]:
    """Words that can be typed for this plan, and what they answer."""
    plan = asked.plan
    some = min(plan.indicators, key=lambda i: len(i.name))
    worst = grades_of(plan)[-1].label.partition("（")[0]
    year = f"{some.id} {era(asked.outlook.cycle.collection)}"
    found = [
        (plan.goals[0].label, "目標の方向性・数値目標・KPI"),
        *([(some.policy, "施策とその指標")] if some.policy else []),
        (some.id, "一つの指標のすべて（計算・推移・出典）"),
        (some.name, "名前やその一部でも"),
        (worst, "その判定の指標の一覧"),
        ("遅れ", "計画どおりに進んでいない指標の一覧"),
        ("未提出", "まだ提出されていない指標の一覧（期限超過・確認中・差戻し・公表待ち も）"),
        (year, "その年度の報告時点での値"),
    ]
    return tuple(found)


def help_page(asked: Asked) -> Content:
    """The table of what can be typed; every example is a button too."""
    plan, found = asked.plan, examples(asked)
    return compose(
        (
            heading("使い方"),
            say(
                sentence("`/kpi` に続けて、知りたいことを入力してください。"),
                line("何も付けなければ全体を表示します。"),
            ),
            say(*(line(Code(words), f" {what}") for words, what in found)),
            row([ask_button(words, words) for words, _ in found]),
            say(line("担当課の名前を入力すると、その課の指標と未対応のものを表示します。")),
            _typing(),
            say(
                line(Bold("実績を提出するとき")),
                line(Code(f"/kpi-submit {plan.indicators[0].id}"), " 入力フォームを開きます"),
            ),
        )
    )


def _typing() -> Part:
    return quiet(
        line(
            "全角・半角、ハイフンの種類、空白は問いません。年度は R5・令和5年度・2023 のどれでも。"
        )
    )
