"""Signing in with a real browser: by passkeys of a device that Chromium plays, and by an app without any script."""

from collections.abc import Sequence

import pytest
from django.core.mail import EmailMessage
from playwright.sync_api import CDPSession, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from tests.accounts.entering import app_code, newest_code
from tests.browser.people import sign_in
from tests.factories import OfficerFactory, PartnerFactory, PartnerMemberFactory

pytestmark = pytest.mark.django_db(transaction=True)

Outbox = Sequence[EmailMessage]


def give_device(page: Page) -> tuple[CDPSession, str]:
    """A device that keeps passkeys and knows who holds it; the session that steers it, and its name there."""
    steering = page.context.new_cdp_session(page)
    steering.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    return steering, steering.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]


def enter(page: Page, site: LiveServer, user: User, mailoutbox: Outbox, onward: str = "/") -> None:
    """Signs in by a code from the mail."""
    page.goto(f"{site.url}/sign-in/?next={onward}")
    page.get_by_label("Your work or school e-mail").fill(user.email.upper())
    page.get_by_label("Your work or school e-mail").press("Enter")
    page.get_by_label("Six-digit code").fill(newest_code(mailoutbox))
    page.get_by_label("Six-digit code").press("Enter")


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def add_passkey(page: Page, name: str) -> None:
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("A name for it").fill(name)
    page.get_by_role("button", name="Add a passkey").click()
    heading(page, "Your recovery codes")
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_role("term").filter(has_text=name)).to_be_visible()


def test_a_partners_person_adds_a_passkey_and_signs_in_by_it_alone(page: Page, live_server: LiveServer) -> None:
    partner = PartnerFactory.create(name="Tallowgate Print Rooms")
    give_device(page)
    sign_in(page, live_server.url, PartnerMemberFactory.create(partner=partner))
    page.goto(f"{live_server.url}/account/")
    add_passkey(page, "My telephone")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()

    page.goto(f"{live_server.url}/portal/{partner.pk}/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{live_server.url}/portal/{partner.pk}/")
    expect(page.get_by_text("Signed in for Tallowgate Print Rooms")).to_be_visible()

    # Taken away here, it signs nobody in any more, though the device still offers it.
    page.goto(f"{live_server.url}/account/")
    page.get_by_role("link", name="Take away My telephone").click()
    # A change asks once more who is there.
    heading(page, "Confirm that it is you")
    page.get_by_role("link", name="Use a passkey").click()
    page.get_by_role("button", name="Use a passkey").click()
    heading(page, "Take “My telephone” away")
    page.get_by_role("button", name="Take it away").click()
    expect(page.get_by_text("A passkey was taken away.")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{live_server.url}/sign-in/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("alert").first).to_contain_text("Your device did not confirm that it is you")
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()


def test_a_passkey_is_a_second_step_for_the_cms(page: Page, live_server: LiveServer, mailoutbox: Outbox) -> None:
    officer = OfficerFactory.create()
    give_device(page)
    enter(page, live_server, officer, mailoutbox, "/admin/")
    heading(page, "Your account")
    expect(page.get_by_text("Set up a second step to go on.")).to_be_visible()
    add_passkey(page, "Desk computer")
    page.goto(f"{live_server.url}/admin/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Find Fusion")

    page.context.clear_cookies()
    enter(page, live_server, officer, mailoutbox, "/admin/snippets/partners/partner/")
    heading(page, "Your second step")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/admin/snippets/partners/partner/**")

    page.context.clear_cookies()
    page.goto(f"{live_server.url}/admin/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Find Fusion")


def test_a_device_that_does_not_know_who_holds_it_signs_nobody_in(page: Page, live_server: LiveServer) -> None:
    steering, device = give_device(page)
    sign_in(page, live_server.url, PartnerMemberFactory.create())
    page.goto(f"{live_server.url}/account/")
    add_passkey(page, "My telephone")
    page.context.clear_cookies()
    steering.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.goto(f"{live_server.url}/sign-in/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_text("Press again, or use a code.")).to_be_visible()
    steering.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": True})
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/portal/**")


def test_an_officer_sets_up_an_app_with_and_without_script(
    either_page: Page, live_server: LiveServer, mailoutbox: Outbox
) -> None:
    page, officer = either_page, OfficerFactory.create()
    enter(page, live_server, officer, mailoutbox, "/search/")
    heading(page, "Your account")
    page.get_by_role("link", name="Add an app").click()
    expect(page.get_by_role("img", name="for the camera of your app")).to_be_visible()
    key = page.locator(".ff-appkey").inner_text()
    page.get_by_label("Code from your app").fill(app_code(key))
    page.get_by_label("Code from your app").press("Enter")
    heading(page, "Your recovery codes")
    spare = page.locator(".ff-codes code").first.inner_text()
    page.context.clear_cookies()
    enter(page, live_server, officer, mailoutbox, "/account/")
    heading(page, "Your second step")
    page.get_by_label("Code from your app").fill(spare)
    page.get_by_role("button", name="Go on").click()
    heading(page, "Your account")
