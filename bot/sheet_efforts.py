"""取組内容 of a sheet, written down by the button that submits it: each that still may be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from answers.sheet_efforts import Reflected
from bot.desk import Desk
from bot.remarking import owner_of, permit_effort
from store import efforts
from store.acts import By, record
from store.errors import NotAllowed, Stale
from store.people import Who
from store.remarks import Subject
from store.sheets import Sheet


def write_efforts(
    desk: Desk, by: By, person: Who, issued: Sheet, wanted: Iterable[Reflected]
) -> tuple[list[Reflected], list[Reflected]]:
    """(written, not written with its reason). Inside the act's transaction.

    Who may is decided now, for each indicator as by the form; a refusal leaves an audit row.
    """
    done, lapsed = [], []
    for each in wanted:
        try:
            _write(desk, by, person, issued, each)
            done.append(each)
        except NotAllowed as denied:
            record(desk.db, by.because(str(denied)), denied.act, denied.subject, "denied")
            lapsed.append(replace(each, why=(str(denied),)))
        except Stale as stale:
            lapsed.append(replace(each, why=(str(stale),)))
    return done, lapsed


def _write(desk: Desk, by: By, person: Who, issued: Sheet, given: Reflected) -> None:
    plan, subject = desk.plan_of(issued.plan), Subject("indicator", given.indicator)
    if given.indicator not in plan.by_id:
        raise Stale("この指標は今の計画にありません。")
    permit_effort(desk, by, person, plan, subject)
    owner = owner_of(desk, plan, subject)
    where = (desk.db, by, plan.id, issued.collection, subject, owner.id if owner else None)
    efforts.write(*where, given.written, given.before)
