"""Every type of page in its main states, wide and narrow: barriers, sideways scroll, errors, requests elsewhere."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from .looking import WIDTHS, assert_without_barriers
from .measuring import assert_bears_wider_text, assert_well_made
from .states import STATES
from .world import World


@pytest.fixture(scope="module")
def titles() -> dict[str, str]:
    """The titles that were seen, each with the path of its page."""
    return {}


@pytest.mark.parametrize("name", STATES)
def test_every_page_has_no_barrier_no_error_and_no_sideways_scroll(
    page: Page,
    complaints: list[str],
    world: World,
    photograph: Callable[[Page, str], None],
    titles: dict[str, str],
    name: str,
) -> None:
    # The fixture `page` fails on errors, on breaches of the content policy and on requests to other hosts.
    state = STATES[name]
    path = state.path if isinstance(state.path, str) else state.path(world)
    page.goto(world.address(path))
    expect(page.get_by_role("heading", level=1)).to_contain_text(state.heading)
    state.prepare(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        photograph(page, f"{name} {width}")
        assert_without_barriers(page, f"{name} at {width}")
        assert_well_made(page, f"{name} at {width}", state.ours)
        assert_bears_wider_text(page, f"{name} at {width}", state.ours)
    # One title, one page: where two are open, their tabs tell which is which.
    shared = titles.setdefault(page.title(), urlsplit(page.url).path)
    assert shared == urlsplit(page.url).path, page.title()
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
