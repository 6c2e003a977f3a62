"""Each night: whether history is as it was sealed. What is not is remembered, and told by whoever asks."""

from __future__ import annotations

import structlog
from sqlite_utils import Database

from schedules import memory
from store.db import writing
from store.examining import examine_now

log = structlog.get_logger()


def history_is_whole(db: Database) -> bool:
    """True also where it is altered as the operator knows who put it back, and no more than that."""
    found = examine_now(db)
    with writing(db):
        memory.remember_altered(db, found.mark)
    if memory.altered(db) is None:
        return True
    log.error("history.altered", breaches=len(found.breaches), first=str(found.breaches[0]))
    return False
