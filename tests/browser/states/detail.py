"""The pages of opportunities and partners."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.looking import State
from tests.browser.world import World


def _contacts(page: Page) -> None:
    page.get_by_role("link", name="Show contact details").click()
    expect(page.get_by_role("link", name="hello@example.org")).to_be_visible()


def _marks(page: Page) -> None:
    page.get_by_text("What these marks mean").click()
    expect(page.get_by_text("It does not say that a place is safe")).to_be_visible()


def _page_of(subject: str, name: str) -> Callable[[World], str]:
    return lambda world: f"{getattr(world, subject).get_absolute_url()}{name}/"


STATES = {
    "opportunity": State(lambda world: world.workshop.get_absolute_url(), "Make a scene", _contacts),
    "placement": State(lambda world: world.placement.get_absolute_url(), "A week backstage"),
    "course": State(lambda world: world.course.get_absolute_url(), "Bookkeeping"),
    "job": State(lambda world: world.job.get_absolute_url(), "Front of house", _contacts),
    "partner": State(lambda world: world.partner.get_absolute_url(), "Tallowgate Playhouse", _contacts),
    "sole trader": State(lambda world: world.sole_trader.get_absolute_url(), "Amina Roe"),
    "opportunity, what the marks mean": State(
        lambda world: world.placement.get_absolute_url(), "A week backstage", _marks
    ),
    "print view": State(_page_of("workshop", "print"), "Make a scene"),
    "print view of a placement": State(_page_of("placement", "print"), "A week backstage"),
    "desk sheet": State(_page_of("course", "desk-sheet"), "Bookkeeping"),
    "contact": State(_page_of("workshop", "contact"), "Contact Tallowgate Playhouse"),
    "contact, withheld": State(_page_of("sole_trader", "contact"), "Contact Amina Roe"),
}
