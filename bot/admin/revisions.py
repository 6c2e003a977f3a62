"""`/kpi-admin 見直し`: how the strategy was revised; with an indicator, the form to revise it."""

from __future__ import annotations

from answers.content import Content
from answers.matching import names_of
from answers.revision_form import revision_form
from answers.revision_page import WORD
from bot import revisions_seen
from bot.admin.page import Request, View, page_in
from bot.desk import Desk
from store.errors import UnknownWords


def page(desk: Desk, request: Request) -> Content | View:
    """`見直し` and `見直し 2ページ` list them, `見直し 1-1b` opens the form."""
    words = request.words.strip()
    hits = {hit.id for hit in names_of(desk.plan).called(words) if hit.thing == "indicator"}
    if len(hits) == 1:
        return revision_form(revisions_seen.now_of(desk, hits.pop()))
    if words and not words.replace("ページ", "").replace("頁", "").strip().isdigit():
        raise UnknownWords(
            f"「{words}」という指標は見つかりません。番号か名前を続けてください。"
            f"例: `/kpi-admin {WORD} {desk.plan.indicators[0].id}`",
            f"/kpi-admin {WORD} {words}",
        )
    return revisions_seen.page(desk, request.person.user, page_in(words))
