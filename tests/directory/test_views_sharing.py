from typing import Any

import pytest
from django.test import Client

from tests.directory.noted import events, found
from tests.factories import OpportunityFactory, PartnerFactory
from tests.visitors import BROWSER

# Plain reading by the ORM: nothing that could differ between databases.
pytestmark = [pytest.mark.django_db, pytest.mark.engine_only]
HERE = BROWSER | {"Sec-Fetch-Site": "same-origin"}


def share(client: Client, address: str, headers: dict[str, str] = HERE) -> Any:
    return client.post(address, headers=headers)


def test_what_a_page_tells_of_its_sharing_counts(client: Client) -> None:
    opportunity = OpportunityFactory.create()
    token = found(5)
    address = f"/opportunities/{opportunity.pk}/shared/?s={token.sign()}"
    assert (
        f'data-shared="{address}"' in client.get(opportunity.get_absolute_url(), {"s": token.sign()}).content.decode()
    )
    assert share(client, address).status_code == 204
    assert [each for each in events() if each["name"] == "shared"] == [
        {
            "name": "shared", "surface": "site", "search": token.search, "rank": 5, "opportunity": opportunity.pk,
            "partner": opportunity.offered_by_id, "data": {"what": "opportunity"},
        }
    ]  # fmt: skip


def test_of_a_partner_it_counts_for_the_partner(client: Client) -> None:
    partner = PartnerFactory.create()
    assert share(client, f"/partners/{partner.pk}/shared/").status_code == 204
    assert events() == [{"name": "shared", "surface": "site", "partner": partner.pk, "data": {"what": "partner"}}]


@pytest.mark.parametrize("origin", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {}])
def test_another_site_cannot_make_it_count(client: Client, origin: dict[str, str]) -> None:
    opportunity = OpportunityFactory.create()
    for address in (f"/opportunities/{opportunity.pk}/shared/", f"/partners/{opportunity.offered_by_id}/shared/"):
        assert share(client, address, BROWSER | origin).status_code == 403
        assert client.get(address).status_code == 405
    assert events() == []


def test_what_is_not_public_cannot_be_shared(client: Client) -> None:
    draft, hidden = OpportunityFactory.create(live=False), PartnerFactory.create(live=False)
    assert share(client, f"/opportunities/{draft.pk}/shared/").status_code == 404
    assert share(client, f"/partners/{hidden.pk}/shared/").status_code == 404
