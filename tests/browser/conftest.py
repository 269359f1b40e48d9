"""A real browser on the running site. Every test here is marked `browser` by itself."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.test import override_settings
from django.utils.text import slugify
from playwright.sync_api import Browser, Page, Request, sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from tests.browser.looking import Onlooker
from tests.browser.world import World, make_world
from tests.capabilities import chromium
from tests.visitors import BROWSER

# Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

HERE = Path(__file__).parent
PATIENCE_MS = 10_000
HERE_ONLY = ("localhost", "127.0.0.1")
# Root has no sandbox to give, and the browser shall ask nobody but the site.
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--font-render-hinting=none",
    # No other host is found.
    f"--host-resolver-rules=MAP * ~NOTFOUND, {', '.join(f'EXCLUDE {host}' for host in HERE_ONLY)}",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    """What `make screenshots` says. Known only to a run that names this folder, and asked for with a default elsewhere."""
    group = parser.getgroup("browser")
    group.addoption("--screenshots", type=Path, metavar="FOLDER", help="write a picture of every page and state there")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks every test of this folder."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Says where the pictures are."""
    folder: Path | None = config.getoption("screenshots", default=None)
    if folder:
        terminalreporter.write_line(f"{len(list(folder.glob('*.png')))} pictures are in {folder.resolve()}")


@pytest.fixture
def photograph(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """Takes a picture of a whole page under a name; does nothing unless pictures are asked for."""
    folder: Path | None = request.config.getoption("screenshots", default=None)

    def take(page: Page, name: str) -> None:
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=folder / f"{slugify(name)}.png", full_page=True)

    return take


@pytest.fixture(scope="session")
def titles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the whole run with a file for each title that was seen, which all its processes share."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "titles"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
def claim_title(titles: Path) -> Callable[[Page], None]:
    """One title, one page: where two are open, their tabs tell which is which."""

    def claim(page: Page) -> None:
        file, path = titles / sha256(page.title().encode()).hexdigest(), urlsplit(page.url).path
        try:
            with file.open("x") as new:
                new.write(path)
        except FileExistsError:
            # Of two at the same moment, the other may not have written yet: an empty one is taken for its page.
            assert file.read_text() in ("", path), page.title()

    return claim


@pytest.fixture
def onlooker(
    page: Page, world: World, photograph: Callable[[Page, str], None], claim_title: Callable[[Page], None]
) -> Onlooker:
    """Looks at states of pages. The fixture `page` fails on errors, on breaches of the content policy and on requests elsewhere."""
    return Onlooker(page, world, photograph, claim_title)


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


@contextmanager
def visitor(browser: Browser, strangers: list[str], complaints: list[str], *, scripts: bool = True) -> Iterator[Page]:
    """A page of a visitor without cookies, at 1280 px, who can reach this machine only.

    Fails at the end when it asked another host for anything or complained.
    """
    context = browser.new_context(
        viewport={"width": 1280, "height": 900},
        locale="en-GB",
        timezone_id="Europe/London",
        java_script_enabled=scripts,
        reduced_motion="reduce",
        # Its own name says that nobody looks at it, so its visits would not be counted.
        user_agent=BROWSER["user-agent"],
    )
    context.set_default_timeout(PATIENCE_MS)

    def watch(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https") and address.hostname not in HERE_ONLY:
            strangers.append(request.url)

    # Only watched: a browser whose requests are stepped into keeps nothing, and says so with each of them.
    context.on("request", watch)
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert strangers == [], "pages asked other hosts"
    assert complaints == [], "the browser complained"


@pytest.fixture
def page(browser: Browser, strangers: list[str], complaints: list[str]) -> Iterator[Page]:
    """A page of a visitor whose browser runs scripts."""
    with visitor(browser, strangers, complaints) as page:
        yield page


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def either_page(
    request: pytest.FixtureRequest, browser: Browser, strangers: list[str], complaints: list[str]
) -> Iterator[Page]:
    """A page of one whose browser runs scripts, then of one whose browser runs none."""
    with visitor(browser, strangers, complaints, scripts=request.param) as page:
        yield page


@pytest.fixture(scope="module")
def world(
    module_database: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """The world of `tests.browser.world` behind a running site, made once for the tests of a module, which only read.

    Not on `live_server`: that would have the database laid anew after every test.
    """
    index = tmp_path_factory.mktemp("browser") / "index"
    with django_db_blocker.unblock(), override_settings(SEARCH_INDEX_DIR=index):
        server = LiveServer("localhost")
        try:
            yield make_world(server.url, index)
        finally:
            server.stop()
