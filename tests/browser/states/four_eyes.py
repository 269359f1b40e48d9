"""What is an officer's own waits for somebody else: the page that says so, the administrators' way, the list."""

from playwright.sync_api import Page, expect
from wagtail.models import TaskState

from accounts.models import User
from partners.models import PartnerMembership
from tests.browser.looking import State
from tests.browser.signing_in import sign_browser_in
from tests.factories import AdministratorFactory, OfficerFactory, OpportunityFactory, PartnerFactory
from tests.portal.moderated import sent


def _of_their_own(page: Page, person: User, title: str) -> TaskState:
    """What somebody who acts for a partner sent, before the person themselves."""
    partner = PartnerFactory.create(name="Foundry Lane Press")
    PartnerMembership.objects.create(user=person, partner=partner)
    state = sent(OpportunityFactory.create(offered_by=partner, title=title), person, summary="Print a name.")
    OfficerFactory.create(first_name="Bea", last_name="Archer")
    sign_browser_in(page, person)
    return state


def _read(page: Page, state: TaskState) -> None:
    page.goto(f"{page.evaluate('location.origin')}/review/{state.pk}/")
    expect(page.locator(".ff-verdict")).to_contain_text("Bea Archer")


def _officer(page: Page) -> None:
    _read(page, _of_their_own(page, OfficerFactory.create(), "Type by hand"))
    expect(page.get_by_label("Accept all of it")).to_have_count(0)


def _administrator(page: Page) -> None:
    _read(page, _of_their_own(page, AdministratorFactory.create(), "Ink by hand"))
    page.get_by_label("Accept all of it alone, as an administrator").check()


def _listed(page: Page) -> None:
    _of_their_own(page, OfficerFactory.create(), "Bind by hand")
    page.goto(f"{page.evaluate('location.origin')}/review/")
    expect(page.get_by_text("Somebody else has to accept this")).to_be_visible()


STATES = {
    "review, one's own as an officer": State("/portal/", "Sign in", _officer),
    "review, one's own as an administrator": State("/portal/", "Sign in", _administrator),
    "review, one's own in the list": State("/portal/", "Sign in", _listed),
}
