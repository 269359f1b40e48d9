"""Saving, listing and sharing: by keyboard alone, with and without scripts, and right again after Back."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from directory import shared_lists

from .looking import WIDTHS, assert_without_barriers
from .world import WORKSHOP, World

# The bar, what was understood, the choices that stand open: a person gives up long before this.
MOST_TABS = 90


def mark_of(page: Page, title: str) -> Locator:
    """The button at the corner of a card."""
    return page.get_by_role("button", name=f"Save to shortlist: {title}")


def count(page: Page) -> Locator:
    return page.locator("#ff-saved")


def tab_to(page: Page, what: Locator) -> None:
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if what.evaluate("each => each === document.activeElement"):
            return
    raise AssertionError("not reached by keyboard")


def test_from_search_to_a_shared_list_by_keyboard_alone(either_page: Page, world: World) -> None:
    page = either_page
    page.goto(world.address("/search/?q=theatre"))
    expect(count(page)).to_be_hidden()
    mark = mark_of(page, WORKSHOP)
    tab_to(page, mark)
    page.keyboard.press("Enter")
    expect(mark).to_have_attribute("aria-pressed", "true")
    expect(count(page)).to_have_text("1 saved")
    assert "/search/?q=theatre" in page.url
    if page.evaluate("Boolean(window.htmx)"):
        # Nothing moved, and those who do not see the page hear it.
        expect(mark).to_be_focused()
        expect(page.get_by_role("status")).to_have_text("Saved. 1 on your shortlist.")
    else:
        # Back on the page at that button, once the browser has come to it: the next Tab leaves from there.
        expect(page.locator("button:target")).to_have_attribute("aria-pressed", "true")
        page.wait_for_load_state()
        page.keyboard.press("Shift+Tab")
        expect(page.locator(".ff-resultlist a").first).to_be_focused()

    page.goto(world.address("/search/?q=theatre"))
    tab_to(page, page.get_by_role("link", name=re.compile("^Shortlist")))
    page.keyboard.press("Enter")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Your shortlist")
    expect(page.get_by_role("heading", level=2, name=WORKSHOP)).to_be_visible()
    share = page.get_by_role("button", name="Share")
    tab_to(page, share)
    page.keyboard.press("Enter")
    expect(heading).to_have_text(re.compile(r"^List \w{3}-\w{3}$"))
    expect(page.get_by_role("heading", level=2, name=WORKSHOP)).to_be_visible()
    assert page.get_by_label("The address of this list").input_value().endswith(page.url.partition("/lists/")[2])
    expect(page.locator("svg.ff-qr")).to_be_visible()


def test_saved_and_taken_off_again_where_it_stands(either_page: Page, world: World) -> None:
    page = either_page
    page.goto(world.address(world.workshop.get_absolute_url()))
    page.get_by_role("button", name="Save to shortlist", exact=True).click()
    expect(count(page)).to_have_text("1 saved")
    saved = page.get_by_role("button", name="Saved: take off the list")
    expect(saved).to_be_visible()
    saved.click()
    expect(count(page)).to_be_hidden()
    expect(page.get_by_role("button", name="Save to shortlist", exact=True)).to_be_visible()


def test_back_shows_what_was_saved_since(page: Page, world: World) -> None:
    page.goto(world.address("/search/?q=theatre"))
    page.get_by_role("link", name=WORKSHOP).click()
    page.get_by_role("button", name="Save to shortlist", exact=True).click()
    expect(count(page)).to_have_text("1 saved")
    page.go_back()
    expect(count(page)).to_have_text("1 saved")
    expect(mark_of(page, WORKSHOP)).to_have_attribute("aria-pressed", "true")
    mark_of(page, WORKSHOP).click()
    expect(count(page)).to_be_hidden()
    page.go_forward()
    expect(page.get_by_role("button", name="Save to shortlist", exact=True)).to_be_visible()


def test_results_that_are_swapped_know_what_is_saved(page: Page, world: World) -> None:
    page.goto(world.address("/search/?q=theatre"))
    mark_of(page, WORKSHOP).click()
    expect(count(page)).to_have_text("1 saved")
    page.locator("#facets label").filter(has_text="Cultural visit or workshop").click()
    expect(page.get_by_role("link", name="Remove Cultural visit or workshop")).to_be_visible()
    expect(mark_of(page, WORKSHOP)).to_have_attribute("aria-pressed", "true")
    mark_of(page, WORKSHOP).click()
    expect(count(page)).to_be_hidden()


def test_one_is_taken_off_and_the_list_cleared(either_page: Page, world: World) -> None:
    page = either_page
    page.goto(world.address("/search/"))
    for n in range(3):
        page.locator(".ff-card__save[aria-pressed=false]").first.click()
        expect(count(page)).to_have_text(f"{n + 1} saved")
    page.get_by_role("link", name=re.compile("^Shortlist")).click()
    page.get_by_role("button", name="Take off the list").first.click()
    expect(count(page)).to_have_text("2 saved")
    page.get_by_role("button", name="Clear the list").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your shortlist is empty")
    assert page.context.cookies() == []


def test_print_leads_to_the_numbered_list_and_prints_it(page: Page, world: World) -> None:
    page.add_init_script("window.printed = 0; window.print = () => { window.printed += 1; };")
    page.goto(world.address(world.workshop.get_absolute_url()))
    page.get_by_role("button", name="Save to shortlist", exact=True).click()
    expect(count(page)).to_have_text("1 saved")
    page.goto(world.address("/shortlist/"))
    page.get_by_role("button", name="Print").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("List ")
    page.wait_for_function("window.printed === 1")
    page.emulate_media(media="print")
    expect(page.get_by_text("Places change; please ring before you travel.")).to_be_visible()
    for gone in ("nav", "footer", ".ff-actions"):
        for each in page.locator(gone).all():
            expect(each).to_be_hidden()


@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        (f"/lists/{shared_lists.signed('7K2M4Q')}/", 410, "This list has ended"),
        ("/lists/7K2M4Q-guessed/", 404, "There is no such list"),
    ],
)
def test_a_list_that_is_not_there(
    page: Page, world: World, complaints: list[str], address: str, status: int, heading: str
) -> None:
    page.goto(world.address(address))
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert_without_barriers(page, f"{heading} at {width}")
    # What Chromium says of the page itself.
    assert [str(status) in said for said in complaints] == [True]
    complaints.clear()
