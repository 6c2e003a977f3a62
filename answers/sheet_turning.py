"""The buttons that turn the pages of a sheet's preview."""

from __future__ import annotations

from answers.content import button
from answers.layout import Part, row


def turning(draft: str, page: int, pages: int) -> Part | None:
    """前のページ, 次のページ; nothing where there is one page only."""
    if pages == 1:
        return None
    turns = (("前のページ", "sheet_page:back", page - 1), ("次のページ", "sheet_page:on", page + 1))
    buttons = [
        button(f"{label}（{to}/{pages}）", action, f"{draft}|{to}")
        for label, action, to in turns
        if 1 <= to <= pages
    ]
    return row(buttons)
