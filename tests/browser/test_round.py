"""One whole round as a person plays it in the page, with the real bot behind it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = pytest.mark.browser


@contextmanager
def kpibot(data: Path) -> Iterator[str]:
    """The bot in its sandbox, as `make run` starts it; the address it says."""
    command = [sys.executable, "-m", "bot", "run", "--port", "0", "--data", str(data)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as bot:
        assert bot.stdout is not None
        try:
            yield next(line for line in bot.stdout if line.startswith("ready: "))[7:].strip()
        finally:
            bot.terminate()
            bot.communicate(timeout=30)


@contextmanager
def opened(browser: Browser, url: str) -> Iterator[Page]:
    """The page as it opens."""
    context = browser.new_context(viewport={"width": 1180, "height": 860}, locale="ja-JP")
    page = context.new_page()
    page.goto(url)
    yield page
    context.close()


def messages(page: Page) -> Locator:
    return page.locator("article")


def step(page: Page, number: int, act: str) -> None:
    guide = page.get_by_role("region", name="案内")
    guide.get_by_role("button", name=f"手順{number}").click()
    guide.get_by_role("button", name=act).click()


def send(page: Page, text: str) -> None:
    """Send what the guide put into the composer."""
    composer = page.locator("#text")
    expect(composer).to_have_value(text)
    composer.press("Enter")


def test_ask_submit_approve_and_the_digest_stands_once(browser: Browser, tmp_path: Path) -> None:
    with kpibot(tmp_path) as url, opened(browser, url) as page:
        expect(page.locator("#who")).to_have_value("U0STAFF")
        page.get_by_role("button", name="施策 1-1 を聞く").click()
        expect(messages(page).last).to_contain_text("保育所（園）待機児童数")
        expect(messages(page).last).to_contain_text("サンプル（架空の値）")

        step(page, 2, "入力する")
        expect(page.get_by_role("heading", name="はじめまして、kpibot です")).to_be_visible()
        send(page, "/kpi-submit 1-1b R6 12人 市の集計")
        expect(messages(page).last).to_contain_text("17/29=進捗59%")
        page.get_by_role("button", name="提出", exact=True).click()
        expect(messages(page).last).to_contain_text("提出しました（確認中）")

        page.get_by_role("region", name="案内").get_by_role("button", name="手順3").click()
        page.locator("#who").select_option("U0PLANNER")
        page.get_by_role("button", name="kpibot", exact=True).click()
        page.get_by_role("button", name="承認", exact=True).click()
        expect(messages(page).last).to_contain_text("承認済み")
        expect(page.get_by_role("button", name="承認", exact=True)).to_have_count(0)

        step(page, 1, "入力する")
        send(page, "/kpi 1-1")
        expect(messages(page).last).to_contain_text("12人")
        expect(messages(page).last).to_contain_text("▲ 向上")

        step(page, 4, "時計を進める")
        expect(page.locator("#title")).to_have_text("# 総合戦略")
        expect(messages(page)).to_have_count(1)
        expect(messages(page)).to_contain_text("保育所（園）待機児童数")
        expect(messages(page)).to_contain_text("12人")

    with kpibot(tmp_path) as url, opened(browser, f"{url}/#as=U0STAFF&at=C0DIGEST") as page:
        expect(messages(page)).to_have_count(1)
        expect(messages(page)).to_contain_text("12人")
