"""Writing down 取組内容・要因・今後の方向性 of an indicator or a goal for a collection."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from store.acts import By, append
from store.errors import Stale
from store.remarks import Direction, Effort, Subject, efforts

LONGEST = 1000
MEANWHILE = (
    "開いた後に、ほかの人が同じ年度の取組内容を書きました。"
    "内容を確かめるため、開き直してもう一度入力してください。"
)


@dataclass(frozen=True)
class Written:
    """What somebody writes; all of it None takes back what stands."""

    work: str | None = None
    factors: str | None = None
    direction: Direction | None = None

    @property
    def empty(self) -> bool:
        """Nothing is said."""
        return not (self.work or self.factors or self.direction)


def effort(db: Database, plan: str, collection: int, subject: Subject) -> Effort | None:
    """What holds of one subject."""
    return efforts(db, plan, collection).get(subject)


def as_written(found: Effort | None) -> Written:
    """What an effort says, without who said it."""
    return Written(found.work, found.factors, found.direction) if found else Written()


def write(
    db: Database,
    by: By,
    plan: str,
    collection: int,
    subject: Subject,
    department: str | None,
    written: Written,
    seen: int = 0,
) -> None:
    """Append what is written; `seen` is the number of the entry that the writer saw (0: none).

    Raises Stale when another one holds by now, or when it says just this already.
    """
    now = effort(db, plan, collection, subject)
    if (now.number if now else 0) != seen:
        raise Stale(MEANWHILE)
    if as_written(now) == written:
        raise Stale("書かれている内容と同じです。変更はありません。")
    append(
        db,
        "efforts",
        by,
        plan=plan,
        collection=collection,
        kind=subject.kind,
        subject=subject.id,
        department=department,
        work=written.work,
        factors=written.factors,
        direction=written.direction,
    )
