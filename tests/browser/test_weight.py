"""What a page weighs on its way and how still it stands, served as the container serves it: gathered files, gunicorn, no debug."""

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect
from pytest_django import DjangoDbBlocker

from search.engines.embedded.store import EmbeddedStore
from search.services import rebuild
from tests.browser.world import World, make_world
from tests.factories import OpportunityFactory

# Too long for `make test`.
pytestmark = pytest.mark.prove_only

PAGE_BYTES = 250_000
SCRIPT_BYTES = 60_000
LATER_PAGE_BYTES = 60_000
SHIFT = 0.02
CARDS = 20
PATIENCE_SECONDS = 60
# A telephone on the way to school: bytes a second, and milliseconds there and back.
SLOW = {"offline": False, "downloadThroughput": 200_000, "uploadThroughput": 90_000, "latency": 80}
SHIFTS = """
window.shifts = [];
new PerformanceObserver(list => list.getEntries().forEach(each => each.hadRecentInput || shifts.push(each.value)))
    .observe({type: 'layout-shift', buffered: true});
"""
# What only the CMS needs takes longest to compress.
NOT_PUBLIC = ("admin", "import_export", "wagtail*", "django_htmx", "taggit*")


@dataclass(frozen=True)
class Site:
    """A running site: its world, and what it wrote to its log so far."""

    world: World
    log: Path


def environment(port: int, folder: Path) -> dict[str, str]:
    """The settings of a real site on the test's database."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "FINDFUSION_"))},
        "ALLOWED_HOSTS": "localhost",
        "DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
        "DEBUG": "0",
        "DEMO": "0",
        "LOG_LEVEL": "INFO",
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "SEARCH_ENGINE": "embedded",
        "SEARCH_INDEX_DIR": str(folder / "index"),
        "SECRET_KEY": "only-for-tests-but-long-enough",
        "SECURE_COOKIES": "0",
        "SECURE_SSL_REDIRECT": "0",
        "SITE_URL": f"http://localhost:{port}",
        "STATIC_ROOT": str(folder / "gathered"),
        "VAR_DIR": str(folder),
        # An access log is not the default; whoever asks for one must not get what people searched for.
        "GUNICORN_CMD_ARGS": "--access-logfile -",
        "WEB_WORKERS": "1",
        "WEB_THREADS": "4",
    }


def web_command(port: int) -> str:
    """The command by which the image serves the site, on another port."""
    (line,) = re.findall(r"^CMD (\[.*\])$", (settings.BASE_DIR / "Dockerfile").read_text(), re.MULTILINE)
    command = json.loads(line)[2].partition("&& ")[2]
    assert command.startswith("exec gunicorn findfusion.wsgi --bind 0.0.0.0:8000 ")
    return str(command).replace("0.0.0.0:8000", f"127.0.0.1:{port}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(port: int, folder: Path) -> Iterator[Path]:
    """The site on that port, until the end of the block; gives its log."""
    log = folder / "web.log"
    known = environment(port, folder)
    ignored = [word for name in NOT_PUBLIC for word in ("--ignore", name)]
    gather = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0", *ignored]
    subprocess.run(gather, cwd=settings.BASE_DIR, env=known, check=True, timeout=PATIENCE_SECONDS)
    with log.open("w") as out:
        server = subprocess.Popen(
            ["sh", "-c", web_command(port)], cwd=settings.BASE_DIR, env=known, stdout=out, stderr=subprocess.STDOUT
        )
        try:
            wait_for(f"http://localhost:{port}/health/", log)
            yield log
        finally:
            server.terminate()
            server.wait(PATIENCE_SECONDS)


def wait_for(address: str, log: Path) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(address, timeout=PATIENCE_SECONDS).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(log.read_text())


@pytest.fixture(scope="module")
def site(
    module_database: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """The world of the browser tests with a full page of results, behind the web process of the container."""
    folder, port = tmp_path_factory.mktemp("served"), free_port()
    with django_db_blocker.unblock():
        world = make_world(f"http://localhost:{port}", folder / "index")
        for number in range(CARDS):
            OpportunityFactory.create(
                title=f"Theatre day {number}: from the first reading to the last bow",
                summary="Read a scene, build what it needs, light it, and play it to the others in the afternoon.",
                skills=["creativity", "collaboration", "oral-communication", "problem-solving"],
                audiences=["ks3", "ks4"],
                postcode="E8 1DY",
            )
        rebuild(EmbeddedStore(folder / "index"))
        with served(port, folder) as log:
            yield Site(world, log)


@pytest.fixture
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    """A visitor with an empty cache, which works as it does at home: tests that look at requests switch it off."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    context.add_init_script(SHIFTS)
    yield context
    context.close()


def tell(*lines: str) -> None:
    """For whoever runs these tests with `-s`, or reads why one failed."""
    sys.stdout.write("\n" + "\n".join(lines) + "\n")


