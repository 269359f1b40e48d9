"""What a page costs, in queries and in letters, does not grow with what there is."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from engagement.models import Event
from opportunities.models import Opportunity, Session
from partners.models import Partner
from tests.directory.reading import Page
from tests.factories import OpportunityFactory, PartnerFactory, SiteFactory, assure

pytestmark = pytest.mark.django_db


class Cost(NamedTuple):
    """What an answer took."""

    queries: int
    letters: int


def cost(client: Client, address: str) -> Cost:
    """What a page costs once what is kept between pages has been read."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    assert response.status_code == 200
    return Cost(len(asked), len(response.content))


def dated(**fields: Any) -> Opportunity:
    opportunity: Opportunity = OpportunityFactory.create(availability="dated", **fields)
    return opportunity


def add_dates(opportunity: Opportunity, first: int, last: int, *, cancelled: bool = False) -> None:
    """Sessions of two hours, one a day, from the day `first` from today to the day before `last`."""
    now = timezone.now()
    reason = {"cancelled_at": now, "cancelled_because": "The lift is being mended."} if cancelled else {}
    Session.objects.bulk_create(
        Session(
            opportunity=opportunity,
            starts=now + timedelta(days=day),
            ends=now + timedelta(days=day, hours=2),
            capacity=30,
            label="Cancelled" if cancelled else f"Day {day}",
            **reason,
        )
        for day in range(first, last)
    )


def days_on(page: Page) -> list[int]:
    """The dates that a page of an opportunity shows, by the number in their label."""
    return [int(number) for number in re.findall(r", day (\d+) ", page.text)]


class TestAnOpportunityWithManyDates:
    """Its page has them by twenty."""

    @pytest.fixture
    def workshop(self) -> Opportunity:
        workshop = dated(title="Set, ink, pull", skills=["creativity"])
        add_dates(workshop, 1, 46)
        return workshop

    def turned(self, client: Client, workshop: Opportunity, page: int | str) -> Page:
        return Page(client.get(workshop.get_absolute_url(), {"page": page}))

    def test_pages_follow_each_other_and_say_how_many_there_are(self, client: Client, workshop: Opportunity) -> None:
        seen = [day for number in (1, 2, 3) for day in days_on(self.turned(client, workshop, number))]
        assert seen == list(range(1, 46))
        assert "Showing 41 to 45 of 45 dates" in self.turned(client, workshop, 3).text

    def test_beyond_the_last_is_the_last_and_nonsense_is_the_first(self, client: Client, workshop: Opportunity) -> None:
        for number in ("4", "9" * 30):
            assert "Showing 41 to 45 of 45 dates" in self.turned(client, workshop, number).text
        for number in ("-3", "soon", ""):
            assert "Showing 1 to 20 of 45 dates" in self.turned(client, workshop, number).text

    def test_it_is_one_thing_whatever_dates_are_shown(self, client: Client, workshop: Opportunity) -> None:
        page = self.turned(client, workshop, 2)
        assert f'{workshop.get_absolute_url()}">' in page.html.split('rel="canonical"')[1].split("<")[0]
        assert page.title == "Set, ink, pull (page 2 of its dates) – Find Fusion"
        assert 'href="?page=3#dates"' in page.html
        assert 'href="?#dates"' in page.html

    def test_turning_them_is_one_view(self, client: Client, workshop: Opportunity) -> None:
        for address in ("", "?page=2", "?page=3"):
            client.get(workshop.get_absolute_url() + address)
        assert Event.objects.filter(name="opportunity_viewed").count() == 1

    @pytest.mark.parametrize("address", ["", "?page=2", "print/", "desk-sheet/"])
    def test_it_costs_the_same_for_40_dates_and_for_300(
        self, client: Client, workshop: Opportunity, address: str
    ) -> None:
        few = cost(client, workshop.get_absolute_url() + address)
        add_dates(workshop, 46, 301)
        many = cost(client, workshop.get_absolute_url() + address)
        assert many.queries == few.queries
        assert many.letters < few.letters + 2_000

    @pytest.mark.parametrize("address", ["", "print/", "desk-sheet/"])
    def test_hundreds_of_cancelled_dates_are_named_and_not_all_shown(
        self, client: Client, workshop: Opportunity, address: str
    ) -> None:
        add_dates(workshop, 1, 13, cancelled=True)
        few = cost(client, workshop.get_absolute_url() + address)
        add_dates(workshop, 13, 301, cancelled=True)
        many = cost(client, workshop.get_absolute_url() + address)
        assert many.queries == few.queries
        # Structured data tell of twenty.
        assert many.letters < few.letters + 10_000

    def test_how_many_more_are_cancelled_is_said(self, client: Client, workshop: Opportunity) -> None:
        add_dates(workshop, 1, 10, cancelled=True)
        assert "will not happen either" not in self.turned(client, workshop, 1).text
        add_dates(workshop, 10, 13, cancelled=True)
        assert "Two more dates after these will not happen either." in self.turned(client, workshop, 1).text


