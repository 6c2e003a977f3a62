"""The words in which limits.py is written: what a field may hold, and which fields a thing has."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Field:
    """What a field may hold. `most` and `least` count characters, items or the value itself."""

    kind: str
    most: int | None = None
    least: int = 0
    required: bool = False
    among: tuple[str, ...] = ()
    inner: Field | None = None


@dataclass(frozen=True)
class Shape:
    """The fields a thing has; at least one of `one_of` has to be there."""

    fields: dict[str, Field]
    one_of: tuple[str, ...] = ()


FLAG, ANY, NUMBER = Field("flag"), Field("any"), Field("float")
DATE, TIME = Field("date"), Field("time")


def shape(*one_of: str, **fields: Field) -> Shape:
    """A thing with these fields, and with at least one of `one_of`."""
    return Shape(fields, one_of)


def need(field: Field) -> Field:
    """The same field, required."""
    return replace(field, required=True)


def string(most: int, least: int = 1) -> Field:
    """A string of `least` to `most` characters."""
    return Field("string", most, least)


def plain(most: int) -> Field:
    """A plain_text object of up to `most` characters."""
    return Field("plain", most, 1)


def text(most: int) -> Field:
    """A text object, plain_text or mrkdwn, of up to `most` characters."""
    return Field("text", most, 1)


def whole(least: int, most: int) -> Field:
    """A whole number."""
    return Field("number", most, least)


def choice(*among: str) -> Field:
    """One of a few strings."""
    return Field("choice", among=among)


def typed(*types: str) -> Field:
    """An object that says its type, one of these."""
    return Field("typed", among=types)


def shaped(name: str) -> Field:
    """An object without a type, of the shape of this name."""
    return Field("object", among=(name,))


def several(inner: Field, most: int, least: int = 1) -> Field:
    """A list of `least` to `most` items."""
    return Field("list", most, least, inner=inner)
