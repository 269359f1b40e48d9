"""Messages to people: which somebody gets, the outbox of the demonstration; saying that all is still right; whom to ring."""

from collections.abc import Callable

from django.utils import timezone
from playwright.sync_api import Page, expect

from notices.addresses import switch_off_address
from notices.catalogue import STILL_RIGHT
from notices.models import Notice
from notices.services import send
from partners import services, still_right
from tests.browser.looking import State
from tests.browser.signing_in import sign_browser_in
from tests.browser.world import World
from tests.factories import (
    ContactFactory,
    OfficerFactory,
    OpportunityFactory,
    PartnerFactory,
    PartnerMemberFactory,
    SessionFactory,
)
from tests.notices.samples import SAMPLES

SWITCH_OFF = switch_off_address(STILL_RIGHT, "sam@example.org").partition("/messages/")[2]


def _message(_: World) -> str:
    found = Notice.objects.filter(kind=STILL_RIGHT.slug).first() or send(
        STILL_RIGHT, "sam@example.org", key="a", context=SAMPLES[STILL_RIGHT.slug]
    )
    assert found is not None
    return f"/demo/messages/{found.pk}/"


def _outbox(world: World) -> str:
    _message(world)
    return "/demo/messages/"


def _to_be_confirmed(name: str, **fields: object) -> Callable[[World], str]:
    def path(_: World) -> str:
        partner = PartnerFactory.create(
            name=name, website="https://cordwainer.example/a-page-with-a-long-address", **fields
        )
        OpportunityFactory.create(offered_by=partner)
        return f"/still-right/{still_right.sign(partner)}/"

    return path


def _choose(page: Page) -> None:
    sign_browser_in(page, PartnerMemberFactory.create())
    page.goto(f"{page.evaluate('location.origin')}/account/messages/")
    page.get_by_role("button", name="Keep this choice").click()
    expect(page.get_by_text("Your choice is kept.")).to_be_visible()


def _switched_off(page: Page) -> None:
    page.get_by_role("button", name="Yes, switch them off").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Switched off")


def _whom_to_ring(page: Page) -> None:
    partner = PartnerFactory.create(name="Saddlers Loft", telephone="020 7946 0103")
    ContactFactory.create(partner=partner)
    opportunity = OpportunityFactory.create(offered_by=partner, availability="dated")
    SessionFactory.create(opportunity=opportunity, taken=12, capacity=30)
    officer = OfficerFactory.create()
    services.suspend(partner, officer, "A school has told us of a concern.")
    sign_browser_in(page, officer)
    page.goto(f"{page.evaluate('location.origin')}/admin/partners/whom-to-ring/{partner.pk}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Whom to ring: Saddlers Loft")


def _confirmed(page: Page) -> None:
    page.get_by_role("button", name="Yes, all still right").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you for confirming")


# Pages of who is signed in begin where somebody is sent who is not yet.
STATES = {
    "messages to me": State("/account/messages/", "Sign in", _choose),
    "switch messages off": State(f"/messages/{SWITCH_OFF}", "Switch off these messages?"),
    "switched off": State(
        f"/messages/{switch_off_address(STILL_RIGHT, 'kim@example.org').partition('/messages/')[2]}",
        "Switch off these messages?",
        _switched_off,
    ),
    "outbox of the demonstration": State(_outbox, "Messages of the demonstration"),
    "message of the demonstration": State(_message, "Is everything on the page of"),
    "still right": State(_to_be_confirmed("Cordwainer Yard"), "Is everything still right?"),
    "still right, hidden": State(
        _to_be_confirmed("Glovers Row", hidden_on=timezone.localdate()), "Is everything still right?"
    ),
    "still right, confirmed": State(_to_be_confirmed("Loriners Gate"), "Is everything still right?", _confirmed),
    "whom to ring": State("/admin/", "Sign in", _whom_to_ring),
}
