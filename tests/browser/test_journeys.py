"""What people come for, from the home page to a partner: with and without scripts, and by keyboard alone."""

import re

import pytest
from playwright.sync_api import Page, expect

from .world import WORKSHOP, World

SENTENCE = "theater workshops year 9"
RESULTS = re.compile(r"^\d+ opportunit(y|ies) for ")
# Skip link, bar, the choices that stand open: a person gives up long before this.
MOST_TABS = 80
# What was understood, how it is sorted, the way to the map.
FEW_TABS = 10


def _chosen(page: Page, label: str) -> None:
    """Ticks a choice; a browser without scripts sends it by the button."""
    page.locator("#facets label").filter(has_text=label).click()
    if not page.evaluate("Boolean(window.htmx)"):
        page.locator("#facets").get_by_role("button", name="Apply").click()


def test_from_home_to_a_partner_and_back(either_page: Page, world: World) -> None:
    page = either_page
    page.goto(world.url)
    page.get_by_label("What are you looking for?").fill(SENTENCE)
    page.get_by_label("Near, like E1 or SW9").fill("EC2Y")
    page.get_by_role("button", name="Search", exact=True).click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text(RESULTS)
    expect(page.locator(".ff-resultlist h2 a").first).to_have_text(WORKSHOP)
    every = heading.inner_text()

    _chosen(page, "Careers talk or event")
    chip = page.get_by_role("link", name="Remove Careers talk or event")
    expect(chip).to_be_visible()
    expect(page.get_by_role("link", name=WORKSHOP)).to_have_count(0)
    assert "kind=talk" in page.url
    chip.click()
    expect(chip).to_have_count(0)
    expect(heading).to_have_text(every)
    assert "kind=" not in page.url
    assert "near=EC2Y" in page.url
    results = page.url

    page.get_by_role("link", name=WORKSHOP).click()
    expect(heading).to_have_text(WORKSHOP)
    page.locator("main").get_by_role("link", name=world.partner.name).first.click()
    expect(heading).to_have_text(world.partner.name)
    page.go_back()
    expect(heading).to_have_text(WORKSHOP)
    page.go_back()
    expect(heading).to_have_text(every)
    expect(page).to_have_url(results)


def test_choices_change_results_count_and_address_without_a_new_page_and_back_restores(
    page: Page, world: World
) -> None:
    page.goto(world.address("/search/?q=theatre"))
    heading, cards = page.get_by_role("heading", level=1), page.locator(".ff-resultlist h2")
    every, all_cards = heading.inner_text(), cards.count()
    page.evaluate("window.kept = true")

    _chosen(page, "Careers talk or event")
    expect(page.get_by_role("link", name="Remove Careers talk or event")).to_be_visible()
    expect(heading).not_to_have_text(every)
    assert 0 < cards.count() < all_cards
    expect(page).to_have_url(world.address("/search/?q=theatre&kind=talk"))
    # Those who do not see the page hear the new count, and stay where they were.
    expect(page.get_by_role("status")).to_have_text(heading.inner_text())
    expect(page.get_by_label("Careers talk or event")).to_be_focused()
    assert page.evaluate("window.kept") is True

    page.go_back()
    expect(heading).to_have_text(every)
    expect(cards).to_have_count(all_cards)
    expect(page.get_by_label("Careers talk or event")).not_to_be_checked()
    expect(page).to_have_url(world.address("/search/?q=theatre"))


def test_from_the_skip_link_to_the_first_result_by_keyboard(page: Page, world: World) -> None:
    page.goto(world.address("/search/"))
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("What")).to_be_focused()
    page.keyboard.type(SENTENCE)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(RESULTS)

    first = page.locator(".ff-resultlist h2 a").first
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        # Whatever is reached is seen, and shows that it is reached.
        assert page.evaluate(
            "document.activeElement.matches(':focus-visible') && document.activeElement !== document.body"
        )
        if first.evaluate("each => each === document.activeElement"):
            break
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(WORKSHOP)


@pytest.mark.parametrize(
    ("address", "first"), [("/search/?q=theatre", ".ff-resultlist h2 a"), ("/partners/", ".ff-partnerlist a")]
)
def test_a_second_skip_link_leads_past_the_choices(either_page: Page, world: World, address: str, first: str) -> None:
    page = either_page
    page.goto(world.address(address))
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to results")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport()
    for _ in range(FEW_TABS):
        page.keyboard.press("Tab")
        if page.locator(first).first.evaluate("each => each === document.activeElement"):
            break
    expect(page.locator(first).first).to_be_focused()


def test_the_second_skip_link_works_after_results_were_changed_in_place(page: Page, world: World) -> None:
    page.goto(world.address("/search/?q=theatre"))
    _chosen(page, "Careers talk or event")
    expect(page.get_by_role("link", name="Remove Careers talk or event")).to_be_visible()
    page.get_by_role("link", name="Skip to results").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()


def test_a_choice_is_made_and_sent_by_keyboard(page: Page, world: World) -> None:
    page.goto(world.address("/search/"))
    page.get_by_label("Careers talk or event").focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("link", name="Remove Careers talk or event")).to_be_visible()
    expect(page.get_by_label("Careers talk or event")).to_be_focused()
    page.get_by_role("link", name="Remove Careers talk or event").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Remove Careers talk or event")).to_have_count(0)


def test_a_full_postcode_is_gone_from_the_address_and_the_field(page: Page, world: World) -> None:
    page.goto(world.address("/search/"))
    page.get_by_label("Near").fill("e1 6an")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.get_by_label("Near")).to_have_value("E1")
    assert "6an" not in page.url.lower()
    page.get_by_label("Near").fill("Atlantis")
    page.keyboard.press("Enter")
    expect(page.get_by_text("We do not know a place of this name in London.")).to_be_visible()
    expect(page.get_by_label("Near")).to_be_focused()
