"""From an invitation to a place in the results: a partner's person on a telephone, and an officer at a desk."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone
from playwright.sync_api import Browser, Page, ViewportSize, expect

from opportunities.models import Opportunity
from partners.models import AssuranceKind, Partner
from partners.people import invite
from search.draining import Drainer
from search.engines.embedded.store import EmbeddedStore
from tests.accounts.entering import newest_code
from tests.factories import OfficerFactory, PartnerFactory, SiteFactory, assure
from tests.links import secret_sent_to

from .conftest import visitor
from .hands import Finger, Hands, Keyboard
from .signing_in import sign_browser_in
from .states.documents import CERTIFICATE
from .world import World

TELEPHONE: ViewportSize = {"width": 375, "height": 720}
SEEN = [kind for kind in AssuranceKind if kind != AssuranceKind.PUBLIC_LIABILITY]


@pytest.fixture(params=[Finger, Keyboard], ids=["by finger", "by keyboard"])
def hands(request: pytest.FixtureRequest, page: Page) -> Hands:
    """Those of the partner's person, on a telephone."""
    page.set_viewport_size(TELEPHONE)
    made: Hands = request.param(page)
    return made


@pytest.fixture
def partner(world: World, hands: Hands) -> Partner:
    """A partner with a place, whose liability insurance nobody has seen yet."""
    made = PartnerFactory.create(name=f"Cope Street Press, {type(hands).__name__.lower()}")
    SiteFactory.create(partner=made, name="The workshop")
    assure(made, kinds=SEEN)
    return made


def test_invited_described_photographed_returned_mended_accepted_and_found(
    hands: Hands, partner: Partner, world: World, browser: Browser, mailoutbox: Sequence[EmailMessage]
) -> None:
    page, title = hands.page, f"A fortnight at {partner.name}"
    _join(hands, partner, world, mailoutbox)
    _describe(hands, title)
    _photograph(hands, partner, world)
    _send(hands, partner, title, world)

    made = Opportunity.objects.get(title=title)
    with _officer(browser, world) as officer:
        _decide(officer, title, lambda page: _ask_for_a_change(page, "Say what they take home."))
    assert not Opportunity.objects.get(pk=made.pk).live

    _mend(hands, partner, made, world)
    with _officer(browser, world) as officer:
        _decide(officer, title, lambda page: page.get_by_label("Accept all of it").check())

    Drainer(EmbeddedStore(settings.SEARCH_INDEX_DIR)).drain()
    page.goto(world.address("/search/?q=fortnight"))
    expect(page.get_by_role("link", name=title)).to_be_visible()
    expect(page.get_by_text("Print a poster and take it home.").first).to_be_visible()


def _join(hands: Hands, partner: Partner, world: World, mailoutbox: Sequence[EmailMessage]) -> None:
    """The invitation is accepted, and a code from the mail signs in."""
    address = f"ada-{partner.pk}@press.example"
    invite(partner, address, "owner", None)
    hands.page.goto(world.address(f"/invitation/?secret={secret_sent_to(address)}"))
    hands.press("Accept the invitation")
    expect(hands.page.get_by_role("heading", level=1)).to_have_text("You are in")
    hands.page.locator("main").get_by_role("link", name="Sign in").focus()
    hands.page.keyboard.press("Enter")
    hands.write("Your work or school e-mail", address)
    hands.page.keyboard.press("Enter")
    expect(hands.page.get_by_label("Six-digit code")).to_be_visible()
    hands.write("Six-digit code", newest_code(mailoutbox))
    hands.page.keyboard.press("Enter")
    expect(hands.page.get_by_text("Signed in for")).to_be_visible()


def _describe(hands: Hands, title: str) -> None:
    """A placement, step by step, as far as sending needs it."""
    hands.press("New opportunity")
    hands.tick("Work experience placement")
    hands.write("What will it be called?", title)
    hands.press("Begin")
    hands.write("In one sentence, what will people do?", "Print a poster.")
    hands.write("What is it?", "Two weeks in a working print room.")
    hands.press("Save and go on")
    hands.pick("Skill", "Creativity")
    hands.write("How do they practise it here?", "Choose words, type and colour.")
    hands.press("Save and go on")
    hands.tick("KS4")
    hands.pick("From school year", "Year 10")
    hands.press("Save and go on")
    hands.tick("A block of days in a row")
    hands.write("On which days, at what hours?", "Monday to Friday, 9.30am to 4pm")
    hands.write("What will they make or finish?", "Mix ink to a sample, cut an order of 200 cards.")
    hands.write("Who supervises them?", "Senior printer")
    hands.write("What do you pay for?", "Travel and lunch")
    for question in ("private home", "alone with one adult", "under 16"):
        hands.tick("No", question)
    hands.press("Save and go on")
    hands.pick("Which of the host’s places?", "The workshop, EC2Y")
    hands.tick("On request")
    hands.press("Save and leave")
    expect(hands.page.get_by_role("heading", name="Read once and send")).to_be_visible()


def _photograph(hands: Hands, partner: Partner, world: World) -> None:
    """The insurance that is missing."""
    hands.page.goto(world.address(f"/portal/{partner.pk}/documents/"))
    hands.tick("Public liability insurance: the certificate")
    hands.hand_over("The file", CERTIFICATE)
    # A field for a day is typed by its parts, in the order of the browser's language.
    hands.page.get_by_label("The last day on which it holds").fill(f"{timezone.localdate().year + 1}-06-30")
    hands.press("Send it to the officers")
    expect(hands.page.get_by_text("Being checked")).to_be_visible()


def _send(hands: Hands, partner: Partner, title: str, world: World) -> None:
    hands.page.goto(world.address(f"/portal/{partner.pk}/"))
    hands.press(title)
    hands.press("Send to the officers")
    expect(hands.page.get_by_role("heading", name="The officers are reading this")).to_be_visible()


def _mend(hands: Hands, partner: Partner, made: Opportunity, world: World) -> None:
    """What an officer asked for is read by its field, changed right there and sent again."""
    hands.page.goto(world.address(f"/portal/{partner.pk}/opportunities/{made.pk}/returned/"))
    expect(hands.page.get_by_text("Say what they take home.")).to_be_visible()
    hands.write("In one sentence, what will people do?", "Print a poster and take it home.")
    hands.page.keyboard.press("Enter")
    expect(hands.page.get_by_text("Saved as a draft.")).to_be_visible()
    expect(hands.page.get_by_text("You have changed this.")).to_be_visible()
    hands.press("Send again")
    expect(hands.page.get_by_role("heading", name="The officers are reading this")).to_be_visible()


@contextmanager
def _officer(browser: Browser, world: World) -> Iterator[Page]:
    """An officer's own browser, at the list of what waits."""
    with visitor(browser, [], []) as page:
        page.goto(world.address("/sign-in/"))
        sign_browser_in(page, OfficerFactory.create())
        page.goto(world.address("/review/"))
        yield page


def _decide(page: Page, title: str, choose: Callable[[Page], None]) -> None:
    page.get_by_role("link", name=title).click()
    choose(page)
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_role("link", name=title)).to_have_count(0)


def _ask_for_a_change(page: Page, words: str) -> None:
    page.get_by_text("Ask for a change (Summary)").click()
    page.get_by_label("What should they do? Summary").fill(words)
    page.get_by_label("Send back with what you ask for").check()
