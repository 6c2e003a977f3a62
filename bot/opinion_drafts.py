"""What stands behind the preview of a sheet of opinions, as a draft keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from answers.opinion_preview import OpinionsPreview


@dataclass(frozen=True)
class OpinionsDraft:
    """A preview of an issue (`opinions`)."""

    opinions: str
    preview: OpinionsPreview


@cache
def _kept() -> TypeAdapter[OpinionsDraft]:
    return TypeAdapter(OpinionsDraft)


def as_payload(draft: OpinionsDraft) -> dict[str, Any]:
    """As `store.drafts` keeps it."""
    made: dict[str, Any] = _kept().dump_python(draft, mode="json")
    return made


def from_payload(payload: dict[str, Any]) -> OpinionsDraft:
    """Back from a draft."""
    return _kept().validate_python(payload)
