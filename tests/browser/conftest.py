"""A real browser on the running site. Every test here is marked `browser` by itself."""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from tests.capabilities import chromium

# Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

HERE = Path(__file__).parent
PATIENCE_MS = 10_000
# Root has no sandbox to give, and the browser shall ask nobody but the site.
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--font-render-hinting=none",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks every test of this folder."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def strangers() -> list[str]:
    """Addresses outside the site that pages asked for: stays empty on a site that keeps its promise."""
    return []


@pytest.fixture
def complaints() -> list[str]:
    """What the browser wrote to its console as an error: script errors, breaches of the content policy."""
    return []


@pytest.fixture
def context(browser: Browser, strangers: list[str]) -> Iterator[BrowserContext]:
    """A visitor without cookies, at 1280 px, who can reach this machine only."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB", timezone_id="Europe/London")
    context.set_default_timeout(PATIENCE_MS)

    def let_through(route: Route) -> None:
        if urlsplit(route.request.url).hostname in ("localhost", "127.0.0.1"):
            route.continue_()
        else:
            strangers.append(route.request.url)
            route.abort()

    context.route("http*://**", let_through)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, complaints: list[str], strangers: list[str]) -> Iterator[Page]:
    """A page of that visitor; the test fails when it asked another host for anything or complained."""
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert strangers == [], "pages asked other hosts"
    assert complaints == [], "the browser complained"