class TestAroundAnOpportunity:
    """What leads to it, where it leads, and what else its partner offers."""

    def test_the_page_costs_the_same_whatever_stands_around_it(self, client: Client) -> None:
        middle = OpportunityFactory.create()

        def add(count: int) -> None:
            for n in range(count):
                OpportunityFactory.create(title=f"First {n}", leads_to=[middle], audiences=["ks3"])
                OpportunityFactory.create(title=f"Other {n}", offered_by=middle.offered_by)

        add(4)
        few = cost(client, middle.get_absolute_url())
        add(30)
        many = cost(client, middle.get_absolute_url())
        assert many.queries == few.queries
        assert many.letters < few.letters + 500

    def test_the_first_ones_are_shown_youngest_first_and_by_title(self, client: Client) -> None:
        middle = OpportunityFactory.create()
        for title, years in (("B", (9, 9)), ("A", None), ("C", (3, 4))):
            OpportunityFactory.create(title=f"Source {title}", leads_to=[middle], **({"years": years} if years else {}))
        for title in "DBCA":
            OpportunityFactory.create(title=f"More {title}", offered_by=middle.offered_by)
        shown = list(Page(client.get(middle.get_absolute_url())).links)
        assert [words for words in shown if words.startswith("Source")] == ["Source C", "Source B"]
        assert [words for words in shown if words.startswith("More ") and len(words) == 6] == [
            "More A", "More B", "More C",
        ]  # fmt: skip


class TestAPartnerWithManySites:
    """Its page names three on top and five at the side; the others open."""

    def test_the_first_are_shown_and_the_others_are_at_hand(self, client: Client) -> None:
        partner = PartnerFactory.create()
        for n in range(9):
            code = ("E1 6AN", "E1 6AN", "SE1 9PX", "E2 7DD", "E3 4AB", "E8 1DY")[min(n, 5)]
            SiteFactory.create(partner=partner, name=f"Library {n}", postcode=code, order=n)
        page = Page(client.get(partner.get_absolute_url()))
        assert "Tower Hamlets, E1, Southwark, SE1, Tower Hamlets, E2, and two more" in page.text
        assert "Nine sites" in page.headings
        assert "The other four" in page.text
        assert all(f"Library {n}" in page.text for n in range(9))

    def test_three_are_named_in_full(self, client: Client) -> None:
        partner = PartnerFactory.create()
        for n, code in enumerate(("E1 6AN", "E8 1DY", "SE1 9PX")):
            SiteFactory.create(partner=partner, postcode=code, order=n)
        page = Page(client.get(partner.get_absolute_url()))
        assert "Tower Hamlets, E1, Hackney, E8, and Southwark, SE1" in page.text
        assert "The other" not in page.text


ADDRESSES: dict[str, Callable[[Partner], str]] = {
    "the partner's page": lambda partner: f"{partner.get_absolute_url()}?page=1",
    "its calendar": lambda partner: f"/partners/{partner.pk}/calendar.ics",
    "whom to ask there": lambda partner: f"{partner.get_absolute_url()}contact/",
    "the list of partners": lambda _: "/partners/",
    "the list of partners, searched": lambda _: "/partners/?q=print&near=E1",
    "all that there is, by file": lambda _: "/sitemap.xml",
    "partners of the sitemap": lambda _: "/sitemap-partners.xml",
    "opportunities of the sitemap": lambda _: "/sitemap-opportunities.xml",
    "pages of the sitemap": lambda _: "/sitemap-pages.xml",
}


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_lists_ask_the_database_as_often_for_few_as_for_many(client: Client, address: Callable[[Partner], str]) -> None:
    partner = PartnerFactory.create(name="Tallowgate print rooms")
    assure(partner)

    def add(count: int) -> None:
        for _ in range(count):
            other = PartnerFactory.create(name="Another print room")
            SiteFactory.create(partner=other)
            offer = dated(offered_by=partner, with_partners=[other], skills=["creativity"], audiences=["ks3"])
            add_dates(offer, 3, 8)

    add(3)
    few = cost(client, address(partner))
    add(25)
    assert cost(client, address(partner)).queries == few.queries
