"""The pages of opportunities and partners, and what is taken away from them."""

from playwright.sync_api import Page, expect

from .world import World


def test_contacts_come_in_place_and_the_focus_goes_to_them(page: Page, world: World) -> None:
    page.goto(world.address(world.workshop.get_absolute_url()))
    assert "hello@example.org" not in page.content()
    page.get_by_role("link", name="Show contact details").focus()
    page.keyboard.press("Enter")
    details = page.get_by_role("group", name="Contact details")
    expect(details).to_be_focused()
    expect(details.get_by_role("link", name="hello@example.org")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("Contact details are shown")
    assert page.url == world.address(world.workshop.get_absolute_url())
    page.keyboard.press("Tab")
    expect(details.get_by_role("link", name="020 7946 0112")).to_be_focused()


def test_without_scripts_they_have_a_page_of_their_own(either_page: Page, world: World) -> None:
    page = either_page
    page.goto(world.address(f"{world.partner.get_absolute_url()}"))
    page.get_by_role("link", name="Show contact details").click()
    expect(page.get_by_role("link", name="hello@example.org")).to_be_visible()
