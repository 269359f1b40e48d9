"""The public pages as people meet them: with axe, on a narrow screen, without a script, by keyboard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import LazySettings
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from opportunities.models import TimetableItem
from search.services import rebuild
from tests.factories import ContactFactory, OpportunityFactory, PartnerFactory, SessionFactory, SiteFactory, assure

pytestmark = pytest.mark.django_db(transaction=True)

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WIDTHS = (1280, 320)


@pytest.fixture
def site(live_server: LiveServer, settings: LazySettings, tmp_path: Path) -> dict[str, str]:
    """Every kind of page by name, with something on it."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    partner = PartnerFactory.create(
        name="Tallowgate Print Rooms", email="hello@example.org", website="https://tallowgate.example/", sectors=["law"]
    )
    assure(partner, in_days=40)
    ContactFactory.create(partner=partner, is_public=True)
    site = SiteFactory.create(partner=partner, postcode="E1 6AN", access=["step-free"])
    placement = OpportunityFactory.create(title="A week at the bench", kind="placement", offered_by=partner, site=site)
    visit = OpportunityFactory.create(
        title="Set, ink, pull",
        offered_by=partner,
        site=site,
        years=(7, 9),
        audiences=["ks3", "send"],
        skills={"creativity": "Choose words.", "analysis": "Read in reverse."},
        access={"step-free": True, "hearing-loop": False},
        leads_to=[placement],
        availability="dated",
    )
    visit.timetable.add(TimetableItem(when="10.00", title="Meet the press", text="Watch a sheet printed."))
    visit.save()
    for n in range(3):
        SessionFactory.create(
            opportunity=visit, in_days=10 + n, taken=10 * (n + 1), label="Relaxed session" if n else ""
        )
    for n in range(25):
        OpportunityFactory.create(title=f"Talk {n}", kind="talk", audiences=["ks3"], postcode="E8 1DY")
    job = OpportunityFactory.create(title="Printer", kind="job", offered_by=partner, audiences=["adults"], site=site)
    rebuild(settings.SEARCH_INDEX_DIR)
    url = live_server.url
    return {
        "search": f"{url}/search/?q=talk&near=E1&within=5&kind=talk&kind=picnic",
        "search with mistakes": f"{url}/search/?near=Atlantis&from=tomorrow&within=4",
        "nothing found": f"{url}/search/?q=pottery&kind=job&open=1",
        "opportunity": f"{url}{visit.get_absolute_url()}",
        "placement": f"{url}{placement.get_absolute_url()}",
        "job": f"{url}{job.get_absolute_url()}",
        "partner": f"{url}{partner.get_absolute_url()}",
        "partners": f"{url}/partners/?near=E1&sector=law",
        "no partners": f"{url}/partners/?q=xylophone",
        "sign in": f"{url}/sign-in/",
    }


@pytest.mark.slow
def test_no_page_breaks_a_rule_or_runs_over_the_edge(page: Page, site: dict[str, str]) -> None:
    axe = Axe()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for name, address in site.items():
            page.goto(address)
            found = axe.run(page, options=RULES).response["violations"]
            assert not [(each["id"], each["nodes"][0]["html"]) for each in found], f"{name} at {width}"
            over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert over <= 0, f"{name} at {width} runs over the edge by {over} px"


def test_what_search_engines_are_told_is_let_through_by_the_content_policy(page: Page, site: dict[str, str]) -> None:
    # The fixture `page` fails on any breach that the browser reports.
    for name in ("opportunity", "job", "partner"):
        response = page.goto(site[name])
        assert response is not None
        assert "script-src" not in response.headers["content-security-policy"]
        assert "default-src 'self'" in response.headers["content-security-policy"]
        assert page.locator('script[type="application/ld+json"]').count() == 1


@pytest.fixture
def without_script(browser: Browser) -> Iterator[Page]:
    """A visitor whose browser runs no script, on a telephone."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 375, "height": 800})
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def test_searching_needs_no_script(without_script: Page, site: dict[str, str]) -> None:
    page = without_script
    page.goto(site["partners"].partition("/partners")[0] + "/search/")
    page.get_by_label("What").fill("talk")
    page.get_by_label("Near").fill("Hackney")
    page.get_by_label("Within").select_option("3")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("25 opportunities for talk")
    page.get_by_role("link", name="Narrow down").click()
    page.get_by_label("Careers talk or event").check()
    page.get_by_role("button", name="Show results").click()
    expect(page.get_by_role("link", name="Remove Careers talk or event")).to_be_visible()
    page.get_by_role("link", name="Next page").click()
    expect(page.get_by_role("heading", level=2, name="Talk")).to_have_count(5)
    page.get_by_role("link", name="Remove Within 3 miles of Hackney").click()
    assert "near" not in page.url
    assert "kind=talk" in page.url


def test_searching_and_narrowing_need_no_mouse(page: Page, site: dict[str, str]) -> None:
    page.goto(site["search"].partition("?")[0])
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("What")).to_be_focused()
    page.keyboard.type("printer")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("for printer")
    page.get_by_label("Job").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Show results").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Remove Job")).to_be_visible()
    assert "kind=job" in page.url


def test_a_full_postcode_is_gone_from_the_address_and_the_field(page: Page, site: dict[str, str]) -> None:
    page.goto(site["search"].partition("?")[0])
    page.get_by_label("Near").fill("e1 6an")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.get_by_label("Near")).to_have_value("E1")
    assert "6an" not in page.url.lower()
    page.get_by_label("Near").fill("Atlantis")
    page.keyboard.press("Enter")
    expect(page.get_by_text("We do not know a place of this name in London.")).to_be_visible()
    expect(page.get_by_label("Near")).to_be_focused()
