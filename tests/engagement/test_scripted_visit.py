"""Somebody searches, refines twice, opens the second result, asks whom to contact and saves a date: exactly the events

expected, by what the pages hand on. `tests/browser/test_counting.py` is the same in a browser.
"""

import re
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from engagement.models import Event
from engagement.tokens import read_token
from tests.directory.reading import Page
from tests.factories import OpportunityFactory, PartnerFactory, SessionFactory

pytestmark = pytest.mark.django_db


def go(client: Client, address: str, came_from: str = "") -> Page:
    """Follows a link as a browser does: it says from which page."""
    headers = {"referer": f"http://testserver{came_from}"} if came_from else {}
    return Page(client.get(address, headers=headers))


def results(page: Page) -> list[str]:
    """The addresses of the results, in order."""
    return [unescape(each) for each in re.findall(r'href="(/opportunities/[^"]+)"', page.html)]


def carried(page: Page) -> str:
    """The token that the forms of a page hand on."""
    found = re.search(r'<input[^>]*name="s"[^>]*value="([^"]+)"', page.html)
    assert found is not None
    return unescape(found[1])


def test_search_refine_twice_open_the_second_reveal_and_save(client: Client, index: Callable[[], None]) -> None:
    partner = PartnerFactory.create(email="hello@example.org")
    for number in range(3):
        pots = OpportunityFactory.create(
            title=f"Clay pots {number}", kind="visit", skills=["creativity"], offered_by=partner, availability="dated"
        )
        SessionFactory.create(opportunity=pots)
    OpportunityFactory.create(title="Clay talk", kind="talk")
    index()
    first = go(client, "/search/?q=clay")
    token = carried(first)
    second = go(client, f"/search/?q=clay&kind=visit&s={token}", "/search/?q=clay")
    address = f"/search/?q=clay&kind=visit&skill=creativity&s={carried(second)}"
    third = go(client, address, "/search/?q=clay&kind=visit")
    # Another order, another page and a reload are no searches.
    same = f"/search/?q=clay&kind=visit&skill=creativity&s={carried(third)}"
    go(client, f"{same}&sort=newest", address)
    go(client, f"{same}&page=2", address)
    client.get(address, headers={"referer": "http://testserver/search/", "cache-control": "max-age=0"})
    opened = results(third)[1]
    query: dict[str, Any] = parse_qs(urlsplit(opened).query)
    assert read_token(query["s"][0]) is not None
    page = go(client, opened, address)
    go(client, opened, address)
    for words in ("Show contact details", "Save to calendar"):
        (leads,) = [link for said, link in page.links.items() if said.startswith(words)]
        assert client.get(leads).status_code == 200
    events = list(Event.objects.order_by("pk"))
    assert [each.name for each in events] == [
        *["search_performed"] * 3,
        "opportunity_viewed",
        "contact_revealed",
        "calendar_saved",
    ]
    assert len({each.search for each in events}) == 1
    assert events[0].search
    assert [each.rank for each in events] == [None] * 3 + [2] * 3
    assert [each.data.get("total") for each in events[:3]] == [4, 3, 3]
    assert events[2].data["selections"] == {"kind": ["visit"], "skill": ["creativity"]}
    second_shown = events[2].data["shown"][1]
    assert {(each.opportunity_id, each.partner_id) for each in events[3:]} == {(second_shown, partner.pk)}
