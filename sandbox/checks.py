"""Walking over what a bot sent and saying what Slack would object to, field by field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from sandbox.fields import ANY, Field, Shape, shaped, string, text, typed
from sandbox.limits import SHAPES
from sandbox.wire import Json

Mistakes = Iterator[tuple[str, str]]
"""What is wrong and where: a sentence and a JSON pointer."""

_EVERY_ONE = {"type": ANY, "block_id": string(255)}


def check_fields(thing: Json, shape: Shape, where: str) -> Mistakes:
    """Check every field of a thing, and that it has no others."""
    fields = {**_EVERY_ONE, **shape.fields}
    for name, rule in fields.items():
        if thing.get(name) is not None:
            yield from check(thing[name], rule, f"{where}/{name}")
        elif rule.required:
            yield f"missing required field: {name}", where
    for name in sorted(thing.keys() - fields.keys()):
        yield f"invalid additional property: {name}", where
    if shape.one_of and not any(thing.get(name) for name in shape.one_of):
        yield f"must define either {' or '.join(shape.one_of)}", where


def check(value: Any, rule: Field, where: str) -> Mistakes:
    """Check one value against the rule for it."""
    yield from _CHECKS[rule.kind](value, rule, where)


def _string(value: Any, rule: Field, where: str) -> Mistakes:
    if not isinstance(value, str):
        yield "must be a string", where
    elif len(value) < rule.least:
        yield f"must be more than {rule.least - 1} characters", where
    elif rule.most is not None and len(value) > rule.most:
        yield f"must be less than {rule.most + 1} characters", where


def _text(value: Any, rule: Field, where: str) -> Mistakes:
    allowed = ("plain_text",) if rule.kind == "plain" else ("plain_text", "mrkdwn")
    if not isinstance(value, dict):
        yield "must be a text object", where
    elif value.get("type") not in allowed:
        yield f"unsupported type: {value.get('type')}", f"{where}/type"
    else:
        yield from _string(value.get("text"), rule, f"{where}/text")
        extra = "emoji" if value["type"] == "plain_text" else "verbatim"
        for name in value.keys() - {"type", "text", extra}:
            yield f"invalid additional property: {name}", where


def _number(value: Any, rule: Field, where: str) -> Mistakes:
    if isinstance(value, bool) or not isinstance(value, int):
        yield "must be an integer", where
    elif value < rule.least or (rule.most is not None and value > rule.most):
        yield f"must be between {rule.least} and {rule.most}", where


def _float(value: Any, _rule: Field, where: str) -> Mistakes:
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield "must be a number", where


def _flag(value: Any, _rule: Field, where: str) -> Mistakes:
    if not isinstance(value, bool):
        yield "must be a boolean", where


def _choice(value: Any, rule: Field, where: str) -> Mistakes:
    if value not in rule.among:
        yield f"must be one of: {', '.join(rule.among)}", where


def _list(value: Any, rule: Field, where: str) -> Mistakes:
    if not isinstance(value, list):
        yield "must provide an array", where
        return
    if len(value) < rule.least:
        yield f"no fewer than {rule.least} items allowed", where
    if rule.most is not None and len(value) > rule.most:
        yield f"no more than {rule.most} items allowed", where
    for at, item in enumerate(value):
        if rule.inner is not None:
            yield from check(item, rule.inner, f"{where}/{at}")


def _typed(value: Any, rule: Field, where: str) -> Mistakes:
    if not isinstance(value, dict):
        yield "must be an object", where
    elif value.get("type") not in rule.among:
        yield f"unsupported type: {value.get('type')}", f"{where}/type"
    else:
        yield from check_fields(value, SHAPES[value["type"]], where)


def _object(value: Any, rule: Field, where: str) -> Mistakes:
    if isinstance(value, dict):
        yield from check_fields(value, SHAPES[rule.among[0]], where)
    else:
        yield "must be an object", where


def _context(value: Any, _rule: Field, where: str) -> Mistakes:
    is_image = isinstance(value, dict) and value.get("type") == "image"
    yield from check(value, typed("image") if is_image else text(3000), where)


def _column(value: Any, _rule: Field, where: str) -> Mistakes:
    # A null leaves a column of a table as it is.
    if value is not None:
        yield from _object(value, shaped("column_setting"), where)


def _like(pattern: str, example: str) -> Callable[[Any, Field, str], Mistakes]:
    def looks_like(value: Any, _rule: Field, where: str) -> Mistakes:
        if not isinstance(value, str) or not re.fullmatch(pattern, value, re.ASCII):
            yield f"must look like {example}", where

    return looks_like


def _nothing(_value: Any, _rule: Field, _where: str) -> Mistakes:
    yield from ()


_CHECKS: dict[str, Callable[[Any, Field, str], Mistakes]] = {
    "string": _string,
    "plain": _text,
    "text": _text,
    "number": _number,
    "float": _float,
    "flag": _flag,
    "choice": _choice,
    "list": _list,
    "typed": _typed,
    "object": _object,
    "context": _context,
    "column": _column,
    "date": _like(r"\d{4}-\d{2}-\d{2}", "2026-05-11"),
    "time": _like(r"\d{2}:\d{2}", "09:00"),
    "any": _nothing,
}
