"""Talking to the app on the page: commands, messages, files, threads, people."""

from __future__ import annotations

import json
import re
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from slack_sdk import WebClient

from tests.browser.conftest import NewPage, control

pytestmark = pytest.mark.browser


def say(page: Page, text: str) -> None:
    page.locator("#text").fill(text)
    page.keyboard.press("Enter")


def test_a_command_is_asked_with_the_keyboard_alone(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#text")).to_be_focused()
    page.keyboard.type("/echo こんにちは")
    page.keyboard.press("Enter")
    answer = page.locator("article.ephemeral")
    expect(answer).to_contain_text("こんにちは")
    expect(answer).to_contain_text("あなただけに表示されています")
    expect(page.locator("#text")).to_have_value("")


def test_it_opens_as_a_member_of_staff_and_says_that_nothing_leaves(page: Page) -> None:
    expect(page.locator("#who")).to_have_value("U0STAFF")
    expect(page.get_by_text("これは試用環境です。どこにも送信されません")).to_be_visible()


def test_shift_enter_makes_a_new_line_and_does_not_send(page: Page) -> None:
    page.locator("#text").focus()
    page.keyboard.type("一行目")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("二行目")
    expect(page.locator("#text")).to_have_value("一行目\n二行目")
    expect(page.locator("article")).to_have_count(0)


def test_an_enter_that_ends_a_japanese_conversion_does_not_send(page: Page) -> None:
    page.locator("#text").fill("変換中")
    page.locator("#text").dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    expect(page.locator("#text")).to_have_value("変換中")


def test_markup_in_what_people_write_stays_text(page: Page) -> None:
    typed = '<script>alert(1)</script> <!channel> <img src=x onerror="alert(1)"> &amp; *'
    say(page, typed)
    expect(page.locator("article").first.locator(".text")).to_have_text(typed)
    assert page.locator("#messages script, #messages img").count() == 0
    assert page.locator("article").first.locator(".mention").count() == 0


def test_markup_that_the_app_sends_back_unescaped_runs_nothing(page: Page) -> None:
    say(page, "/echo <script>alert(1)</script> <javascript:alert(1)|押す> <b>太字</b>")
    text = page.locator("article.bot .text")
    expect(text).to_contain_text("<script>alert(1)</script>")
    expect(text).to_contain_text("<javascript:alert(1)|押す>")
    assert text.locator("script, a, b").count() == 0


@pytest.mark.parametrize(
    ("sent", "shown", "marked"),
    [
        ("*太字* と _斜体_ と ~消し~ と `記号 *x*`", "太字 と 斜体 と 消し と 記号 *x*", 4),
        ("*太字*です", "*太字*です", 0),
        ("「*太字*」", "「太字」", 1),
        ("snake_case_name 2*3*4", "snake_case_name 2*3*4", 0),
        ("<!date^1778457540^{date_long} {time}|古い>", "2026年5月11日月曜日 08:59", 1),
        ("<@U0CHILD> <#C0STAFF|職員> <!here>", "@こども担当（課長） #職員 @here", 3),
        ("&lt;b&gt; &amp;amp; :unknown_name:", "<b> &amp; :unknown_name:", 0),
    ],
)
def test_marks_read_as_in_slack(page: Page, sent: str, shown: str, marked: int) -> None:
    say(page, f"/echo {sent}")
    text = page.locator("article.bot .text")
    expect(text).to_have_text(shown)
    expect(text.locator("> *")).to_have_count(marked)


def test_a_command_without_an_answer_ends_in_a_sentence(page: Page) -> None:
    say(page, "/silent")
    expect(page.locator("#busy")).to_have_text("応答を待っています…")
    expect(page.locator("#notice")).to_contain_text("3秒以内に応答しませんでした")
    expect(page.locator("#busy")).to_have_text("")


def test_the_app_is_told_of_a_mention_by_name(page: Page) -> None:
    page.locator("#text").focus()
    page.keyboard.type("@KPI")
    expect(page.locator(".entry [role=option]")).to_have_count(1)
    page.keyboard.press("Enter")
    page.keyboard.type("お願いします")
    page.keyboard.press("Enter")
    expect(page.locator("article .mention")).to_have_text("@kpibot")


def test_the_apps_name_as_it_is_typed_is_a_mention(page: Page, url: str) -> None:
    say(page, "@kpibot 1-1b を教えて")
    expect(page.locator("article .mention")).to_have_text("@kpibot")
    with urllib.request.urlopen(f"{url}/_control/messages/C0STAFF") as answer:
        (message,) = json.load(answer)["messages"]
    assert message["text"] == "<@U0KPIBOT> 1-1b を教えて"


def test_what_is_typed_in_a_place_waits_there(page: Page) -> None:
    page.locator("#text").fill("書きかけ")
    page.locator("[data-place=C0DIGEST]").click()
    expect(page.locator("#text")).to_have_value("")
    page.locator("#text").fill("別の書きかけ")
    page.locator("#who").select_option("U0CHILD")
    expect(page.locator("#text")).to_have_value("")
    page.locator("#who").select_option("U0STAFF")
    expect(page.locator("#text")).to_have_value("別の書きかけ")
    page.locator("[data-place=C0STAFF]").click()
    expect(page.locator("#text")).to_have_value("書きかけ")


def test_what_an_agent_suggests_is_asked_by_a_click(page: Page) -> None:
    prompts = page.get_by_role("group", name="質問の例")
    expect(prompts).to_be_hidden()
    page.locator("[data-place=D0STAFF]").click()
    prompts.get_by_role("button", name="予定").click()
    expect(page.locator("article.bot")).to_contain_text("受信: 今日の予定は")


def test_what_an_agent_says_it_is_doing_stands_in_its_thread(page: Page, url: str) -> None:
    page.locator("[data-place=D0STAFF]").click()
    asked = control(url, "message", {"user": "U0STAFF", "channel": "D0STAFF", "text": "はい"})
    client = WebClient("xoxb-sandbox", base_url=f"{url}/api/")
    where = {"channel_id": "D0STAFF", "thread_ts": asked["ts"]}
    client.assistant_threads_setStatus(**where, status="考え中…")
    expect(page.locator(".thread .status")).to_have_text("kpibot 考え中…")
    client.assistant_threads_setStatus(**where, status="")
    expect(page.locator(".thread .status")).to_have_count(0)


def test_examples_are_offered_in_an_empty_channel_and_sent_by_a_click(page: Page) -> None:
    examples = page.locator(".empty button")
    expect(examples).to_have_count(3)
    examples.first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("article.bot")).to_contain_text("1-1")


