"""A placement described on a telephone on a Friday night, with and without scripts, and by keyboard alone."""

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from opportunities.models import Opportunity
from partners.models import Partner
from tests.factories import PartnerFactory, PartnerMemberFactory, SiteFactory, assure

from .signing_in import sign_browser_in
from .world import World

TELEPHONE: ViewportSize = {"width": 375, "height": 720}
# Header, steps and the fields of the longest step: a person gives up long before this.
MOST_TABS = 60


@pytest.fixture
def partner(world: World) -> Partner:
    """A partner with a place and documents in date, made in the world that the browser sees."""
    made = PartnerFactory.create(name="Friday Night Press")
    SiteFactory.create(partner=made, name="The workshop")
    assure(made)
    return made


def _at_the_list(page: Page, world: World, partner: Partner) -> None:
    page.set_viewport_size(TELEPHONE)
    page.goto(world.address("/sign-in/"))
    sign_browser_in(page, PartnerMemberFactory.create(partner=partner))
    page.goto(world.address(f"/portal/{partner.pk}/opportunities/"))


def _go_on(page: Page) -> None:
    page.get_by_role("button", name="Save and go on").click()


def test_a_placement_from_nothing_to_the_officers(either_page: Page, world: World, partner: Partner) -> None:
    page = either_page
    _at_the_list(page, world, partner)
    page.get_by_role("link", name="Describe a new one").click()
    page.get_by_label("Work experience placement").check()
    page.get_by_label("What will it be called?").fill("One week at the bench")
    page.get_by_role("button", name="Begin").click()

    page.get_by_label("In one sentence, what will people do?").fill("Print a poster and take it home.")
    page.get_by_label("What is it?").fill("A week in a working print room.")
    _go_on(page)
    page.get_by_label("When", exact=True).first.fill("10am")
    page.get_by_label("What", exact=True).first.fill("Mix the ink")
    page.get_by_label("Skill", exact=True).first.select_option(label="Creativity")
    page.get_by_label("How do they practise it here?").first.fill("Choose words, type and colour.")
    _go_on(page)
    page.get_by_label("KS4").check()
    page.get_by_label("From school year").select_option(label="Year 10")
    _go_on(page)
    page.get_by_label("A block of days in a row").check()
    page.get_by_label("On which days, at what hours?").fill("Monday to Friday, 9.30am to 4pm")
    page.get_by_label("What will they make or finish?").fill("Mix ink to a sample, cut an order of 200 cards.")
    page.get_by_label("Who supervises them?").fill("Senior printer")
    page.get_by_label("What do you pay for?").fill("Travel and lunch")
    for question in ("private home", "alone with one adult", "under 16"):
        page.get_by_role("group", name=question).get_by_label("No", exact=True).check()
    _go_on(page)
    page.get_by_label("Which of the host’s places?").select_option(label="The workshop, EC2Y")
    page.get_by_label("On request").check()
    page.get_by_label("Feature", exact=True).first.select_option(index=1)
    _go_on(page)
    page.get_by_label("How do people take part?").fill("Your school writes to us.")
    _go_on(page)

    expect(page.get_by_text("8 of 8 met in what is saved")).to_be_visible()
    page.get_by_role("button", name="Send to the officers").click()
    expect(page.get_by_role("heading", name="The officers are reading this")).to_be_visible()
    made = Opportunity.objects.filter(title="One week at the bench", offered_by=partner).latest("pk")
    assert made.workflow_in_progress
    assert not made.live


def _tab_to(page: Page, name: str) -> None:
    """Goes on by the Tab key until this has the focus."""
    wanted = page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name)).or_(page.get_by_label(name))
    for _ in range(MOST_TABS):
        if any(each.evaluate("each => each === document.activeElement") for each in wanted.all()):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{name} cannot be reached by keyboard")


def test_a_draft_by_keyboard_alone(page: Page, world: World, partner: Partner) -> None:
    _at_the_list(page, world, partner)
    _tab_to(page, "Describe a new one")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Describe a new opportunity")
    _tab_to(page, "Cultural visit or workshop")
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Work experience placement")).to_be_checked()
    _tab_to(page, "What will it be called?")
    page.keyboard.type("By keyboard")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What it is", exact=True)).to_be_visible()
    _tab_to(page, "In one sentence, what will people do?")
    page.keyboard.type("Print a poster.")
    _tab_to(page, "Save and leave")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Before you can send it")).to_be_visible()
    _tab_to(page, "Describe it in a few short paragraphs.")
    page.keyboard.press("Enter")
    expect(page.get_by_label("What is it?")).to_be_visible()
    expect(page.get_by_label("In one sentence, what will people do?")).to_have_value("Print a poster.")
