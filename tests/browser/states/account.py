"""Signing in, and what somebody sees of their own account."""

from collections.abc import Callable
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from django.test import Client
from playwright.sync_api import Page, expect

from accounts.models import User
from accounts.selectors import code_that_waits
from tests.browser.looking import State
from tests.browser.people import sign_in, take_session
from tests.factories import OfficerFactory, UserFactory
from tests.people import BACKEND
from tests.visitors import BROWSER

SECRET = "JBSWY3DPEHPK3PXP"


def _site(page: Page) -> str:
    parts = urlsplit(page.url)
    return f"{parts.scheme}://{parts.netloc}"


def _with_ways(user: User) -> User:
    Authenticator.objects.create(user=user, type="totp", data={"secret": SECRET})
    Authenticator.objects.create(user=user, type="recovery_codes", data={"seed": "a1" * 40, "used_mask": 3})
    for name in ("My telephone", "A key with a name of forty letters, or so"):
        Authenticator.objects.create(user=user, type="webauthn", data={"name": name, "credential": {}})
    return user


def _asks(email: str) -> Callable[[Page], None]:
    def prepare(page: Page) -> None:
        page.get_by_label("Your work or school e-mail").fill(email)
        page.get_by_role("button", name="Send me a code").click()

    return prepare


def _no_address(page: Page) -> None:
    _asks("nobody")(page)
    expect(page.get_by_role("alert")).to_contain_text("Type an e-mail address in full")


def _wrong_code(page: Page) -> None:
    _asks("a.long.name.of.somebody.at.a.school@example.org")(page)
    page.get_by_label("Six-digit code").fill("123 45")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert").first).to_contain_text("That code is not right")


def _new_code(page: Page) -> None:
    _asks("somebody@example.org")(page)
    page.get_by_role("button", name="Send a new code").click()
    expect(page.get_by_text("A new code is on its way")).to_be_visible()


def _second_step(page: Page) -> None:
    officer = _with_ways(OfficerFactory.create())
    Authenticator.objects.filter(user=officer, type="webauthn").delete()
    _asks(officer.email)(page)
    page.get_by_label("Six-digit code").fill(code_that_waits(officer.email) or "")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your second step")


def _as(path: str, heading: str, make: Callable[[], User]) -> State:
    """A page of somebody signed in."""

    def prepare(page: Page) -> None:
        sign_in(page, _site(page), make())
        page.goto(f"{_site(page)}{path}")
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)

    return State("/sign-in/", "Sign in", prepare)


def _before_second_step(page: Page) -> None:
    client = Client(headers=BROWSER)
    client.force_login(OfficerFactory.create(), backend=BACKEND)
    take_session(page, _site(page), client)
    page.goto(f"{_site(page)}/admin/")
    expect(page.get_by_text("Set up a second step to go on.")).to_be_visible()


def _asked_again(page: Page) -> None:
    client = Client(headers=BROWSER)
    client.force_login(_with_ways(OfficerFactory.create()), backend=BACKEND)
    take_session(page, _site(page), client)
    page.goto(f"{_site(page)}/admin/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirm that it is you")


STATES = {
    "sign in": State("/sign-in/", "Sign in"),
    "sign in to the CMS, no address": State("/admin/", "Sign in", _no_address),
    "sign in, code void": State("/sign-in/?again=tries", "Sign in"),
    "sign in, code": State("/sign-in/", "Sign in", _asks("somebody@example.org")),
    "sign in, wrong code": State("/sign-in/", "Sign in", _wrong_code),
    "sign in, new code": State("/sign-in/", "Sign in", _new_code),
    "sign in, second step": State("/sign-in/", "Sign in", _second_step),
    "sign in, signed in already": _as("/sign-in/", "You are signed in", UserFactory.create),
    "account, second step wanted": State("/sign-in/", "Sign in", _before_second_step),
    "account, second step asked for": State("/sign-in/", "Sign in", _asked_again),
    "account": _as("/account/", "Your account", lambda: _with_ways(OfficerFactory.create())),
    "account, app": _as("/account/app/", "Add an app for codes", UserFactory.create),
    "account, passkey": _as("/account/passkeys/add/", "Add a passkey", UserFactory.create),
    "account, new recovery codes": _as("/account/recovery-codes/new/", "Make new recovery codes", UserFactory.create),
    "account, devices": _as("/account/devices/", "Where you are signed in", UserFactory.create),
}
