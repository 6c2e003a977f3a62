"""Reading a plan file: a plan, or every mistake of it at once, each said in a sentence."""

from __future__ import annotations

import json
import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import PlanMistakes
from store.plan import Baseline, Frozen, Goal, Indicator, Plan, Policy, Series, Target
from store.plan_file import builtin_plans, parse_plan, read_plan

PLANS = Path(__file__).parent.parent / "plans"

GOOD = """\
id = "mori"
title = "森の計画（架空）"
municipality = "森町（架空）"
first_year = 2022
last_year = 2025
predecessor = "mori-0"

[[goals]]
id = "1"
label = "基本目標1"
title = "森をそだてる"
policies = ["1-1"]
targets = ["1-1a"]
kpis = ["1-1b"]

[[policies]]
code = "1-1"
name = "植林"

[[indicators]]
id = "1-1a"
policy = "1-1"
name = "木の本数"
unit = "本"
better = "higher"
basis = ["outcome"]
continues = "0-1"
[[indicators.series]]
baselines = [{ value = "10", years = [2020] }]
targets = [{ year = 2025, kind = "value", value = "20" }]

[[indicators]]
id = "1-1b"
policy = "1-1"
name = "切り株の数"
unit = "個"
better = "lower"
[[indicators.series]]
name = "東"
targets = [{ year = 2025, kind = "down" }]
[[indicators.series]]
name = "西"
targets = [{ year = 2025, kind = "down" }]
"""

ONE_TARGET = 'targets = [{ year = 2025, kind = "value", value = "20" }]'
ONE_BASELINE = 'baselines = [{ value = "10", years = [2020] }]'
JUDGED = f"""\
better = "higher"
basis = ["outcome"]
continues = "0-1"
[[indicators.series]]
{ONE_BASELINE}
{ONE_TARGET}"""
FIRST = "indicators[1] 1-1a"
SECOND = "indicators[2] 1-1b"
OF_FIRST = f"{FIRST} > series[1]"


def mistakes(text: str) -> tuple[str, ...]:
    with pytest.raises(PlanMistakes) as caught:
        parse_plan(text, "mori.toml")
    return caught.value.mistakes


def spoilt(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, 1)


def test_a_good_plan_is_read() -> None:
    plan = parse_plan(GOOD, "mori.toml")
    assert plan.by_id["1-1a"].series[0].targets[0].value == Decimal(20)
    assert plan.by_id["1-1b"].series_names == ("東", "西")


