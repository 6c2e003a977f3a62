"""意見: entered, mended, taken back and answered. What it says is read by `store.remarks`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlite_utils import Database

from store.acts import By, append, rows
from store.errors import Stale
from store.remarks import Body, Opinion, Subject, opinion

LONGEST = 2000
GONE = "この意見は取り消されています。変更はありません。"
MEANWHILE = "開いた後に、ほかの人がこの意見を直しました。開き直してもう一度入力してください。"
ANSWERED_MEANWHILE = (
    "開いた後に、ほかの人が対応を書きました。内容を確かめるため、開き直してください。"
)

Identity = tuple[Body, date, Subject, str]


@dataclass(frozen=True)
class Said:
    """What a body said, who is to answer for it (None: the planning section) and by when."""

    body: Body
    held_on: date
    subject: Subject
    text: str
    department: str | None = None
    due: date | None = None

    @property
    def identity(self) -> Identity:
        """What makes it the same opinion: the meeting, the subject and the words, blanks aside."""
        return self.body, self.held_on, self.subject, "".join(self.text.split())


def as_said(found: Opinion) -> Said:
    """What an opinion says, without who entered it."""
    return Said(found.body, found.held_on, found.subject, found.text, found.department, found.due)


def wordings(db: Database, plan: str, collection: int) -> tuple[tuple[int, Said], ...]:
    """Everything that opinions about a collection ever said, by number, oldest first.

    Those that were mended since or taken back are among them.
    """
    sql = "SELECT * FROM opinions WHERE plan = ? AND collection = ? AND gone = 0 ORDER BY id"
    return tuple(
        (row["opinion"] or row["id"], _said(row)) for row in rows(db, sql, [plan, collection])
    )


def answers_among(db: Database, newest: Mapping[int, int]) -> dict[int, str]:
    """The texts of answers that are named by opinion and number; nothing where the number is 0."""
    wanted = json.dumps(list(newest.values()))
    sql = "SELECT id, text FROM opinion_answers WHERE id IN (SELECT value FROM json_each(?))"
    texts = {row["id"]: row["text"] for row in rows(db, sql, [wanted])}
    return {number: texts.get(answer, "") for number, answer in newest.items()}


def enter(db: Database, by: By, plan: str, collection: int, said: Said) -> int:
    """Enter an opinion about a collection; its number."""
    return _append(db, by, plan, collection, said, None)


def mend(db: Database, by: By, number: int, said: Said, seen: int) -> None:
    """Say an opinion anew; the old words stay in history. `seen` is the version that was mended.

    Raises Stale when it was mended or taken back since, and when nothing would change.
    """
    found = _holding(db, number, seen)
    if as_said(found) == said:
        raise Stale("意見の内容は同じです。変更はありません。")
    _append(db, by, found.plan, found.collection, said, number)


def take_back(db: Database, by: By, number: int, seen: int) -> None:
    """Take an opinion back that was entered by mistake. Raises Stale as `mend` does."""
    found = _holding(db, number, seen)
    _append(db, by, found.plan, found.collection, as_said(found), number, gone=1)


def answer(
    db: Database, by: By, number: int, text: str, department: str | None, seen: int = 0
) -> None:
    """Write what was done about an opinion; `seen` is the newest answer the writer saw (0: none).

    Raises Stale when the opinion is gone, when somebody answered meanwhile, or when the newest
    answer says just this.
    """
    found = opinion(db, number)
    if found is None:
        raise Stale(GONE)
    if (found.answer.number if found.answer else 0) != seen:
        raise Stale(ANSWERED_MEANWHILE)
    if found.answer and found.answer.text == text:
        raise Stale("書かれている対応と同じです。変更はありません。")
    append(db, "opinion_answers", by, opinion=number, text=text, department=department)


def _said(row: dict[str, Any]) -> Said:
    return Said(
        row["body"],
        date.fromisoformat(row["held_on"]),
        Subject(row["kind"], row["subject"]),
        row["text"],
        row["department"],
        date.fromisoformat(row["due"]) if row["due"] else None,
    )


def _holding(db: Database, number: int, seen: int) -> Opinion:
    found = opinion(db, number)
    if found is None:
        raise Stale(GONE)
    if found.version != seen:
        raise Stale(MEANWHILE)
    return found


def _append(
    db: Database,
    by: By,
    plan: str,
    collection: int,
    said: Said,
    number: int | None,
    gone: int = 0,
) -> int:
    return append(
        db,
        "opinions",
        by,
        opinion=number,
        plan=plan,
        collection=collection,
        body=said.body,
        held_on=said.held_on.isoformat(),
        kind=said.subject.kind,
        subject=said.subject.id,
        text=said.text,
        department=said.department,
        due=said.due.isoformat() if said.due else None,
        gone=gone,
    )
