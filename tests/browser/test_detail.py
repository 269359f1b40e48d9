"""The pages of opportunities and partners, and what is taken away from them."""

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django import DjangoDbBlocker

from opportunities.models import Opportunity, Pathway, TimetableItem
from tests.factories import OpportunityFactory, PartnerFactory, SessionFactory, SiteFactory, assure

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
    expect(page).to_have_url(world.address(world.workshop.get_absolute_url()))
    page.keyboard.press("Tab")
    expect(details.get_by_role("link", name="020 7946 0112")).to_be_focused()


def test_without_scripts_they_have_a_page_of_their_own(either_page: Page, world: World) -> None:
    page = either_page
    page.goto(world.address(f"{world.partner.get_absolute_url()}"))
    page.get_by_role("link", name="Show contact details").click()
    expect(page.get_by_role("link", name="hello@example.org")).to_be_visible()


@pytest.fixture(scope="module")
def longest(world: World, django_db_blocker: DjangoDbBlocker) -> Opportunity:
    """Longer in all its parts together than any of the demonstration."""

    def words(letters: int) -> str:
        return ("Bring boots and a warm coat for the long shore " * 30)[:letters].rstrip()

    with django_db_blocker.unblock():
        partner = PartnerFactory.create(
            name=words(50),
            telephone="020 7946 0112",
            email="a-long-address@shore.example",
            website="https://shore.example/",
        )
        assure(partner)
        site = SiteFactory.create(partner=partner, name=words(45), address=words(60))
        before = OpportunityFactory.create_batch(2, title=words(50))
        opportunity = OpportunityFactory.create(
            kind="placement", offered_by=partner, site=site, title=words(75), summary=words(130), description=words(950),
            tasks=words(150), expenses=words(70), days_and_hours=words(70), access_route=words(210), cost_help=words(80),
            audiences=["ks4", "16-18", "send"], years=(10, 13), availability="dated",
            access={slug: slug != "bsl" for slug in ("step-free", "hearing-loop", "captions", "bsl", "quiet-room")},
            skills=dict.fromkeys(("creativity", "analysis", "initiative"), words(80)),
            leads_to=OpportunityFactory.create_batch(3, title=words(50)),
        )  # fmt: skip
        for each in before:
            each.leads_to.add(Pathway(target=opportunity))
            each.save()
        opportunity.timetable.add(
            *(TimetableItem(when="10:00", title=words(40), text=words(75), sort_order=n) for n in range(5))
        )
        opportunity.save()
        opportunity.access.update(note=words(45))
        for n in range(7):
            SessionFactory.create(opportunity=opportunity, in_days=10 + n, label="Relaxed session")
    return opportunity


@pytest.mark.parametrize(("sheet", "sides"), [("print", 2), ("desk-sheet", 1)])
def test_the_longest_fits_on_its_paper(page: Page, world: World, longest: Opportunity, sheet: str, sides: int) -> None:
    page.goto(world.address(f"{longest.get_absolute_url()}{sheet}/"))
    paper = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == sides
    # A4, and in print nothing that cannot be followed there.
    assert re.search(rb"/MediaBox\s*\[0 0 59[45][\d.]* 84[12]", paper)
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name=re.compile("^Back to"))).to_be_hidden()
    expect(page.get_by_role("button", name="Print")).to_be_hidden()


def test_the_desk_sheet_is_in_large_print(page: Page, world: World) -> None:
    page.goto(world.address(f"{world.course.get_absolute_url()}desk-sheet/"))
    page.emulate_media(media="print")
    sizes = page.eval_on_selector_all(
        ".ff-desk__page p, .ff-desk__page li, .ff-desk__page h1, .ff-desk__page h2",
        "all => all.map(each => parseFloat(getComputedStyle(each).fontSize))",
    )
    assert min(sizes) >= 16 * 96 / 72 - 0.1


@pytest.mark.parametrize("sheet", ["print", "desk-sheet"])
def test_the_button_to_print_is_there_by_script_alone(either_page: Page, world: World, sheet: str) -> None:
    page = either_page
    page.add_init_script("window.print = () => { window.printed = true }")
    page.goto(world.address(world.workshop.get_absolute_url()))
    page.locator(f".ff-tools a[href*='{sheet}']").click()
    expect(page.get_by_role("link", name=re.compile("^Back to"))).to_be_visible()
    button = page.get_by_role("button", name="Print")
    if button.count():
        assert page.evaluate("window.printed") is None
        button.click()
        assert page.evaluate("window.printed") is True


def test_a_link_is_shared_by_its_own_address_and_the_page_says_that_it_was(page: Page, world: World) -> None:
    page.add_init_script(
        "Object.defineProperty(navigator, 'share', { value: async (what) => { window.shared = what } })"
    )
    page.goto(world.address(f"{world.workshop.get_absolute_url()}?s=stale"))
    with page.expect_response(lambda response: response.url.endswith(f"/{world.workshop.pk}/shared/")) as told:
        page.get_by_role("button", name="Share a link").click()
    assert told.value.status == 204
    assert page.evaluate("window.shared.url").endswith(world.workshop.get_absolute_url())


def test_an_address_from_a_paper_is_soon_like_any_other(page: Page, world: World) -> None:
    page.goto(world.address(f"/o/{world.workshop.pk}/"))
    expect(page.get_by_role("heading", level=1)).to_have_text(world.workshop.title)
    page.wait_for_url(world.address(world.workshop.get_absolute_url()))
