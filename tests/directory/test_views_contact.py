from typing import Any

import pytest
from django.test import Client

from tests.directory.noted import events, found, visit
from tests.directory.reading import Page
from tests.factories import ContactFactory, OpportunityFactory, PartnerFactory, TeacherFactory
from tests.people import sign_in

# Plain reading by the ORM: nothing that could differ between databases.
pytestmark = [pytest.mark.django_db, pytest.mark.engine_only]


def test_contacts_come_when_they_are_asked_for_and_count_for_the_search_that_led_there(client: Client) -> None:
    partner = PartnerFactory.create(email="hello@press.example", telephone="020 7946 0112")
    opportunity = OpportunityFactory.create(title="Set, ink, pull", offered_by=partner, years=(7, 9))
    token = found(3)
    page = Page(visit(client, opportunity.get_absolute_url(), token))
    assert "020 7946 0112" not in page.html
    assert "hello@press.example" not in page.html
    address, _, query = page.links["Show contact details"].partition("?")
    assert query == f"s={token.sign()}"

    asked = Page(visit(client, address, token))
    assert asked.heading == f"Contact {partner.name}"
    assert asked.links["020 7946 0112"] == "tel:02079460112"
    assert asked.links["hello@press.example"] == "mailto:hello@press.example"
    assert "Pupils: ask your school." in asked.text
    assert f"number {opportunity.pk}" in asked.text
    assert asked.links["Set, ink, pull"] == f"{opportunity.get_absolute_url()}?s={token.sign()}"
    assert 'content="noindex, nofollow"' in asked.html
    about = {"search": token.search, "rank": 3, "opportunity": opportunity.pk, "partner": partner.pk, "surface": "site"}
    assert events() == [{"name": "opportunity_viewed", **about}, {"name": "contact_revealed", **about}]


def test_at_a_partner_they_count_for_the_partner(client: Client) -> None:
    partner = PartnerFactory.create(email="hello@press.example")
    page = Page(visit(client, partner.get_absolute_url()))
    assert "hello@press.example" not in page.html
    asked = Page(visit(client, page.links["Show contact details"]))
    assert "hello@press.example" in asked.links
    names = [(each["name"], each["partner"], each.get("opportunity")) for each in events()]
    assert names == [("partner_viewed", partner.pk, None), ("contact_revealed", partner.pk, None)]


@pytest.mark.parametrize("fields", [{}, {"kind": "self_employed", "email": "amina@press.example"}])
def test_where_nothing_is_shown_nothing_counts(client: Client, fields: dict[str, Any]) -> None:
    partner = PartnerFactory.create(**fields)
    opportunity = OpportunityFactory.create(offered_by=partner, years=(7, 9))
    for subject in (opportunity, partner):
        assert "Show contact details" not in Page(client.get(subject.get_absolute_url())).links
        page = Page(visit(client, f"{subject.get_absolute_url()}contact/"))
        assert page.status == 200
        assert "amina@press.example" not in page.html
        assert ("once they have signed in" in page.text) is bool(fields)
        assert ("told us no telephone number" in page.text) is not bool(fields)
    assert not any(each["name"] == "contact_revealed" for each in events())


def test_school_staff_see_people_and_it_counts(client: Client) -> None:
    partner = PartnerFactory.create()
    ContactFactory.create(
        partner=partner, name="Public Person", role="Learning", telephone="020 7946 0113", is_public=True
    )
    opportunity = OpportunityFactory.create(offered_by=partner, years=(7, 9))
    sign_in(client, TeacherFactory.create())
    page = Page(visit(client, f"{opportunity.get_absolute_url()}contact/"))
    assert "Public Person, Learning" in page.text
    assert "020 7946 0113" in page.links
    assert [each["name"] for each in events()] == ["contact_revealed"]


def test_it_is_kept_by_nobody_on_the_way(client: Client) -> None:
    opportunity = OpportunityFactory.create()
    for subject in (opportunity, opportunity.offered_by):
        response = client.get(f"{subject.get_absolute_url()}contact/")
        assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))


def test_what_is_not_public_shows_nobody(client: Client) -> None:
    draft = OpportunityFactory.create(live=False)
    assert client.get(f"/opportunities/{draft.pk}-x/contact/").status_code == 404
    assert client.get(f"/partners/{PartnerFactory.create(live=False).pk}-x/contact/").status_code == 404
    assert client.post(f"/opportunities/{OpportunityFactory.create().pk}-x/contact/").status_code == 405
