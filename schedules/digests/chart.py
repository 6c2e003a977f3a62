"""The picture of a digest: how many indicators of each group stand at which grade, as Slack draws it.

The table beside it says the same in words, so that a digest loses nothing where Slack has no charts
(`schedules.delivery` then sends it without). Source of the limits:
docs.slack.dev/reference/block-kit/blocks/data-visualization-block.
"""

from __future__ import annotations

import re

from answers.content import cut
from answers.layout import Part
from answers.words import SAMPLE
from schedules.digests.scoping import Scoped
from store.judge import grades_of

TITLE, NAME = 50, 20
POINTS, SERIES = 20, 6
OTHERS = "その他"
_NUMBERED = re.compile(r"\A(\D\D)\D+(\d+)\Z")


def chart(view: Scoped) -> Part | None:
    """One bar a group and grade; None before anything is judged, or where it would be too much."""
    outlook, groups = view.outlook, view.groups
    grades = grades_of(outlook.plan)
    codes = [*((grade.code, grade.label) for grade in grades), (None, OTHERS)]
    counted = [outlook.grades(group.members) for group in groups]
    labels = _short([group.label for group in groups])
    judged = any(found[grade.code] for found in counted for grade in grades)
    if not judged or len(set(labels)) < len(labels) or not _fits(len(labels), len(codes)):
        return None
    series = [
        {
            "name": cut(name, NAME),
            "data": [
                {"label": label, "value": found[code]}
                for label, found in zip(labels, counted, strict=True)
            ],
        }
        for code, name in codes
    ]
    shown = {
        "type": "bar",
        "series": series,
        "axis_config": {"categories": labels, "y_label": "件"},
    }
    return Part(({"type": "data_visualization", "title": _title(view), "chart": shown},))


def _short(labels: list[str]) -> list[str]:
    """`基本目標1` as `基本1`, so that they stand side by side on a phone; as they are if that mixes them up."""
    short = [_NUMBERED.sub(r"\1\2", label) for label in labels]
    return [cut(each, NAME) for each in (short if len({*short}) == len(short) else labels)]


def _fits(points: int, series: int) -> bool:
    return points <= POINTS and series <= SERIES


def _title(view: Scoped) -> str:
    mark = f"{SAMPLE} " if view.outlook.sample else ""
    of = f"（{view.label}）" if view.label else ""
    return mark + cut(f"{view.grouped}ごとの達成状況{of}", TITLE - len(mark))
