"""A sandbox with the sample app connected, and pages on it in headless Chromium.

Without Chromium these tests are skipped, which one loud line tells; with KPIBOT_REQUIRE_BROWSER=1
they fail instead.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Error,
    Page,
    Request,
    ViewportSize,
    expect,
    sync_playwright,
)

from tests.browser.sample_app import connect, manifest

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = "NO BROWSER: the page was NOT tested. Install Chromium (Debian: apt install chromium)."
# Chromium looks for updates and sync servers at every start unless told not to.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START = "2026-05-11T08:59:00+09:00"
NewPage = Callable[..., Page]

expect.set_options(timeout=10_000)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    # One place for all of them, so that pytest folds them into one line.
    if report.skipped and MISSING in str(report.longrepr):
        report.longrepr = (__file__, 1, MISSING)
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    if any(MISSING in str(report.longrepr) for report in skipped):
        terminalreporter.write_line(MISSING, red=True, bold=True)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None and os.environ.get("KPIBOT_REQUIRE_BROWSER") == "1":
        pytest.fail(MISSING)
    if path is None:
        pytest.skip(MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a sandbox in a process of its own, with the sample app connected."""
    with sandbox_process(tmp_path_factory.mktemp("sandbox")) as url:
        app = connect(url)
        yield url
        app.close()  # type: ignore[no-untyped-call]


@contextmanager
def sandbox_process(data: Path) -> Iterator[str]:
    granted = data / "manifest.json"
    granted.write_text(json.dumps(manifest()), "utf-8")
    command = [sys.executable, "-m", "sandbox", "--port", "0", "--data", str(data)]
    options = ["--start", START, "--manifest", str(granted)]
    process = subprocess.Popen([*command, *options], stdout=subprocess.PIPE, text=True)
    with process:
        assert process.stdout is not None
        yield process.stdout.readline().removeprefix("sandbox: ").strip()
        process.terminate()


@pytest.fixture
def url(running: str) -> str:
    """The address of the sandbox, as good as new."""
    control(running, "reset", {})
    return running


def control(url: str, what: str, body: dict[str, Any]) -> Any:
    """POST to the sandbox's control API."""
    data = json.dumps(body).encode()
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{url}/_control/{what}", data, headers)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


@pytest.fixture
def new_page(browser: Browser, url: str) -> Iterator[NewPage]:
    """Opens pages; at the end none may have logged an error or asked another host."""
    with ExitStack() as contexts:
        complaints: list[str] = []

        def open_page(at: str = "", width: int = 1280, height: int = 860) -> Page:
            size = ViewportSize(width=width, height=height)
            context = browser.new_context(viewport=size, locale="ja-JP")
            contexts.callback(context.close)
            page = context.new_page()
            watch(page, url, complaints)
            page.goto(f"{url}/{at}")
            expect(page.locator("#title")).not_to_have_text("読み込み中…")
            return page

        yield open_page
        assert complaints == []


def watch(page: Page, url: str, complaints: list[str]) -> None:
    """Note down whatever the page logs as an error, throws, or asks of another host."""
    home = urlsplit(url).netloc

    def threw(error: Error) -> None:
        complaints.append(f"threw {error}")

    def said(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(f"said {message.text}")

    def asked(request: Request) -> None:
        if urlsplit(request.url).netloc not in (home, ""):
            complaints.append(f"asked {request.url}")

    page.on("pageerror", threw)
    page.on("console", said)
    page.on("request", asked)


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """The page as it opens, 1280 pixels wide."""
    return new_page()
