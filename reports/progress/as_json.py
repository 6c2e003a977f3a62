"""The report as JSON (`store/schemas/report.schema.json`): years are fiscal years as numbers,
values decimal strings, what is absent is null.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from reports.progress.items import Effort, Figure, Item, Judged, Strand
from reports.progress.model import GoalPart, Opinion, Passage, Report, Tally
from store.old_and_new import Pair

Json = dict[str, Any]


def report_json(report: Report) -> bytes:
    """The whole report, UTF-8."""
    return (json.dumps(as_data(report), ensure_ascii=False, indent=2) + "\n").encode()


def as_data(report: Report) -> Json:
    """The same as plain data."""
    plan = report.plan
    return {
        "kind": report.kind,
        "plan": {
            "id": plan.id,
            "title": plan.title,
            "municipality": plan.municipality,
            "first_year": plan.first_year,
            "last_year": plan.last_year,
            "rule": plan.rule,
            "source": plan.source,
        },
        "year": report.year,
        "years": list(report.years),
        "made_on": report.made_on.isoformat(),
        "final": report.final,
        "locked": report.locked,
        "ended": report.ended,
        "sample": report.sample,
        "evaluation": _passage(report.overall),
        "tallies": {role: _tally(tally) for role, tally in report.tallies.items()},
        "places": {role: _tally(tally) for role, tally in report.places.items()},
        "goals": [_goal(report, part) for part in report.goals],
        "earlier_opinions": [_opinion(each) for each in report.beside.earlier],
        "opinions": [_opinion(each) for each in report.beside.opinions],
        "revisions": [_revision(each) for each in report.beside.revisions],
    }


def _goal(report: Report, part: GoalPart) -> Json:
    return {
        "id": part.goal.id,
        "label": part.goal.label,
        "title": part.goal.title,
        "direction": part.goal.direction,
        "policies": list(part.policies),
        "evaluation": _passage(part.passage),
        "tallies": {role: _tally(tally) for role, tally in part.tallies.items()},
        "effort": _effort(part.effort),
        "items": [_item(report, item) for item in part.items],
    }


def _item(report: Report, item: Item) -> Json:
    of = item.indicator
    return {
        "indicator": of.id,
        "name": of.name,
        "policy": of.policy,
        "role": item.role,
        "unit": of.unit,
        "per": of.per,
        "better": of.better,
        "measure": of.measure,
        "basis": list(of.basis),
        "department": item.department,
        "state": item.state or None,
        "verdict": _judged(item.judged),
        "series": [_strand(report, strand) for strand in item.strands],
        "effort": _effort(item.effort),
        "definition": of.definition,
        "source": of.source,
        "note": of.note,
    }


def _strand(report: Report, strand: Strand) -> Json:
    actuals = zip(report.years, strand.actuals, strict=True)
    return {
        "name": strand.name,
        "baselines": [_figure(each) for each in strand.baselines],
        "target": {**_figure(strand.target), "year": strand.target_year},
        "actuals": [{"year": year, **_figure(figure)} for year, figure in actuals],
        "latest": _figure(strand.latest) if strand.latest else None,
        "progress": _digits(strand.progress),
        "pace": strand.pace or None,
        "turn": strand.turn,
    }


def _figure(figure: Figure) -> Json:
    return {
        "value": _digits(figure.value),
        "said": figure.said,
        "period": figure.period or None,
        "before_correction": figure.before or None,
        "sample": figure.sample,
    }


def _judged(judged: Judged) -> Json:
    return {
        "code": judged.grade.code if judged.grade else None,
        "label": judged.grade.label if judged.grade else None,
        "why": judged.why or None,
        "arithmetic": judged.arithmetic or None,
        "as_of": judged.as_of or None,
        "carried_from": judged.carried,
        "locked": judged.locked,
        "corrected": _judged(judged.after) if judged.after else None,
    }


def _tally(tally: Tally) -> Json:
    return {
        "total": tally.total,
        "places": tally.places,
        "counts": [
            {"label": c.label, "count": c.count, "share": str(c.share)} for c in tally.counts
        ],
        "unjudged": [{"why": why, "count": count} for why, count in tally.reasons],
    }


def _passage(passage: Passage) -> Json:
    return {"text": passage.text, "source": passage.source, "stale": passage.stale}


def _effort(effort: Effort) -> Json:
    return {
        "work": effort.work or None,
        "factors": effort.factors or None,
        "direction": effort.direction or None,
    }


def _opinion(opinion: Opinion) -> Json:
    return {
        "date": opinion.date.isoformat(),
        "body": opinion.body,
        "subject": opinion.subject,
        "text": opinion.text,
        "owner": opinion.owner or None,
        "answer": opinion.answer or None,
    }


def _revision(pair: Pair) -> Json:
    return {
        "indicator": pair.indicator,
        "name": pair.name,
        "item": pair.item,
        "old": pair.old,
        "new": pair.new,
        "from_year": pair.from_year,
        "decided_by": pair.decided_by,
        "decided_on": pair.decided_on.isoformat(),
        "reason": pair.reason,
    }


def _digits(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")
