from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

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


def read(client: Client, partner: Any) -> Page:
    return Page(client.get(partner.get_absolute_url()))


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
