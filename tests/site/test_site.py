"""A published site: its pages hang together, say what is on record, and are the same every time."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from decimal import Decimal
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.shell.context import DATABASE
from bot.site_reading import read_site
from reports.charting.picture import Picture
from reports.charts import svg_of
from reports.site.model import Site
from reports.site.pages import files_of
from reports.site.slugs import slugs
from reports.site.words import RULES
from store import locks, publications, shelf
from store.db import writing
from store.errors import CannotRun
from store.judging.rules import RULES as KNOWN_RULES
from store.showing import show_values
from store.standing import outlook
from tests.site.city import FIRST, HOSTILE, NOW, PLAN, by, live_city, published_plan
from tests.store.making import baseline, indicator, series, target
from tests.store.making import plan as made_plan

Files = dict[str, str]


def no_drawing(picture: Picture) -> bytes:
    return f"<svg><title>{picture.key}</title></svg>".encode()


def texts(site: Site) -> Files:
    return {name: body.decode("utf-8-sig") for name, body in files_of(site, no_drawing)}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("city")
    live_city(folder).conn.close()
    return folder / DATABASE


@pytest.fixture(scope="module")
def site(database: Path) -> Site:
    return read_site(database, PLAN, 2024)


@pytest.fixture(scope="module")
def files(site: Site) -> Files:
    return texts(site)


class Page(HTMLParser):
    """What a page links to and names, its headings, and every element with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def all(self, attribute: str) -> list[str]:
        return [value for _, attrs in self.elements if (value := attrs.get(attribute))]


def test_every_link_leads_to_a_file_of_the_site(files: Files) -> None:
    """By a relative path, so that it opens from a folder; nothing is asked of anybody else."""
    for name, text in files.items():
        if not name.endswith(".html"):
            assert "http" not in text or name.endswith((".json", ".csv")), name
            continue
        page = Page(text)
        for link in (*page.all("href"), *page.all("src")):
            file, _, anchor = link.partition("#")
            assert not file or file in files or file == "data:,", f"{name}: {link}"
            assert not anchor or anchor in Page(files[file or name]).all("id"), f"{name}: {link}"
        assert "script" not in {tag for tag, _ in page.elements}
        assert "://" not in text, name


def test_every_page_has_its_title_language_and_headings_in_order(files: Files) -> None:
    titles = Counter[str]()
    for name, text in files.items():
        if not name.endswith(".html"):
            continue
        page = Page(text)
        levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
        assert ("html", {"lang": "ja"}) in page.elements
        assert len(set(page.all("id"))) == len(page.all("id")), name
        scopes = [attrs.get("scope") for tag, attrs in page.elements if tag == "th"]
        assert all(scopes), name
        titles[text.partition("<title>")[2].partition("</title>")[0]] += 1
    assert set(titles.values()) == {1}


def test_values_of_the_site_are_those_on_record(database: Path, site: Site) -> None:
    """Every newest figure, and of every value of the open data its digits."""
    db = Database(str(database))
    seen = outlook(db, shelf.read(db, PLAN), NOW.date(), 2024)
    held = {
        (row["indicator"], row["series"], row["collection"]): row["value"]
        for row in db.query(
            """SELECT indicator, collection, series, value FROM current_submissions c
               JOIN actual_values v ON v.submission = c.id WHERE plan = ? AND collection > 2022""",
            [PLAN],
        )
    }
    told = {
        (page.id, each.series, each.collection): str(each.value)
        for page in site.indicators
        for each in page.data
        if each.kind == "actual"
    }
    assert told == held
    for page in site.indicators:
        latest = seen.standings[page.id].latest
        if latest and latest.proposal.collection > 2022:
            assert page.latest == show_values(latest.proposal.values, seen.plan.by_id[page.id])
    db.conn.close()


def test_every_page_shows_the_figures_and_verdicts_of_the_model(site: Site, files: Files) -> None:
    """Of each indicator its years, targets, baselines and verdict; of each goal its counts."""
    names = slugs("indicator", [page.id for page in site.indicators])
    for page in site.indicators:
        text = unescape(files[f"{names[page.id]}.html"])
        said = [page.verdict.label, page.verdict.arithmetic, page.latest]
        said += [each.value for each in page.years]
        said += [fact.text for fact in (*page.targets, *page.baselines)]
        assert [each for each in said if each not in text] == []
    for goal in site.goals:
        text = files[f"{slugs('goal', [goal.id])[goal.id]}.html"]
        counts = [each for tally in goal.tallies for each in tally.counts if each.count]
        assert all(f"{each.count}件（{each.share}%）" in text for each in counts)


def test_verdicts_are_those_of_the_lock_with_what_came_after_beside(site: Site) -> None:
    found = {page.id: page for page in site.indicators}
    corrected, late = found["1-1b"], found["1-1d"]
    assert (corrected.verdict.label, corrected.corrected_word) == ("向上", "訂正後")
    assert corrected.corrected is not None
    assert corrected.corrected.label == "達成"
    assert late.years[-1].corrected_word == "訂正後"
    assert found["1-2a"].years[-1].value == "統計公表待ち（10月予定）"
    for page in site.indicators:
        assert page.verdict.label in {"達成", "向上", "未達成", "判定なし"}
        assert page.years[-1].year == "R6"


def test_counts_add_up_and_shares_are_of_all(site: Site) -> None:
    for tally in (*site.overall, *(t for goal in site.goals for t in goal.tallies)):
        assert sum(each.count for each in tally.counts) == tally.total
        assert abs(sum((each.share for each in tally.counts), Decimal(-100))) <= Decimal("0.2")
    assert [tally.total for tally in site.overall] == [15, 53]


