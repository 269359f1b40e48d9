from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import LazySettings
from django.test import Client
from wagtail.models import Page

from feeds.sitemaps import OpportunitySitemap
from opportunities.services import publish
from tests.factories import OpportunityFactory, PartnerFactory

pytestmark = pytest.mark.django_db

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture(autouse=True)
def _site(settings: LazySettings) -> None:
    settings.SITE_URL = "https://find.example"
    settings.DEMO = False


def addresses(client: Client, path: str) -> list[str]:
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    return [each.text or "" for each in ElementTree.fromstring(response.content).iterfind(".//s:loc", NAMES)]


def everything(client: Client) -> list[str]:
    files = addresses(client, "/sitemap.xml")
    return [each for file in files for each in addresses(client, file.removeprefix("https://find.example"))]


def test_the_sitemap_names_what_is_public_and_nothing_else(client: Client) -> None:
    opportunity = OpportunityFactory.create()
    hidden = OpportunityFactory.create(live=False), PartnerFactory.create(live=False)
    found = everything(client)
    assert f"https://find.example{opportunity.get_absolute_url()}" in found
    assert f"https://find.example{opportunity.offered_by.get_absolute_url()}" in found
    assert "https://find.example/" in found
    assert "https://find.example/search/" in found
    assert not any(f"https://find.example{each.get_absolute_url()}" in found for each in hidden)
    assert len(found) == len(set(found))


def test_a_page_is_there_while_it_is_live(client: Client) -> None:
    home = Page.objects.get(depth=2)
    page = home.add_child(instance=Page(title="Guide", slug="guide"))
    assert "https://find.example/guide/" in everything(client)
    page.unpublish()
    assert "https://find.example/guide/" not in everything(client)


def test_it_says_when_each_was_last_published(client: Client) -> None:
    opportunity = OpportunityFactory.create()
    publish(opportunity)
    opportunity.refresh_from_db()
    text = client.get("/sitemap-opportunities.xml").content.decode()
    assert f"<lastmod>{opportunity.last_published_at:%Y-%m-%d}" in text


def test_many_addresses_go_into_several_files(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OpportunitySitemap, "limit", 2)
    OpportunityFactory.create_batch(5)
    files = [each for each in addresses(client, "/sitemap.xml") if "opportunities" in each]
    assert files == [f"https://find.example/sitemap-opportunities.xml{n}" for n in ("", "?p=2", "?p=3")]
    assert len([each for each in everything(client) if "/opportunities/" in each]) == 5


@pytest.mark.parametrize("path", ["/sitemap-nothing.xml", "/sitemap-opportunities.xml?p=99", "/sitemap-pages.xml?p=x"])
def test_a_file_that_there_is_not_is_not_there(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_number_of_queries_does_not_grow(client: Client, django_assert_num_queries: Any) -> None:
    OpportunityFactory.create_batch(3)
    with django_assert_num_queries(2):
        client.get("/sitemap-opportunities.xml")


def test_crawlers_may_read_pages_and_no_combinations_of_choices(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert "Disallow: /search/?" in lines
    assert "Disallow: /admin/" in lines
    assert "Disallow: /" not in lines
    assert "Sitemap: https://find.example/sitemap.xml" in lines


def test_nothing_of_the_demonstration_is_for_crawlers(client: Client, settings: LazySettings) -> None:
    settings.DEMO = True
    assert client.get("/robots.txt").content.decode().split() == ["User-agent:", "*", "Disallow:", "/"]
