"""The pages of help about what can be done besides asking: 提出, 共有・フォロー・グラフ, できる人."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from answers.asked import Asked
from answers.chart import chart_button
from answers.content import ask_button
from answers.follow import LIST_WORDS, follow_button
from answers.layout import Part, quiet, row, say
from answers.lines import entry_buttons
from answers.spans import Bold, Code, line, sentence
from store.fiscal import era
from store.people import AUTHORITY, Role
from store.plan import Indicator
from store.showing import show_values
from store.standing import State

MOST_ENTRIES = 5
ACTS: Mapping[str, str] = {
    "ask": "聞く・グラフ・フォロー・共有",
    "submit": "実績の提出",
    "proxy": "代理入力",
    "confirm": "課長確認",
    "withdraw": "取下げ",
    "approve": "承認",
    "send_back": "差戻し",
    "correct": "承認後の訂正",
    "lock": "値の確定",
    "publish": "公開の提案・決定",
    "be_away": "不在・代行の登録",
    "administer": "担当・日程などの管理",
    "describe": "指標の説明の記入",
    "reflect": "取組内容の記入",
    "answer": "意見への対応の記入",
    "revise": "見直しの提案・確定",
}
ROLES: Mapping[str, str] = {
    "staff": "職員の全員",
    "department": "その指標の担当課",
    "lead": "担当課の課長",
    "submitter": "提出した人",
    "planner": "企画担当",
}


def submitting(asked: Asked) -> Iterator[Part]:
    """By one line and by form, what becomes of it, and what this person has to give now."""
    some = next((i for i in asked.plan.indicators if _example(i)), asked.plan.indicators[0])
    year = era(asked.outlook.cycle.collection)
    typed = " ".join(("/kpi-submit", some.id, year, _example(some), "出典")).replace("  ", " ")
    yield say(
        line(Bold("一行で")),
        line(Code(typed)),
        line("読み取った内容が表示されます。〔提出〕を押すまで登録されません。"),
    )
    yield say(
        line(Bold("入力画面で")),
        line(Code("/kpi-submit"), " または下のような〔実績を入力〕ボタンから開きます。"),
    )
    yield _mine(asked)
    yield say(
        line(Bold("まとめて")),
        sentence("`/kpi-submit 様式` で、担当課の Excel の様式を受け取ります。"),
        line("入力して kpibot との DM に入れると、変わるところを確かめてから提出できます。"),
    )
    yield say(
        line(Bold("提出のあと")),
        line("企画担当が承認すると、値がみんなに見えます。それまでは担当課と企画担当だけです。"),
        line("差し戻されたときは、理由と〔修正〕ボタンが DM で届きます。"),
    )
    yield row([ask_button(state.value, state.value) for state in (State.MISSING, State.RETURNED)])
    yield quiet(
        line("値は普段の書き方で: △203人、1,392人、12.5%、2億3千万円、公表待ち（10月予定）")
    )


def _mine(asked: Asked) -> Part:
    """Buttons that open the form for the first of what this person's department owes."""
    found = entry_buttons(asked.outlook.standings.values(), asked, named=True)
    if found:
        return row(found[:MOST_ENTRIES])
    return quiet(line("あなたの担当で、いま提出が残っているものはありません。"))


def _example(indicator: Indicator) -> str:
    """A value of the plan's own, as it can be typed; only of an indicator with one series."""
    baseline = indicator.series[0].baseline
    if len(indicator.series) > 1 or baseline is None or not indicator.unit:
        return ""
    return show_values({indicator.series[0].name: baseline.value}, indicator)


def news(asked: Asked) -> Iterator[Part]:
    """Three buttons that stand below answers, here to be tried with one indicator."""
    some = asked.plan.indicators[0]
    yield say(
        line("指標の答えの下にあるボタンです。"), line("例: ", Bold(some.name), " ", Code(some.id))
    )
    yield say(
        line(Bold("グラフ"), "　推移のグラフを kpibot との DM に送ります"),
        line(
            Bold("フォロー"),
            "　承認された値が変わると DM かチャンネルで知らせます（施策・目標・担当課も）",
        ),
        line(Bold("チャンネルに共有"), "　承認された値だけの答えを、聞いたチャンネルに投稿します"),
    )
    yield row(
        [
            ask_button(some.id, some.id),
            chart_button(some),
            follow_button(asked, "indicator", some.id),
            ask_button("フォローの一覧", LIST_WORDS),
        ]
    )
    yield quiet(
        line("組織の外と共有されているチャンネルには共有できません。"),
        line("週報は毎週、督促は未提出があるときだけ、チャンネルや担当課に届きます。"),
    )


def rights(asked: Asked) -> Iterator[Part]:
    """The table of authority in words, and what this person is in it."""
    yield say(*(line(Bold(who), "　", what) for who, what in _rights().items()))
    departments = "・".join(d.name for d in asked.who.departments)
    mine = [f"{departments}の担当"] if departments else []
    mine += [ROLES[Role.PLANNER]] if asked.who.planner else []
    yield say(line("あなた: ", Bold("、".join(mine) or "職員（担当課なし）")))
    yield quiet(
        line("自分の提出を自分で承認することはできません。"),
        line("確認中の値は、担当課と企画担当だけに見えます。"),
        sentence("担当は企画担当が `/kpi-admin` で決めます。"),
    )


def _rights() -> dict[str, str]:
    """Who may do what, by who may: in the order of the table."""
    found: dict[str, list[str]] = {}
    for act, roles in AUTHORITY.items():
        who = "・".join(ROLES[role] for role in ROLES if role in roles)
        found.setdefault(who, []).append(ACTS[act])
    return {who: "・".join(acts) for who, acts in found.items()}
