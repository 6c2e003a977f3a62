"""What a sheet says beside its figures, done by the button that submits it: each that still may be."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from sqlite_utils import Database

from answers.opinion_given import GivenOpinion
from answers.sheet_comparing import Compared
from answers.sheet_efforts import Reflected
from store.acts import By, record
from store.errors import NotAllowed, Stale

Row = TypeVar("Row", Compared, Reflected, GivenOpinion)


def do_each(
    db: Database, by: By, wanted: Iterable[Row], do: Callable[[Row], Row | None]
) -> tuple[list[Row], list[Row]]:
    """(done, not done with its reason). Inside the act's transaction.

    What `do` makes of a row stands in its place. Who may is decided by `do`, now; a refusal leaves
    an audit row and keeps no other back.
    """
    done, lapsed = [], []
    for each in wanted:
        try:
            done.append(do(each) or each)
        except NotAllowed as denied:
            record(db, by.because(str(denied)), denied.act, denied.subject, "denied")
            lapsed.append(replace(each, why=(str(denied),)))
        except Stale as stale:
            lapsed.append(replace(each, why=(str(stale),)))
    return done, lapsed
