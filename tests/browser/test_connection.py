"""What the page says when the sandbox or the app is away."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import sandbox_process
from tests.browser.sample_app import connect

pytestmark = pytest.mark.browser


def test_the_page_says_that_no_app_is_connected_until_one_is(
    browser: Browser, tmp_path: Path
) -> None:
    with sandbox_process(tmp_path) as url, browser.new_context() as context:
        page = context.new_page()
        page.goto(url)
        expect(page.locator("#offline")).to_have_text("アプリが接続していません")
        app = connect(url)
        expect(page.locator("#offline")).to_be_hidden()
        app.close()  # type: ignore[no-untyped-call]


def test_a_lost_sandbox_is_said_and_found_again(browser: Browser, url: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(url)
        expect(page.locator("#title")).to_have_text("# 職員")
        context.set_offline(True)
        page.locator("#text").fill("聞こえますか")
        page.keyboard.press("Enter")
        expect(page.locator("#notice")).to_contain_text("試用環境に接続できません")
        expect(page.locator("#text")).to_have_value("聞こえますか")
        context.set_offline(False)
        page.locator("#send").click()
        expect(page.locator("article")).to_contain_text("聞こえますか")
        expect(page.locator("#notice")).to_be_hidden()
