"""Definition cards: what is counted, where it comes from, who has it, when it is out.

A card begins with what the plan file says; what people enter stands above it, row upon row, and a
newer version of the plan does not undo it. What nobody said stays empty: nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from sqlite_utils import Database

from store.acts import By, append, rows
from store.errors import BadInput, Stale
from store.plan import Indicator, Measure, Method, Plan

Field = Literal[
    "definition", "source", "holder", "frequency", "publishes_in", "measure", "method", "as_of"
]
FIELDS: tuple[Field, ...] = get_args(Field)
LONGEST = 1000

_CHOICES: Mapping[Field, frozenset[str]] = {
    "measure": frozenset(get_args(Measure)) - {"unknown"},
    "method": frozenset(get_args(Method)),
    "publishes_in": frozenset(str(month) for month in range(1, 13)),
}


@dataclass(frozen=True)
class Fact:
    """One thing that a card says. Who entered it and when are None where the plan says it."""

    value: str
    actor: str | None = None
    at: str | None = None


@dataclass(frozen=True)
class Card:
    """The card of one indicator; a field that nobody filled in is not among its facts."""

    plan: str
    indicator: str
    facts: Mapping[Field, Fact]

    def said(self, field: Field) -> str | None:
        """What the card says of something: words, a month's number, a measure, a method."""
        found = self.facts.get(field)
        return found.value if found else None

    @property
    def missing(self) -> tuple[Field, ...]:
        """What the department is asked for: all but the month, and a 基準日 for a point in time only."""
        needless: set[Field] = {"publishes_in"}
        if self.said("measure") != "point":
            needless.add("as_of")
        return tuple(f for f in FIELDS if f not in self.facts and f not in needless)


def card(db: Database, plan: Plan, indicator: Indicator, until: int | None = None) -> Card:
    """The card of one indicator, as it is or as it was at entry `until`."""
    found = entered(db, plan.id, indicator.id, until)
    return _card(plan, indicator, found.get(indicator.id, {}))


def cards(db: Database, plan: Plan) -> dict[str, Card]:
    """The cards of all indicators of a plan by id, in the plan's order."""
    found = entered(db, plan.id)
    return {i.id: _card(plan, i, found.get(i.id, {})) for i in plan.indicators}


def measure(db: Database, plan: Plan, indicator: Indicator) -> Measure:
    """How the figure is counted, as somebody declared it or as the plan says; else `unknown`."""
    said = card(db, plan, indicator).said("measure")
    return next((each for each in get_args(Measure) if each == said), "unknown")


def declare_measure(
    db: Database, by: By, plan_id: str, indicator_id: str, measure: Measure
) -> None:
    """Enter how the figure is counted. `unknown` takes an entry back."""
    declare(db, by, plan_id, indicator_id, "measure", None if measure == "unknown" else measure)


def declare(
    db: Database, by: By, plan_id: str, indicator_id: str, field: Field, value: str | None
) -> None:
    """Append one entry (None takes it back). Raises BadInput for what the field cannot hold."""
    if value is not None:
        _check(field, value)
    append(db, "cards", by, plan=plan_id, indicator=indicator_id, field=field, value=value)


def fill_in(
    db: Database,
    by: By,
    plan: Plan,
    indicator: Indicator,
    given: Mapping[Field, str | None],
    seen: int,
) -> tuple[Field, ...]:
    """Enter what differs from the card as it was at entry `seen`, and say what that was.

    An emptied field goes back to what the plan says. Raises Stale when somebody else entered one of
    these fields since, BadInput for what a field cannot hold.
    """
    shown, now = card(db, plan, indicator, seen), card(db, plan, indicator)
    changed = tuple(_changed(shown, given))
    if any(now.facts.get(field) != shown.facts.get(field) for field in changed):
        raise Stale(
            "このフォームを開いた後に、ほかの人が同じ項目を記入しました。"
            "内容を確かめるため、開き直してもう一度入力してください。"
        )
    for field in changed:
        declare(db, by, plan.id, indicator.id, field, given[field])
    return changed


def newest_number(db: Database, plan: str, indicator: str) -> int:
    """The number of the newest entry on a card, 0 before the first."""
    found = db.execute(
        "SELECT coalesce(max(id), 0) FROM cards WHERE plan = ? AND indicator = ?",
        [plan, indicator],
    ).fetchone()
    return int(found[0])


def entered(
    db: Database, plan: str, indicator: str | None = None, until: int | None = None
) -> dict[str, dict[Field, Fact]]:
    """What was entered and holds, by indicator: the newest entry of each field not taken back."""
    newest = rows(
        db,
        """SELECT indicator, field, value, actor, at FROM cards WHERE id IN (
             SELECT max(id) FROM cards
             WHERE plan = ?1 AND (?2 IS NULL OR indicator = ?2)
               AND (?3 IS NULL OR id <= ?3)
             GROUP BY plan, indicator, field) AND value IS NOT NULL ORDER BY id""",
        [plan, indicator, until],
    )
    found: dict[str, dict[Field, Fact]] = {}
    for row in newest:
        fact = Fact(row["value"], row["actor"], row["at"])
        found.setdefault(row["indicator"], {})[row["field"]] = fact
    return found


def _changed(card: Card, given: Mapping[Field, str | None]) -> Iterator[Field]:
    for field, value in given.items():
        now = card.facts.get(field)
        if value == (now.value if now else None):
            continue
        if value is not None or (now is not None and now.actor is not None):
            yield field


def _check(field: Field, value: str) -> None:
    choices = _CHOICES.get(field)
    if choices is not None and value not in choices:
        raise BadInput("選択肢の中から選んでください。", value)
    if not value.strip() or len(value) > LONGEST:
        raise BadInput(f"{LONGEST}文字までの言葉で書いてください。", value)


def _card(plan: Plan, indicator: Indicator, entered: Mapping[Field, Fact]) -> Card:
    said = {field: _of_plan(indicator, field) for field in FIELDS}
    own: dict[Field, Fact] = {field: Fact(value) for field, value in said.items() if value}
    return Card(plan.id, indicator.id, {**own, **entered})


def _of_plan(indicator: Indicator, field: Field) -> str | None:
    value = getattr(indicator, field)
    return None if value in {None, "unknown"} else str(value)
