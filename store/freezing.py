"""A verdict with all that it was made of, as a lock keeps it: JSON with decimals as strings."""

from __future__ import annotations

import json
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from store.judge import SeriesVerdict
from store.standing import Outlook, Standing


def frozen(outlook: Outlook) -> list[dict[str, Any]]:
    """The columns of `frozen_verdicts` for every indicator, as it stands at this moment."""
    return [_columns(standing) for standing in outlook.standings.values()]


def _columns(standing: Standing) -> dict[str, Any]:
    verdict, latest = standing.verdict, standing.latest
    grade = verdict.grade
    return {
        "indicator": standing.indicator.id,
        "collection": standing.collection,
        "state": standing.state.value,
        "submission": latest.id if latest else None,
        "period": latest.proposal.period if latest else None,
        "values": _json(
            [[n or "", v] for n, v in latest.proposal.values.items()] if latest else []
        ),
        "baseline": _json([[s.name or "", _model(s.baseline)] for s in standing.indicator.series]),
        "target": _json(
            [
                [s.name or "", _model(s.target(standing.collection))]
                for s in standing.indicator.series
            ]
        ),
        "rule": verdict.rule,
        "rule_version": verdict.rule_version,
        "grade": grade.code if grade else None,
        "label": grade.label if grade else None,
        "why": verdict.why,
        "arithmetic": _json(
            {"said": verdict.arithmetic, "series": [_series(each) for each in verdict.series]}
        ),
    }


def _series(verdict: SeriesVerdict) -> dict[str, Any]:
    return {
        "series": verdict.series,
        "value": verdict.value,
        "start": asdict(verdict.start) if verdict.start else None,
        "met": verdict.met,
        "grade": verdict.grade.code if verdict.grade else None,
        "why": verdict.why,
        "progress": verdict.progress,
        "expected": verdict.expected,
        "pace": verdict.pace.code if verdict.pace else None,
        "said": verdict.arithmetic,
    }


def _model(found: Any) -> Any:
    return None if found is None else found.model_dump(mode="json")


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, default=_said)


def _said(value: object) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)
