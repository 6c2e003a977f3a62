"""The two built-in plans say what the city's document says, row by row."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from string import ascii_lowercase

import pytest

from store.plan import Indicator, Plan, Series
from store.plan_file import builtin_plans
from tests.store.kitamoto_document import (
    figures,
    joined,
    rows,
    same_to_a_reader,
    texts,
    years,
)

PHASE1 = builtin_plans()["kitamoto-1"]
PHASE2 = builtin_plans()["kitamoto-2"]
BOTH = pytest.mark.parametrize("plan", [PHASE1, PHASE2], ids=["phase 1", "phase 2"])

BASIS = {"成果": "outcome", "比較": "comparison", "基準値": "standard"}
BETTER_LOWER = {
    "「できれば他市町村に移りたい」と思っている若者（20～29歳）の割合",
    "人口1,000人当たりの犯罪件数",
    "人口1,000人当たりの交通事故件数",
    "中学生以下の子がいる人が、地域医療環境に満足していない割合",
    "保育所（園）待機児童数",
    "特定空家数",
    "耕作放棄地率",
    "温室効果ガスの総排出量（市全体）",
    "災害による負傷者数および死亡者数",
    "中心市街地における空き店舗数",
    "65歳以上高齢者の交通事故件数",
}

Place = tuple[str, str, Indicator]


def places(plan: Plan) -> list[Place]:
    """(goal, role, indicator) for every place in which an indicator stands, in document order."""
    return [
        (goal.id, role, plan.by_id[name])
        for goal in plan.goals
        for role, names in (("target", goal.targets), ("kpi", goal.kpis))
        for name in names
    ]


def printed(plan: Plan) -> list[tuple[Place, list[dict[str, str]]]]:
    """Every place of the plan beside the printed rows that it was read from."""
    lines = iter(rows(plan.id))
    found = []
    for place in places(plan):
        of_its_own = len(place[2].series) if plan is PHASE2 else 1
        found.append((place, [next(lines) for _ in range(of_its_own)]))
    assert next(lines, None) is None
    return found


def first_printed(plan: Plan) -> list[tuple[Indicator, list[dict[str, str]]]]:
    """Every indicator beside the rows of its first appearance."""
    first: dict[str, tuple[Indicator, list[dict[str, str]]]] = {}
    for (_, _, indicator), lines in printed(plan):
        first.setdefault(indicator.id, (indicator, lines))
    return list(first.values())


def cells(plan: Plan, column: str) -> list[tuple[Indicator, tuple[Series, ...], str]]:
    """Every printed cell of a column with the series that it speaks of."""
    found: list[tuple[Indicator, tuple[Series, ...], str]] = []
    for indicator, lines in first_printed(plan):
        if len(lines) == len(indicator.series):
            found += [
                (indicator, (s,), row[column])
                for s, row in zip(indicator.series, lines, strict=True)
            ]
        else:
            found.append((indicator, indicator.series, lines[0][column]))
    return found


def test_phase_2_has_68_indicators_in_78_places_16_targets_and_62_kpis() -> None:
    roles = [role for _, role, _ in places(PHASE2)]
    assert len(PHASE2.indicators) == 68
    assert (len(roles), roles.count("target"), roles.count("kpi")) == (78, 16, 62)
    assert [len(goal.targets) for goal in PHASE2.goals] == [2, 2, 2, 5, 4, 1]
    assert [len(goal.kpis) for goal in PHASE2.goals] == [12, 9, 10, 13, 14, 4]


def test_phase_1_has_4_targets_and_23_kpis_once_each() -> None:
    roles = [role for _, role, _ in places(PHASE1)]
    assert len(PHASE1.indicators) == 27
    assert (len(roles), roles.count("target"), roles.count("kpi")) == (27, 4, 23)


def test_phase_1_published_2_1_1_of_its_targets_and_8_4_11_of_its_kpis() -> None:
    def verdicts(wanted: str) -> list[int]:
        found = [i.series[0].published_verdict for _, role, i in places(PHASE1) if role == wanted]
        return [found.count(word) for word in ("達成", "向上", "未達成")]

    assert verdicts("target") == [2, 1, 1]
    assert verdicts("kpi") == [8, 4, 11]


@BOTH
def test_every_place_is_the_printed_row_of_that_goal_role_and_policy(plan: Plan) -> None:
    for (goal, role, indicator), lines in printed(plan):
        for row in lines:
            assert (row["goal"], row["role"]) == (goal, role), indicator.id
            assert (row["policy"] or None) == indicator.policy
            assert joined(row["name"]) == indicator.name
        if plan is PHASE2:
            series = [joined(row["series"]) or None for row in lines]
            assert series == list(indicator.series_names), indicator.id


@BOTH
def test_every_text_of_a_first_appearance_is_as_printed(plan: Plan) -> None:
    for indicator, parts, cell in cells(plan, "baseline"):
        texts_ = [b.text or "" for part in parts for b in part.baselines]
        assert " ".join(texts_) == cell.replace("—", ""), indicator.id
    for indicator, parts, cell in cells(plan, "target"):
        assert " ".join(t.text or "" for part in parts for t in part.targets) == cell, indicator.id
    for indicator, parts, cell in cells(plan, "latest"):
        assert " ".join(p.latest.text or "" for p in parts if p.latest) == cell, indicator.id
    for indicator, parts, cell in cells(plan, "verdict"):
        assert {part.published_verdict or "" for part in parts} == {cell}, indicator.id


def test_a_second_appearance_says_the_same_but_for_spaces_and_width() -> None:
    for (goal, _, indicator), lines in printed(PHASE2):
        for part, row in zip(indicator.series, lines, strict=True):
            baseline = "".join(b.text or "" for b in part.baselines) or "—"
            assert same_to_a_reader(row["baseline"]) == same_to_a_reader(baseline), indicator.id
            target = part.targets[0].text or ""
            if (goal, indicator.id) == ("X1", "3-2b"):
                assert (row["target"], target) == ("➔", "↗")
            else:
                assert same_to_a_reader(row["target"]) == same_to_a_reader(target), indicator.id
            if indicator.id != "2-2a":
                basis = tuple(BASIS[word] for word in re.findall("成果|比較|基準値", row["basis"]))
                assert basis == indicator.basis, indicator.id


@BOTH
def test_every_value_has_the_digits_of_its_text(plan: Plan) -> None:
    for indicator in plan.indicators:
        for series in indicator.series:
            read = [(b.text, b.value) for b in series.baselines]
            read += [(seen.text, seen.value) for seen in (series.latest,) if seen]
            aimed = [(t.text, t.value) for t in series.targets if t.kind == "value"]
            for text, value in (*read, *aimed):
                expected = ["0"] if text == "なし (H26)" else figures(text or "")
                assert [str(value)] == expected, (indicator.id, text)


@BOTH
def test_years_stand_only_where_they_are_printed(plan: Plan) -> None:
    for indicator, parts, cell in cells(plan, "baseline"):
        of_cell = [list(b.years) for part in parts for b in part.baselines]
        if indicator.id == "6-1b":
            assert of_cell == [[], years(cell)]
        else:
            assert of_cell == [years(cell)] * len(of_cell), indicator.id
    for indicator, parts, cell in cells(plan, "latest"):
        for latest in (part.latest for part in parts if part.latest):
            assert list(latest.years) == years(cell), indicator.id


@BOTH
def test_targets_are_of_the_kind_that_is_printed(plan: Plan) -> None:
    kinds = {
        "↗": "up",
        "➔": "up",
        "増加": "up",
        "向上": "up",
        "↘": "down",
        "": "none",
        "100:100": "parity",
    }
    for indicator, parts, cell in cells(plan, "target"):
        for part in parts:
            (target,) = part.targets
            assert target.kind == kinds.get(cell, "value"), indicator.id
            assert target.year == (2025 if plan is PHASE2 else None)


@BOTH
def test_units_stand_beside_the_printed_figures(plan: Plan) -> None:
    for indicator in plan.indicators:
        unit = unicodedata.normalize("NFKC", indicator.unit)
        for series in indicator.series:
            for text in [b.text for b in series.baselines] + [t.text for t in series.targets]:
                if text and figures(text) and text != "100:100":
                    figure = unicodedata.normalize("NFKC", joined(text))
                    assert re.search(rf"[0-9]{re.escape(unit)}($|\(|/|以上)", figure), indicator.id


def test_a_rate_without_any_printed_figure_is_in_per_cent() -> None:
    bare = {i.id: i.unit for i in PHASE2.indicators if not i.series[0].baselines}
    printed_units = {
        "5-3a": "倍",
        "5-3b": "件",
        "5-3c": "人",
        "6-3b": "件",
        "2-1a": "%",
        "3-3a": "",
    }
    assert bare == printed_units | {"1-1a": "%", "1-1d": "%", "4-6b": "%"}


def test_men_shall_do_as_much_as_women_at_home() -> None:
    (target,) = PHASE2.by_id["3-3a"].series[0].targets
    assert (target.text, target.value) == ("100:100", Decimal(100))


@BOTH
def test_a_figure_is_per_year_exactly_where_the_document_writes_so(plan: Plan) -> None:
    for indicator, lines in first_printed(plan):
        written = any("/年" in same_to_a_reader(row["baseline"] + row["target"]) for row in lines)
        assert indicator.per == ("年" if written else None), indicator.id
        if written or "年間" in indicator.name:
            assert indicator.measure == "yearly"
        else:
            assert indicator.measure == ("cumulative" if "累計" in indicator.name else "unknown")


@BOTH
def test_lower_is_better_for_what_nobody_wants_more_of(plan: Plan) -> None:
    names = {i.name: i.better for i in plan.indicators}
    assert {n for n, better in names.items() if better == "lower"} == BETTER_LOWER & names.keys()
    parity = [i.id for i in plan.indicators if i.better == "parity"]
    assert parity == (["3-3a"] if plan is PHASE2 else [])


def test_letters_of_ids_follow_the_first_appearance_in_the_document() -> None:
    met: dict[str, list[str]] = {}
    for _, _, indicator in places(PHASE2):
        letters = met.setdefault(indicator.policy or "", [])
        if indicator.id not in letters:
            letters.append(indicator.id)
    for policy, ids in met.items():
        assert ids == [policy + letter for letter in ascii_lowercase[: len(ids)]]
        assert [i.id for i in PHASE2.of_policy(policy)] == ids


def test_ids_of_phase_1_count_targets_and_kpis_within_each_goal() -> None:
    for goal in PHASE1.goals:
        assert goal.targets == tuple(f"{goal.id}T{n + 1}" for n in range(len(goal.targets)))
        assert goal.kpis == tuple(f"{goal.id}K{n + 1}" for n in range(len(goal.kpis)))


@BOTH
def test_goals_have_their_titles_directions_and_evaluations_as_printed(plan: Plan) -> None:
    for goal in plan.goals:
        assert [goal.title] == texts(plan.id, goal.id, "title")
        kind = "横断的な目標" if goal.id.startswith("X") else "基本目標"
        assert goal.label == kind + goal.id[-1]
        direction = (text.replace("・ ", "・") for text in texts(plan.id, goal.id, "direction"))
        assert (goal.direction or "") == "\n".join(direction).replace("*", "")
        evaluation = "\n\n".join(texts(plan.id, goal.id, "evaluation")).replace("*", "")
        assert (goal.evaluation or "") == evaluation
    assert [plan.evaluation or ""] == (texts(plan.id, "", "evaluation") or [""])


def test_related_policies_stand_in_the_printed_order_under_a_printed_name() -> None:
    policies = {policy.code: policy for policy in PHASE2.policies}
    for goal in PHASE2.goals:
        lines = texts(PHASE2.id, goal.id, "policy")
        for code, line in zip(goal.policies, lines, strict=True):
            names = (policies[code].name, *policies[code].variants)
            project = re.match(r"7 プロジェクト([12]) ", line)
            number = f"7-{project[1]}" if project else line.split(" ")[0]
            assert code == number
            assert (line if project else line.removeprefix(f"{code} ")) in names
            if project:
                assert policies[code].name == line.removeprefix("7 ").replace(" ", "")


def test_policies_are_the_29_of_the_document_and_three_have_no_indicator() -> None:
    named = {code for goal in PHASE2.goals for code in goal.policies}
    assert {policy.code for policy in PHASE2.policies} == named
    assert len(PHASE2.policies) == 29
    assert "6-2" not in named
    bare = [policy.code for policy in PHASE2.policies if not PHASE2.of_policy(policy.code)]
    assert bare == ["1-3", "2-5", "全施策"]
    assert all(p.note for p in PHASE2.policies if p.code in bare)


def test_6_3_keeps_both_of_its_names() -> None:
    policy = next(p for p in PHASE2.policies if p.code == "6-3")
    assert policy.name == "効果的かつ効率的な行財政運営の推進"
    assert policy.variants == ("効率的かつ効果的な行財政運営",)


@pytest.mark.parametrize("name", ["1-1d", "3-1b", "3-2b"])
def test_a_damaged_arrow_is_read_as_up_and_says_so(name: str) -> None:
    (target,) = PHASE2.by_id[name].series[0].targets
    assert target.kind == "up"
    assert "➔" in (target.note or "")


def test_arrows_that_are_whole_have_no_note() -> None:
    noted = {
        i.id for i in PHASE2.indicators for t in i.series[0].targets if t.kind == "up" and t.note
    }
    assert noted == {"1-1d", "3-1b", "3-2b"}


def test_the_blank_target_of_open_data_is_none_with_a_note() -> None:
    (target,) = PHASE2.by_id["6-1c"].series[0].targets
    assert (target.kind, target.text) == ("none", None)
    assert "目標の記載なし（原典要確認）" in (target.note or "")


def test_of_the_two_baselines_of_page_views_the_one_without_a_year_is_the_reference() -> None:
    series = PHASE2.by_id["6-1b"].series[0]
    assert series.baseline is not None
    assert series.baseline.value == Decimal(1533264)
    assert [b.reference for b in series.baselines] == [True, False]
    assert all(b.note for b in series.baselines)
    two = [
        i.id
        for p in (PHASE1, PHASE2)
        for i in p.indicators
        for s in i.series
        if len(s.baselines) > 1
    ]
    assert two == ["6-1b"]


def test_what_the_source_lost_is_left_out_and_noted() -> None:
    healthy_life = PHASE2.by_id["2-2a"]
    assert healthy_life.basis == ()
    assert "区分" in (healthy_life.note or "")
    assert [i.id for i in PHASE2.indicators if not i.basis] == ["2-2a"]
    (nothing,) = PHASE1.by_id["4K1"].series[0].baselines
    assert nothing.value == 0
    assert "なし" in (nothing.note or "")


def test_a_misprint_is_kept_and_the_right_word_is_an_alias() -> None:
    farming = PHASE2.by_id["5-1b"]
    assert "農業算出額" in farming.name
    assert "農業従事者一人当たりの農業産出額" in farming.aliases


def test_years_of_the_plans_are_those_that_the_document_says() -> None:
    assert (PHASE1.first_year, PHASE1.last_year) == (None, 2021)
    assert (PHASE2.first_year, PHASE2.last_year) == (2022, 2025)
    assert (PHASE1.assumed_baseline_year, PHASE1.assumed_latest_year) == (2015, 2020)
    assert (PHASE2.assumed_baseline_year, PHASE2.predecessor) == (2020, "kitamoto-1")


def test_six_indicators_go_on_and_start_where_phase_1_ended() -> None:
    links = {i.id: i.continues for i in PHASE2.indicators if i.continues}
    assert links == {
        "1-1b": "2K3", "1-2a": "2K1", "2-2a": "3K1", "3-2b": "3K4", "4-1c": "1K2", "4-1d": "1K4",
    }  # fmt: skip
    for name, before in links.items():
        later, earlier = PHASE2.by_id[name], PHASE1.by_id[before]
        assert (later.unit, later.better) == (earlier.unit, earlier.better)
        assert later.series_names == earlier.series_names
        assert later.name == earlier.name or name == "4-1d"
        for start, end in zip(later.series, earlier.series, strict=True):
            assert start.baseline is not None
            assert end.latest is not None
            assert (start.baseline.value, start.baseline.years) == (
                end.latest.value,
                end.latest.years,
            )


def test_five_baselines_without_a_year_bear_out_the_assumed_one() -> None:
    evidence = [
        i.id
        for i in PHASE2.indicators
        if i.continues and not any(b.years for s in i.series for b in s.baselines)
    ]
    assert evidence == ["1-1b", "1-2a", "3-2b", "4-1c", "4-1d"]
    assert f"{len(evidence)}件（{'、'.join(evidence)}）" in (PHASE2.note or "")


def test_near_misses_of_phase_1_are_named_as_they_are_called_there_and_not_linked() -> None:
    near = {
        i.id: re.findall(r"第1期の「([^」]+)」とは別の指標", i.note or "")
        for i in PHASE2.indicators
    }
    named = {name: words[0] for name, words in near.items() if words}
    assert set(named) == {
        "1-1a", "1-5a", "1-5b", "2-1b", "2-3a", "2-6a", "4-2b", "4-5a",
        "5-1a", "5-1e", "5-1g", "5-3b", "5-3c", "7-1a", "7-2a",
    }  # fmt: skip
    known = [i.name for i in PHASE1.indicators]
    for name, words in named.items():
        assert words in known, name
        assert PHASE2.by_id[name].continues is None


def test_plans_bear_the_names_of_the_document_and_the_rule_of_the_city() -> None:
    assert PHASE1.title == "第1期北本市総合戦略"
    assert "「北本市まち・ひと・しごと創生総合戦略」" in (PHASE1.note or "")
    assert PHASE2.title == "第2期北本市まち・ひと・しごと創生総合戦略"
    assert {(plan.municipality, plan.rule) for plan in (PHASE1, PHASE2)} == {
        ("北本市", "attainment")
    }


def test_labels_are_the_words_of_the_document() -> None:
    assert PHASE2.labels.executive_meeting == "北本市行政経営会議"
    assert PHASE2.labels.panel == "外部有識者による会議"
