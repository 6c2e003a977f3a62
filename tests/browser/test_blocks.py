"""Block Kit on the page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewPage, control

pytestmark = pytest.mark.browser


@pytest.fixture
def answer(page: Page) -> Locator:
    """The answer that shows blocks of every kind."""
    return asked(page)


def asked(page: Page) -> Locator:
    page.locator("#text").fill("/blocks")
    page.keyboard.press("Enter")
    answer = page.locator("article.bot")
    expect(answer).to_be_visible()
    return answer


def test_every_kind_of_block_is_drawn(answer: Locator) -> None:
    expect(answer.get_by_role("heading", name="見出しのブロック")).to_be_visible()
    expect(answer.locator(".context em")).to_have_text("注記")
    expect(answer.locator("strong", has_text="待機児童数")).to_be_visible()
    expect(answer.locator("blockquote").first).to_have_text("引用の行")
    expect(answer.locator(".fields > *")).to_have_count(2)
    expect(answer.locator(".rich ol > li")).to_have_text(["一つ目", "二つ目"])
    expect(answer.locator(".mention")).to_have_text("@こども担当（課長）")
    expect(answer.locator(".block-table th[scope=col]")).to_have_count(5)
    expect(answer.locator(".block-table td").nth(1)).to_have_class("align-right")
    expect(answer.locator(".block-markdown th")).to_have_text(["列1", "列2"])


def test_charts_give_their_figures_as_tables_too(answer: Locator) -> None:
    chart = answer.locator("figure.chart").first
    expect(chart.get_by_role("img")).to_have_accessible_name(re.compile("推移"))
    chart.locator("summary").click()
    expect(chart.locator("tbody tr").last.locator("td")).to_have_text(["12.5", "-4"])


def test_a_legend_shows_each_line_as_it_is_drawn(answer: Locator) -> None:
    chart = answer.locator("figure.chart").first
    keys = chart.locator(".legend li")
    expect(keys).to_have_text(["実績", "見込み"])
    for number in range(2):
        expect(keys.nth(number).locator(f".line.series-{number}")).to_have_count(1)


def test_what_was_unfolded_stays_so_when_something_else_arrives(
    page: Page, answer: Locator, url: str
) -> None:
    answer.locator("figure.chart summary").first.click()
    control(url, "message", {"user": "U0CHILD", "channel": "C0STAFF", "text": "別の話"})
    expect(page.locator("article").last).to_contain_text("別の話")
    expect(answer.first.locator("figure.chart tbody").first).to_be_visible()


def test_what_is_not_known_says_so(answer: Locator) -> None:
    expect(answer.get_by_text("未対応のブロック: context_actions")).to_be_visible()
    expect(answer.get_by_text("表示できない画像: 外の絵")).to_be_visible()


def test_the_rest_of_a_long_data_table_is_behind_a_button(answer: Locator) -> None:
    rows = answer.locator(".block-data_table tbody tr:visible")
    expect(rows).to_have_count(2)
    answer.get_by_role("button", name="残り3行を表示").click()
    expect(rows).to_have_count(5)


def test_a_button_is_pressed_with_the_keyboard(page: Page, answer: Locator) -> None:
    answer.get_by_role("button", name="押す").focus()
    page.keyboard.press("Enter")
    expect(page.locator("article").last).to_contain_text("押されました")
    expect(answer.first.get_by_role("button", name="押す")).to_be_focused()


def test_a_dangerous_button_asks_first_and_escape_means_no(page: Page, answer: Locator) -> None:
    erase = answer.get_by_role("button", name="消す")
    erase.focus()
    page.keyboard.press("Enter")
    question = page.get_by_role("alertdialog", name="消しますか")
    expect(question).to_contain_text("元に戻せません")
    expect(question.get_by_role("button", name="やめる")).to_be_focused()
    page.keyboard.press("Escape")
    expect(question).to_have_count(0)
    expect(erase).to_be_focused()
    expect(page.locator("article")).to_have_count(1)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("article").last).to_contain_text("erase=")


def test_a_select_speaks_once_a_choice_is_taken(page: Page, answer: Locator) -> None:
    answer.get_by_role("combobox", name="色").focus()
    page.keyboard.press("ArrowDown")
    expect(answer.get_by_role("option")).to_have_text(["赤", "青", "緑"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("article")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("article").last).to_contain_text("colour=blue")


def test_a_person_is_picked_by_typing_part_of_the_name(page: Page, answer: Locator) -> None:
    answer.get_by_role("combobox", name="担当").focus()
    page.keyboard.type("企画担当B")
    expect(answer.get_by_role("option")).to_have_text(["企画担当B"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("article").last).to_contain_text("person=U0PLANNER2")


def test_overflow_menus_checkboxes_radios_and_dates_speak(page: Page, answer: Locator) -> None:
    answer.get_by_role("combobox", name="その他の操作").focus()
    for key in ("Enter", "ArrowDown", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("article").last).to_contain_text("more=blue")
    answer.first.get_by_role("checkbox", name="緑").check()
    expect(page.locator("article").last).to_contain_text("some=green")
    answer.first.get_by_role("radio", name="赤").check()
    expect(page.locator("article").last).to_contain_text("one=red")
    answer.first.locator("input[type=date]").fill("2026-06-12")
    expect(page.locator("article").last).to_contain_text("day=2026-06-12")


def test_links_open_elsewhere_and_tell_the_other_side_nothing(answer: Locator) -> None:
    link = answer.get_by_role("link", name="リンク")
    expect(link).to_have_attribute("target", "_blank")
    expect(link).to_have_attribute("rel", "noopener noreferrer")


def test_the_home_tab_is_shown_and_answers(page: Page) -> None:
    page.locator("[data-place=home]").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="あなたの番のもの")).to_be_visible()
    expect(page.locator("#composer")).to_be_hidden()
    page.get_by_role("button", name="押す").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="押されました")).to_be_visible()


@pytest.mark.parametrize("width", [360, 720, 1280])
def test_nothing_makes_the_page_scroll_sideways(new_page: NewPage, width: int) -> None:
    page = new_page(width=width, height=740)
    asked(page)
    for place in ("html", "#messages", "#guide"):
        wide, room = page.locator(place).evaluate("node => [node.scrollWidth, node.clientWidth]")
        assert wide <= room, place


def test_places_are_behind_a_menu_on_a_phone(new_page: NewPage) -> None:
    page = new_page(width=360, height=740)
    expect(page.locator("#sidebar")).to_be_hidden()
    page.locator("#menu").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#sidebar [aria-current=page]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#sidebar")).to_be_hidden()
    expect(page.locator("#menu")).to_be_focused()
    page.keyboard.press("Enter")
    page.locator("[data-place=D0STAFF]").click()
    expect(page.locator("#title")).to_have_text("kpibot")
    expect(page.locator("#sidebar")).to_be_hidden()
