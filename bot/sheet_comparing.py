"""The comparisons of a sheet, recorded by the button that submits it: each that still may be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from answers.sheet_comparing import Compared, told_apart
from bot.describing import indicator_named, permit_to_describe
from bot.desk import Desk
from store import comparisons
from store.acts import By, record
from store.errors import NotAllowed, Stale
from store.people import Who

MEANWHILE = (
    "プレビューの後にこの比較値が変わりました。新しい様式を受け取るか、画面で直してください。"
)


def record_compared(
    desk: Desk, by: By, person: Who, plan: str, wanted: Iterable[Compared]
) -> tuple[list[Compared], list[Compared]]:
    """(recorded, not recorded with its reason). Inside the act's transaction.

    Who may is decided now, for each indicator as by the form; a refusal leaves an audit row.
    """
    done, lapsed = [], []
    for each in wanted:
        try:
            _record(desk, by, person, plan, each)
            done.append(each)
        except NotAllowed as denied:
            record(desk.db, by.because(str(denied)), denied.act, denied.subject, "denied")
            lapsed.append(replace(each, why=(str(denied),)))
        except Stale as stale:
            lapsed.append(replace(each, why=(str(stale),)))
    return done, lapsed


def _record(desk: Desk, by: By, person: Who, plan: str, given: Compared) -> None:
    current, indicator = indicator_named(desk, plan, given.indicator)
    permit_to_describe(desk, by, person, current, indicator.id)
    where = (desk.db, current.id, indicator.id, given.place, given.period)
    if told_apart(comparisons.find(*where)) != given.before:
        raise Stale(MEANWHILE)
    comparisons.record(desk.db, by, *where[1:], given.values, given.source)