def test_a_slash_offers_the_commands_and_tab_takes_one(page: Page) -> None:
    page.locator("#text").focus()
    page.keyboard.type("/kp")
    offered = page.locator(".entry [role=option]")
    expect(offered).to_have_count(2)
    page.keyboard.press("ArrowDown")
    expect(page.locator("#text")).to_have_attribute("aria-activedescendant", re.compile("option"))
    page.keyboard.press("Tab")
    expect(page.locator("#text")).to_have_value("/kpi-submit ")
    expect(page.locator("#text")).to_be_focused()
    expect(page.locator(".entry .popup")).to_be_hidden()


def test_a_command_cannot_be_an_answer_in_a_thread(page: Page) -> None:
    say(page, "元の発言")
    page.get_by_role("button", name="返信").click()
    page.keyboard.type("/echo x")
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_contain_text("コマンドはスレッドの返信では使えません")
    expect(page.locator("#text")).to_have_value("/echo x")


def test_a_whole_command_is_sent_though_longer_ones_begin_alike(page: Page) -> None:
    page.locator("#text").focus()
    page.keyboard.type("/kpi")
    expect(page.locator(".popup").last).to_contain_text("/kpi-submit")
    page.keyboard.press("Enter")
    expect(page.locator("#text")).to_have_value("")
    expect(page.locator(".popup").last).to_be_hidden()
    page.keyboard.type("/kpi-s")
    page.keyboard.press("Enter")
    expect(page.locator("#text")).to_have_value("/kpi-submit ")


def test_what_someone_else_is_told_appears_without_a_reload(page: Page, url: str) -> None:
    message = {"user": "U0CHILD", "channel": "C0STAFF", "text": "届きましたか"}
    control(url, "message", message)
    expect(page.locator("article").first).to_contain_text("こども担当（課長）")
    expect(page.locator("article").first).to_contain_text("届きましたか")


def test_a_message_to_the_app_arrives_as_unread_while_one_is_elsewhere(
    page: Page, url: str
) -> None:
    message = {"user": "U0STAFF", "channel": "D0STAFF", "text": "やあ"}
    control(url, "message", message)
    place = page.locator("[data-place=D0STAFF]")
    expect(place).to_contain_text("新着")
    place.focus()
    page.keyboard.press("Enter")
    expect(page.locator("article.bot")).to_contain_text("受信: やあ")
    expect(place).not_to_contain_text("新着")


def test_an_answer_in_a_thread_stands_below_its_message(page: Page, url: str) -> None:
    control(url, "message", {"user": "U0CHILD", "channel": "C0STAFF", "text": "元の発言"})
    control(url, "message", {"user": "U0CHILD", "channel": "C0STAFF", "text": "別の発言"})
    page.get_by_role("button", name="返信").first.click()
    expect(page.locator("#replying")).to_be_visible()
    page.keyboard.type("返事です")
    page.keyboard.press("Enter")
    expect(page.locator(".thread article")).to_contain_text("返事です")
    expect(page.locator("#messages > article").first).to_contain_text("元の発言")
    expect(page.locator("#replying")).to_be_hidden()


def test_another_person_sees_other_places_and_not_my_private_answers(page: Page) -> None:
    say(page, "/echo 内緒")
    expect(page.locator("article")).to_have_count(1)
    page.locator("#who").select_option("U0PLANNER")
    expect(page.locator("article")).to_have_count(0)
    expect(page.locator("[data-place=D0PLANNER]")).to_be_visible()
    page.locator("#who").select_option("U0GUEST")
    expect(page.locator("[data-place=C0DIGEST]")).to_have_count(0)


def test_a_dropped_file_reaches_the_app_and_can_be_downloaded(
    new_page: NewPage, tmp_path: Path
) -> None:
    page = new_page("#as=U0STAFF&at=D0STAFF")
    sheet = tmp_path / "様式.csv"
    sheet.write_text("1-1b,12\n", "utf-8")
    page.locator("#file").set_input_files(sheet)
    expect(page.locator("#attached")).to_contain_text("様式.csv")
    page.locator("#send").click()
    expect(page.locator("article.bot")).to_contain_text("添付: 様式.csv")
    with page.expect_download() as download:
        page.locator("article .file").click()
    assert Path(download.value.path()).read_text("utf-8") == "1-1b,12\n"
