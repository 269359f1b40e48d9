"""Every type of page in its main states, wide and narrow: barriers, sideways scroll, errors, requests elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from .world import World

# The success criteria of WCAG 2.0 to 2.2 up to AA, and what axe recommends beside them.
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
WIDTHS = (1280, 320)
AXE = Axe()


def _nothing(page: Page) -> None:
    """The page as it opens."""


def _contacts(page: Page) -> None:
    page.get_by_text("Show contact details").click()
    expect(page.get_by_role("link", name="hello@example.org")).to_be_visible()


def _all_facets_open(page: Page) -> None:
    page.evaluate("document.querySelectorAll('#facets details').forEach(each => each.open = true)")


def _wrong_password(page: Page) -> None:
    page.get_by_label("E-mail address").fill("nobody@example.org")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("do not go together")


@dataclass(frozen=True)
class State:
    """Where a page is, what its first heading says, and what is done there before it is looked at."""

    path: str | Callable[[World], str]
    heading: str
    prepare: Callable[[Page], None] = _nothing


STATES = {
    "home": State("/", "Where classrooms, stages and workplaces meet"),
    "results with facets chosen": State(
        "/search/?q=theater+workshops+year+9&near=EC2Y&within=20&kind=visit&kind=talk&audience=ks3&open=1",
        "opportunit",
        _all_facets_open,
    ),
    "search with mistakes": State(
        "/search/?near=Atlantis&from=tomorrow&to=never&within=4&kind=picnic", "opportunities"
    ),
    "nothing found": State("/search/?q=theatre&kind=job&skill=resilience", "Nothing"),
    "nothing like it": State("/search/?q=xylophonist", "Nothing"),
    "opportunity": State(lambda world: world.workshop.get_absolute_url(), "Make a scene", _contacts),
    "placement": State(lambda world: world.placement.get_absolute_url(), "A week backstage"),
    "course": State(lambda world: world.course.get_absolute_url(), "Bookkeeping"),
    "job": State(lambda world: world.job.get_absolute_url(), "Front of house", _contacts),
    "partner": State(lambda world: world.partner.get_absolute_url(), "Tallowgate Playhouse", _contacts),
    "sole trader": State(lambda world: world.sole_trader.get_absolute_url(), "Amina Roe"),
    "partners": State("/partners/?near=E1&sector=law", "partner", _all_facets_open),
    "no partners": State("/partners/?q=xylophone", "o partner"),
    "guides": State("/guides/", "Guides"),
    "guide": State("/guides/planning-a-visit/", "Planning a visit"),
    "campaign, with a mistake": State("/careers-festival/?year=99&places=left", "Meet the working city"),
    "sign in to the CMS, refused": State("/admin/", "Sign in", _wrong_password),
    "not here": State("/opportunities/999999-gone/", "This page is not here"),
}


def assert_without_barriers(page: Page, where: str) -> None:
    """Nothing that axe objects to, and nothing beyond the right edge."""
    found = AXE.run(page, options=RULES).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]][:3]) for each in found] == [], where
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert over <= 0, f"{where} runs over the edge by {over} px"


@pytest.mark.parametrize("name", STATES)
def test_a_page_has_no_barrier_no_error_and_no_sideways_scroll(
    page: Page, complaints: list[str], world: World, name: str
) -> None:
    # The fixture `page` fails on errors, on breaches of the content policy and on requests to other hosts.
    state = STATES[name]
    path = state.path if isinstance(state.path, str) else state.path(world)
    page.goto(world.address(path))
    expect(page.get_by_role("heading", level=1)).to_contain_text(state.heading)
    state.prepare(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert_without_barriers(page, f"{name} at {width}")
    if name == "not here":
        # What Chromium says of the page itself; it would say no more of anything else that is missing.
        assert len(complaints) == 1, complaints
        assert "404" in complaints.pop()


def test_on_a_narrow_screen_the_facets_are_a_page_of_their_own(page: Page, world: World) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(world.address("/search/?q=theatre"))
    expect(page.get_by_label("Careers talk or event")).to_be_hidden()
    page.get_by_role("link", name="Narrow down").click()
    expect(page.get_by_label("Careers talk or event")).to_be_visible()
    assert_without_barriers(page, "the facets at 320")
    page.get_by_label("Careers talk or event").check()
    page.get_by_role("button", name="Show results").click()
    expect(page.get_by_role("link", name="Remove Careers talk or event")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_what_search_engines_are_told_is_let_through_by_the_content_policy(page: Page, world: World) -> None:
    for subject in (world.workshop, world.job, world.partner):
        response = page.goto(world.address(subject.get_absolute_url()))
        assert response is not None
        policy = response.headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert page.locator('script[type="application/ld+json"]').count() == 1
