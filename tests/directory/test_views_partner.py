import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from directory.selectors import hits_of
from directory.selectors.offers import offers_of
from engagement.models import Event
from opportunities.selectors import of_partners, with_parts
from partners.services import suspend
from tests.directory.reading import Page
from tests.factories import (
    AssuranceFactory,
    OfficerFactory,
    OpportunityFactory,
    PartnerFactory,
    PartnerRecognitionFactory,
    SessionFactory,
    SiteFactory,
    assure,
)
from tests.people import sign_in

pytestmark = pytest.mark.django_db


#: Letters of a card with its cover, at most.
CARD = 6_000


def read(client: Client, partner: Any) -> Page:
    return Page(client.get(partner.get_absolute_url()))


def turned(client: Client, partner: Any, number: int | str) -> Page:
    """One page of what a partner offers."""
    return Page(client.get(partner.get_absolute_url(), {"page": number}))


def offers_on(page: Page) -> list[str]:
    """The titles of the opportunities that a page shows."""
    return re.findall(r'<h3 class="ff-card__title"><a href="[^"]*">([^<]*)</a>', page.html)


def test_the_page_says_who_they_are_what_they_offer_and_where(client: Client) -> None:
    partner = PartnerFactory.create(
        name="Tallowgate Print Rooms",
        summary="A working print shop.",
        description="Eleven presses.",
        website="https://tallowgate.example/",
        confirmed_on=timezone.localdate(),
    )
    assure(partner)
    PartnerRecognitionFactory.create(partner=partner, slug="artsmark")
    PartnerRecognitionFactory.create(
        partner=partner, slug="arts-award", expires=timezone.localdate() - timedelta(days=1)
    )
    SiteFactory.create(partner=partner, name="The print room", postcode="E1 6AN", access=["step-free", "hearing-loop"])
    later = OpportunityFactory.create(title="Later", offered_by=partner, skills=["creativity"], availability="dated")
    SessionFactory.create(opportunity=later, in_days=30)
    sooner = OpportunityFactory.create(title="Sooner", offered_by=partner, skills=["creativity"], availability="dated")
    SessionFactory.create(opportunity=sooner, in_days=10)
    OpportunityFactory.create(title="Hosted only", hosted_by=partner, skills=["initiative"])
    OpportunityFactory.create(title="Offered together", with_partners=[partner])
    OpportunityFactory.create(title="Not yet", offered_by=partner, live=False)
    page = read(client, partner)
    assert page.status == 200
    assert page.heading == "Tallowgate Print Rooms"
    assert "Four opportunities" in page.headings
    offers = [words for words, address in page.links.items() if address.startswith("/opportunities/")]
    assert offers == ["Sooner", "Later", "Hosted only", "Offered together"]
    for words in (
        "Eleven presses.",
        "Tower Hamlets, E1",
        "Step-free, hearing loop",
        "4 opportunities open",
        "Documents in date",
        "Artsmark",
        "Creativity 2 of 4",
        "Initiative 1 of 4",
    ):
        assert words in page.text, words
    assert "Arts Award" not in page.text
    assert "Not yet" not in page.links


def test_what_a_kind_needs_and_nobody_has_seen_is_said(client: Client) -> None:
    partner = AssuranceFactory.create(kind="public_liability").partner
    OpportunityFactory.create(offered_by=partner)
    page = read(client, partner)
    assert "Safeguarding policy Not seen yet" in page.text
    assert "Documents in date" not in page.text


def test_a_partner_that_hosts_nothing_is_not_said_to_have_its_documents_in_date(client: Client) -> None:
    partner = PartnerFactory.create()
    assure(partner)
    page = read(client, partner)
    assert "Nothing open at present" in page.headings
    assert "Public liability insurance In date to" in page.text
    assert "Documents in date" not in page.text


def test_another_name_in_the_address_sends_on_for_good(client: Client) -> None:
    partner = PartnerFactory.create(name="日本の家")
    proper = f"/partners/{partner.pk}-partner/"
    for address in ("-tokyo/", "-/", "/"):
        response = client.get(f"/partners/{partner.pk}{address}")
        assert (response.status_code, response.headers["Location"]) == (301, proper)
    assert read(client, partner).heading == "日本の家"


