"""What continues: figures that were reported under the plan before, behind those of this one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sqlite_utils import Database

from store import submissions
from store.acts import rows
from store.judge import judge
from store.kept import Kept, Same
from store.periods import default_period, year_of
from store.plan import Indicator, Observation, Plan, Series
from store.standing import Outlook, Standing
from store.submissions import Submission

MOST_KEPT = 64
_kept: Kept[Outlook] = Kept(MOST_KEPT)


def continued(db: Database, seen: Outlook, earlier: Plan | None) -> Outlook:
    """The outlook with what was approved of each indicator under the plan that it continues.

    `before` of a standing are those figures; the newest is the old plan's 最新値 where its file has
    none. The same outlook where nothing was reported to `earlier`.
    """
    if earlier is None:
        return seen
    there, key = earlier, (Same(seen), Same(earlier))
    return _kept(db, key, lambda: _continued(db, seen, there))


def _continued(db: Database, seen: Outlook, earlier: Plan) -> Outlook:
    if not _reported(db, earlier):
        return seen
    found = _given(db, seen.standings.values(), earlier)
    standings = {id_: _with(s, found, earlier) for id_, s in seen.standings.items()}
    return replace(seen, standings=standings)


def with_before(db: Database, standing: Standing, earlier: Plan | None) -> Standing:
    """The same for one indicator."""
    if earlier is None or standing.continued is None or not _reported(db, earlier):
        return standing
    return _with(standing, _given(db, [standing], earlier), earlier)


def label_of(earlier: Plan, given: Sequence[Submission]) -> str:
    """The verdict's word on the newest of some figures, as the plan stood in its year."""
    newest = given[-1].proposal
    then = earlier.as_of(newest.collection)
    before = [each.proposal.values for each in given[:-1]]
    found = judge(then, then.by_id[newest.indicator], newest.values, newest.collection, before)
    return found.grade.label if found.grade else ""


def _given(
    db: Database, standings: Iterable[Standing], earlier: Plan
) -> Mapping[str, list[Submission]]:
    """What was approved under the plan before, by its indicators, oldest collection first."""
    there = list(standings)
    ids = {s.continued.id for s in there if s.continued}
    last = max(s.collection for s in there)
    until = earlier.last_year if earlier.last_year is not None else last
    approved = submissions.approved_until(db, earlier.id, ids, until)
    return {
        indicator: [each for each in given if each.proposal.kind == "actual"]
        for indicator, given in approved.items()
    }


def _reported(db: Database, plan: Plan) -> bool:
    return bool(rows(db, "SELECT 1 FROM submissions WHERE plan = ? LIMIT 1", [plan.id]))


def _with(standing: Standing, found: Mapping[str, list[Submission]], earlier: Plan) -> Standing:
    given = found.get(standing.continued.id, []) if standing.continued else []
    if not given or standing.continued is None:
        return standing
    return replace(
        standing, continued=_ended(standing.continued, given, earlier), before=tuple(given)
    )


def _ended(old: Indicator, given: Sequence[Submission], earlier: Plan) -> Indicator:
    proposal, label = given[-1].proposal, label_of(earlier, given)
    year = year_of(proposal.period or default_period(proposal.collection))

    def ended(series: Series) -> Series:
        value = proposal.values.get(series.name)
        if series.latest is not None or value is None:
            return series
        latest = Observation(value=value, years=(year,))
        return series.model_copy(update={"latest": latest, "published_verdict": label or None})

    return old.model_copy(update={"series": tuple(map(ended, old.series))})
