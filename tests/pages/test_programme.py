"""The programme of a campaign, in pages."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from opportunities.models import Opportunity, Session
from pages.models import CampaignPage, HomePage
from tests.directory.reading import Page
from tests.factories import CampaignFactory, OpportunityFactory

pytestmark = pytest.mark.django_db

ADDRESS = "/festival/"


@pytest.fixture
def talk() -> Opportunity:
    """What the festival offers; its sessions come with `add`."""
    first = timezone.localdate() + timedelta(days=10)
    campaign = CampaignFactory.create(starts_on=first, ends_on=first + timedelta(days=40))
    HomePage.objects.get().add_child(
        instance=CampaignPage(title="Festival", slug="festival", campaign=campaign, headline="Meet", lead="A week.")
    )
    talk: Opportunity = OpportunityFactory.create(kind="talk", availability="dated", campaign=campaign)
    return talk


def add(talk: Opportunity, day: int, count: int) -> date:
    """Sessions a minute apart on one day of the campaign."""
    assert talk.campaign is not None
    on = talk.campaign.starts_on + timedelta(days=day)
    nine = datetime.combine(on, time(9), timezone.get_current_timezone())
    Session.objects.bulk_create(
        Session(
            opportunity=talk,
            starts=nine + timedelta(minutes=n),
            ends=nine + timedelta(minutes=n + 50),
            label=f"Talk {day}.{n}",
            capacity=9,
            taken=9 if n % 2 else 0,
        )
        for n in range(count)
    )
    return on


def read(client: Client, **params: Any) -> Page:
    return Page(client.get(ADDRESS, params))


def test_pages_follow_each_other_and_a_day_may_go_on(client: Client, talk: Opportunity) -> None:
    add(talk, 0, 30)
    add(talk, 1, 30)
    first, second = read(client), read(client, page=2)
    assert "Showing 1 to 40 of 60 sessions" in first.text
    assert "Showing 41 to 60 of 60 sessions" in second.text
    assert "30 sessions, 10 of them here" in first.text
    assert "30 sessions, 20 of them here" in second.text
    assert second.title == "Meet (page 2 of the programme) – Find Fusion"
    assert first.links["Next page"] == "?page=2#programme"
    assert "Talk 1.9 " in first.text
    assert "Talk 1.10 " in second.text
    assert "Talk 1.10 " not in first.text


def test_beyond_the_last_is_the_last_page(client: Client, talk: Opportunity) -> None:
    add(talk, 0, 45)
    for number in ("3", "9" * 30):
        assert "Showing 41 to 45 of 45 sessions" in read(client, page=number).text
    assert "Showing 1 to 40 of 45 sessions" in read(client, page="x").text


def test_pages_keep_what_was_chosen_and_the_figures_tell_of_all(client: Client, talk: Opportunity) -> None:
    add(talk, 0, 100)
    page = read(client, places="left")
    assert "Showing 1 to 40 of 50 sessions" in page.text
    assert page.links["Next page"] == "?places=left&page=2#programme"
    assert "Sessions 100" in page.text


def test_a_short_programme_has_no_pages(client: Client, talk: Opportunity) -> None:
    add(talk, 0, 40)
    page = read(client)
    assert "Showing" not in page.text
    assert "40 sessions" in page.text
    assert "Next page" not in page.links


def test_it_costs_the_same_for_50_sessions_and_for_400(client: Client, talk: Opportunity) -> None:
    def cost() -> tuple[int, int]:
        client.get(ADDRESS)
        with CaptureQueriesContext(connection) as asked:
            response = client.get(ADDRESS)
        return len(asked), len(response.content)

    add(talk, 0, 50)
    queries, letters = cost()
    for day in range(1, 8):
        add(talk, day, 50)
    more_queries, more_letters = cost()
    assert more_queries == queries
    assert more_letters < letters + 2_000
