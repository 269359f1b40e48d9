"""What a search that finds nothing, or hardly anything, says and offers."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.test import Client

from tests.directory.reading import Page
from tests.factories import OpportunityFactory

# Plain reading by the ORM: nothing that could differ between databases.
pytestmark = [pytest.mark.django_db, pytest.mark.engine_only]

Build = Callable[[], None]


def read(client: Client, **params: Any) -> Page:
    return Page(client.get("/search/", params))


def titles(page: Page) -> list[str]:
    return [words for words, address in page.links.items() if address.startswith("/opportunities/")]


def ways(page: Page) -> list[str]:
    """The ways on in their order, as they are read."""
    ends = ("opportunity", "opportunities")
    return [words for words, address in page.links.items() if address.startswith("?") and words.endswith(ends)]


def test_the_choice_that_leaves_out_most_comes_first_and_is_said(client: Client, index: Build) -> None:
    for n in range(3):
        OpportunityFactory.create(title=f"Letterpress {n}", kind="visit", audiences=["adults"], cost="free")
    OpportunityFactory.create(title="Letterpress for the young", kind="job", audiences=["ks3"])
    index()
    page = read(client, q="letterpress", kind="job", audience="adults")
    assert ways(page) == ["Without “Job” 3 opportunities", "Without “Adults 18+” 1 opportunity"]
    assert "“Job” leaves out most: without it there are 3." in page.text


def test_a_wider_step_is_offered_beside_any_distance(client: Client, index: Build) -> None:
    OpportunityFactory.create(title="Letterpress close by", postcode="E8 1DY")
    OpportunityFactory.create(title="Letterpress far away", postcode="CR0 1AA")
    index()
    page = read(client, q="letterpress", near="E17", within="1")
    assert ways(page) == ["Any distance from E17 2 opportunities", "Within 5 miles of E17 1 opportunity"]
    assert "The distance leaves out most: at any distance there are 2." in page.text
    way = page.links["Within 5 miles of E17 1 opportunity"]
    assert titles(Page(client.get(f"/search/{way}"))) == ["Letterpress close by"]


def test_a_text_that_finds_nothing_is_tried_with_a_word_less(client: Client, index: Build) -> None:
    OpportunityFactory.create(title="Letterpress")
    OpportunityFactory.create_batch(2, title="Astronomy")
    index()
    page = read(client, q="letterpress astronomy", kind="job")
    assert ways(page) == ["Only “letterpress” 1 opportunity", "Only “astronomy” 2 opportunities"]
    asked = parse_qs(page.links["Only “letterpress” 1 opportunity"].removeprefix("?"))
    assert (asked["q"], asked.get("kind")) == (["letterpress"], None)


def test_from_nothing_one_can_say_what_is_missing(client: Client, index: Build) -> None:
    index()
    page = read(client, q="letterpress & <ink> E17")
    assert "Tell us what is missing" in page.headings
    assert page.hidden("what") == "letterpress & <ink> E17"
    assert '<form class="ff-actions" method="get" action="/wanted/">' in page.html


def test_few_results_offer_what_a_choice_less_would_find_too(client: Client, index: Build) -> None:
    OpportunityFactory.create_batch(3, title="Letterpress", kind="visit")
    OpportunityFactory.create(title="Letterpress", kind="job")
    index()
    few = read(client, q="letterpress", kind="job", open="1")
    assert "Ask for a little less" in few.headings
    assert ways(few) == ["Without “Job” 4 opportunities"]
    # Without choices there is nothing to take away, and many results need no help.
    assert "Ask for a little less" not in read(client, q="letterpress").headings


def test_words_in_vain_and_choices_in_vain_break_nothing(client: Client, index: Build) -> None:
    index()
    for text in ("", "the", "a b c d e f g", "the of and", "🐝 bee", "y9 hackney"):
        assert read(client, q=text, kind="job", near="E1", within="1").status == 200


def test_nothing_found_offers_what_taking_a_choice_away_would_find(client: Client, index: Build) -> None:
    OpportunityFactory.create(title="Letterpress day", audiences=["ks3"])
    OpportunityFactory.create(title="Letterpress evening", audiences=["adults"])
    OpportunityFactory.create(title="Pottery job", kind="job", audiences=["adults"])
    index()
    page = read(client, q="letterpress", kind=["job", "course"], audience="adults")
    assert page.heading == "Nothing for letterpress with these choices, yet"
    assert "Without “Course or training” and “Job” 1 opportunity" in page.text
    assert "“Course or training” and “Job” leave out most: without them there is 1." in page.text
    way = next(url for words, url in page.links.items() if words.startswith("Without “Course"))
    assert titles(Page(client.get(f"/search/{way}"))) == ["Letterpress evening"]
    # Without the audience there is still no job in letterpress: that is no way on.
    assert "Without “Adults 18+”" not in page.text
    assert "Close to what you asked for" in page.headings
    assert sorted(titles(page)) == ["Letterpress day", "Letterpress evening"]


def test_where_no_single_choice_is_in_the_way_all_of_them_can_go(client: Client, index: Build) -> None:
    OpportunityFactory.create(title="Letterpress day", audiences=["ks3"])
    index()
    page = read(client, q="letterpress", kind="job", audience="adults", open="1", near="E17", within="1")
    way = next(url for words, url in page.links.items() if words.startswith("Without any of these choices"))
    asked = parse_qs(way.removeprefix("?"))
    assert asked.pop("s")
    assert asked == {"q": ["letterpress"], "near": ["E17"]}
    assert titles(Page(client.get(f"/search/{way}"))) == ["Letterpress day"]


def test_a_text_that_nothing_has_says_so_and_how_to_go_on(client: Client, index: Build) -> None:
    index()
    page = read(client, q="xylophone")
    assert page.heading == "Nothing for xylophone, yet"
    assert "Try it another way" in page.headings
