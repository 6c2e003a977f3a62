"""Forms on the page: filled in by keyboard, checked, sent, closed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewPage

pytestmark = pytest.mark.browser


@pytest.fixture
def form(page: Page) -> Locator:
    return opened(page)


def opened(page: Page) -> Locator:
    page.locator("#text").fill("/form")
    page.keyboard.press("Enter")
    form = page.get_by_role("dialog", name="実績の入力")
    expect(form).to_be_visible()
    return form


def error_of(form: Locator, block_id: str) -> Locator:
    return form.locator(f"[data-block={block_id}] .field-error")


def offered(form: Locator) -> Locator:
    """The choices of the list that is open."""
    return form.locator(".popup:visible [role=option]")


def fill_the_rest(page: Page, form: Locator) -> None:
    """Fill in all but the value, with the keyboard alone, from 備考 on."""
    press = page.keyboard.press
    form.get_by_role("textbox", name="備考").focus()
    press("Tab")
    page.keyboard.type("75")
    press("Tab")
    press("ArrowDown")
    press("Tab")
    page.keyboard.type("県の")
    expect(offered(form)).to_have_count(3)
    press("ArrowDown")
    press("ArrowDown")
    press("Enter")
    press("Tab")
    press("ArrowDown")
    expect(offered(form)).to_have_count(3)
    press("ArrowDown")
    press("Enter")
    press("Tab")
    press("Space")


def test_a_form_is_filled_in_and_sent_with_the_keyboard_alone(page: Page, form: Locator) -> None:
    expect(form.get_by_role("textbox", name="実績値")).to_be_focused()
    page.keyboard.type("12")
    fill_the_rest(page, form)
    expect(form.locator(".chips li")).to_contain_text(["赤"])
    form.get_by_role("textbox", name="実績値").focus()
    page.keyboard.press("Enter")
    expect(form).to_have_count(0)
    expect(page.locator("#text")).to_be_focused()
    expect(page.locator("[data-place=D0STAFF]")).to_contain_text("新着")
    page.locator("[data-place=D0STAFF]").click()
    expect(page.locator("article.bot")).to_contain_text("受け付けました: 県のの候補2、75件")


def test_what_is_missing_is_said_beside_its_field(page: Page, form: Locator) -> None:
    page.keyboard.press("Enter")
    expect(error_of(form, "value")).to_have_text("入力してください")
    expect(error_of(form, "note")).to_have_text("")
    expect(form.get_by_role("alert")).to_contain_text("6か所")
    value = form.get_by_role("textbox", name="実績値")
    expect(value).to_be_focused()
    expect(value).to_have_attribute("aria-invalid", "true")
    expect(value).to_have_accessible_description("例: 12 入力してください")


def test_what_the_app_objects_to_is_said_beside_its_field_and_nothing_is_lost(
    page: Page, form: Locator
) -> None:
    page.keyboard.type("abc")
    fill_the_rest(page, form)
    form.get_by_role("button", name="提出").focus()
    page.keyboard.press("Enter")
    expect(error_of(form, "value")).to_have_text("12と入力してください")
    expect(form.get_by_role("textbox", name="実績値")).to_be_focused()
    expect(form.get_by_role("textbox", name="件数")).to_have_value("75")


def test_a_number_is_checked_before_it_is_sent(page: Page, form: Locator) -> None:
    form.get_by_role("textbox", name="件数").fill("7.5")
    page.keyboard.press("Enter")
    expect(error_of(form, "count")).to_have_text("整数を入力してください")


def test_an_external_select_asks_the_app_once_enough_is_typed(page: Page, form: Locator) -> None:
    field = form.get_by_role("combobox", name="指標")
    field.focus()
    page.keyboard.type("待")
    expect(form.locator(".popup:visible")).to_have_text("2文字以上入力してください")
    page.keyboard.type("機")
    expect(offered(form)).to_have_text(["待機の候補1", "待機の候補2", "待機の候補3"])
    page.keyboard.press("Escape")
    expect(form.locator(".popup:visible")).to_have_count(0)
    expect(form).to_be_visible()


def test_several_choices_become_chips_that_can_be_taken_off(page: Page, form: Locator) -> None:
    field = form.get_by_role("combobox", name="対象")
    field.focus()
    for choice in (0, 2):
        page.keyboard.press("ArrowDown")
        expect(offered(form)).to_have_count(3)
        for _ in range(choice + 1):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    chips = form.locator(".chips li")
    expect(chips).to_have_count(2)
    form.get_by_role("button", name="赤 を外す").focus()
    page.keyboard.press("Enter")
    expect(chips).to_have_count(1)
    expect(field).to_be_focused()


def test_escape_closes_the_form_tells_the_app_and_gives_the_focus_back(
    page: Page, form: Locator
) -> None:
    page.keyboard.press("Escape")
    expect(form).to_have_count(0)
    expect(page.locator("#text")).to_be_focused()
    expect(page.locator("[data-place=D0STAFF]")).to_contain_text("新着")


def test_the_focus_stays_inside_the_form(page: Page, form: Locator) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        inside = "() => document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        assert page.evaluate(inside)


def test_a_form_survives_a_reload_and_belongs_to_one_person(new_page: NewPage) -> None:
    page = new_page()
    opened(page)
    page.reload()
    expect(page.get_by_role("dialog", name="実績の入力")).to_be_visible()
    other = new_page("#as=U0PLANNER&at=C0STAFF")
    expect(other.locator("#who")).to_have_value("U0PLANNER")
    expect(other.get_by_role("dialog")).to_have_count(0)


def test_a_form_fits_a_phone(new_page: NewPage) -> None:
    page = new_page(width=360, height=640)
    form = opened(page)
    box = form.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    assert box["height"] <= 640
    form.get_by_role("button", name="提出").click()
    expect(error_of(form, "value")).to_be_visible()


def test_a_form_that_the_app_changes_keeps_what_was_typed_and_the_focus(page: Page) -> None:
    page.locator("#text").fill("/steps")
    page.keyboard.press("Enter")
    form = page.get_by_role("dialog", name="最初")
    expect(form.get_by_role("textbox", name="名前")).to_be_focused()
    page.keyboard.type("山田")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(offered(form)).to_have_count(3)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(form.locator(".text", has_text="選ばれたのは")).to_contain_text("赤")
    expect(form.get_by_role("textbox", name="名前")).to_have_value("山田")
    expect(form.get_by_role("combobox", name="種類")).to_have_value("赤")
    expect(form.get_by_role("combobox", name="種類")).to_be_focused()


def test_a_form_over_another_gives_it_back_as_it_was(page: Page) -> None:
    page.locator("#text").fill("/steps")
    page.keyboard.press("Enter")
    first = page.get_by_role("dialog", name="最初")
    first.get_by_role("textbox", name="名前").fill("山田")
    first.get_by_role("button", name="詳しく").click()
    second = page.get_by_role("dialog", name="その先")
    expect(second.get_by_role("textbox", name="名前")).to_have_value("")
    expect(first).to_have_count(0)
    page.keyboard.press("Escape")
    expect(first.get_by_role("textbox", name="名前")).to_have_value("山田")
    expect(second).to_have_count(0)
