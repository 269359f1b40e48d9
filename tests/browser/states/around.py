"""The home page, guides, the campaign, signing in, and what is not there."""

from playwright.sync_api import Page, expect

from tests.browser.looking import State


def _wrong_password(page: Page) -> None:
    page.get_by_label("E-mail address").fill("nobody@example.org")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("do not go together")


STATES = {
    "home": State("/", "Where classrooms, stages and workplaces meet"),
    "guides": State("/guides/", "Guides"),
    "guide": State("/guides/planning-a-visit/", "Planning a visit"),
    "campaign, with a mistake": State("/careers-festival/?year=99&places=left", "Meet the working city"),
    "sign in to the CMS, refused": State("/admin/", "Sign in", _wrong_password),
    "privacy": State("/privacy/", "What we keep"),
    "privacy for young people": State("/privacy/young-people/", "Your privacy, for young people"),
    "accessibility": State("/accessibility/", "Can everybody use this site?"),
    "not here": State("/opportunities/999999-gone/", "This page is not here"),
}
