"""The search page with scripts: suggestions while typing, and links that change results without a new page."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import Page, Route, expect
from pytest_django import DjangoDbBlocker

from engagement.catalogue import EventName
from engagement.models import Event
from search.engines.embedded.store import EmbeddedStore
from search.services import rebuild
from tests.factories import OpportunityFactory, PartnerFactory

from .world import World

WALKS = 45
#: What Core Web Vitals call good is 0.1; here nothing that stays on the page may move.
MOST_SHIFT = 0.02


@pytest.fixture(scope="module")
def walks(world: World, django_db_blocker: DjangoDbBlocker) -> World:
    """The world with enough of one thing to turn pages."""
    with django_db_blocker.unblock():
        partner = PartnerFactory.create(name="Ramblers of Ropewalk")
        for n in range(WALKS):
            OpportunityFactory.create(
                title=f"Ropewalk {n:02}", offered_by=partner, kind="visit" if n % 2 else "talk", postcode="E8 1DY"
            )
        rebuild(EmbeddedStore(settings.SEARCH_INDEX_DIR))
    return world


def _type(page: Page, text: str) -> None:
    """Into the field "What", letter by letter, by keyboard alone."""
    page.locator("input[data-suggest]").focus()
    page.keyboard.type(text, delay=20)


def test_a_suggestion_is_chosen_by_keyboard_alone_and_keeps_the_other_choices(page: Page, walks: World) -> None:
    page.goto(walks.address("/search/?kind=visit"))
    field = page.get_by_role("combobox", name="What")
    _type(page, "creat")
    options = page.get_by_role("listbox", name="Suggestions").get_by_role("option")
    expect(options.first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status")).to_contain_text("suggestion")
    page.keyboard.press("ArrowDown")
    chosen = page.locator(f"#{field.get_attribute('aria-activedescendant')}")
    expect(chosen).to_have_text("Creativity Fusion skill")
    expect(chosen).to_have_attribute("aria-selected", "true")
    expect(field).to_be_focused()
    expect(field).to_have_value("creat")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Remove Creativity")).to_be_visible()
    expect(page.get_by_role("link", name="Remove Cultural visit or workshop")).to_be_visible()
    assert re.search(r"/search/\?kind=visit&skill=creativity$", page.url)


def test_arrows_go_round_by_way_of_the_text_and_escape_puts_the_list_away(page: Page, walks: World) -> None:
    page.goto(walks.url)
    _type(page, "ropewalk")
    field, options = page.get_by_role("combobox"), page.get_by_role("option")
    expect(options.first).to_be_visible()
    last = options.count() - 1
    page.keyboard.press("ArrowUp")
    expect(options.nth(last)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Home")
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("Escape")
    expect(options.first).to_be_hidden()
    expect(field).to_have_value("ropewalk")
    # Without a mark, Enter searches for what was typed.
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("for ropewalk")


def test_a_partner_that_is_pressed_opens_its_page(page: Page, walks: World) -> None:
    page.goto(walks.url)
    _type(page, "ramblers")
    page.get_by_role("option", name="Ramblers of Ropewalk").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ramblers of Ropewalk")


def test_leaving_the_field_puts_the_list_away(page: Page, walks: World) -> None:
    page.goto(walks.address("/search/"))
    _type(page, "creat")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("option").first).to_be_hidden()
    expect(page.get_by_label("Near")).to_be_focused()


def test_a_postcode_is_in_no_request_for_suggestions(page: Page, walks: World) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "suggestions" in request.url else None)
    page.goto(walks.address("/search/"))
    for typed in ("EC2Y 8DS", "e16an"):
        page.locator("#q").fill("")
        page.locator("#q").focus()
        page.keyboard.type(typed, delay=250)
        page.wait_for_timeout(400)
    assert asked
    assert not [url for url in asked if re.search(r"8|6an", url.split("suggestions")[1].lower())]


@pytest.mark.parametrize("answer", [{"status": 503}, {"status": 200, "body": "<html>"}])
def test_where_the_server_suggests_nothing_the_field_is_a_plain_one(
    page: Page, complaints: list[str], walks: World, answer: dict[str, object]
) -> None:
    def broken(route: Route) -> None:
        route.fulfill(**answer)  # type: ignore[arg-type]

    page.route("**/search/suggestions/**", broken)
    page.goto(walks.address("/search/"))
    with page.expect_response("**/search/suggestions/**"):
        _type(page, "ropewalk")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("for ropewalk")
    # Chromium's own word of it.
    complaints[:] = [each for each in complaints if "503" not in each]


def test_pages_turn_in_place_and_back_is_no_new_search(
    page: Page, walks: World, django_db_blocker: DjangoDbBlocker
) -> None:
    def searches() -> int:
        with django_db_blocker.unblock():
            return Event.objects.filter(name=EventName.SEARCH_PERFORMED, terms="ropewalk").count()

    before = searches()
    page.goto(walks.address("/search/?q=ropewalk"))
    page.evaluate("window.kept = true")
    heading, cards = page.get_by_role("heading", level=1), page.locator(".ff-resultlist h2")
    first = cards.first.inner_text()
    page.get_by_role("link", name="Next page").click()
    expect(page.locator("[aria-current=page]", has_text="2")).to_be_visible()
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport()
    expect(page.get_by_role("status")).to_contain_text("(page 2)")
    assert cards.first.inner_text() != first
    expect(page).to_have_url(walks.address("/search/?q=ropewalk&page=2"))
    assert page.evaluate("window.kept") is True
    second = cards.first.inner_text()

    # A card is an ordinary link, and Back from it brings the second page.
    cards.first.get_by_role("link").click()
    expect(heading).to_have_text(second)
    assert page.evaluate("window.kept") is None
    page.go_back()
    expect(cards.first).to_have_text(second)
    expect(page).to_have_url(walks.address("/search/?q=ropewalk&page=2"))
    page.go_back()
    expect(cards.first).to_have_text(first)
    expect(page).to_have_url(walks.address("/search/?q=ropewalk"))
    assert searches() == before + 1


def test_taking_choices_back_leaves_the_focus_among_them_and_back_restores_them(page: Page, walks: World) -> None:
    page.goto(walks.address("/search/?q=ropewalk&kind=visit&borough=hackney&open=1"))
    page.evaluate("window.kept = true")
    chips = page.locator(".ff-chip")
    expect(chips).to_have_count(3)
    chips.nth(1).focus()
    page.keyboard.press("Enter")
    expect(chips).to_have_count(2)
    expect(chips.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(chips).to_have_count(1)
    expect(chips.first).to_be_focused()
    page.keyboard.press("Enter")
    expect(chips).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    assert page.evaluate("window.kept") is True
    expect(page).to_have_url(walks.address("/search/?q=ropewalk"))
    page.go_back()
    expect(chips).to_have_count(1)


def test_a_borough_of_the_map_or_of_the_list_narrows_in_place(page: Page, walks: World) -> None:
    for place in (".ff-map a", ".ff-boroughs a"):
        page.goto(walks.address("/search/?q=ropewalk"))
        page.evaluate("window.kept = true")
        page.locator(place).first.click()
        expect(page.get_by_role("link", name="Remove Hackney")).to_be_visible()
        expect(page.get_by_role("heading", level=1)).to_be_focused()
        expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
        assert page.evaluate("window.kept") is True


def test_clear_all_works_with_and_without_scripts(either_page: Page, walks: World) -> None:
    page = either_page
    page.goto(walks.address("/search/?q=ropewalk&kind=visit&open=1&page=2"))
    page.get_by_role("link", name="Clear all").click()
    expect(page.locator(".ff-chip")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{WALKS} opportunities for ropewalk")
    page.get_by_role("link", name="Next page").click()
    expect(page.locator("[aria-current=page]", has_text="2")).to_be_visible()
    page.go_back()
    expect(page.locator("[aria-current=page]", has_text="1")).to_be_visible()


def test_the_page_stays_where_it_is_while_results_are_replaced(page: Page, walks: World) -> None:
    page.goto(walks.address("/search/?q=ropewalk"))
    page.evaluate("window.scrollTo(0, 300)")
    page.wait_for_timeout(200)
    page.evaluate(
        """() => {
          window.shift = 0;
          new PerformanceObserver((list) => list.getEntries().forEach((each) => (window.shift += each.value)))
            .observe({ type: "layout-shift" });
        }"""
    )
    page.locator("#facets label").filter(has_text="Careers talk or event").click()
    expect(page.get_by_role("link", name="Remove Careers talk or event")).to_be_visible()
    page.wait_for_timeout(300)
    assert abs(page.evaluate("scrollY") - 300) < 10
    assert page.evaluate("window.shift") <= MOST_SHIFT


def test_what_cannot_be_shown_in_place_is_shown_as_a_page(page: Page, complaints: list[str], walks: World) -> None:
    def fails_in_place(route: Route) -> None:
        if route.request.headers.get("hx-request"):
            route.fulfill(status=503)
        else:
            route.continue_()

    page.goto(walks.address("/search/?q=ropewalk"))
    page.route("**/search/?*", fails_in_place)
    page.get_by_role("link", name="Next page").click()
    expect(page.locator("[aria-current=page]", has_text="2")).to_be_visible()
    complaints[:] = [each for each in complaints if "503" not in each]
