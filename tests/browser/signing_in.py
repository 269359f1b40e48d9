"""Signing in a browser that is on the site already."""

from playwright.sync_api import Page

from accounts.models import User

from .people import sign_in


def sign_browser_in(page: Page, user: User) -> None:
    """From now on the page's visitor is this user. The page must be somewhere on the site already."""
    sign_in(page, page.evaluate("location.origin"), user)
