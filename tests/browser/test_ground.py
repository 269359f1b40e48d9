"""The browser and the site meet: the ground on which the other tests of this folder stand."""

import pytest
from playwright.sync_api import Error, Page, expect
from pytest_django.live_server_helper import LiveServer


@pytest.mark.django_db(transaction=True)
def test_the_home_page_opens_with_its_style(page: Page, live_server: LiveServer) -> None:
    page.goto(live_server.url)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    # The style sheet has arrived and was allowed: its colour, not the browser's white on black.
    ink = page.evaluate("getComputedStyle(document.body).color")
    assert ink == "rgb(36, 21, 43)"


@pytest.mark.django_db(transaction=True)
def test_what_leaves_the_site_or_breaks_its_policy_is_noticed(
    page: Page, live_server: LiveServer, strangers: list[str], complaints: list[str]
) -> None:
    page.goto(f"{live_server.url}/sign-in/")
    page.evaluate("document.body.append(Object.assign(new Image(), {src: 'https://picture.example/a.png'}))")
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.wait_for_timeout(200)
    assert len(complaints) == 2, complaints
    with pytest.raises(Error):
        page.goto("https://elsewhere.example/")
    # What the policy stopped was asked for all the same.
    assert strangers == ["https://picture.example/a.png", "https://elsewhere.example/"]
    strangers.clear()
    complaints.clear()
