"""Every type of page that everybody sees in its main states, wide and narrow: barriers, sideways scroll, errors, requests
elsewhere.
"""

import pytest
from playwright.sync_api import Page, expect

from .looking import Onlooker, assert_without_barriers
from .states import STATES_OF_ALL
from .world import World


@pytest.mark.parametrize("name", STATES_OF_ALL)
def test_every_page_has_no_barrier_no_error_and_no_sideways_scroll(
    onlooker: Onlooker, complaints: list[str], name: str
) -> None:
    onlooker.look(name, STATES_OF_ALL[name])
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
