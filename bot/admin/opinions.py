"""`/kpi-admin 意見`: what the bodies said, to be entered, mended and answered."""

from __future__ import annotations

from answers.content import Content
from bot.admin.page import Request
from bot.desk import Desk
from bot.opinions_seen import listed


def page(desk: Desk, request: Request) -> Content:
    """`意見 未対応 R6`: those that the words look for; the same list as `/kpi 意見`."""
    return listed(desk, request.person, request.words)
