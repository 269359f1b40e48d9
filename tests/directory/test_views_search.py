import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from search.criteria import LAST_PAGE, PAGE_SIZE
from search.vocabulary import forget_vocabulary
from tests.directory.reading import Page
from tests.factories import OpportunityFactory, PartnerFactory, SessionFactory, UserFactory
from tests.people import sign_in

# Plain reading by the ORM: nothing that could differ between databases.
pytestmark = [pytest.mark.django_db, pytest.mark.engine_only]

Build = Callable[[], None]
# To record that a search was made: a transaction and one insert. PostgreSQL is told to be impatient, and in a test,
# which holds a transaction open around all, to be patient again.
RECORDING = 3 if connection.vendor == "sqlite" else 5
MOST_QUERIES = 8 + RECORDING


def read(client: Client, **params: Any) -> Page:
    return Page(client.get("/search/", params))


def titles(page: Page) -> list[str]:
    return [words for words, address in page.links.items() if address.startswith("/opportunities/")]


def test_a_misspelt_search_with_a_year_says_what_it_found_and_how_to_undo_it(client: Client, index: Build) -> None:
    OpportunityFactory.create(title="Theatre workshop", years=(7, 9), postcode="EC2Y 8DS")
    OpportunityFactory.create(title="Theatre workshop for the youngest", years=(1, 2))
    index()
    page = read(client, q="theatre workshpo year 9")
    assert page.status == 200
    assert titles(page) == ["Theatre workshop"]
    assert page.heading == "1 opportunity for theatre workshop year 9"
    assert "Nothing matched “workshpo”, so we are showing results for workshop" in page.text
    undo = page.links["Search for “workshpo” only"]
    undone = Page(client.get(f"/search/{undo}"))
    assert undone.heading == "Nothing for theatre workshpo year 9, yet"
    assert 'name="as_typed" value="spelling:workshpo"' in undone.html


@pytest.mark.parametrize("typed", ["😀", "the", "x" * 70])
def test_where_nothing_typed_can_be_looked_for_nothing_is_claimed_for_it(
    client: Client, index: Build, typed: str
) -> None:
    OpportunityFactory.create(title="Theatre workshop")
    index()
    page = read(client, q=typed)
    assert (page.heading, titles(page)) == ("1 opportunity", ["Theatre workshop"])
    assert f"There is no word in “{typed}” that we can look for" in page.text
    assert "that we can look for" not in read(client, q="theatre").text


def test_choices_narrow_and_can_be_taken_back(client: Client, index: Build) -> None:
    OpportunityFactory.create(title="Paid walk", kind="outdoor", cost="paid", cost_amount="4", cost_unit="pupil")
    OpportunityFactory.create(title="Free walk", kind="outdoor")
    OpportunityFactory.create(title="Free talk", kind="talk")
    index()
    page = read(client, kind="outdoor", cost="free")
    assert titles(page) == ["Free walk"]
    wider = Page(client.get(f"/search/{page.links['Remove Free']}"))
    assert sorted(titles(wider)) == ["Free walk", "Paid walk"]
    assert 'id="kind-talk"' in page.html  # the counts of a facet ignore its own selection


def test_choices_that_do_not_exist_are_left_out_and_said(client: Client, index: Build) -> None:
    OpportunityFactory.create(title="A walk", kind="outdoor")
    index()
    page = read(client, kind=["outdoor", "picnic"], skill="<b>juggling</b>", borough=["a", "b", "c"])
    assert titles(page) == ["A walk"]
    assert (
        "There is no choice called “picnic”, “<b>juggling</b>”, “a” and others here, so we left that out." in page.text
    )
    assert "<b>juggling" not in page.html


def test_near_a_postcode_sends_on_to_its_first_half(client: Client, index: Build) -> None:
    index()
    response = client.get("/search/", {"q": "clay", "near": "ec2y 8ds", "within": "3", "kind": ["talk", "visit"]})
    assert response.status_code == 302
    address = urlsplit(response["Location"])
    assert address.path == "/search/"
    assert parse_qs(address.query) == {"q": ["clay"], "near": ["EC2Y"], "within": ["3"], "kind": ["talk", "visit"]}


def test_a_postcode_among_words_or_given_twice_is_shortened_too(client: Client, index: Build) -> None:
    index()
    response = client.get("/search/?q=clay+E17+4QR&near=E1+6AN&near=E8+1DY")
    assert response.status_code == 302
    assert parse_qs(urlsplit(response["Location"]).query) == {"q": ["clay E17"], "near": ["E8"]}


