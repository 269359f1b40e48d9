"""The pages of opportunities and partners."""

from playwright.sync_api import Page, expect

from tests.browser.looking import State


def _contacts(page: Page) -> None:
    page.get_by_text("Show contact details").click()
    expect(page.get_by_role("link", name="hello@example.org")).to_be_visible()


STATES = {
    "opportunity": State(lambda world: world.workshop.get_absolute_url(), "Make a scene", _contacts),
    "placement": State(lambda world: world.placement.get_absolute_url(), "A week backstage"),
    "course": State(lambda world: world.course.get_absolute_url(), "Bookkeeping"),
    "job": State(lambda world: world.job.get_absolute_url(), "Front of house", _contacts),
    "partner": State(lambda world: world.partner.get_absolute_url(), "Tallowgate Playhouse", _contacts),
    "sole trader": State(lambda world: world.sole_trader.get_absolute_url(), "Amina Roe"),
}