def test_what_is_not_public_is_not_there(client: Client) -> None:
    suspended = PartnerFactory.create()
    suspend(suspended, OfficerFactory.create(), "A concern was raised.")
    expired = PartnerFactory.create(expire_at=timezone.now() - timedelta(minutes=1))
    sign_in(client, OfficerFactory.create())
    for partner in (PartnerFactory.create(live=False), suspended, expired):
        assert client.get(partner.get_absolute_url()).status_code == 404
        assert client.get(f"/partners/{partner.pk}/").status_code == 404


def test_the_number_of_queries_does_not_grow_with_what_is_offered(
    client: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    def page_of(count: int) -> int:
        partner = PartnerFactory.create()
        assure(partner)
        for n in range(count):
            SiteFactory.create(partner=partner, access=["step-free"])
            opportunity = OpportunityFactory.create(
                offered_by=partner, skills=["creativity", "initiative"], audiences=["ks3"], access={"bsl": True},
                with_partners=[PartnerFactory.create()], availability="dated",
            )  # fmt: skip
            SessionFactory.create(opportunity=opportunity, in_days=10 + n)
        client.get(partner.get_absolute_url())
        with django_assert_max_num_queries(60) as asked:
            assert read(client, partner).status == 200
        return len(asked)

    assert page_of(1) == page_of(6)


class TestWithMoreThanAPageOfOffers:
    """A partner with 45 opportunities, of which the dated ones come first."""

    @pytest.fixture
    def partner(self) -> Any:
        partner = PartnerFactory.create(name="Tallowgate")
        for n in range(25):
            opportunity = OpportunityFactory.create(
                offered_by=partner, title=f"Dated {n:02}", availability="dated", kind="visit", skills=["creativity"]
            )
            SessionFactory.create(opportunity=opportunity, in_days=60 - n)
        for n in range(20):
            OpportunityFactory.create(offered_by=partner, title=f"Always {n:02}", kind="talk", skills=["initiative"])
        return partner

    def test_pages_follow_each_other_and_the_soonest_come_first(self, client: Client, partner: Any) -> None:
        seen = [title for number in (1, 2, 3) for title in offers_on(turned(client, partner, number))]
        assert seen == [f"Dated {n:02}" for n in reversed(range(25))] + [f"Always {n:02}" for n in range(20)]

    def test_each_page_counts_all_that_there_is(self, client: Client, partner: Any) -> None:
        for number, shown in ((1, "Showing 1 to 20 of 45"), (3, "Showing 41 to 45 of 45")):
            page = turned(client, partner, number)
            assert shown in page.text
            assert "45 opportunities" in page.headings
            assert "Creativity 25 of 45" in page.text
            assert "Initiative 20 of 45" in page.text

    def test_the_last_page_stands_for_all_beyond_and_the_first_for_what_is_no_number(
        self, client: Client, partner: Any
    ) -> None:
        for number in ("4", "99999999999999999999", "1000000000"):
            assert "Showing 41 to 45 of 45" in turned(client, partner, number).text
        for number in ("0", "-1", "two", "", "²"):
            assert "Showing 1 to 20 of 45" in turned(client, partner, number).text

    def test_links_between_pages_lead_to_the_list_and_say_which_way(self, client: Client, partner: Any) -> None:
        html = turned(client, partner, 2).html
        assert re.search(r'href="\?#offers"\s+rel="prev"', html)
        assert re.search(r'href="\?page=3#offers"\s+rel="next"', html)
        assert 'aria-current="page"' in html

    def test_every_page_names_itself_and_is_its_own_address(
        self, client: Client, partner: Any, settings: LazySettings
    ) -> None:
        own = f"{settings.SITE_URL}{partner.get_absolute_url()}"
        for asked, canonical, title in (
            ("1", own, "Tallowgate – Find Fusion"),
            ("2", f"{own}?page=2", "Tallowgate (page 2 of what they offer) – Find Fusion"),
            ("77", f"{own}?page=3", "Tallowgate (page 3 of what they offer) – Find Fusion"),
        ):
            page = turned(client, partner, asked)
            assert f'<link rel="canonical" href="{canonical}">' in page.html
            assert page.title == title
            assert f'"url": "{own}"' in page.html, "the organisation is one, whatever page of its offers is shown"

    def test_another_name_in_the_address_keeps_the_page(self, client: Client, partner: Any) -> None:
        response = client.get(f"/partners/{partner.pk}-x/?page=2&junk=1")
        assert (response.status_code, response["Location"]) == (301, f"{partner.get_absolute_url()}?page=2")

    def test_what_is_hidden_is_neither_shown_nor_counted(self, client: Client, partner: Any) -> None:
        host = PartnerFactory.create()
        OpportunityFactory.create_batch(3, offered_by=partner, hosted_by=host, skills=["creativity"])
        OpportunityFactory.create(offered_by=partner, live=False)
        assert "48 opportunities" in turned(client, partner, 1).headings
        suspend(host, OfficerFactory.create(), "A concern was raised.")
        page = turned(client, partner, 3)
        assert "45 opportunities" in page.headings
        assert "Creativity 25 of 45" in page.text
        assert len(offers_on(page)) == 5

    def test_each_kind_and_all_of_them_lead_to_a_search_among_them(
        self, client: Client, partner: Any, index: Callable[[], None]
    ) -> None:
        OpportunityFactory.create(title="Of another partner", kind="talk")
        index()
        page = turned(client, partner, 1)
        assert "Cultural visit or workshop 25" in page.text
        found = Page(client.get(page.links["Careers talk or event"]))
        assert found.heading == "20 opportunities"
        assert "Of another partner" not in found.links
        assert "Remove From Tallowgate" in found.links
        assert Page(client.get(page.links["Search among these 45"])).heading == "45 opportunities"

    def test_turning_the_pages_is_one_view(self, client: Client, partner: Any) -> None:
        for address in ("", "?page=2", "?page=3", "?page=1"):
            client.get(partner.get_absolute_url() + address)
        assert Event.objects.filter(name="partner_viewed").count() == 1


def test_a_page_costs_the_same_for_25_offers_and_for_120(
    client: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    partner = PartnerFactory.create()
    assure(partner)

    def add(count: int) -> None:
        for _ in range(count):
            opportunity = OpportunityFactory.create(
                title="Printing by hand", offered_by=partner, skills=["creativity"], audiences=["ks3"], availability="dated"
            )  # fmt: skip
            SessionFactory.create(opportunity=opportunity, in_days=10)

    def cost() -> tuple[int, int]:
        turned(client, partner, 2)
        with django_assert_max_num_queries(45) as asked:
            page = turned(client, partner, 2)
        assert page.status == 200
        return len(asked), len(page.html)

    add(25)
    queries, letters = cost()
    add(95)
    more_queries, more_letters = cost()
    assert more_queries == queries
    # The second of two pages had five cards, this one has twenty.
    assert more_letters < letters + 15 * CARD + 3_000


def test_the_order_over_all_pages_is_that_of_the_dates_which_the_cards_name() -> None:
    partner = PartnerFactory.create()
    # Each: days from now, places, places taken; an opportunity may be under way, full, or both.
    timetables: list[list[tuple[float, int | None, int]]] = [
        [(3, 10, 10), (9, 10, 4)],
        [(-0.05, None, 0), (6, None, 0)],
        [(-0.05, None, 0)],
        [(4, 5, 5), (5, 5, 5)],
        [(2, None, 0), (1, 1, 1)],
        [(7, 3, 0)],
    ]
    now = timezone.now()
    for each in timetables:
        opportunity = OpportunityFactory.create(offered_by=partner, availability="dated")
        for days, capacity, taken in each:
            starts = now + timedelta(days=days)
            SessionFactory.create(
                opportunity=opportunity, starts=starts, ends=starts + timedelta(hours=6), capacity=capacity, taken=taken
            )  # fmt: skip
    for title in ("Zinc", "Acid"):
        OpportunityFactory.create(offered_by=partner, title=title)
    cards = [hit.card.id for hit in hits_of(with_parts(of_partners([partner.pk])))]
    assert list(offers_of(partner.pk).keys) == cards
    assert len(cards) == len(timetables) + 2


def test_whom_to_ask_costs_the_same_for_few_and_for_many(client: Client, django_assert_num_queries: Any) -> None:
    partner = PartnerFactory.create(email="desk@tallowgate.example")
    address = f"{partner.get_absolute_url()}contact/"

    def add(count: int) -> None:
        OpportunityFactory.create_batch(count, offered_by=partner, audiences=["ks3", "adults"])

    add(2)
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    add(30)
    with django_assert_num_queries(len(asked)):
        assert "desk@tallowgate.example" in client.get(address).content.decode()


def test_few_offers_have_no_pages_and_no_counts_by_kind(client: Client) -> None:
    partner = PartnerFactory.create()
    OpportunityFactory.create_batch(20, offered_by=partner)
    page = read(client, partner)
    assert len(offers_on(page)) == 20
    assert "Showing" not in page.text
    assert 'aria-label="Pages of opportunities"' not in page.html
    assert not any(words.startswith("Search among") for words in page.links)
