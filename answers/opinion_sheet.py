"""What a sheet of opinions (意見の様式) says: what is on record, room for more, and how to fill it in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from answers.opinion_lines import PLANNERS, Opinions, whose
from answers.subjects import EVERYTHING, subject_said, subjects_of
from reports.sheet.form import FREE
from reports.sheet.opinion_form import OpinionRow, OpinionsForm
from store.departments import Department
from store.fiscal import era, era_long
from store.opinion_sheets import OpinionSheet
from store.plan import Plan
from store.remarks import BODIES, Body, Kind, Opinion, body_name

FREE_ROWS = 40
# Together with the free rows less than the reader takes.
MOST_GIVEN = 400
KINDS: dict[Kind, str] = {"whole": EVERYTHING, "goal": "目標", "indicator": "指標"}
SAME_AS_SUBJECT = "対象の担当課"
HOW_TO_WRITE = (
    "黄色の欄に、意見を1行に1件ずつ書いてください。担当課を空欄にすると、対象の指標の担当課"
    "（目標と計画全体は企画担当）になります。番号のある行は入力済みで、対応・回答だけ書けます。"
)
FILE_STEPS = (
    "保存して、Slack の kpibot との DM にこのファイルを入れてください。行ごとに確かめてから、"
    "ボタンで記録します。同じファイルを何度送っても、同じ意見は二重に記録されません。"
)
GUIDE = (
    ("会議", "一覧から選びます。会議の名前の一部（例: 有識者）でも読み取ります。"),
    ("日付・回答期限", "2025/8/24　／　R7.8.24　／　令和7年8月24日。回答期限は会議の日より後の日"),
    ("種類", f"{EVERYTHING}・目標・指標。空欄なら「対象」から分かります。"),
    ("対象（指標や目標）", f"一覧から選ぶか、番号（1-1b）・名前・目標3・{EVERYTHING} と書きます。"),
    ("意見", "会議で出た言葉のまま、1行に1件。改行は Alt+Enter"),
    ("担当課", f"対応する課。空欄は対象の担当課。課を決めないときは「{PLANNERS}」"),
    ("対応・回答", "したこと、またはこれからすることと時期。空欄は何も変わりません。"),
    ("入力済みの意見を直すとき", "このファイルでは直せません。画面の〔直す〕から直してください。"),
    (
        "しないでください",
        "計算式のままにする、セルの結合、見出しの変更、別のブックへの写し、パスワードの設定",
    ),
)


def opinions_form(
    issued: OpinionSheet, plan: Plan, seen: Opinions, departments: Iterable[Department]
) -> OpinionsForm:
    """The sheet as it was issued: of `seen` those that were in it, open ones first, then free rows."""
    there = [each for each in seen.found if each.number in issued.answers]
    there.sort(key=lambda each: (each.answer is not None, each.number))
    body = body_name(issued.body, plan.labels) if issued.body else ""
    free = (OpinionRow(f"{FREE}{n}", body=body) for n in range(1, FREE_ROWS + 1))
    given = [opinion_row(each, plan, seen, issued) for each in there[:MOST_GIVEN]]
    return OpinionsForm(
        issued.id,
        issued.plan,
        issued.collection,
        date.fromisoformat(issued.at[:10]),
        f"{era(issued.collection)}実績についての意見　{body or '会議の様式'}",
        tuple(_facts(issued, plan, len(there))),
        (*given, *free),
        _choices(plan, departments),
        GUIDE,
    )


def opinion_row(
    opinion: Opinion, plan: Plan, seen: Opinions, issued: OpinionSheet | None = None
) -> OpinionRow:
    """One that is on record, with the newest answer that there was when the sheet was issued."""
    newest = issued.answers.get(opinion.number, 0) if issued else 0
    answer = next((each.text for each in opinion.answers if each.number == newest), "")
    return OpinionRow(
        key_of(opinion.number),
        f"#{opinion.number}",
        body_name(opinion.body, plan.labels),
        opinion.held_on,
        KINDS[opinion.subject.kind],
        subject_said(plan, opinion.subject),
        opinion.text,
        whose(seen.owner(opinion)),
        opinion.due,
        answer,
    )


def key_of(number: int) -> str:
    """The hidden id of an opinion's row."""
    return f"opinion:{number}"


def bodies_of(plan: Plan) -> Iterator[tuple[Body, str]]:
    """The bodies, each with what the plan calls it."""
    return ((each, body_name(each, plan.labels)) for each in BODIES)


def _facts(issued: OpinionSheet, plan: Plan, count: int) -> Iterator[tuple[str, str]]:
    year = issued.collection
    yield "計画", plan.title
    yield "報告年度", f"{era(year)}（{era_long(year)}の実績）についての意見"
    left = f"（新しい{MOST_GIVEN}件より後は画面で見られます）" if count > MOST_GIVEN else ""
    yield "入力済み", f"{count}件{left}"
    yield "書き方", HOW_TO_WRITE
    yield "出し方", FILE_STEPS


def _choices(plan: Plan, departments: Iterable[Department]) -> dict[str, tuple[str, ...]]:
    found: dict[str, Sequence[str]] = {
        "body": [name for _, name in bodies_of(plan)],
        "kind": list(KINDS.values()),
        "subject": [subject_said(plan, each) for each in subjects_of(plan)],
        "department": [*(each.name for each in departments), PLANNERS],
    }
    return {column: tuple(offered) for column, offered in found.items()}