@pytest.mark.parametrize("near", ["E17", "walthamstow"])
def test_near_is_a_radius_and_online_is_near_everybody(client: Client, index: Build, near: str) -> None:
    OpportunityFactory.create(title="Close by", postcode="E17 4QR")
    OpportunityFactory.create(title="Far away", postcode="CR0 1AA")
    OpportunityFactory.create(title="On the screen", format="online", place="online")
    index()
    page = read(client, near=near, within="3", sort="nearest")
    assert titles(page) == ["Close by", "On the screen"]
    name = "Walthamstow" if near == "walthamstow" else "E17"
    assert page.value("near") == name
    assert f"Within 3 miles of {name}" in page.text
    assert "Waltham Forest, in the same area" in page.text
    everywhere = Page(client.get(f"/search/{page.links[f'Remove Within 3 miles of {name}']}"))
    assert len(titles(everywhere)) == 3


@pytest.mark.parametrize(
    ("params", "field", "says"),
    [
        ({"near": "Atlantis"}, "near", "We do not know a place of this name in London."),
        ({"near": "E99"}, "near", "There is no postcode that starts with E99."),
        ({"near": "E17", "within": "4"}, "within", "Choose one of these distances."),
        ({"from": "31/02/2026"}, "from", "Type the date like 8/12/2026, or choose it from the calendar."),
        ({"to": "1066-10-14"}, "to", "Check the year of this date and type it again."),
        ({"from": "2026-12-02", "to": "2026-12-01"}, "to", "The last date is before the first. Change one of them."),
        ({"sort": "nearest"}, "near", "Type a postcode or a part of London here to see the nearest first."),
        ({"q": "walk " * 60}, "q", "Search with 200 letters or fewer."),
    ],
)
def test_what_makes_no_sense_is_said_beside_its_field_and_takes_nothing_away(
    client: Client, index: Build, params: dict[str, str], field: str, says: str
) -> None:
    OpportunityFactory.create(title="A walk", kind="outdoor", availability="always")
    index()
    page = read(client, **params)
    assert page.status == 200
    assert page.error(field).startswith(says)
    assert titles(page) == ["A walk"]


@pytest.mark.parametrize("typed", ["2026-12-08", "8/12/2026", "08.12.2026", "8 December 2026"])
def test_a_date_is_read_as_people_write_it(client: Client, index: Build, typed: str) -> None:
    index()
    page = read(client, **{"from": typed})
    assert not page.error("from")
    assert page.value("from") == "2026-12-08"
    assert "From 8 December 2026" in page.text


def test_dates_and_open_places_hold_for_the_same_session(client: Client, index: Build) -> None:
    half = SessionFactory.create(in_days=20, opportunity__title="Full then, open later", taken=30)
    SessionFactory.create(in_days=40, opportunity=half.opportunity)
    SessionFactory.create(in_days=20, opportunity__title="Open then", taken=10)
    index()
    day = timezone.localdate() + timedelta(days=20)
    then = {"from": day.isoformat(), "to": day.isoformat()}
    assert sorted(titles(read(client, **then))) == ["Full then, open later", "Open then"]
    page = read(client, **then, open="1")
    assert titles(page) == ["Open then"]
    assert len(titles(Page(client.get(f"/search/{page.links['Remove Has places left']}")))) == 2


def test_dates_are_chips_of_their_own_that_can_be_taken_back(client: Client, index: Build) -> None:
    SessionFactory.create(in_days=20, opportunity__title="A walk")
    index()
    day = timezone.localdate() + timedelta(days=20)
    page = read(client, **{"from": day.isoformat(), "to": day.isoformat()})
    assert "Dates 2 chosen" in page.text
    away = {words: url for words, url in page.links.items() if words.startswith(("Remove From ", "Remove To "))}
    assert len(away) == 2
    for url in away.values():
        page = Page(client.get(f"/search/{url}"))
        assert "Dates 1 chosen" in page.text
    assert not parse_qs(page.links["Clear all"].removeprefix("?")).keys() & {"from", "to"}


def test_the_borough_chosen_says_so_in_the_list_beside_the_map(client: Client, index: Build) -> None:
    OpportunityFactory.create(title="A walk", postcode="E8 1DY")
    OpportunityFactory.create(title="A walk", postcode="E17 4QR")
    index()
    page = read(client, borough="hackney", sort="newest")
    assert re.search(r'<a href="[^"]*borough=hackney[^"]*" aria-current="true">Hackney</a>', page.html)
    assert page.html.count('aria-current="true"') == 1
    # Another one takes its place, and the rest of the address stays.
    asked = parse_qs(page.links["Waltham Forest"].removeprefix("?"))
    assert (asked["borough"], asked["sort"]) == (["waltham-forest"], ["newest"])


def test_how_many_have_places_left_stands_beside_the_choice(client: Client, index: Build) -> None:
    SessionFactory.create(opportunity__title="Full walk", taken=30)
    SessionFactory.create(opportunity__title="Open walk")
    SessionFactory.create(opportunity__title="Open talk")
    index()
    for params in ({}, {"open": "1"}):
        assert "Has places left 1 result " in read(client, q="walk", **params).text