def test_a_year_that_is_not_published_has_no_value_and_starts_no_arithmetic(site: Site) -> None:
    """R4 is approved, but nobody locked it: the figure that R6 is compared with is not told."""
    page = next(each for each in site.indicators if each.id == "1-1a")
    assert [y.value for y in page.years if y.year == "R4"] == ["公開している値なし"]
    assert page.verdict.code
    assert page.verdict.arithmetic == ""


def test_open_data_is_read_back_as_it_is_shown(site: Site, files: Files) -> None:
    """The CSV files and the JSON file say the same; the dictionary names every column."""
    whole = json.loads(files["data/kpi.json"])
    assert (whole["collection"], whole["decided"], whole["licence"]) == (2024, "2025-09-30", None)
    for name in ("indicators", "values", "comparisons"):
        read = list(csv.DictReader(io.StringIO(files[f"data/{name}.csv"])))
        assert len(read) == len(whole[name])
        assert all(heading in files["data.html"] for heading in read[0])
        for row, entry in zip(read, whole[name], strict=True):
            told = ["" if value is None else str(value) for value in entry.values()]
            assert [cell.removeprefix("'") for cell in row.values()] == told
    assert len(whole["indicators"]) == len(site.indicators) == 68


def test_the_same_store_gives_the_same_bytes(database: Path, files: Files) -> None:
    assert texts(read_site(database, PLAN, None)) == files


def test_the_licence_is_the_citys_to_say(database: Path, files: Files) -> None:
    assert "利用の条件（ライセンス）は定められていません" in files["data.html"]
    said = texts(read_site(database, PLAN, 2024, "CC BY 4.0 <北本市>"))
    assert "CC BY 4.0 &lt;北本市&gt;" in said["data.html"]
    assert json.loads(said["data/kpi.json"])["licence"] == "CC BY 4.0 <北本市>"


def test_without_the_decision_there_is_no_site(database: Path) -> None:
    with pytest.raises(CannotRun, match="R4実績の公開は決定していません"):
        read_site(database, PLAN, 2022)
    with pytest.raises(CannotRun, match="公開を決定した年度がありません"):
        read_site(database, "kitamoto-1", None)


def test_what_was_taken_back_or_unlocked_is_gone(tmp_path: Path) -> None:
    """From the next making on: R5 alone, then nothing of it in a site of R6."""
    db = live_city(tmp_path)
    with writing(db):
        publications.revoke(db, by(FIRST, 9, "誤り"), PLAN, 2023)
    site = read_site(tmp_path / DATABASE, PLAN, 2024)
    assert site.years == ("R6",)
    assert all(
        year.value == "公開している値なし"
        for p in site.indicators
        for year in p.years
        if year.year == "R5"
    )
    with writing(db):
        made = locks.propose(db, by(FIRST, 10, "見直し"), PLAN, 2024, "unlock")
        locks.settle(db, by("U0PLANNER2", 11), made.id, agreed=True)
    with pytest.raises(CannotRun, match="公開を決定した年度がありません"):
        read_site(tmp_path / DATABASE, PLAN, None)
    db.conn.close()


@pytest.mark.parametrize("rule", KNOWN_RULES)
def test_another_citys_plan_needs_no_code_and_its_words_do_no_harm(
    tmp_path: Path, rule: str
) -> None:
    """Each rule of judgement; names with tags, ids that are no file names."""
    goal = target(value="100", text=f"100以上{HOSTILE}")
    names = {"1/../a": "1", "=b?": "2", "A": "3", "a": "4"}
    plan = made_plan(
        *(
            indicator("人", series(None, baseline("10", 2020), goal), note=HOSTILE).model_copy(
                update={"id": id_, "name": f"指標{n}{HOSTILE}"}
            )
            for id_, n in names.items()
        ),
        rule=rule,
    )
    site = read_site(published_plan(tmp_path, plan), plan.id, 2024)
    made = texts(site)
    for name, text in made.items():
        assert re.fullmatch(r"([a-z]+/)?[0-9A-Za-z_-]+\.[a-z]+", name), name
        assert "<script" not in text or name.startswith("data/"), name
    assert len({name.casefold() for name in made}) == len(made)
    assert RULES[rule][-1] in made["about.html"]
    assert made["indicator-b.html"].count("&lt;script&gt;") > 2


def test_a_drawing_says_hostile_words_as_words(tmp_path: Path) -> None:
    """It can be opened by itself, where a tag would be one."""
    plan = made_plan(indicator("人", series(None, baseline("10", 2020), target(value="100"))))
    found = plan.indicators[0].model_copy(update={"name": f"指標{HOSTILE}"})
    plan = plan.model_copy(update={"indicators": (found,)})
    drawing = svg_of(read_site(published_plan(tmp_path, plan), plan.id, 2024).indicators[0].picture)
    assert b"<script" not in drawing
    assert b"&lt;script&gt;" in drawing


def test_file_names_are_safe_and_all_different() -> None:
    found = slugs("goal", ["X1", "x1", "../..", "目標", "a b", "a/b", "Ⅰ-(1)-①"])
    assert (found["X1"], found["x1"]) == ("goal-X1", "goal-x1_2")
    assert (found["a b"], found["a/b"]) == ("goal-a-b", "goal-a-b_2")
    assert (found["Ⅰ-(1)-①"], found["目標"]) == ("goal-I-1-1", "goal-_76ee_6a19")
    assert len({each.casefold() for each in found.values()}) == len(found)
    assert all(re.fullmatch("goal-[0-9A-Za-z_-]*", each) for each in found.values())


def test_every_rule_is_explained() -> None:
    assert RULES.keys() == KNOWN_RULES.keys()
