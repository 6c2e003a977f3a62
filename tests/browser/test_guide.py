"""The guide's strip, the clock and starting over."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage, control

pytestmark = pytest.mark.browser


def test_a_step_moves_to_its_person_and_place_and_types_its_text(page: Page) -> None:
    guide = page.get_by_role("region", name="案内")
    guide.get_by_role("button", name="手順2").focus()
    page.keyboard.press("Enter")
    guide.get_by_role("button", name="入力する").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#who")).to_have_value("U0CHILD")
    expect(page.locator("#title")).to_have_text("kpibot")
    expect(page.locator("#text")).to_have_value(re.compile("^/kpi-submit "))
    expect(page.locator("#text")).to_be_focused()
    expect(guide.get_by_role("button", name="手順2")).not_to_contain_text("済み")


def test_a_step_is_ticked_when_what_it_leads_to_can_be_seen(page: Page) -> None:
    guide = page.get_by_role("region", name="案内")
    guide.get_by_role("button", name="手順2").click()
    guide.get_by_role("button", name="入力する").click()
    page.locator("#text").fill("提出しました")
    page.locator("#text").press("Enter")
    expect(page.locator("article.bot")).to_contain_text("受信: 提出しました")
    expect(guide.get_by_role("button", name="手順2")).to_contain_text("済み")
    expect(guide.get_by_role("button", name="手順1")).not_to_contain_text("済み")


def test_the_last_step_sets_the_clock_to_monday_morning(page: Page) -> None:
    guide = page.get_by_role("region", name="案内")
    guide.get_by_role("button", name="手順4").click()
    guide.get_by_role("button", name="時計を進める").click()
    expect(page.locator("#now")).to_contain_text("2026/5/11(月) 09:00")
    expect(page.locator("#title")).to_have_text("# 総合戦略")


def test_the_guide_stays_closed_until_it_is_asked_for(page: Page) -> None:
    guide = page.get_by_role("region", name="案内")
    guide.get_by_role("button", name="閉じる").click()
    expect(guide).to_be_hidden()
    page.reload()
    expect(page.locator("#title")).to_have_text("# 職員")
    expect(guide).to_be_hidden()
    page.locator("#clock summary").click()
    page.get_by_role("button", name="案内を表示する").click()
    expect(guide).to_be_visible()


def test_the_clock_goes_to_next_monday_and_to_a_moment_given(page: Page) -> None:
    clock = page.locator("#clock summary")
    expect(clock).to_contain_text("2026/5/11(月) 08:59")
    for _ in range(2):
        clock.focus()
        page.keyboard.press("Enter")
        page.get_by_role("button", name="次の月曜 9:00 へ").click()
        expect(page.locator("#clock-form")).to_be_hidden()
    expect(clock).to_contain_text("2026/5/18(月) 09:00")
    expect(page.locator("#notice")).to_contain_text("新しい投稿はありません")
    clock.click()
    page.get_by_label("日時を指定").fill("2026-06-12T17:30")
    page.get_by_role("button", name="この日時にする").click()
    expect(clock).to_contain_text("2026/6/12(金) 17:30")


def test_a_clock_set_elsewhere_shows_here(page: Page, url: str) -> None:
    control(url, "clock", {"now": "2026-08-01T12:00:00+09:00"})
    expect(page.locator("#now")).to_contain_text("2026/8/1(土) 12:00")


def test_starting_over_asks_first_and_leaves_nothing(page: Page, url: str) -> None:
    control(url, "message", {"user": "U0STAFF", "channel": "C0STAFF", "text": "消える発言"})
    expect(page.locator("article")).to_have_count(1)
    page.locator("#clock summary").click()
    page.locator("#reset").click()
    question = page.get_by_role("alertdialog")
    question.get_by_role("button", name="最初の状態に戻す").click()
    expect(page.locator("article")).to_have_count(0)
    expect(page.locator("#clock-form")).to_be_hidden()


def test_the_address_keeps_who_and_where(new_page: NewPage) -> None:
    page = new_page("#as=U0CHILD&at=C0DIGEST")
    expect(page.locator("#who")).to_have_value("U0CHILD")
    expect(page.locator("#title")).to_have_text("# 総合戦略")
    page.locator("[data-place=home]").click()
    expect(page).to_have_url(re.compile("#as=U0CHILD&at=home$"))
