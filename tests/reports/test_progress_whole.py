"""計画期間総括: the whole period in the form the city used for its first phase, row by row."""

from __future__ import annotations

from datetime import date

import pytest

from reports.progress.making import report_of
from reports.progress.markdown import markdown
from reports.progress.model import Report
from reports.progress.sentences import goal_draft, overall_draft
from store.judge import grades_of
from store.plan_file import builtin_plans
from tests.answers.city import City
from tests.reports.printed import markdown_rows
from tests.store.kitamoto_document import joined, rows, texts

PHASE_1 = builtin_plans()["kitamoto-1"]
PRINTED = rows("kitamoto-1")
TODAY = date(2026, 6, 20)


@pytest.fixture
def whole(city: City) -> Report:
    """The first phase in a database that holds both plans."""
    return report_of(City(city.db, PHASE_1).outlook(2021, TODAY), "whole")


def table(report: Report) -> list[dict[str, str]]:
    """What the printed report has, one row an indicator, its series joined."""
    found: list[dict[str, str]] = []
    for row in markdown_rows(markdown(report)):
        if row.get("項目"):
            found.append(dict(row))
        elif "項目" in row:
            for heading in ("当初値", "目標値", "最新値"):
                found[-1][heading] += row[heading]
    return found


def test_each_of_the_27_rows_is_the_citys_own(whole: Report) -> None:
    """Value, target, latest and verdict, to the letter."""
    printed = [
        (
            joined(r["name"]),
            joined(r["baseline"]),
            joined(r["target"]),
            joined(r["latest"]),
            r["verdict"],
        )
        for r in PRINTED
    ]
    ours = [
        (
            joined(row["項目"].partition(" ")[2]),
            *(joined(row[heading]) for heading in ("当初値", "目標値", "最新値")),
            row["達成状況"].partition(" ")[2],
        )
        for row in table(whole)
    ]
    assert len(ours) == 27
    assert ours == printed


def test_goals_and_roles_stand_where_the_city_has_them(whole: Report) -> None:
    ours = [(part.goal.id, item.role) for part in whole.goals for item in part.items]
    assert ours == [(row["goal"], row["role"]) for row in PRINTED]


def test_counts_and_shares_are_the_published_ones(whole: Report) -> None:
    said = {
        role: [(c.label, c.count, str(c.share)) for c in tally.counts if c.count]
        for role, tally in whole.tallies.items()
    }
    assert said == {
        "target": [("達成", 2, "50.0"), ("向上", 1, "25.0"), ("未達成", 1, "25.0")],
        "kpi": [("達成", 8, "34.8"), ("向上", 4, "17.4"), ("未達成", 11, "47.8")],
    }


def test_the_verdicts_are_judged_and_not_copied(whole: Report) -> None:
    """Each has its arithmetic, and is what the document says."""
    for item in whole.items:
        assert item.judged.arithmetic
        published = {series.published_verdict for series in item.indicator.series}
        assert published == {item.judged.label}


def test_the_evaluation_is_the_documents_own_where_it_has_one(whole: Report) -> None:
    for part in whole.goals:
        assert part.passage.source == "document"
        printed = "".join(texts("kitamoto-1", part.goal.id, "evaluation"))
        assert joined(part.passage.text) == joined(printed)
    assert "達成が8項目(34.8%)、向上が4項目(17.4%)、未達成が11項目(47.8%)" in whole.overall.text
    assert whole.final


def test_the_sentences_of_the_figures_say_what_the_city_said(whole: Report) -> None:
    """The same counts; the same targets met, better and worse."""
    drafted = overall_draft(whole.items, whole.tallies, "whole", 2021)
    assert "数値目標全4項目のうち、達成が2項目（50.0%）、向上が1項目（25.0%）" in drafted
    assert "KPI全23項目のうち、達成が8項目（34.8%）、向上が4項目（17.4%）" in drafted
    grades = grades_of(PHASE_1)
    goals = [goal_draft(g.goal, g.targets, g.kpis, grades, "whole") for g in whole.goals]
    assert "数値目標「社会増減（転入―転出）」（105人（R2と推定）、目標△100人" in goals[0]
    assert "を達成しています。" in goals[0]
    assert "当初値1.07）は未達成であるものの向上しています。" in goals[1]
    worse = goals[1].rpartition("一方で、")[2]
    assert "「保育所（園）待機児童数」（29人" in worse
    assert "「中学生以下の子がいる人が、地域医療環境に満足していない割合」（18.6%" in worse
    assert "当初値20,107人）は未達成で、悪化しています。" in goals[3]


def test_a_plan_under_way_says_that_its_period_is_not_over(city: City) -> None:
    """Its latest values are those of today, and its texts are drafts."""
    city.accept("1-1b", 2023, "18")
    found = report_of(city.outlook(2025, date(2025, 6, 20)), "whole")
    assert "計画期間の途中" in markdown(found).decode()
    row = next(row for row in table(found) if row["項目"].startswith("1-1b"))
    assert (row["当初値"], row["最新値"]) == ("29人", "18人（R5）")