MISTAKES = {
    "an unknown key, with the key that was meant": (
        ('unit = "本"', 'unit = "本"\nbetterr = "higher"'),
        f"{FIRST} > betterr: 知らないキーです。better の書き間違いではありませんか",
    ),
    "an unknown key of the plan, with the keys there are": (
        ('id = "mori"', 'id = "mori"\ncolour = "緑"'),
        "colour: 知らないキーです。使えるキー: id、title",
    ),
    "an unknown key of a target": (
        (ONE_TARGET, 'targets = [{ year = 2025, kind = "value", value = "20", txet = "20本" }]'),
        f"{OF_FIRST} > targets[1] 2025 > txet: 知らないキーです。text の",
    ),
    "a missing unit": (
        ('unit = "本"\n', ""),
        f'{FIRST} > unit: unit がありません。単位を unit = "人"',
    ),
    "a missing name": (('name = "木の本数"\n', ""), f"{FIRST} > name: name がありません。"),
    "a target without better": (
        ('better = "higher"\n', ""),
        f"{FIRST} > better: better がありません。目標値を判定する向きがありません。",
    ),
    "a wrong type": (
        ('name = "木の本数"', "name = 3"),
        f'{FIRST} > name: "…" で囲んだ文字で書いてください（書かれている値: 3）。',
    ),
    "a table where an array belongs": (
        ("[[policies]]", "[policies]"),
        "policies: […] の並び、または [[…]] の表で",
    ),
    "a year in quotes": (
        ("first_year = 2022", 'first_year = "2022"'),
        "first_year: 2025 のような整数",
    ),
    "an unknown word": (
        ('better = "higher"', 'better = "more"'),
        f'{FIRST} > better: "higher"、"lower"、"parity" のどれかを書いてください（書かれている値: "more"）。',
    ),
    "a float": (
        (ONE_BASELINE, "baselines = [{ value = 65.60 }]"),
        f'{OF_FIRST} > baselines[1] > value: 小数は桁を保つため "65.60" のように',
    ),
    "a number with commas": (
        (ONE_BASELINE, 'baselines = [{ value = "1,741" }]'),
        f"{OF_FIRST} > baselines[1] > value: 単位やカンマ、+ をつけない半角の数字",
    ),
    "true for a number": (
        (ONE_BASELINE, "baselines = [{ value = true }]"),
        f"{OF_FIRST} > baselines[1] > value: 単位やカンマ",
    ),
    "an empty note": (
        ('unit = "本"', 'unit = "本"\nnote = ""'),
        f"{FIRST} > note: 空です。書くことがなければ",
    ),
    "an id with a space": (
        ('id = "mori"', 'id = "mori 2"'),
        'id: 空白のない文字で書いてください（書かれている値: "mori 2"）。',
    ),
    "a name that ends in a space": (
        ('name = "木の本数"', 'name = "木の本数 "'),
        f"{FIRST} > name: 前後に空白のない一行の文字で",
    ),
    "a month that there is not": (
        ('unit = "本"', 'unit = "本"\npublishes_in = 13'),
        f"{FIRST} > publishes_in: 公表される月を 1 から 12 で書いてください（書かれている値: 13）。",
    ),
    "too many decimals": (
        ('unit = "本"', 'unit = "本"\ndecimals = 99'),
        f"{FIRST} > decimals: 小数の桁数を 0 から 10 で",
    ),
    "a year outside the calendar": (
        ("first_year = 2022", "first_year = 4"),
        "first_year: 年度を 1926 から 2100 までの西暦で書いてください（書かれている値: 4）。",
    ),
    "an unknown policy": (
        ('policy = "1-1"\nname = "木の本数"', 'policy = "1-2"\nname = "木の本数"'),
        f"{FIRST} > policy: 施策「1-2」は policies の code にありません。「1-1」の書き間違い",
    ),
    "an unknown policy of a goal": (
        ('policies = ["1-1"]', 'policies = ["1-1", "草刈り"]'),
        "goals[1] 1 > policies[2]: 「草刈り」は policies の code にありません。",
    ),
    "an unknown indicator of a goal": (
        ('kpis = ["1-1b"]', 'kpis = ["1-1b", "1-1c"]'),
        "goals[1] 1 > kpis[2]: 「1-1c」は indicators の id にありません。",
    ),
    "an indicator in no goal": (
        ('kpis = ["1-1b"]', "kpis = []"),
        f"{SECOND} > id: どの目標にも載っていません。",
    ),
    "an indicator twice in a goal": (
        ('kpis = ["1-1b"]', 'kpis = ["1-1b", "1-1b"]'),
        "goals[1] 1 > kpis[2]: 「1-1b」が二度書かれています。",
    ),
    "an indicator in both roles of a goal": (
        ('kpis = ["1-1b"]', 'kpis = ["1-1b", "1-1a"]'),
        "goals[1] 1 > kpis[2]: 「1-1a」は同じ目標の targets にもあります。",
    ),
    "a duplicate goal": (
        ("[[policies]]", '[[goals]]\nid = "１"\nlabel = "目標"\ntitle = "二つ目"\n\n[[policies]]'),
        "goals[2] １ > id: 「１」は goals[1] と重なっています。別の id にしてください。",
    ),
    "a duplicate policy": (
        ("[[indicators]]", '[[policies]]\ncode = "1-1"\nname = "間伐"\n\n[[indicators]]'),
        "policies[2] 1-1 > code: 「1-1」は policies[1] と重なっています。",
    ),
    "a duplicate indicator": (
        ('id = "1-1b"', 'id = "1-1A"'),
        "indicators[2] 1-1A > id: 「1-1A」は indicators[1] と重なっています。",
    ),
    "a basis twice": (
        ('basis = ["outcome"]', 'basis = ["outcome", "outcome"]'),
        f"{FIRST} > basis[2]: 「outcome」が二度書かれています。",
    ),
    "a target without the value of its kind": (
        (ONE_TARGET, 'targets = [{ year = 2025, kind = "value" }]'),
        f'{OF_FIRST} > targets[1] 2025 > value: kind = "value" の目標値には value を',
    ),
    "a range without an end": (
        (ONE_TARGET, 'targets = [{ year = 2025, kind = "range", low = "1" }]'),
        f'{OF_FIRST} > targets[1] 2025 > high: kind = "range" の目標値には high を',
    ),
    "a range upside down": (
        (ONE_TARGET, 'targets = [{ year = 2025, kind = "range", low = "9", high = "1" }]'),
        f"{OF_FIRST} > targets[1] 2025 > low: 下限 9 が上限 1 より大きく",
    ),
    "a number for a direction": (
        (ONE_TARGET, 'targets = [{ year = 2025, kind = "up", value = "20" }]'),
        f'{OF_FIRST} > targets[1] 2025 > value: kind = "up" の目標値に value は書けません。',
    ),
    "a rank of a half": (
        (
            JUDGED,
            'better = "lower"\n[[indicators.series]]\ntargets = [{ kind = "rank", value = "1.5" }]',
        ),
        f"{OF_FIRST} > targets[1] > value: 順位は 1 以上の整数で",
    ),
    "down where higher is better": (
        (ONE_TARGET, 'targets = [{ year = 2025, kind = "down" }]'),
        f'{OF_FIRST} > targets[1] 2025 > kind: kind = "down" の目標値は better が "lower" か "parity" の',
    ),
    "parity without better = parity": (
        (ONE_TARGET, 'targets = [{ year = 2025, kind = "parity", value = "100" }]'),
        f'{OF_FIRST} > targets[1] 2025 > kind: kind = "parity" の目標値は better が "parity" の',
    ),
    "parity with a unit": (
        (
            JUDGED,
            'better = "parity"\n[[indicators.series]]\ntargets = [{ kind = "parity", value = "100" }]',
        ),
        f"{FIRST} > unit: 男女の比（女性を100とした男性の数）に単位「本」はつきません。",
    ),
    "kinds that do not go together": (
        (
            ONE_TARGET,
            'targets = [{ year = 2024, kind = "done" }, { year = 2025, kind = "value", value = "2" }]',
        ),
        f'{OF_FIRST} > targets[2] 2025 > kind: kind = "value" は、同じ指標の kind = "done" と',
    ),
    "an unknown kind": (
        (ONE_TARGET, 'targets = [{ year = 2025, kind = "more" }]'),
        f'{OF_FIRST} > targets[1] 2025 > kind: "value"、"up"、"down"、',
    ),
    "two reference baselines": (
        (ONE_BASELINE, 'baselines = [{ value = "10" }, { value = "11" }]'),
        f"{OF_FIRST} > baselines: 現状値が2つあり、reference = true（書かないときも true）が2つです。",
    ),
    "no reference of several baselines": (
        (
            ONE_BASELINE,
            'baselines = [{ value = "10", reference = false }, { value = "9", reference = false }]',
        ),
        f"{OF_FIRST} > baselines: 現状値が2つあり、reference = true（書かないときも true）が0つです。",
    ),
    "a target before the plan": (
        (ONE_TARGET, 'targets = [{ year = 2021, kind = "value", value = "20" }]'),
        f"{OF_FIRST} > targets[1] 2021 > year: 目標値の年度 2021 が計画期間（2022〜2025）の外です。",
    ),
    "a target after the plan": (
        (ONE_TARGET, 'targets = [{ year = 2026, kind = "value", value = "20" }]'),
        f"{OF_FIRST} > targets[1] 2026 > year: 目標値の年度 2026 が計画期間",
    ),
    "two targets for one year": (
        (ONE_TARGET, 'targets = [{ year = 2025, kind = "up" }, { year = 2025, kind = "up" }]'),
        f"{OF_FIRST} > targets[2] 2025 > year: 2025 年度の目標値が二度書かれています。",
    ),
    "a target without a year beside one with a year": (
        (ONE_TARGET, 'targets = [{ year = 2025, kind = "up" }, { kind = "up" }]'),
        f"{OF_FIRST} > targets[2]: 目標値が二つ以上あるときは、それぞれに year を",
    ),
    "a baseline after the plan": (
        (ONE_BASELINE, 'baselines = [{ value = "10", years = [2030] }]'),
        f"{OF_FIRST} > baselines[1] > years: 値の年度 2030 が計画の最後の年度 2025 より後です。",
    ),
    "a baseline in its target's year": (
        (ONE_BASELINE, 'baselines = [{ value = "10", years = [2025] }]'),
        f"{OF_FIRST} > baselines[1] > years: 現状値の年度 2025 が目標値の年度 2025 より前では",
    ),
    "years out of order": (
        (ONE_BASELINE, 'baselines = [{ value = "10", years = [2020, 2019] }]'),
        f"{OF_FIRST} > baselines[1] > years: 年度 [2020, 2019] を、古い順に一度ずつ",
    ),
    "an assumed year after the plan": (
        ("last_year = 2025", "last_year = 2025\nassumed_baseline_year = 2030"),
        "assumed_baseline_year: 推定した年度 2030 が計画の最後の年度 2025 より後です。",
    ),
    "a last year before the first": (
        ("first_year = 2022\nlast_year = 2025", "first_year = 2025\nlast_year = 2022"),
        "last_year: 最後の年度 2022 が最初の年度 2025 より前です。",
    ),
    "a series twice": (
        ('name = "西"', 'name = "東"'),
        f"{SECOND} > series[2] 東 > name: 系列「東」が二度書かれています。",
    ),
    "an unnamed series beside a named one": (
        ('name = "西"\n', ""),
        f"{SECOND} > series[2]: 系列が二つ以上あるときは、それぞれに name を",
    ),
    "no series": (
        (f"[[indicators.series]]\n{ONE_BASELINE}\n{ONE_TARGET}", ""),
        f"{FIRST} > series: series がありません。[[indicators.series]] を一つ以上",
    ),
    "an empty list of series": (
        (f"[[indicators.series]]\n{ONE_BASELINE}\n{ONE_TARGET}", "series = []"),
        f"{FIRST} > series: [[indicators.series]] を一つ以上書いてください。",
    ),
    "continues without a plan before": (
        ('predecessor = "mori-0"\n', ""),
        f"{FIRST} > continues: 前の計画が分かりません。",
    ),
    "renamed_from the present name": (
        ('unit = "本"', 'unit = "本"\nrenamed_from = "木の本数"'),
        f"{FIRST} > renamed_from: 今の名称と同じです。",
    ),
    "broken TOML": (('title = "森', "title = 森"), "2行目の9文字目: TOML として読めません"),
    "TOML that stops in the middle": (
        ('name = "西"\ntargets = [{ year = 2025, kind = "down" }]\n', 'name = """西'),
        "ファイルの終わり: TOML として読めません",
    ),
    "a key twice": (('unit = "本"', 'unit = "本"\nunit = "株"'), "TOML として読めません"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_once_with_its_place(name: str) -> None:
    (old, new), expected = MISTAKES[name]
    found = [m for m in mistakes(spoilt(old, new)) if expected in m]
    assert len(found) == 1, mistakes(spoilt(old, new))
    assert found[0].startswith("mori.toml: ")
    assert found[0].endswith("。")


@pytest.mark.parametrize("name", MISTAKES)
def test_one_slip_is_not_echoed_all_over(name: str) -> None:
    """An id that is gone is missed by its goal; nothing echoes further."""
    (old, new), _ = MISTAKES[name]
    expected = {
        "a table where an array belongs": 4,
        "a duplicate indicator": 3,
    }
    assert len(mistakes(spoilt(old, new))) <= expected.get(name, 2)


def test_ten_mistakes_of_one_file_are_told_at_once_in_the_order_of_the_file() -> None:
    with pytest.raises(PlanMistakes) as caught:
        read_plan(PLANS / "ten-mistakes.toml")
    places = [m.removeprefix("ten-mistakes.toml: ").split(": ")[0] for m in caught.value.mistakes]
    assert places == [
        "last_year",
        "goals[1] 1 > policies[1]",
        "goals[1] 1 > kpis[2]",
        "indicators[1] 1-1a > series[1] > baselines[1] > value",
        "indicators[1] 1-1a > series[1] > targets[1] > value",
        "indicators[1] 1-1a > unit",
        "indicators[2] 1-1b > policy",
        "indicators[2] 1-1b > better",
        "indicators[2] 1-1b > series[1] > targets[1] > value",
        "indicators[3] 1-1c > id",
    ]


def test_keys_and_cross_checks_are_told_together() -> None:
    text = spoilt('unit = "本"\n', "").replace('kpis = ["1-1b"]', "kpis = []")
    told = mistakes(text)
    assert len(told) == 2
    assert "unit がありません" in told[0]
    assert "どの目標にも" in told[1]


def test_integers_and_strings_are_taken_as_written() -> None:
    plan = parse_plan(spoilt(ONE_BASELINE, "baselines = [{ value = 10 }]"), "mori.toml")
    assert plan.by_id["1-1a"].series[0].baselines[0].value == Decimal(10)
    plan = parse_plan(spoilt(ONE_BASELINE, 'baselines = [{ value = "65.60" }]'), "mori.toml")
    assert str(plan.by_id["1-1a"].series[0].baselines[0].value) == "65.60"


def test_a_plan_with_nothing_in_it_misses_everything() -> None:
    keys = [m.removeprefix("mori.toml: ").split(":")[0] for m in mistakes("")]
    assert keys == ["id", "title", "municipality", "goals", "indicators"]


def test_empty_lists_of_goals_and_indicators_are_mistakes() -> None:
    head = 'id = "a"\ntitle = "a"\nmunicipality = "a"\ngoals = []\nindicators = []\n'
    assert [m.split(": ")[1] for m in mistakes(head)] == ["goals", "indicators"]


def test_a_file_is_named_without_its_folder_and_a_byte_order_mark_is_no_mistake(
    tmp_path: Path,
) -> None:
    path = tmp_path / "mori.toml"
    path.write_text(GOOD, encoding="utf-8-sig")
    assert read_plan(path).id == "mori"
    path.write_text(spoilt('unit = "本"\n', ""), encoding="utf-8")
    with pytest.raises(PlanMistakes, match=r"^mori\.toml: indicators"):
        read_plan(str(path))


def test_a_file_that_is_not_utf_8_is_said_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "mori.toml"
    path.write_bytes(b'id = "mori"\n' + 'title = "森"'.encode("cp932"))
    with pytest.raises(PlanMistakes, match=r"mori\.toml: 2行目: 文字コードが UTF-8 ではありません"):
        read_plan(path)


def test_a_missing_file_and_a_folder_are_said(tmp_path: Path) -> None:
    with pytest.raises(PlanMistakes, match=r"nashi\.toml: ファイルが見つかりません"):
        read_plan(tmp_path / "nashi.toml")
    with pytest.raises(PlanMistakes, match="フォルダです"):
        read_plan(tmp_path)


def test_the_builtin_plans_are_the_two_of_kitamoto_and_read_once() -> None:
    plans = builtin_plans()
    assert list(plans) == ["kitamoto-1", "kitamoto-2"]
    plans.clear()
    assert builtin_plans()["kitamoto-2"] is builtin_plans()["kitamoto-2"]


def test_a_plan_of_another_municipality_needs_no_code() -> None:
    plan = read_plan(PLANS / "komorebi.toml")
    kinds = {t.kind for i in plan.indicators for s in i.series for t in s.targets}
    assert kinds == {"value", "up", "down", "parity", "range", "done", "rank", "none"}
    assert plan.rule == "four-grade"
    assert plan.labels.executive_meeting == "政策調整会議"
    assert [t.year for t in plan.by_id["Ⅰ-(1)-①"].series[0].targets] == list(range(2023, 2028))


def toml(value: object) -> str:
    """`value` as inline TOML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{toml(str(k))} = {toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(toml(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False).replace("Infinity", "inf").replace("NaN", "nan")


odd = st.recursive(
    st.booleans() | st.integers() | st.floats() | st.sampled_from(["", "1-1a", "男", "a b"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.just("name"), inner),
    max_leaves=6,
)
TABLES: dict[str, tuple[type[Frozen], tuple[str | int, ...]]] = {
    "plan": (Plan, ()),
    "goal": (Goal, ("goals", 0)),
    "policy": (Policy, ("policies", 0)),
    "indicator": (Indicator, ("indicators", 0)),
    "series": (Series, ("indicators", 0, "series", 0)),
    "baseline": (Baseline, ("indicators", 0, "series", 0, "baselines", 0)),
    "target": (Target, ("indicators", 0, "series", 0, "targets", 0)),
}


@given(table=st.sampled_from(sorted(TABLES)), data=st.data(), value=odd)
def test_whatever_stands_under_a_key_gives_a_plan_or_sentences(
    table: str, data: st.DataObject, value: object
) -> None:
    model, path = TABLES[table]
    raw: Any = tomllib.loads(GOOD)
    here = raw
    for step in path:
        here = here[step]
    here[data.draw(st.sampled_from(sorted(model.model_fields)))] = value
    text = "\n".join(f"{key} = {toml(inner)}" for key, inner in raw.items())
    told: tuple[str, ...] = ()
    try:
        parse_plan(text, "mori.toml")
    except PlanMistakes as error:
        told = error.mistakes
    assert all(re.fullmatch(r"mori\.toml: [^:]+: .+。", m, re.DOTALL) for m in told)
