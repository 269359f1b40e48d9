"""Somebody signed in, in a real browser, without going through the pages."""

from django.test import Client
from playwright.sync_api import Page

from accounts.models import User
from tests import people
from tests.visitors import BROWSER


def sign_in(page: Page, site: str, user: User) -> User:
    """Gives the browser a session of the user, with a second factor where the site asks for one. Returns the user."""
    client = Client(headers=BROWSER)
    people.sign_in(client, user)
    take_session(page, site, client)
    return user


def take_session(page: Page, site: str, client: Client) -> None:
    """Gives the browser the session of a test client. `site` is the address at which the site answers."""
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
