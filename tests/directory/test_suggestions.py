"""What is offered while somebody types."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from engagement.models import Event
from search.vocabulary import forget_vocabulary
from tests.factories import OpportunityFactory, PartnerFactory

# Plain reading by the ORM: nothing that could differ between databases.
pytestmark = [pytest.mark.django_db, pytest.mark.engine_only]

Build = Callable[[], None]


def suggested(client: Client, typed: str) -> list[dict[str, str]]:
    response = client.get("/search/suggestions/", {"q": typed})
    assert response.status_code == 200
    found: list[dict[str, str]] = response.json()["suggestions"]
    return found


def test_terms_partners_and_opportunities_each_say_what_they_are(client: Client, index: Build) -> None:
    partner = PartnerFactory.create(name="Creaky Stage")
    opportunity = OpportunityFactory.create(title="Create a scene", offered_by=partner, skills=["creativity"])
    index()
    found = {each["title"]: each for each in suggested(client, "crea")}
    assert found["Creativity"] == {
        "title": "Creativity", "type": "Fusion skill", "facet": "skill", "value": "creativity",
    }  # fmt: skip
    assert found["Creaky Stage"] == {"title": "Creaky Stage", "type": "Partner", "url": partner.get_absolute_url()}
    assert found["Create a scene"]["type"] == "Opportunity"
    assert found["Create a scene"]["url"] == opportunity.get_absolute_url()
    # A term leads to a search in which it is chosen.
    assert client.get("/search/", {"skill": "creativity"}).context["results"].total == 1


def test_the_answer_may_be_kept_a_while_by_anybody_and_is_no_search(client: Client, index: Build) -> None:
    index()
    response = client.get("/search/suggestions/", {"q": "crea"})
    assert response["Cache-Control"] == "public, max-age=300"
    assert "Set-Cookie" not in response
    assert "Cookie" not in response.get("Vary", "")
    assert not Event.objects.exists()


@pytest.mark.parametrize("typed", ["EC2Y 8DS", "ec2y8ds", "clay near e17 4qr"])
def test_a_full_postcode_is_answered_with_nothing_that_is_kept(client: Client, index: Build, typed: str) -> None:
    OpportunityFactory.create(title="Clay near the river")
    index()
    response = client.get("/search/suggestions/", {"q": typed})
    assert response.json() == {"suggestions": []}
    assert response["Cache-Control"] == "no-store"


def test_without_an_index_nothing_is_suggested_and_nothing_kept(
    client: Client, settings: LazySettings, tmp_path: Any
) -> None:
    settings.SEARCH_INDEX_DIR = tmp_path / "none"
    forget_vocabulary()
    response = client.get("/search/suggestions/", {"q": "walk"})
    assert (response.status_code, response.json()) == (503, {"suggestions": []})
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("typed", ["", "   ", "🐝🐝", "x" * 7000, "<script>alert(1)</script>"])
def test_what_begins_nothing_suggests_nothing(client: Client, index: Build, typed: str) -> None:
    index()
    assert suggested(client, typed) == []


@pytest.mark.parametrize("address", ["/", "/search/", "/nowhere/"])
def test_search_boxes_say_where_suggestions_come_from(client: Client, index: Build, address: str) -> None:
    index()
    assert 'data-suggest="/search/suggestions/"' in client.get(address).content.decode()
