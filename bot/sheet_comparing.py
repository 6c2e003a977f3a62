"""The comparisons of a sheet, recorded by the button that submits it: each that still may be."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from answers.sheet_comparing import Compared, told_apart
from bot.describing import indicator_named, permit_to_describe
from bot.desk import Desk
from bot.sheet_beside import do_each
from store import comparisons
from store.acts import By
from store.errors import Stale
from store.people import Who

MEANWHILE = (
    "プレビューの後にこの比較値が変わりました。新しい様式を受け取るか、画面で直してください。"
)


def record_compared(
    desk: Desk, by: By, person: Who, plan: str, wanted: Iterable[Compared]
) -> tuple[list[Compared], list[Compared]]:
    """(recorded, not recorded with its reason): by whoever may, for each indicator as by the form."""
    return do_each(desk.db, by, wanted, partial(_record, desk, by, person, plan))


def _record(desk: Desk, by: By, person: Who, plan: str, given: Compared) -> None:
    current, indicator = indicator_named(desk, plan, given.indicator)
    permit_to_describe(desk, by, person, current, indicator.id)
    where = (desk.db, current.id, indicator.id, given.place, given.period)
    if told_apart(comparisons.find(*where)) != given.before:
        raise Stale(MEANWHILE)
    comparisons.record(desk.db, by, *where[1:], given.values, given.source)
