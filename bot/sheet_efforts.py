"""取組内容 of a sheet, written down by the button that submits it: each that still may be."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from answers.sheet_efforts import Reflected
from bot.desk import Desk
from bot.remarking import owner_of, permit_effort
from bot.sheet_beside import do_each
from store import efforts
from store.acts import By
from store.errors import Stale
from store.people import Who
from store.remarks import Subject
from store.sheets import Sheet


def write_efforts(
    desk: Desk, by: By, person: Who, issued: Sheet, wanted: Iterable[Reflected]
) -> tuple[list[Reflected], list[Reflected]]:
    """(written, not written with its reason): by whoever may, for each indicator as by the form."""
    return do_each(desk.db, by, wanted, partial(_write, desk, by, person, issued))


def _write(desk: Desk, by: By, person: Who, issued: Sheet, given: Reflected) -> None:
    plan, subject = desk.plan_of(issued.plan), Subject("indicator", given.indicator)
    if given.indicator not in plan.by_id:
        raise Stale("この指標は今の計画にありません。")
    permit_effort(desk, by, person, plan, subject)
    owner = owner_of(desk, plan, subject)
    where = (desk.db, by, plan.id, issued.collection, subject, owner.id if owner else None)
    efforts.write(*where, given.written, given.before)
