import pytest
from django.test import Client

from partners.models import Partner
from tests.directory.noted import events, found, visit
from tests.directory.reading import Page
from tests.factories import OpportunityFactory, PartnerFactory

# Plain reading by the ORM: nothing that could differ between databases.
pytestmark = [pytest.mark.django_db, pytest.mark.engine_only]
WEBSITE = "https://press.example/visits?from=us"


def test_it_leads_to_the_partners_website_says_nothing_of_the_visitor_and_counts(client: Client) -> None:
    opportunity = OpportunityFactory.create(offered_by__website=WEBSITE)
    token = found(2)
    page = Page(client.get(opportunity.get_absolute_url(), {"s": token.sign()}))
    assert page.links["Visit their website"] == f"{opportunity.get_absolute_url()}website/?s={token.sign()}"
    response = visit(client, f"{opportunity.get_absolute_url()}website/", token, Referer="https://elsewhere.example/")
    assert (response.status_code, response["Location"]) == (302, WEBSITE)
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    [event] = [each for each in events() if each["name"] == "website_opened"]
    assert event == {
        "name": "website_opened", "surface": "site", "search": token.search, "rank": 2, "opportunity": opportunity.pk,
        "partner": opportunity.offered_by_id,
    }  # fmt: skip


def test_from_the_page_of_a_partner_it_counts_for_the_partner(client: Client) -> None:
    partner = PartnerFactory.create(website=WEBSITE)
    page = Page(client.get(partner.get_absolute_url()))
    assert visit(client, page.links["Visit their website"])["Location"] == WEBSITE
    assert [each for each in events() if each["name"] == "website_opened"] == [
        {"name": "website_opened", "surface": "site", "partner": partner.pk}
    ]


@pytest.mark.parametrize("name", ["next", "url", "to", "website", "s", "redirect"])
def test_no_address_can_be_put_into_it(client: Client, name: str) -> None:
    partner = PartnerFactory.create(website=WEBSITE)
    response = client.get(f"{partner.get_absolute_url()}website/", {name: "https://evil.example/"})
    assert response["Location"] == WEBSITE


@pytest.mark.parametrize("website", ["", "ftp://press.example/", "javascript:alert(1)", "//evil.example/"])
def test_without_a_website_for_a_browser_there_is_no_way(client: Client, website: str) -> None:
    opportunity = OpportunityFactory.create()
    Partner.objects.update(website=website)
    for subject in (opportunity, opportunity.offered_by):
        assert visit(client, f"{subject.get_absolute_url()}website/").status_code == 404
    assert events() == []


def test_what_is_not_public_leads_nowhere(client: Client) -> None:
    draft = OpportunityFactory.create(live=False, offered_by__website=WEBSITE)
    hidden = PartnerFactory.create(live=False, website=WEBSITE)
    assert client.get(f"/opportunities/{draft.pk}-x/website/").status_code == 404
    assert client.get(f"/partners/{hidden.pk}-x/website/").status_code == 404
