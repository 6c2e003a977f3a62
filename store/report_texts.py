"""評価の文 of a report: drafted from the figures, edited by planners, made final.

A draft is not kept, so that it follows the figures. What was edited is, with the draft that it was
edited from; and once texts are made final (確定), all of them as they were. Whoever edits one after
that gives a reason, and they are 案 again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from sqlite_utils import Database

from store.acts import By, append, rows
from store.errors import Stale

Kind = Literal["progress", "whole"]
MOST = 3000
"""Letters to a passage: what a field of a form takes."""
MOVED_ON = "入力中にほかの人が文章を変えたため、保存していません。開き直して確かめてください。"


@dataclass(frozen=True)
class ReportOf:
    """Which report: of a plan's collection, or of its whole period up to that."""

    plan: str
    collection: int
    kind: Kind


@dataclass(frozen=True)
class Edited:
    """A passage as somebody put it, and what stood there before anybody edited it."""

    text: str
    drafted: str


@dataclass(frozen=True)
class Final:
    """All passages, by part, as they were made final: by whom and when."""

    passages: Mapping[str, Edited]
    actor: str
    at: str


@dataclass(frozen=True)
class Texts:
    """The passages that were edited, by part; the final ones while they hold.

    `version` grows with every edit. `actor` and `at` are of the last, empty before there is one.
    """

    edited: Mapping[str, Edited] = field(default_factory=dict)
    final: Final | None = None
    version: int = 0
    actor: str = ""
    at: str = ""


def texts(db: Database, of: ReportOf) -> Texts:
    """What holds of a report's texts."""
    found = rows(
        db,
        """SELECT * FROM report_texts WHERE id IN (SELECT max(id) FROM report_texts
             WHERE plan = ? AND collection = ? AND kind = ? GROUP BY part) ORDER BY id""",
        [of.plan, of.collection, of.kind],
    )
    if not found:
        return Texts(final=_final(db, of, 0))
    edited = {row["part"]: Edited(row["text"], row["drafted"]) for row in found if row["text"]}
    last = found[-1]
    return Texts(edited, _final(db, of, last["id"]), last["id"], last["actor"], last["at"])


def edit(
    db: Database,
    by: By,
    of: ReportOf,
    passages: Mapping[str, str | None],
    drafted: Mapping[str, str],
) -> None:
    """Put these passages so from now on; None takes an edit back.

    `drafted` is what stands there when nobody edits. Of final texts `by.reason` is wanted (the
    schema insists).
    """
    for part, text in passages.items():
        entry = {"plan": of.plan, "collection": of.collection, "kind": of.kind, "part": part}
        append(db, "report_texts", by, **entry, text=text, drafted=drafted[part])


def make_final(
    db: Database, by: By, of: ReportOf, passages: Mapping[str, Edited], version: int
) -> None:
    """確定: keep all passages as they are. Raises Stale when they are final or were edited since."""
    held = texts(db, of)
    if held.final is not None:
        raise Stale("評価の文はすでに確定しています。変更はありません。")
    if held.version != version:
        raise Stale("評価の文がその後に変わりました。もう一度開いて確かめてから確定してください。")
    kept = {part: [each.text, each.drafted] for part, each in passages.items()}
    entry = {"plan": of.plan, "collection": of.collection, "kind": of.kind}
    body = json.dumps(kept, ensure_ascii=False)
    append(db, "report_finals", by, **entry, passages=body, last_text=version)


def _final(db: Database, of: ReportOf, version: int) -> Final | None:
    found = rows(
        db,
        """SELECT * FROM report_finals WHERE plan = ? AND collection = ? AND kind = ?
           ORDER BY id DESC LIMIT 1""",
        [of.plan, of.collection, of.kind],
    )
    if not found or found[0]["last_text"] != version:
        return None
    kept = json.loads(found[0]["passages"])
    passages = {part: Edited(*each) for part, each in kept.items()}
    return Final(passages, found[0]["actor"], found[0]["at"])
