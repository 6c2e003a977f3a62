"""評価の文 as it is edited and made final."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlite_utils import Database
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from store.acts import By, append
from store.errors import Stale
from store.report_texts import Edited, ReportOf, edit, make_final, texts

OF = ReportOf("p", 2024, "progress")
ACTS = Callable[..., By]
DRAFTS = {"": "全体の下書き", "1": "目標1の下書き"}


def test_the_newest_edit_of_a_passage_holds_and_others_follow_the_figures(
    db: Database, by: ACTS
) -> None:
    edit(db, by("U1"), OF, {"1": "直した"}, DRAFTS)
    edit(db, by("U2"), OF, {"1": "また直した"}, DRAFTS)
    held = texts(db, OF)
    assert held.edited == {"1": Edited("また直した", "目標1の下書き")}
    assert (held.actor, held.final) == ("U2", None)
    assert texts(db, ReportOf("p", 2024, "whole")).edited == {}
    assert texts(db, ReportOf("p", 2023, "progress")).version == 0


def test_an_edit_is_taken_back(db: Database, by: ACTS) -> None:
    edit(db, by(), OF, {"1": "直した"}, DRAFTS)
    edit(db, by(), OF, {"1": None}, DRAFTS)
    assert texts(db, OF).edited == {}
    assert texts(db, OF).version == 2


def test_all_texts_are_made_final_once(db: Database, by: ACTS) -> None:
    passages = {part: Edited(text, text) for part, text in DRAFTS.items()}
    make_final(db, by("U1"), OF, passages, 0)
    final = texts(db, OF).final
    assert final is not None
    assert (dict(final.passages), final.actor) == (passages, "U1")
    with pytest.raises(Stale, match="すでに確定"):
        make_final(db, by("U2"), OF, passages, 0)


def test_what_was_edited_meanwhile_is_not_made_final(db: Database, by: ACTS) -> None:
    edit(db, by(), OF, {"1": "直した"}, DRAFTS)
    with pytest.raises(Stale, match="その後に変わりました"):
        make_final(db, by(), OF, {}, 0)
    with pytest.raises(sqlite3.IntegrityError, match="moved on"):
        append(
            db,
            "report_finals",
            by(),
            plan="p",
            collection=2024,
            kind="progress",
            passages="{}",
            last_text=0,
        )


def test_a_final_text_is_edited_for_a_reason_and_is_a_draft_again(db: Database, by: ACTS) -> None:
    make_final(db, by(), OF, {"1": Edited("x", "x")}, 0)
    with pytest.raises(sqlite3.IntegrityError, match="for a reason"):
        edit(db, by(), OF, {"1": "直した"}, DRAFTS)
    edit(db, by(reason="会議の意見による"), OF, {"1": "直した", "": "全体"}, DRAFTS)
    assert texts(db, OF).final is None
    make_final(db, by(), OF, {"1": Edited("直した", "x")}, texts(db, OF).version)
    assert texts(db, OF).final is not None


def test_no_row_is_ever_changed(db: Database, by: ACTS) -> None:
    edit(db, by(), OF, {"1": "直した"}, DRAFTS)
    make_final(db, by(), OF, {}, 1)
    for table in ("report_texts", "report_finals"):
        for statement in (f"UPDATE {table} SET at = ''", f"DELETE FROM {table}"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                db.execute(statement)
