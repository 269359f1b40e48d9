from collections.abc import Callable

import pytest
from django.test import Client

from opportunities.models import Opportunity
from partners.models import Partner
from tests.factories import (
    ContactFactory,
    OfficerFactory,
    OpportunityFactory,
    PartnerFactory,
    SessionFactory,
    SiteFactory,
)
from tests.people import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]


def preview(client: Client, draft: Opportunity | Partner) -> str:
    """What the CMS shows beside the form."""
    response = draft.make_preview_request(preview_mode="")
    assert response.status_code == 200
    text: str = response.content.decode() if hasattr(response, "content") else response.rendered_content
    return text


def test_a_draft_is_drawn_as_its_page_will_be(client: Client) -> None:
    opportunity = OpportunityFactory.create(
        title="Old title", skills=["creativity"], audiences=["ks3"], postcode="E1 6AN"
    )
    SessionFactory.create(opportunity=opportunity, in_days=9)
    ContactFactory.create(partner=opportunity.offered_by, name="Robin Hale", is_public=True)
    draft = opportunity.get_latest_revision_as_object()
    draft.title = "New title"
    draft.save_revision()
    html = preview(client, opportunity.get_latest_revision_as_object())
    assert "<h1>New title</h1>" in html
    assert 'class="ff-opener"' in html
    assert "ff-skillcard" in html
    assert "30 of 30" in html
    # As an anonymous visitor sees it, whoever looks.
    assert "Robin Hale" not in html
    public = Opportunity.objects.get(pk=opportunity.pk)
    assert "<h1>Old title</h1>" in client.get(public.get_absolute_url()).content.decode()


def test_what_was_never_saved_is_drawn_too() -> None:
    partner = PartnerFactory.create()
    html = preview(
        Client(), Opportunity(title="Brand new", kind="job", offered_by=partner, summary="S", description="D")
    )
    assert "<h1>Brand new</h1>" in html
    html = preview(Client(), Partner(name="Brand new house", kind="charity", summary="S"))
    assert "<h1>Brand new house</h1>" in html


def test_an_opportunity_without_a_partner_yet_is_drawn_too() -> None:
    assert "<h1>Whose?</h1>" in preview(
        Client(), Opportunity(title="Whose?", kind="talk", summary="S", description="D")
    )


def test_a_draft_partner_is_drawn_as_its_page_will_be(client: Client) -> None:
    partner = PartnerFactory.create(name="Old name", live=False)
    SiteFactory.create(partner=partner, postcode="E1 6AN")
    assert client.get(partner.get_absolute_url()).status_code == 404
    html = preview(client, partner)
    assert "<h1>Old name</h1>" in html
    assert "Tower Hamlets" in html


@pytest.mark.parametrize("make", [OpportunityFactory.create, PartnerFactory.create])
def test_an_officer_sees_the_preview_in_the_cms(client: Client, make: Callable[..., Opportunity | Partner]) -> None:
    thing = make(live=False)
    thing.save_revision()
    sign_in(client, OfficerFactory.create())
    where = f"/admin/snippets/{thing._meta.app_label}/{thing._meta.model_name}"
    revision = thing.latest_revision
    response = client.get(f"{where}/history/{thing.pk}/revisions/{revision.pk}/view/")
    assert response.status_code == 200
    assert f"<h1>{thing}</h1>" in response.content.decode()
