"""The shortlist: one cookie in the visitor's own browser, changed from any page, read as it should be or not at all."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from directory import shortlist
from directory.models import SharedList
from engagement.models import Event
from engagement.tokens import new_token
from opportunities.models import Opportunity
from partners import services as partner_services
from tests.directory.reading import Page
from tests.factories import ContactFactory, OfficerFactory, OpportunityFactory, PartnerFactory, SessionFactory
from tests.numbers import examples

HERE = {"Sec-Fetch-Site": "same-origin"}
keys = st.integers(1, 10**18 - 1)


@examples(200, 5_000)
@given(text=st.one_of(st.text(), st.text("0123456789.-+ ²١", max_size=40), st.binary(max_size=30).map(repr)))
def test_whatever_stands_in_the_cookie_is_a_list_of_keys_or_none(text: str) -> None:
    read = shortlist.read(text)
    assert all(0 < key < 2**63 for key in read)
    assert len(read) == len(set(read)) <= shortlist.MOST
    assert read == () or set(text) <= set("0123456789.")


@examples(100, 2_000)
@given(cookie=st.text(st.characters(max_codepoint=255), max_size=60))
def test_no_cookie_breaks_a_page(cookie: str) -> None:
    response = Client().get("/shortlist/saved.json", headers={"Cookie": f"shortlist={cookie}"})
    assert response.status_code == 200
    assert all(0 < key < 2**63 for key in response.json()["saved"])


@given(saved=st.lists(keys, max_size=shortlist.MOST, unique=True))
def test_what_is_written_is_read_again_in_its_order(saved: list[int]) -> None:
    assert shortlist.read(shortlist.written(tuple(saved))) == tuple(saved)


@given(saved=st.lists(keys, max_size=shortlist.MOST - 1, unique=True), key=keys)
def test_one_more_comes_last_once_and_goes_again(saved: list[int], key: int) -> None:
    more = shortlist.with_one_more(tuple(saved), key)
    assert shortlist.with_one_more(more, key) == more
    assert shortlist.without(more, key) == tuple(each for each in saved if each != key)


def test_there_is_no_thirty_first() -> None:
    full = tuple(range(1, shortlist.MOST + 1))
    assert shortlist.with_one_more(full, 7) == full
    with pytest.raises(shortlist.ShortlistFullError):
        shortlist.with_one_more(full, 31)


def change(client: Client, referer: str = "", **data: object) -> Any:
    headers = HERE | ({"Referer": referer} if referer else {})
    return client.post("/shortlist/change/", data, headers=headers)


def saved(client: Client) -> list[int]:
    found: list[int] = client.get("/shortlist/saved.json").json()["saved"]
    return found


@pytest.mark.django_db
def test_saving_sets_one_cookie_and_leads_back_to_the_button(client: Client, settings: LazySettings) -> None:
    settings.SESSION_COOKIE_SECURE = True
    first, second = OpportunityFactory.create(), OpportunityFactory.create()
    response = change(client, "http://testserver/search/?q=clay&page=2", add=first.pk)
    assert (response.status_code, response["Location"]) == (303, f"/search/?q=clay&page=2#save-{first.pk}")
    assert set(response.cookies) == {"shortlist"}
    cookie = response.cookies["shortlist"]
    assert cookie.value == str(first.pk)
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["secure"]) == (True, "Lax", "/", True)
    assert cookie["max-age"] == 30 * 24 * 60 * 60
    change(client, add=second.pk)
    change(client, add=first.pk)
    assert saved(client) == [first.pk, second.pk]
    change(client, remove=first.pk)
    assert saved(client) == [second.pk]
    response = change(client, remove=second.pk)
    assert response.cookies["shortlist"]["max-age"] == 0
    assert saved(client) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "referer",
    [
        "", "https://elsewhere.example/search/", "http://testserver//elsewhere.example/", "http://[",
        "http://testserver/\\elsewhere.example",
    ],
)  # fmt: skip
def test_it_leads_to_no_other_site(client: Client, referer: str) -> None:
    assert change(client, referer, add=OpportunityFactory.create().pk)["Location"] == "/shortlist/"


@pytest.mark.django_db
def test_a_script_is_told_what_is_saved_now(client: Client) -> None:
    opportunity = OpportunityFactory.create()
    headers = HERE | {"Accept": "application/json"}
    response = client.post("/shortlist/change/", {"add": opportunity.pk}, headers=headers)
    assert response.json() == {"saved": [opportunity.pk], "said": "Saved. 1 on your shortlist."}
    response = client.post("/shortlist/change/", {"remove": f"{opportunity.pk} a.token"}, headers=headers)
    assert response.json() == {"saved": [], "said": "Taken off. 0 on your shortlist."}


@pytest.mark.django_db
def test_saving_is_counted_once_with_the_search_that_led_there(client: Client) -> None:
    opportunity = OpportunityFactory.create()
    token = new_token("clay").at(2)
    for _ in range(2):
        change(client, add=f"{opportunity.pk} {token.sign()}")
    event = Event.objects.get()
    assert (event.name, event.opportunity_id, event.partner_id) == (
        "shortlisted", opportunity.pk, opportunity.offered_by_id,
    )  # fmt: skip
    assert (event.search, event.rank) == (token.search, 2)
    change(client, remove=opportunity.pk)
    assert Event.objects.count() == 1
    # The page of the opportunity hands the search on to its button.
    html = client.get(opportunity.get_absolute_url(), {"s": token.sign()}).content.decode()
    assert f'value="{opportunity.pk} {token.sign()}"' in html


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "0", "-1", "x", "²", "9" * 40, "1\x00", "1;2", "  1"])
def test_what_is_no_key_is_refused_with_a_word(client: Client, key: str) -> None:
    for name in ("add", "remove"):
        response = change(client, **{name: key})
        assert response.status_code == 400
        assert "shortlist" not in response.cookies


@pytest.mark.django_db
def test_what_the_public_does_not_see_is_not_saved(client: Client) -> None:
    change(client, add=OpportunityFactory.create(live=False).pk)
    change(client, add=10**17)
    assert saved(client) == []
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_a_full_list_says_so_and_stays(client: Client) -> None:
    opportunity = OpportunityFactory.create()
    full = tuple(range(10_000, 10_000 + shortlist.MOST))
    client.cookies["shortlist"] = shortlist.written(full)
    response = change(client, add=opportunity.pk)
    assert response["Location"] == "/shortlist/?full=1"
    assert saved(client) == list(full)
    assert "Your shortlist is full." in Page(client.get("/shortlist/?full=1")).text


@pytest.mark.django_db
def test_other_sites_change_nothing(client: Client) -> None:
    response = client.post(
        "/shortlist/change/", {"add": OpportunityFactory.create().pk}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert response.status_code == 403
    assert "shortlist" not in response.cookies


@pytest.mark.django_db
def test_pages_show_what_is_saved_and_say_that_they_differ_by_cookie(client: Client, index: Callable[[], None]) -> None:
    opportunity, other = OpportunityFactory.create(title="Clay"), OpportunityFactory.create(title="Clay and ink")
    index()
    change(client, add=opportunity.pk)
    for address in ("/search/?q=clay", opportunity.get_absolute_url(), "/", "/partners/", "/nowhere/"):
        response = client.get(address)
        assert "Shortlist1 saved" in Page(response).text.replace("Shortlist 1", "Shortlist1")
        assert "Cookie" in response["Vary"]
        assert "Set-Cookie" not in response.headers
        assert set(response.cookies) == set()
    html = client.get("/search/?q=clay").content.decode()
    assert f'id="save-{opportunity.pk}" form="ff-save" name="remove" value="{opportunity.pk}' in html
    assert f'id="save-{other.pk}" form="ff-save" name="add" value="{other.pk}' in html
    assert 'name="remove"' in client.get(opportunity.get_absolute_url()).content.decode()


def listed(client: Client, *opportunities: Opportunity) -> Page:
    client.cookies["shortlist"] = shortlist.written(tuple(each.pk for each in opportunities))
    return Page(client.get("/shortlist/"))


@pytest.mark.django_db
def test_the_page_lists_in_the_order_of_saving_how_to_act(client: Client) -> None:
    partner = PartnerFactory.create(name="Foundry Lane Press", telephone="020 7946 0112", email="ask@example.org")
    visit = OpportunityFactory.create(
        title="Set, ink, pull", offered_by=partner, years=(7, 9), availability="dated", access_route="Ring the press."
    )
    SessionFactory.create(opportunity=visit, capacity=30, taken=21)
    course = OpportunityFactory.create(title="Bookbinding", kind="course", audiences=["adults"])
    page = listed(client, course, visit)
    assert page.heading == "Your shortlist"
    assert page.headings[1:3] == ["Bookbinding", "Set, ink, pull"]
    assert "Two opportunities." in page.text
    for words in (
        "To join", "To book", "Ring the press.", "Ring 020 7946 0112", "Write to ask@example.org", "9 of 30 places left",
        "Pupils: ask your school. Teachers and advisers ask the partner.", "Take off the list (Bookbinding)",
    ):  # fmt: skip
        assert words in page.text, words
    assert not SharedList.objects.exists()


@pytest.mark.django_db
def test_nobody_finds_a_person_on_a_list_for_under_18s(client: Client) -> None:
    alone = PartnerFactory.create(kind="self_employed", email="amina@example.org", telephone="020 7946 0999")
    contact = ContactFactory.create(partner=alone, name="Amina Roe", is_public=True)
    offer = OpportunityFactory.create(kind="placement", offered_by=alone, audiences=["ks4"])
    page = listed(client, offer)
    assert "To apply" in page.text
    assert "Pupils: ask your school." in page.text
    for private in (contact.name, contact.email, alone.email, alone.telephone):
        assert private not in page.html


@pytest.mark.django_db
def test_what_has_gone_is_said_to_be_gone(client: Client) -> None:
    gone, stays = OpportunityFactory.create(title="Gone soon"), OpportunityFactory.create(title="Here to stay")
    partner_services.suspend(gone.offered_by, OfficerFactory.create(), "Asked to stop.")
    page = listed(client, gone, stays)
    assert page.headings[1:3] == ["No longer open", "Here to stay"]
    assert "Gone soon" not in page.html
    change(client, "http://testserver/shortlist/", remove=gone.pk)
    assert Page(client.get("/shortlist/")).headings[1] == "Here to stay"


@pytest.mark.django_db
def test_the_list_is_cleared_and_then_offers_ways_on(client: Client) -> None:
    listed(client, OpportunityFactory.create())
    response = change(client, "http://testserver/shortlist/", clear=1)
    assert response["Location"] == "/shortlist/"
    page = Page(client.get("/shortlist/"))
    assert page.heading == "Your shortlist is empty"
    assert "/search/" in page.links.values()


@pytest.mark.django_db
@pytest.mark.parametrize("cookie", ["x", "1..2", "-4", "9" * 30, "1." * 400, "<script>alert(1)</script>", "é"])
def test_a_cookie_that_is_no_list_is_an_empty_one(client: Client, cookie: str) -> None:
    client.cookies["shortlist"] = cookie
    response = client.get("/shortlist/")
    assert Page(response).heading == "Your shortlist is empty"
    assert b"<script>alert" not in response.content


@pytest.mark.django_db
def test_a_longer_list_asks_the_database_no_more(client: Client) -> None:
    offers = OpportunityFactory.create_batch(12, years=(7, 9))

    def asked(*some: Opportunity) -> int:
        with CaptureQueriesContext(connection) as queries:
            listed(client, *some)
        return len(queries)

    assert asked(*offers[:2]) == asked(*offers)
