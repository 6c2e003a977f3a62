"""`ask --json` says the same to programs, in the shape that is published."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from answers.as_json import ask_json
from answers.reply import answer, settle
from tests.answers.city import City

SCHEMA = json.loads((files("store") / "schemas" / "ask.schema.json").read_text(encoding="utf-8"))
QUESTIONS = {
    "": "overview",
    "R5": "overview",
    "1-1": "policy",
    "1-3": "policy",
    "1-1b": "indicator",
    "1-1b R5": "indicator",
    "目標3": "goal",
    "差戻し": "list",
    "維持": "list",
    "こども課": "department",
    "ヘルプ": "help",
    "子育て支援": "unsure",
    "ぱらぱら": "unsure",
    "1-1b 1-2a": "comparison",
    "出生数の推移": "history",
}


def as_json(city: City, text: str) -> dict[str, Any]:
    intention = city.understand(text)
    seen = city.outlook(intention.year)
    said = answer(intention, seen, city.who("U0STAFF"), {})
    return ask_json(settle(intention, seen), said)


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(("text", "kind"), QUESTIONS.items())
def test_every_kind_of_answer_fits_the_schema(city: City, text: str, kind: str) -> None:
    said = as_json(city, text)
    Draft202012Validator(SCHEMA).validate(said)
    assert said["kind"] == kind
    assert json.loads(json.dumps(said)) == said


def test_what_it_is_about_is_named_best_first(city: City) -> None:
    assert as_json(city, "待機児童 R5") | {"text": ""} == {
        "kind": "indicator",
        "ids": ["1-1b"],
        "indicators": ["1-1b"],
        "year": 2023,
        "understood": "指標 1-1b 保育所（園）待機児童数（R5報告）",
        "text": "",
    }
    assert as_json(city, "1-1")["indicators"] == ["1-1a", "1-1b", "1-1c", "1-1d"]
    assert as_json(city, "差戻し")["ids"] == ["差戻し"]
    assert as_json(city, "差戻し")["indicators"] == ["1-4c"]
    assert as_json(city, "こども課")["ids"] == ["children"]
    assert as_json(city, "子育て支援")["ids"] == ["1-1c", "1-1a", "1-1"]
    assert as_json(city, "子育て支援")["indicators"] == []


def test_the_text_is_what_the_shell_prints_with_nothing_escaped(city: City) -> None:
    city.accept("1-5a", 2024, "0.5", note="A & B <原典>")
    assert "A & B <原典>" in as_json(city, "1-5a")["text"]
