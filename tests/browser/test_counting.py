"""A visit in a real browser leaves exactly its events: what was done, from which search, at which rank."""

from collections.abc import Iterator

import pytest
from django.db.models import QuerySet
from playwright.sync_api import Page, expect
from pytest_django import DjangoDbBlocker

from engagement.models import Event
from opportunities.models import Opportunity

from .world import World


@pytest.fixture
def events(world: World, django_db_blocker: DjangoDbBlocker) -> Iterator[QuerySet[Event]]:
    """What is recorded from now on, in order."""
    with django_db_blocker.unblock():
        Event.objects.all().delete()
        yield Event.objects.order_by("pk")


def _ticks(page: Page, label: str, heading: str) -> None:
    """Makes a choice, and waits until the results have followed it."""
    page.locator("#facets label").filter(has_text=label).click()
    if not page.evaluate("Boolean(window.htmx)"):
        page.locator("#facets").get_by_role("button", name="Apply").click()
    expect(page.get_by_role("link", name=f"Remove {label}")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)


def test_search_refine_twice_open_the_second_reveal_and_save(
    either_page: Page, world: World, events: QuerySet[Event]
) -> None:
    page = either_page
    page.goto(world.url)
    page.get_by_label("What are you looking for?").fill("theatre")
    page.get_by_role("button", name="Search", exact=True).click()
    _ticks(page, "Cultural visit or workshop", "opportunit")
    _ticks(page, "Careers talk or event", "opportunities")
    second = page.locator(".ff-resultlist h2 a").nth(1)
    opportunity = Opportunity.objects.get(title=second.inner_text())
    second.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(opportunity.title)
    page.get_by_role("link", name="Show contact details").click()
    expect(page.get_by_role("link", name="hello@example.org")).to_be_visible()
    if not page.evaluate("Boolean(window.htmx)"):
        page.go_back()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save to calendar").first.click()
    assert saved.value.suggested_filename.endswith(".ics")
    # A second look by Back and Forward, and a reload, are no second visit.
    page.reload()

    found = list(events)
    assert [each.name for each in found] == [
        *["search_performed"] * 3,
        "opportunity_viewed",
        "contact_revealed",
        "calendar_saved",
    ]
    assert len({each.search for each in found}) == 1
    assert found[0].search
    assert [each.terms for each in found[:3]] == ["theatre"] * 3
    assert [each.data["selections"] for each in found[:3]] == [
        {},
        {"kind": ["visit"]},
        {"kind": ["talk", "visit"]},
    ]
    assert [(each.opportunity_id, each.partner_id, each.rank) for each in found[3:]] == [
        (opportunity.pk, opportunity.offered_by_id, 2)
    ] * 3
    assert {each.visitor for each in found} == {""}
