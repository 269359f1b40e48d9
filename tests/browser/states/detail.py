"""The pages of opportunities and partners."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.looking import State
from tests.browser.world import World


def _contacts(page: Page) -> None:
    page.get_by_role("link", name="Show contact details").click()
    expect(page.get_by_role("link", name="hello@example.org")).to_be_visible()


def _contact_page(subject: str) -> Callable[[World], str]:
    return lambda world: f"{getattr(world, subject).get_absolute_url()}contact/"


STATES = {
    "opportunity": State(lambda world: world.workshop.get_absolute_url(), "Make a scene", _contacts),
    "placement": State(lambda world: world.placement.get_absolute_url(), "A week backstage"),
    "course": State(lambda world: world.course.get_absolute_url(), "Bookkeeping"),
    "job": State(lambda world: world.job.get_absolute_url(), "Front of house", _contacts),
    "partner": State(lambda world: world.partner.get_absolute_url(), "Tallowgate Playhouse", _contacts),
    "sole trader": State(lambda world: world.sole_trader.get_absolute_url(), "Amina Roe"),
    "contact": State(_contact_page("workshop"), "Contact Tallowgate Playhouse"),
    "contact, withheld": State(_contact_page("sole_trader"), "Contact Amina Roe"),
}
