"""Turning the pages of what a partner offers, with and without scripts."""

import re

from playwright.sync_api import Page, expect

from .states.long import long_partner
from .world import World


def test_pages_are_turned_saved_from_and_gone_back_over(either_page: Page, world: World) -> None:
    page, address = either_page, long_partner("Lothbury Libraries", offers=45).get_absolute_url()
    page.goto(world.address(address))
    page.get_by_role("link", name="Next page").click()
    expect(page).to_have_url(world.address(f"{address}?page=2#offers"))
    expect(page.get_by_text("Showing 21 to 40 of 45")).to_be_in_viewport()
    card = page.locator(".ff-resultlist article").first
    title = card.get_by_role("heading").inner_text()
    card.get_by_role("button", name=re.compile("^Save to shortlist")).click()
    expect(page.locator("#ff-saved")).to_have_text("1 saved")
    expect(page.get_by_text("Showing 21 to 40 of 45")).to_be_attached()

    page.get_by_role("link", name="Page 3", exact=True).click()
    expect(page.get_by_text("Showing 41 to 45 of 45")).to_be_in_viewport()
    page.go_back()
    expect(page.locator(".ff-resultlist article").first.get_by_role("heading")).to_have_text(title)
    expect(page.locator(".ff-resultlist article").first.get_by_role("button")).to_have_attribute("aria-pressed", "true")


def test_a_search_among_what_one_partner_offers_can_be_left_for_all_partners(either_page: Page, world: World) -> None:
    page = either_page
    page.goto(world.address(world.partner.get_absolute_url()))
    page.goto(world.address(f"/search/?partner={world.partner.pk}"))
    own = page.get_by_role("heading", level=1)
    expect(own).to_contain_text("opportunities")
    few = own.inner_text()
    page.get_by_role("link", name="Remove From Tallowgate Playhouse").click()
    expect(own).not_to_have_text(few)
    assert "partner=" not in page.url
    page.go_back()
    expect(page.get_by_role("link", name="Remove From Tallowgate Playhouse")).to_be_visible()
    expect(own).to_have_text(few)
