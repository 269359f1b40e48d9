"""Signing a browser in, by the same way as the tests of the rooms."""

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from accounts.models import User
from tests.people import sign_in


def sign_browser_in(page: Page, user: User) -> None:
    """From now on the page's visitor is this user. The page must be somewhere on the site already."""
    client = Client()
    sign_in(client, user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": page.evaluate("location.origin")}])
