"""Searching among what one partner offers, hosts or offers with others."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from engagement.models import Event
from partners.services import suspend
from tests.directory.reading import Page
from tests.factories import OfficerFactory, OpportunityFactory, PartnerFactory

# Plain reading by the ORM: nothing that could differ between databases.
pytestmark = [pytest.mark.django_db, pytest.mark.engine_only]


@pytest.fixture
def house(index: Callable[[], None]) -> Any:
    """A partner that offers one thing, hosts another and joins in a third; somebody else offers a fourth."""
    house = PartnerFactory.create(name="Tallowgate")
    OpportunityFactory.create(title="Own letterpress", offered_by=house)
    OpportunityFactory.create(title="Hosted letterpress", hosted_by=house)
    OpportunityFactory.create(title="Shared letterpress", with_partners=[house])
    OpportunityFactory.create(title="Foreign letterpress")
    index()
    return house


def read(client: Client, **params: Any) -> Page:
    return Page(client.get("/search/", params))


def titles(page: Page) -> set[str]:
    return {words for words, address in page.links.items() if address.startswith("/opportunities/")}


def test_the_search_holds_what_its_page_holds(client: Client, house: Any) -> None:
    own = {"Own letterpress", "Hosted letterpress", "Shared letterpress"}
    page = read(client, q="letterpress", partner=house.pk)
    assert titles(page) == own
    assert titles(Page(client.get(house.get_absolute_url()))) == own


def test_it_is_a_choice_that_can_be_taken_back_and_stays_with_the_next_search(client: Client, house: Any) -> None:
    page = read(client, q="letterpress", partner=house.pk)
    assert f'<input type="hidden" name="partner" value="{house.pk}">' in page.html
    taken_back = Page(client.get(f"/search/{page.links['Remove From Tallowgate']}"))
    assert "Foreign letterpress" in titles(taken_back)
    assert 'name="partner"' not in taken_back.html


def test_where_it_leaves_out_all_the_page_says_so(client: Client, house: Any, index: Callable[[], None]) -> None:
    OpportunityFactory.create(title="Pottery")
    index()
    page = read(client, q="pottery", partner=house.pk)
    assert "To ask Tallowgate alone leaves out most: of all partners there is 1." in page.text
    assert titles(Page(client.get(f"/search/{page.links['From any partner 1 opportunity']}"))) == {"Pottery"}


def test_a_partner_that_is_not_public_is_left_out_and_not_named(
    client: Client, house: Any, index: Callable[[], None]
) -> None:
    suspend(house, OfficerFactory.create(), "A concern was raised.")
    index()
    for asked in (house.pk, 999_999, "x", "9" * 30, "-1"):
        page = read(client, q="letterpress", partner=asked)
        assert page.status == 200
        assert "The partner that this address asks for is not here now" in page.text
        assert "Foreign letterpress" in titles(page)
        assert "Tallowgate" not in page.text


def test_calendar_spreadsheet_and_count_know_it(client: Client, house: Any) -> None:
    read(client, q="letterpress", partner=house.pk)
    assert Event.objects.get(name="search_performed").data["selections"]["partner"] == house.pk
    calendar = client.get("/search/calendar.ics", {"partner": house.pk}).content.decode()
    assert "Find Fusion: from Tallowgate" in calendar
    assert f"/search/?partner={house.pk}" in calendar
    assert client.get("/search/results.xlsx", {"partner": house.pk}).status_code == 200