def many(count: int) -> None:
    partner = PartnerFactory.create()
    for n in range(count):
        OpportunityFactory.create(title=f"Walk {n:02}", offered_by=partner, skills=["creativity"], audiences=["ks2"])


def test_every_page_is_turned_and_none_beyond_the_last(client: Client, index: Build) -> None:
    many(45)
    index()
    first, second = read(client, q="walk"), read(client, q="walk", page="2")
    assert len(titles(first)) == len(titles(second)) == PAGE_SIZE
    assert not set(titles(first)) & set(titles(second))
    assert second.title == "45 opportunities for walk (page 2) – Find Fusion"
    last = titles(read(client, q="walk", page="3"))
    assert len(last) == 5
    for beyond in ("4", str(LAST_PAGE + 1), "9" * 5000):
        assert titles(read(client, q="walk", page=beyond)) == last
    for nonsense in ("", "0", "-1", "one", "1e3", "²"):
        assert titles(read(client, q="walk", page=nonsense)) == titles(first)


def queries_of(client: Client, django_assert_max_num_queries: Any, params: dict[str, Any]) -> int:
    # Of whoever is signed in, one query more asks whether their role needs a second step.
    with django_assert_max_num_queries(MOST_QUERIES + ("sessionid" in client.cookies)) as asked:
        assert client.get("/search/", params).status_code == 200
    return len(asked)


@pytest.mark.parametrize("signed_in", [False, True])
@pytest.mark.parametrize(
    "params",
    [
        {},
        {"q": "walk", "kind": "visit", "skill": "creativity", "audience": "ks2", "open": "1"},
        {"q": "walks in hackney year 5", "near": "Tower Hamlets", "within": "20", "sort": "nearest"},
        {"q": "walk", "kind": "job", "cost": "paid", "audience": "adults", "near": "E1", "within": "1"},
    ],
)
def test_the_number_of_queries_is_the_same_for_5_results_and_for_40(
    client: Client, index: Build, django_assert_max_num_queries: Any, params: dict[str, Any], signed_in: bool
) -> None:
    if signed_in:
        sign_in(client, UserFactory.create())
    many(5)
    index()
    cache.clear()
    cold = queries_of(client, django_assert_max_num_queries, params)
    warm = queries_of(client, django_assert_max_num_queries, params)
    assert warm <= cold
    many(35)
    index()
    cache.clear()
    assert queries_of(client, django_assert_max_num_queries, params) <= cold
    assert queries_of(client, django_assert_max_num_queries, params) == warm


def test_without_an_index_the_page_says_so_and_leads_on(client: Client, settings: LazySettings, tmp_path: Any) -> None:
    settings.SEARCH_INDEX_DIR = tmp_path / "none"
    forget_vocabulary()
    page = read(client, q="walk", near="Walthamstow", kind=["talk", "visit"], **{"from": "2026-12-08"}, s="x", page="2")
    assert page.status == 503
    assert page.heading == "Search is not working just now"
    assert "/partners/" in page.links.values()
    # What was typed and chosen is there to be sent once more.
    assert (page.value("q"), page.value("near")) == ("walk", "Walthamstow")
    assert page.html.count('<input type="hidden" name="kind"') == 2
    assert page.hidden("from") == "2026-12-08"
    assert not page.hidden("s")
    assert not page.hidden("page")


def test_the_card_of_a_job_says_what_it_pays(client: Client, index: Build) -> None:
    OpportunityFactory.create(
        title="Front of house", kind="job", audiences=["adults"], pay_amount="13.85", pay_unit="hour"
    )
    index()
    assert "Pays £13.85 an hour" in read(client, q="front of house").text


def test_in_debug_the_answer_says_which_engine_gave_it(client: Client, index: Build, settings: LazySettings) -> None:
    index()
    assert "X-Search-Engine" not in client.get("/search/")
    settings.DEBUG = True
    assert client.get("/search/")["X-Search-Engine"] == "embedded"
    # The cluster is away: the standby answers, and the page is whole.
    settings.SEARCH_ENGINE, settings.ELASTICSEARCH_URL = "elasticsearch", ["http://127.0.0.1:9"]
    response = client.get("/search/", {"q": "walk"})
    assert (response.status_code, response["X-Search-Engine"]) == (200, "embedded")


def test_every_way_of_narrowing_is_on_the_page_without_a_script(client: Client, index: Build) -> None:
    OpportunityFactory.create(kind="talk", skills=["creativity"], audiences=["ks3"], postcode="E1 6AN")
    index()
    page = read(client, q="")
    for field in (
        "kind-talk",
        "skill-creativity",
        "audience-ks3",
        "borough-tower-hamlets",
        "open-1",
        "from",
        "to",
        "sort",
    ):
        assert f'id="{field}"' in page.html
    assert page.html.count('<form class="ff-searchbox"') == 1
    assert "<style" not in page.html
    assert " style=" not in page.html
