"""The browser and the site meet: the ground on which the other tests of this folder stand."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer


@pytest.mark.django_db(transaction=True)
def test_the_home_page_opens_with_its_style(page: Page, live_server: LiveServer) -> None:
    page.goto(live_server.url)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    # The style sheet has arrived and was allowed: its colour, not the browser's white on black.
    ink = page.evaluate("getComputedStyle(document.body).color")
    assert ink == "rgb(36, 21, 43)"
