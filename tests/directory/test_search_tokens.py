"""Which pages of results are searches, and what carries the token of one: as a browser asks for them."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client

from engagement.catalogue import EventName
from engagement.models import Event
from engagement.tokens import read_token
from search.criteria import PAGE_SIZE
from tests.directory.reading import Page
from tests.factories import OpportunityFactory, PartnerFactory
from tests.visitors import BROWSER

# Plain reading by the ORM: nothing that could differ between databases.
pytestmark = [pytest.mark.django_db, pytest.mark.engine_only]

ORIGIN = "http://testserver"


class Visitor:
    """Somebody with a browser: it says where it comes from, and follows links and the fields of the form."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.address = ""
        self.page: Page | None = None

    def goes(self, address: str, **headers: str) -> Page:
        """By a link of the page, or from nowhere."""
        referrer = {"Referer": self.address} if self.address else {}
        response = self.client.get(address, headers=BROWSER | referrer | headers)
        self.address = f"{ORIGIN}{address}"
        self.page = Page(response)
        return self.page

    def sends(self, **fields: Any) -> Page:
        """The form of the page, with the token that it holds."""
        assert self.page is not None
        token = {"s": self.page.hidden("s")} if self.page.hidden("s") else {}
        return self.goes(f"/search/?{urlencode(fields | token, doseq=True)}")

    def follows(self, words: str) -> Page:
        """A link of the page to another list of results."""
        assert self.page is not None
        return self.goes(f"/search/{self.page.links[words]}")


@pytest.fixture
def visitor(client: Client, index: Callable[[], None]) -> Visitor:
    partner = PartnerFactory.create()
    for n in range(PAGE_SIZE + 5):
        OpportunityFactory.create(title=f"Walk {n:02}", offered_by=partner, kind="outdoor")
    OpportunityFactory.create(title="Talk of a walk", kind="talk")
    index()
    return Visitor(client)


def searches() -> list[Event]:
    return list(Event.objects.filter(name=EventName.SEARCH_PERFORMED).order_by("pk"))


def test_one_intent_is_one_search_however_often_it_is_refined(visitor: Visitor) -> None:
    visitor.goes("/search/?q=walk")
    visitor.sends(q="walk", kind=["outdoor"])
    visitor.follows("Remove Outdoor and environmental learning")
    visitor.sends(q="walk", kind="talk", **{"from": "2099-01-01"})
    found = searches()
    assert len(found) == 4
    assert len({each.search for each in found}) == 1
    assert [each.data["total"] for each in found] == [26, 25, 26, 0]
    assert found[1].data["selections"] == {"kind": ["outdoor"]}


@pytest.mark.parametrize("by", ["link", "form", "back"])
def test_turning_pages_sorting_and_coming_back_are_no_searches(visitor: Visitor, by: str) -> None:
    first = visitor.goes("/search/?q=walk")
    if by == "link":
        visitor.follows("2")
        visitor.follows("Previous page")
    elif by == "form":
        visitor.sends(q="walk", sort="newest")
        visitor.sends(q="walk", sort="soonest", page="2")
    else:
        visitor.goes(f"/search/?{urlencode({'q': 'walk', 's': first.hidden('s')})}")
    assert len(searches()) == 1


def test_a_link_that_somebody_sent_begins_a_search_of_its_own(visitor: Visitor, client: Client) -> None:
    visitor.goes("/search/?q=walk")
    visitor.follows("2")
    Visitor(client).goes("/search/?q=walk")
    stale = visitor.page.hidden("s") if visitor.page else ""
    Visitor(client).goes(f"/search/?{urlencode({'q': 'talk', 's': stale})}")
    found = searches()
    assert len(found) == len({each.search for each in found}) == 3


def test_a_search_typed_anew_from_elsewhere_on_the_site_is_another(visitor: Visitor) -> None:
    visitor.goes("/search/?q=walk")
    visitor.goes("/")
    visitor.goes("/search/?q=talk")
    assert len({each.search for each in searches()}) == 2


def test_the_bare_list_is_no_search_and_carries_no_token(visitor: Visitor) -> None:
    page = visitor.goes("/search/")
    assert searches() == []
    assert page.hidden("s") == ""
    assert not any("s=" in address for address in page.links.values())


def test_ranks_go_on_counting_over_the_pages(visitor: Visitor) -> None:
    first = visitor.goes("/search/?q=walk")
    second = visitor.follows("2")
    ranks = []
    for page in (first, second):
        for address in page.links.values():
            parts = urlsplit(address)
            if parts.path.startswith("/opportunities/"):
                token = read_token(parse_qs(parts.query)["s"][0])
                assert token is not None
                assert token.search == searches()[0].search
                ranks.append(token.rank)
    assert ranks == list(range(1, PAGE_SIZE + 7))


def test_a_view_from_the_second_page_counts_once_with_its_rank(visitor: Visitor) -> None:
    visitor.goes("/search/?q=walk")
    second = visitor.follows("2")
    fifth = [address for address in second.links.values() if address.startswith("/opportunities/")][4]
    visitor.goes(fifth)
    visitor.goes(fifth)
    viewed = Event.objects.get(name=EventName.OPPORTUNITY_VIEWED)
    assert (viewed.rank, viewed.search) == (PAGE_SIZE + 5, searches()[0].search)


def test_every_link_to_the_same_list_carries_the_token(visitor: Visitor) -> None:
    page = visitor.goes("/search/?q=walks+in+hackney&kind=outdoor&near=E8&within=5")
    own = {words: address for words, address in page.links.items() if address.startswith("?")}
    assert any(words.startswith("Remove") for words in own)
    assert all("&s=" in address for address in own.values()), own


def test_the_address_pushed_by_a_script_has_no_token_and_the_answer_says_what_it_varies_by(visitor: Visitor) -> None:
    page = visitor.goes("/search/?q=walk")
    token = page.hidden("s")
    asked = urlencode({"q": "walk", "kind": "outdoor", "page": "2", "s": token})
    response = visitor.client.get(
        f"/search/?{asked}", headers=BROWSER | {"HX-Request": "true", "HX-Current-URL": f"{ORIGIN}/search/?q=walk"}
    )
    assert response["HX-Push-Url"] == "/search/?q=walk&kind=outdoor&page=2"
    assert "HX-Request" in response["Vary"]
    assert len({each.search for each in searches()}) == 1
    plain = visitor.client.get("/search/?q=walk", headers=BROWSER)
    assert "HX-Push-Url" not in plain
    assert "HX-Request" in plain["Vary"]
