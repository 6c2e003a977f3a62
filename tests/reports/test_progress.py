"""進捗状況報告書: what its model says of a year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from syrupy.assertion import SnapshotAssertion

from reports.progress.items import Effort, Item
from reports.progress.making import WITHHELD, report_of
from reports.progress.markdown import markdown
from reports.progress.model import Beside, Opinion, Report
from reports.progress.numbers import LONGEST, number_of
from reports.progress.table import columns, rows, verdict_said
from reports.progress.tally import tally_rows
from store.report_texts import Edited, Final, Texts
from tests.answers.city import City, colourful

YEAR = 2024
AFTER = date(2025, 9, 30)


@pytest.fixture
def reported(city: City) -> City:
    """The city with every state and verdict somewhere."""
    return colourful(city)


def report(city: City, year: int = YEAR, **more: object) -> Report:
    return report_of(city.outlook(year, AFTER), "progress", None, **more)  # type: ignore[arg-type]


def item(found: Report, indicator: str) -> Item:
    return next(item for item in found.items if item.indicator.id == indicator)


def cells(found: Report, indicator: str) -> dict[str, str]:
    """The first row of an indicator, by heading."""
    headings = [column.heading for column in columns(found)]
    return dict(zip(headings, next(rows(found, (item(found, indicator),)))[2], strict=True))


def test_a_row_has_the_columns_of_the_citys_report(reported: City) -> None:
    effort = Effort("保育所を1か所開いた。", "申込みが減った。", "拡充")
    found = report(reported, beside=Beside(efforts={"1-1b": effort}))
    assert cells(found, "1-1b") == {
        "項目": "1-1b 保育所（園）待機児童数",
        "系列": "",
        "区分": "成果・比較・基準値",
        "現状値": "29人（R2と推定）",
        "目標値": "0人／年",
        "R4実績値": "25人（R5.4.1）",
        "R5実績値": "18人",
        "R6実績値": "12人",
        "達成状況": "▲ 向上",
        "進捗率": "59%\nやや遅れ",
        "担当課": "こども課",
        "取組内容と課題": "保育所を1か所開いた。\n要因: 申込みが減った。",
        "今後の方向性": "拡充",
    }


def test_a_unit_too_long_for_a_format_is_said_in_words(reported: City) -> None:
    """Excel would not open the workbook."""
    seen = reported.outlook(YEAR, AFTER)
    standing = seen.standings["1-1b"]
    long = standing.indicator.model_copy(update={"unit": f"人（{'長い説明' * 30}）"})
    standings = {**seen.standings, "1-1b": replace(standing, indicator=long)}
    found = report_of(replace(seen, standings=standings))
    made = item(found, "1-1b")
    numbers = [number_of(column, made, made.strands[0]) for column in columns(found)]
    assert max(len(number.format) for number in numbers if number) <= LONGEST
    assert "長い説明" in cells(found, "1-1b")["R6実績値"]


def test_there_is_no_share_of_none(reported: City) -> None:
    """A goal without headline targets has no row of them."""
    first, *others = reported.plan.goals
    goals = (first.model_copy(update={"targets": ()}), *others)
    seen = reported.outlook(YEAR, AFTER)
    bare = replace(seen, plan=seen.plan.model_copy(update={"goals": goals}))
    made = [row for row in tally_rows(report_of(bare)) if row[0] == first.label]
    assert [row[1] for row in made] == ["KPI"]


@pytest.mark.parametrize(
    ("written", "escaped"),
    [
        ("評価\n---\n===", "評価\n\n\\---\n\n\\==="),
        ("1) 一つ\n2. 二つ", "1\\) 一つ\n\n2\\. 二つ"),
        ("前\n    後", "前\n\n後"),
        ("&lt;b&gt; $x$", "\\&lt;b\\&gt; \\$x\\$"),
        ("12.40% -2.4人", "12.40% -2.4人"),
    ],
)
def test_nothing_that_people_write_formats_the_report(
    reported: City, written: str, escaped: str
) -> None:
    """No line across, list, heading, code, entity or formula comes of it in Markdown."""
    found = report(reported, beside=Beside(goals={"1": Effort(written)}))
    assert f"### 取組内容と課題\n\n{escaped}\n\n" in markdown(found).decode()


def test_what_was_done_is_told_once_the_figure_is_approved(reported: City) -> None:
    """It may tell of the figure. Of a locked year for which nothing came there is nothing to tell."""
    ids = ("1-1a", "1-1b", "1-1c", "1-2b", "1-4c")
    beside = Beside(efforts=dict.fromkeys(ids, Effort("実は12人だった。")))

    def told() -> set[str]:
        found = report(reported, beside=beside)
        return {i for i in ids if cells(found, i)["取組内容と課題"] == "実は12人だった。"}

    assert told() == {"1-1b", "1-2b"}
    assert cells(report(reported, beside=beside), "1-1c")["取組内容と課題"] == WITHHELD
    reported.lock(YEAR)
    assert told() == {"1-1a", "1-1b", "1-2b"}


def test_a_year_without_a_figure_says_why(reported: City) -> None:
    found = report(reported)
    said = {i: cells(found, i)["R6実績値"] for i in ("1-1a", "1-1c", "1-2b", "1-4a", "1-4c")}
    assert said == {
        "1-1a": "期限超過",
        "1-1c": "確認中",
        "1-2b": "統計公表待ち（10月予定）",
        "1-4a": "調査対象外年度",
        "1-4c": "差戻し",
    }


def test_only_approved_values_get_in(reported: City) -> None:
    """6.9 of 1-1c and 55.5 of 1-1d wait for approval."""
    text = markdown(report(reported)).decode()
    assert "6.9%" not in text
    assert "55.5" not in text
    assert cells(report(reported), "1-1d")["達成状況"] == "– 確認中"


def test_a_verdict_on_an_earlier_figure_says_so(reported: City) -> None:
    found = report(reported)
    assert verdict_said(item(found, "1-1c")) == "● 達成\n（R5報告の値）"
    assert (
        "項目はR6の値がないため、それより前に報告された値で判定しています。" in found.overall.text
    )


def test_a_locked_verdict_stays_and_the_corrected_one_stands_beside_it(reported: City) -> None:
    reported.lock(YEAR)
    before = report(reported)
    reported.correct("1-1b", YEAR, "0")
    found = report(reported)
    assert verdict_said(item(found, "1-1b")) == "▲ 向上（締め時点）\n訂正後 ● 達成"
    assert cells(found, "1-1b")["R6実績値"] == "0人※訂正前 12人"
    assert found.tallies == before.tallies
    assert "1項目は締めの後に値が変わりました。" in found.overall.text


def test_an_indicator_counts_once_and_wherever_it_serves(reported: City) -> None:
    """3-2b is a headline target of two goals; 68 indicators stand in 78 places."""
    found = report(reported)
    assert len(found.items) == 78
    assert len(found.indicators) == 68
    assert found.places["target"].total == found.tallies["target"].places == 16
    assert found.tallies["target"].total == 15
    parts = [sum(part.tallies[role].total for part in found.goals) for role in ("target", "kpi")]
    assert parts == [found.places["target"].total, found.places["kpi"].total]


def test_shares_are_of_all_and_what_is_not_judged_says_why(reported: City) -> None:
    for tally in report(reported).tallies.values():
        assert sum(count.count for count in tally.counts) == tally.total
        assert sum(count for _, count in tally.reasons) == tally.counts[-1].count
    (tally,) = {
        tally.total: tally for tally in (report(reported).goals[2].tallies["kpi"],)
    }.values()
    assert [(c.label, c.count, str(c.share)) for c in tally.counts] == [
        ("達成", 1, "10.0"),
        ("向上", 1, "10.0"),
        ("未達成", 2, "20.0"),
        ("判定なし", 6, "60.0"),
    ]


def test_samples_mark_the_report(reported: City) -> None:
    assert report(reported).sample
    assert "サンプル（架空の値）" in markdown(report(reported)).decode()
    assert not report(reported, 2023).sample
    assert "サンプル" not in markdown(report(reported, 2023)).decode()


def test_a_sentence_tells_the_figures_and_no_cause(reported: City) -> None:
    text = report(reported).goals[2].passage.text
    assert "数値目標「出生数」は、期限超過のため判定していません。" in text
    assert "「保育所（園）待機児童数」（12人、目標0人／年、現状値29人）が向上" in text
    assert (
        "「妊婦が妊婦健康診査を受診した回数」（11.0回（R4）、目標13回／年、現状値12.4回）が悪化"
        in text
    )


def test_an_edited_passage_takes_the_place_of_the_draft(reported: City) -> None:
    """Once the figures move, it is known to be old."""
    drafted = report(reported).goals[2].passage.basis
    texts = Texts({"3": Edited("保育所を開いた。", drafted)})
    (one, *_), three = report(reported, texts=texts).goals, report(reported, texts=texts).goals[2]
    assert (three.passage.text, three.passage.source) == ("保育所を開いた。", "edited")
    assert not three.passage.stale
    assert one.passage.source == "draft"
    reported.accept("7-2a", YEAR, "350")
    assert report(reported, texts=texts).goals[2].passage.stale


def test_texts_made_final_stay_as_they_were(reported: City) -> None:
    passages = {p.part: Edited(p.text, p.basis) for p in report(reported).passages}
    found = report(reported, texts=Texts(final=Final(passages, "U1", "")))
    assert found.final
    reported.accept("7-2a", YEAR, "350")
    later = report(reported, texts=Texts(final=Final(passages, "U1", "")))
    assert later.goals[2].passage.text == found.goals[2].passage.text
    assert later.goals[2].passage.stale
    assert "評価の文の後に変わった数値があります" in markdown(later).decode()
    assert "変わった数値" not in markdown(found).decode()


def test_another_municipality_has_its_report_with_no_change_in_code(
    made_up: City, snapshot: SnapshotAssertion
) -> None:
    """Four grades, intermediate targets, ranges, ranks and another numbering."""
    made_up.accept("Ⅰ-(1)-①", 2023, "5")
    made_up.accept("Ⅰ-(1)-①", 2024, "5")
    made_up.accept("Ⅰ-(1)-②", 2024, "11.20", "2024-10-01")
    made_up.accept("Ⅰ-(2)-①", 2024, "96.0", "FY2023")
    made_up.accept("Ⅰ-(2)-②", 2024, "1")
    made_up.accept("Ⅰ-(2)-③", 2024, "19")
    made_up.accept("Ⅱ-(1)-①", 2024, {"小学校": "83.0", "中学校": "74.0", "高校": "70.0"})
    made_up.accept("Ⅱ-(1)-②", 2024, "3.1")
    made_up.accept("Ⅱ-(2)-①", 2024, "70")
    made_up.accept("Ⅱ-(2)-③", 2024, "-20.00")
    said = Opinion(
        date(2024, 8, 5), "政策調整会議", "全体", "|表|と<b>字</b>", "企画課", "*直した*"
    )
    effort = {"Ⅰ": Effort("- 市場を開いた。", direction="継続")}
    beside = Beside(goals=effort, earlier=(said,), opinions=(replace(said, answer=""),))
    found = report_of(made_up.outlook(2024, AFTER), beside=beside)
    assert markdown(found).decode() == snapshot
