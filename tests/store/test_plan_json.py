"""A plan as JSON has the promised shape, and the schema lets nothing else pass."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from store.plan import Plan
from store.plan_file import builtin_plans, read_plan
from store.plan_json import plan_json

MADE_UP = read_plan(Path(__file__).parent.parent / "plans" / "komorebi.toml")
PLANS = [*builtin_plans().values(), MADE_UP]
SCHEMA = json.loads((files("store") / "schemas" / "plan.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def told(plan: Plan) -> Any:
    """The JSON after a round trip through text."""
    return json.loads(json.dumps(plan_json(plan), ensure_ascii=False, allow_nan=False))


def fits(said: Any) -> bool:
    return bool(VALIDATOR.is_valid(said))


def indicator(plan: Plan, name: str) -> Any:
    return next(i for i in told(plan)["indicators"] if i["id"] == name)


PHASE1, PHASE2 = builtin_plans()["kitamoto-1"], builtin_plans()["kitamoto-2"]


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.id)
def test_every_plan_fits_the_schema(plan: Plan) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(told(plan))] == []


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.id)
def test_nothing_of_a_plan_is_lost_but_old_names(plan: Plan) -> None:
    said = told(plan)
    assert [g["id"] for g in said["goals"]] == [goal.id for goal in plan.goals]
    assert [p["code"] for p in said["policies"]] == [policy.code for policy in plan.policies]
    for shown, known in zip(said["indicators"], plan.indicators, strict=True):
        assert shown.keys() | {"renamed_from"} == type(known).model_fields.keys() | {"goals"}
        assert [s["name"] for s in shown["series"]] == list(known.series_names)


def test_a_plan_is_told_with_years_as_numbers_and_silence_as_null() -> None:
    head = told(PHASE2)["plan"]
    assert head["title"] == "第2期北本市まち・ひと・しごと創生総合戦略"
    assert (head["first_year"], head["last_year"], head["assumed_baseline_year"]) == (
        2022,
        2025,
        2020,
    )
    assert told(PHASE1)["plan"]["first_year"] is None


def test_an_indicator_is_told_with_decimal_strings() -> None:
    views = indicator(PHASE2, "6-1b")
    expected = {
        "id": "6-1b", "policy": "6-1", "name": "市ホームページへのアクセス回数", "unit": "回",
        "per": "年", "measure": "yearly", "better": "higher", "basis": ["outcome"],
        "goals": [{"goal": "2", "role": "kpi"}], "continues": None,
    }  # fmt: skip
    assert {key: views[key] for key in expected} == expected
    (series,) = views["series"]
    assert (series["name"], series["latest"], series["published_verdict"]) == (None, None, None)
    short = [(b["value"], b["years"], b["reference"]) for b in series["baselines"]]
    assert short == [("1533264", [], True), ("938895", [2017, 2018, 2019], False)]
    assert series["baselines"][1]["note"] == "H29-R1平均値"
    (target,) = series["targets"]
    assert (target["year"], target["kind"], target["value"]) == (2025, "value", "1300000")
    assert target["text"] == "1,300,000回/年"


def test_parity_has_no_baseline_no_unit_and_a_target_of_100() -> None:
    work = indicator(PHASE2, "3-3a")
    (series,) = work["series"]
    assert (work["unit"], series["baselines"]) == (None, [])
    assert (series["targets"][0]["kind"], series["targets"][0]["value"]) == ("parity", "100")
    assert series["targets"][0]["text"] == "100:100"
    assert work["goals"] == [{"goal": "1", "role": "kpi"}, {"goal": "3", "role": "kpi"}]


def test_phase_1_has_latest_values_and_published_verdicts() -> None:
    births = indicator(PHASE1, "2T1")["series"][0]
    assert births["latest"] == {"value": "1.12", "text": "1.12 (R1)", "years": [2019], "note": None}
    assert births["published_verdict"] == "向上"
    verdicts = {s["published_verdict"] for i in told(PHASE1)["indicators"] for s in i["series"]}
    assert verdicts == {"達成", "向上", "未達成"}


def test_digits_are_kept_as_written() -> None:
    values = {s["targets"][0]["value"] for s in indicator(PHASE2, "2-2a")["series"]}
    assert values == {"19.00", "21.50"}
    assert indicator(MADE_UP, "Ⅱ-(2)-③")["series"][0]["baselines"][0]["value"] == "-65.60"


def _set(path: str, value: Any) -> Callable[[Any], None]:
    def spoil(said: Any) -> None:
        *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
        for step in steps:
            said = said[step]
        said[last] = value

    return spoil


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("extra", 1),
        ("plan.extra", None),
        ("plan.first_year", "2022"),
        ("plan.last_year", 4),
        ("goals", []),
        ("goals.0.title", ""),
        ("goals.0.kpis", ["3-3a", "3-3a"]),
        ("policies.0.code", "1 1"),
        ("indicators.0.better", "more"),
        ("indicators.0.basis", ["成果"]),
        ("indicators.0.unit", ""),
        ("indicators.0.goals", []),
        ("indicators.0.series", []),
        ("indicators.0.series.0.targets.0.value", "1"),
        ("indicators.0.series.0.targets.0.kind", "value"),
        ("indicators.1.series.0.baselines.0.value", 29),
        ("indicators.1.series.0.baselines.0.value", "2.9e1"),
        ("indicators.1.series.0.baselines.0.reference", None),
        ("indicators.1.series.0.latest", "29"),
    ],
)
def test_the_schema_refuses_what_is_out_of_shape(path: str, value: Any) -> None:
    said = told(PHASE2)
    _set(path, value)(said)
    assert not fits(said)


def test_the_schema_asks_for_every_key() -> None:
    said = told(MADE_UP)
    series = said["indicators"][0]["series"][0]
    tables = [said, said["plan"], said["plan"]["labels"], said["goals"][0], said["policies"][0]]
    tables += [said["indicators"][0], said["indicators"][0]["goals"][0], series]
    tables += [series["baselines"][0], series["targets"][0]]
    for table in tables:
        for key in list(table):
            value = table.pop(key)
            assert not fits(said), key
            table[key] = value
    assert fits(said)