def weights(page: Page, address: str) -> dict[str, int]:
    """Opens the page, waits until nothing more comes, and gives the bytes of each file on the wire, headers included."""
    requests: list[Request] = []

    def finished(request: Request) -> None:
        requests.append(request)

    page.on("requestfinished", finished)
    page.goto(address, wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    sizes = [(urlsplit(each.url).path, each.sizes()) for each in requests]
    return {path: size["responseBodySize"] + size["responseHeadersSize"] for path, size in sizes}


def test_a_first_search_page_is_light(visitor: BrowserContext, site: Site) -> None:
    page = visitor.new_page()
    found = weights(page, site.world.address("/search/?q=theatre"))
    assert page.locator(".ff-resultlist .ff-card").count() == CARDS
    tell(*(f"{size:>8,} {path}" for path, size in found.items()), f"{sum(found.values()):>8,} in all")
    assert sum(found.values()) <= PAGE_BYTES
    assert sum(size for path, size in found.items() if path.endswith(".js")) <= SCRIPT_BYTES
    # Nothing is sent twice, and of the fonts only what the page's letters need.
    assert len([path for path in found if path.endswith(".woff2")]) == 1
    encodings = page.evaluate(
        """async paths => Promise.all(paths.map(async path => (await fetch(path)).headers.get('content-encoding')))""",
        [path for path in found if path.endswith((".js", ".css", "/"))],
    )
    assert set(encodings) == {"br", "gzip"}  # files, pages


def test_the_next_page_brings_only_itself_and_back_no_more(visitor: BrowserContext, site: Site) -> None:
    page = visitor.new_page()
    page.goto(site.world.address("/search/?q=theatre"), wait_until="networkidle")
    page.get_by_role("link", name="Theatre day 3:").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Theatre day 3")
    page.wait_for_load_state("networkidle")
    sent = """[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
        .filter(each => each.transferSize > 0).map(each => [each.name, each.transferSize])"""
    later = page.evaluate(sent)
    assert [name for name, _ in later] == [page.url]
    assert later[0][1] <= LATER_PAGE_BYTES
    page.go_back(wait_until="networkidle")
    expect(page.get_by_role("heading", level=1)).to_contain_text("opportunities")
    assert page.evaluate("performance.getEntriesByType('navigation')[0].type") == "back_forward"
    # The address of a search is another while it is left behind, with its token, so that coming back counts no search:
    # a browser that has not kept the page as it was asks for it once more, and for what was saved meanwhile.
    paths = {urlsplit(name).path for name, _ in page.evaluate(sent)}
    assert paths <= {"/search/", "/shortlist/saved.json"}


@pytest.mark.parametrize("name", ["home", "search", "opportunity", "partner"])
def test_nothing_jumps_when_the_rest_of_a_page_arrives(visitor: BrowserContext, site: Site, name: str) -> None:
    world = site.world
    path = {
        "home": "/",
        "search": "/search/?q=theatre",
        "opportunity": world.workshop.get_absolute_url(),
        "partner": world.partner.get_absolute_url(),
    }[name]
    page = visitor.new_page()
    visitor.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)
    page.goto(world.address(path), wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(100)
    assert page.evaluate("document.fonts.check('1em \"Atkinson Hyperlegible Next Variable\"')")
    shifts = page.evaluate("shifts")
    tell(f"{name}: {sum(shifts):.4f} in {len(shifts)} shifts")
    assert sum(shifts) <= SHIFT


def test_the_log_of_the_web_process_holds_no_query(visitor: BrowserContext, site: Site) -> None:
    page = visitor.new_page()
    page.goto(site.world.address("/search/?q=mysecret&near=E1"))
    page.goto(site.world.address("/partners/?q=mysecret"))
    page.goto(site.world.address("/not-here/?q=mysecret"))
    address = urlsplit(site.world.url)
    for line in (
        b"GET /broken/?q=mysecret HTTP/banana\r\n\r\n",
        b"GET  /?q=mysecret\r\n\r\n",
        b"G?T /?q=mysecret HTTP/1.1\r\n\r\n",
    ):
        with socket.create_connection((str(address.hostname), int(address.port or 80)), timeout=10) as raw:
            raw.sendall(line)
            assert raw.recv(100).startswith(b"HTTP/1.1 400 ")
    end = time.monotonic() + 10
    while "GET /not-here/ 404" not in site.log.read_text() and time.monotonic() < end:
        time.sleep(0.1)
    log = site.log.read_text()
    assert re.search(r"\] GET /search/ 200 \d+ \d+$", log, re.MULTILINE)
    assert "Not Found: /not-here/" in log
    assert "GET /not-here/ 404" in log
    assert "Invalid request" in log
    assert "mysecret" not in log
    assert "Mozilla" not in log
