"""The visible list of what `/kpi-admin` has."""

from __future__ import annotations

from bot.admin.page import Page

PAGES: tuple[Page, ...] = ()
