"""Counts and shares of a report: half up to one decimal, each indicator once or where it serves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from reports.progress.items import UNJUDGED, Item
from reports.progress.model import Count, Report, Tally
from store.judge import Grade, share
from store.terms import ROLES


def tally(items: Sequence[Item], grades: Iterable[Grade], *, places: bool = False) -> Tally:
    """How these stand. Of an indicator that stands among them twice one counts, unless `places`."""
    once = tuple({item.indicator.id: item for item in items}.values())
    counted = items if places else once
    found = Counter(item.judged.grade for item in counted)
    total = len(counted)
    rows = [(g.label, g.mark, found[g]) for g in grades] + [(UNJUDGED, "–", found[None])]
    return Tally(
        tuple(Count(label, mark, n, share(n, total)) for label, mark, n in rows),
        total,
        len(items),
        tuple(Counter(i.judged.why for i in counted if i.judged.grade is None).most_common()),
    )


def tally_headings(report: Report) -> tuple[str, ...]:
    """Headings of the table of counts and shares."""
    counts = next(iter(report.tallies.values())).counts
    return ("目標", "区分", "項目数", *(f"{c.mark} {c.label}" for c in counts))


def tally_rows(report: Report) -> Iterator[tuple[str, ...]]:
    """Each goal's, then all: 延べ, and each indicator once where that differs. There is no share of none."""
    for part in report.goals:
        for role, tally in part.tallies.items():
            if tally.total:
                yield (part.goal.label, ROLES[role], str(tally.total), *_shares(tally))
    for role, tally in report.places.items():
        if not tally.total:
            continue
        several = report.tallies[role].total != tally.total
        if several:
            yield ("全体（延べ）", ROLES[role], str(tally.total), *_shares(tally))
        once = report.tallies[role]
        called = "全体（重複を除く）" if several else "全体"
        yield (called, ROLES[role], str(once.total), *_shares(once))


def _shares(tally: Tally) -> Iterator[str]:
    return (f"{c.count}（{c.share}%）" for c in tally.counts)
