"""What can be asked and done, page by page, with examples of the plan at hand that can be clicked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from answers.asked import Asked
from answers.content import Block, Content, ask_button, cut
from answers.doing import news, rights, submitting
from answers.help_topics import TOPICS
from answers.intention import Topic
from answers.layout import Part, compose, heading, quiet, row, say
from answers.list_words import ARRANGED
from answers.spans import Bold, Code, Spoken, line, sentence
from store.fiscal import era
from store.judge import grades_of
from store.judging.pace import PACES
from store.standing import State

MOST_LABEL = 40
_TYPING = "全角・半角、ハイフンの種類、空白は問いません。年度は R5・令和5年度・2023 のどれでも。"


def examples(asked: Asked) -> tuple[tuple[str, str], ...]:
    """Words that can be typed for this plan, and what they answer."""
    plan = asked.plan
    some = min(plan.indicators, key=lambda i: len(i.name))
    year = f"{some.id} {era(asked.outlook.cycle.collection)}"
    found = [
        (plan.goals[0].label, "目標の方向性・数値目標・KPI"),
        *([(some.policy, "施策とその指標")] if some.policy else []),
        (some.id, "一つの指標のすべて（計算・推移・出典）"),
        (some.name, "名前やその一部でも"),
        (_worst(asked), "その判定の指標の一覧"),
        ("遅れ", "計画どおりに進んでいない指標の一覧"),
        ("未提出", "まだ提出されていない指標の一覧（期限超過・確認中・差戻し・公表待ち も）"),
        (year, "その年度の報告時点での値"),
    ]
    return tuple(found)


def help_page(asked: Asked) -> Content:
    """The page of the topic that is asked for; every example on it is a button that asks it."""
    topic = asked.intention.topic
    return compose(
        (
            heading(f"使い方: {TOPICS[topic]}" if topic else "使い方"),
            *PAGES[topic](asked),
            row(_topics(topic)),
        )
    )


def _topics(now: Topic) -> list[Block]:
    found = [
        ask_button(title, f"ヘルプ {title}") for topic, title in TOPICS.items() if topic != now
    ]
    return [ask_button("使い方", "ヘルプ"), *found] if now else found


def _first(asked: Asked) -> Iterator[Part]:
    words = [words for words, _ in examples(asked)]
    yield say(
        sentence("`/kpi` に続けて、知りたいことを入力してください。"),
        line("何も付けなければ全体を表示します。下のボタンは、その言葉で聞くのと同じです。"),
    )
    yield from _shown(
        "目標・施策・指標", "番号や名前の一部で。年度も付けられます", [*words[:-4], words[-1]]
    )
    yield from _shown("一覧", "判定・進み具合・照会の状況で", words[-4:-1])
    yield from _shown("ふだんの言葉", "どう読んだかも表示します", _in_plain_words(asked))
    yield say(
        line(Bold("聞くほかに")),
        sentence("実績の提出は `/kpi-submit`。グラフ・フォロー・共有は、答えの下のボタンから。"),
        line("くわしくは、次のボタンから。"),
    )


def _asking(asked: Asked) -> Iterator[Part]:
    some = min(asked.plan.indicators, key=lambda i: len(i.name))
    other = next(i for i in asked.plan.indicators if i.id != some.id)
    year = era(asked.outlook.cycle.collection)
    goal = asked.plan.goals[0].label
    yield say(sentence("`/kpi` に続けて入力します。ボタンを押しても同じです。"))
    yield from _shown("戦略の全体", "目標ごとの判定の数", ["全体"])
    yield from _shown("目標と施策", "", [goal, *([some.policy] if some.policy else [])])
    yield from _shown("指標", "番号・名前・その一部で。計算・推移・出典まで", [some.id, some.name])
    yield from _shown("年度", "その年度の報告時点の値で", [f"{some.id} {year}", f"{goal} {year}"])
    yield from _shown("推移と比較", "", [f"{some.name}の推移", f"{some.id} {other.id}"])
    yield from _shown("担当課", "その課の指標と、残っているもの", _of_department(asked))
    yield from _shown("ふだんの言葉", "", _in_plain_words(asked))
    yield say(
        line(Bold("聞く場所")),
        line(Code("/kpi"), " 答えは自分だけに見えます"),
        line("kpibot への DM 言葉だけを書きます。答えは ", Code("/kpi"), " と同じです"),
        line("メンション ", Code(f"@kpibot {some.id}"), " 承認された値だけを、スレッドで答えます"),
    )
    yield quiet(line(_TYPING))


def _listing(asked: Asked) -> Iterator[Part]:
    worst, goal = _worst(asked), asked.plan.goals[0].label
    grades = [grade.label.partition("（")[0] for grade in grades_of(asked.plan)]
    yield from _shown("判定", "計画の判定です", grades)
    yield from _shown("進み具合", "kpibot の目安です", [pace.label for pace in PACES])
    yield from _shown("照会の状況", "", [str(state) for state in State])
    parts = [f"{goal} {worst}", *(f"{each} 未提出" for each in _of_department(asked))]
    yield from _shown("目標や担当課とあわせて", "", parts)
    orders = [f"{worst} {said}" for how, said in ARRANGED.items() if how != "plan"]
    yield from _shown("並べ方", "一覧の下のボタンでも変えられます", orders)
    yield quiet(line("20件をこえる一覧は、続きのボタンか「未提出 2ページ」で進みます。"))


def _shown(title: str, what: str, words: list[str]) -> Iterator[Part]:
    """What can be asked, and buttons that ask it; the plain text names their words."""
    if not words:
        return
    said = Spoken(f"　例: {'、'.join(words)}")
    yield say(line(Bold(title), f"　{what}" if what else "", said))
    yield row([ask_button(cut(each, MOST_LABEL), each) for each in words])


def _in_plain_words(asked: Asked) -> list[str]:
    some = min(asked.plan.indicators, key=lambda i: len(i.name))
    return [f"{some.name}はどうなっていますか", "遅れている指標は", "まだ出していない課は"]


def _of_department(asked: Asked) -> list[str]:
    """One's own department, else the first that owns anything."""
    owners = (s.department for s in asked.outlook.standings.values() if s.department)
    found = next(iter(asked.who.departments), None) or next(owners, None)
    return [found.name] if found else []


def _worst(asked: Asked) -> str:
    return grades_of(asked.plan)[-1].label.partition("（")[0]


PAGES: Mapping[Topic, Callable[[Asked], Iterator[Part]]] = {
    "": _first,
    "ask": _asking,
    "lists": _listing,
    "submit": submitting,
    "news": news,
    "rights": rights,
}
