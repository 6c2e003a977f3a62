"""The published site as a visitor sees it: from a folder, on a desk and a phone, with no fault axe knows."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from bot.shell.context import DATABASE
from bot.site_reading import read_site
from reports.charting.picture import Picture
from reports.charts import svg_of
from reports.fonts import font_family, font_file, text_width
from reports.site.folder import publish
from reports.site.pages import files_of
from tests.site.city import PLAN, live_city

pytestmark = pytest.mark.browser

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = (
    "index",
    "goal-X1",
    "indicator-1-1b",
    "indicator-2-2a",
    "policies",
    "revisions",
    "data",
    "about",
)
WIDTHS = (1280, 360)
# Marks beside words, whose contrast axe leaves to people: they have the colour of their word.
LEFT_TO_PEOPLE = {"color-contrast"}
DRAWN = ("1-1b", "2-2a")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site in a folder; of its drawings only those that are looked at are made."""
    city, folder = tmp_path_factory.mktemp("city"), tmp_path_factory.mktemp("site")
    live_city(city).conn.close()
    site = read_site(city / DATABASE, PLAN, 2024)
    wanted = {page.picture.key for page in site.indicators if page.id in DRAWN}

    def draw(picture: Picture) -> bytes:
        return (
            svg_of(picture)
            if picture.key in wanted
            else b'<svg xmlns="http://www.w3.org/2000/svg"/>'
        )

    publish(folder, files_of(site, draw))
    return folder


@pytest.fixture(params=WIDTHS, scope="module")
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page of one width."""
    size = ViewportSize(width=request.param, height=800)
    context = browser.new_context(viewport=size, locale="ja-JP")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_runs_over(page: Page, folder: Path, name: str) -> None:
    """On every kind of page; nothing is asked of a network, and no page is wider than the screen."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((folder / f"{name}.html").as_uri())
    assert all(url.startswith((folder.as_uri(), "data:")) for url in asked)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.add_script_tag(content=AXE)
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", RULES)
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found["violations"]] == []
    assert {each["id"] for each in found["incomplete"]} <= LEFT_TO_PEOPLE
    assert len(found["passes"]) > 20


def test_the_keyboard_reaches_the_text_first(page: Page, folder: Path) -> None:
    """The first stop is the way past the list of pages, and it can be seen."""
    page.goto((folder / "index.html").as_uri())
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    assert skip.evaluate("link => link === document.activeElement")
    box = skip.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_it_is_read_without_scripts(browser: Browser, folder: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / "index.html").as_uri())
    page.get_by_role("link", name=re.compile("基本目標3")).first.click()
    page.get_by_role("link", name="保育所（園）待機児童数").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "保育所（園）待機児童数"
    assert page.get_by_role("img").count() == 1
    context.close()


# Every text of a drawing: what it says, its size, how wide it is, and whether all of it is to be seen.
MEASURED = """() => [...document.querySelectorAll("text")].map(text => {
  const box = text.getBoundingClientRect(), all = document.querySelector("svg").getBoundingClientRect()
  return {said: text.textContent, size: parseFloat(getComputedStyle(text).fontSize),
    wide: text.getComputedTextLength(), seen: box.left >= all.left && box.right <= all.right}
})"""


@pytest.mark.parametrize(
    ("indicator", "installed"), [("1-1b", True), ("1-1b", False), ("2-2a", False)]
)
def test_a_drawing_is_read_on_a_machine_that_lacks_its_font(
    browser: Browser, folder: Path, indicator: str, installed: bool
) -> None:
    """In another Japanese font its texts are about as wide, so that nothing overlaps or is cut off."""
    font = b64encode(font_file().read_bytes()).decode() if installed else ""
    face = f"@font-face {{ font-family: {font_family()}; src: url(data:font/ttf;base64,{font}) }}"
    drawing = (folder / "charts" / f"indicator-{indicator}.svg").read_text("utf-8")
    page = browser.new_page()
    page.set_content(
        f"<style>{face if installed else ''}</style>{drawing[drawing.index('<svg') :]}"
    )
    page.evaluate("document.fonts.ready")
    assert page.evaluate("family => [...document.fonts].length", font_family()) == installed
    found = page.evaluate(MEASURED)
    assert len(found) > 15
    for text in found:
        meant = text_width(text["said"], text["size"])
        assert abs(text["wide"] - meant) <= max(0.15 * meant, text["size"]), text
        assert text["seen"], text
    page.close()
