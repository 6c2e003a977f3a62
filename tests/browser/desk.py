"""The real bot's sandbox in Chromium, and what one person does in its page."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from reports.sheet.form import COLUMNS

VALUE = [column.key for column in COLUMNS].index("value")


@dataclass(frozen=True)
class Seat:
    """Somebody at their own screen. Verbs wait for what they bring about."""

    page: Page
    url: str
    user: str

    @property
    def last(self) -> Locator:
        """The newest message."""
        return self.page.locator("article").last

    @property
    def form(self) -> Locator:
        """The form in front."""
        return self.page.get_by_role("dialog").last

    @property
    def home(self) -> Locator:
        """What Home shows."""
        return self.page.locator(".home")

    def message(self, words: str) -> Locator:
        """The newest message that says this."""
        return self.page.locator("article", has_text=words).last

    def goes_to(self, place: str) -> None:
        """Enter the direct messages (kpibot) or Home by the list of places."""
        button = self.page.locator(f"[data-place='{place}']")
        if not button.is_visible():
            self.page.locator("#menu").click()
        button.click()
        expect(button).to_have_attribute("aria-current", "page")

    def opens_dm(self) -> None:
        """Enter the direct messages with the bot."""
        self.goes_to(f"D0{self.user.removeprefix('U0')}")

    def opens_home(self) -> None:
        """Enter Home."""
        self.goes_to("home")
        expect(self.home).to_be_visible()

    def types(self, words: str) -> None:
        """Send a message or a command."""
        self.page.locator("#text").fill(words)
        self.page.keyboard.press("Enter")

    def hears(self, *words: str) -> Locator:
        """Wait until the newest message says all of this."""
        for each in words:
            expect(self.last).to_contain_text(each)
        return self.last

    def clicks(self, label: str, within: Locator | None = None) -> None:
        """Press the newest button of that label."""
        (within or self.page).get_by_role("button", name=label, exact=True).last.click()

    def fills(self, label: str, text: str) -> None:
        """Fill in a field of the form."""
        self.form.get_by_label(re.compile(f"^{re.escape(label)}(（任意）)?$")).fill(text)

    def chooses(self, label: str, choice: str) -> None:
        """Choose in a menu of the form."""
        self.form.get_by_label(label).select_option(label=choice)

    def sends(self) -> None:
        """Send the form."""
        self.form.locator("button[type=submit]").click()

    def closes(self) -> None:
        """Close the form in front."""
        self.clicks("閉じる", self.form)
        expect(self.page.get_by_role("dialog")).to_have_count(0)

    def downloads(self, name: str, to: Path) -> Path:
        """Fetch a file by its link."""
        with self.page.expect_download() as fetched:
            self.page.get_by_role("link", name=name).last.click()
        target = to / fetched.value.suggested_filename
        fetched.value.save_as(target)
        return target

    def attaches(self, file: Path) -> None:
        """Put a file into the composer and send it."""
        with self.page.expect_file_chooser() as chooser:
            self.clicks("ファイルを添付")
        chooser.value.set_files(file)
        expect(self.page.locator("#attached")).to_contain_text(file.name)
        self.clicks("送信")

    def fits(self) -> None:
        """Nothing stands out of the screen to the right."""
        sizes = "() => [document.scrollingElement.scrollWidth, innerWidth]"
        wide, room = self.page.evaluate(sizes)
        assert wide <= room, f"{wide} px on a screen of {room} px"
        scrolled = "es => es.filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.className)"
        assert self.page.locator("#messages, .dialog-blocks").evaluate_all(scrolled) == []


SitDown = Callable[..., Seat]


def fill_in(sheet: Path, values: Mapping[str, Any]) -> Path:
    """The sheet with figures typed into its yellow column, by row key, in a file of its own."""
    book = load_workbook(sheet)
    for row in book.worksheets[0].iter_rows():
        if str(row[0].value) in values:
            row[VALUE].value = values[str(row[0].value)]
    filled = sheet.with_name(f"記入済み_{sheet.name}")
    book.save(filled)
    return filled
