"""Criteria, results and what they promise."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.criteria import LAST_PAGE, PAGE_SIZE, SearchCriteria, Sort
from search.highlighting import mark
from search.results import Card, CardSkill, Hit, SearchResults, Segment, Understood
from search.text import analyse


def card(**values: object) -> Card:
    plain = {
        "id": 1,
        "url": "/x/",
        "title": "T",
        "summary": "S",
        "kind": "visit",
        "kind_label": "V",
        "strand": "cultural",
    }
    return Card(**{**plain, "partner_name": "P", "partner_url": "/p/", **values})  # type: ignore[arg-type]


def test_equal_searches_are_equal() -> None:
    first = SearchCriteria(kind=("visit", "talk", "visit"), near="ec2y")
    second = SearchCriteria(kind=("talk", "visit"), near="EC2Y")
    assert first == second
    assert hash(first) == hash(second)
    assert first.key() == second.on_page(3).key()
    assert first.key() != second.with_selection("kind", ["talk"]).key()


def test_pages_stay_within_bounds() -> None:
    assert SearchCriteria(page=0).page == 1
    assert SearchCriteria(page=999).page == LAST_PAGE
    assert SearchCriteria(page=3).offset == 2 * PAGE_SIZE


def test_another_choice_begins_at_page_one() -> None:
    changed = SearchCriteria(page=4, kind=("visit",)).with_selection("cost", ["free"])
    assert (changed.page, changed.kind, changed.cost) == (1, ("visit",), ("free",))


def test_a_name_that_is_no_facet_is_refused() -> None:
    with pytest.raises(KeyError):
        SearchCriteria().selected("page")


def test_an_unknown_order_is_refused() -> None:
    with pytest.raises(ValueError, match="loudest"):
        SearchCriteria(sort="loudest")  # type: ignore[arg-type]
    assert SearchCriteria(sort="nearest").sort is Sort.NEAREST  # type: ignore[arg-type]


def test_a_card_survives_its_stored_value() -> None:
    full = card(
        with_partners=("Q", "R"),
        next_start=datetime(2026, 12, 8, 10, tzinfo=UTC),
        cost_amount=Decimal("4.00"),
        family_price=Decimal(0),
        skills=(CardSkill("creativity", "Creativity", "creating"),),
        audiences=("ks3",),
        year_from=-1,
        places_left=9,
    )
    assert Card.from_json(full.to_json()) == full
    assert Card.from_json(card().to_json()) == card()


def test_what_is_no_card_is_refused() -> None:
    with pytest.raises(ValueError, match="not a stored card"):
        Card.from_json(b'{"title": "T"}')


def test_pages_of_results() -> None:
    def results(total: int) -> SearchResults:
        return SearchResults(SearchCriteria(), Understood(), total=total)

    assert [results(total).pages for total in (0, 1, 20, 21, 1000, 5000)] == [0, 1, 1, 2, 50, 50]
    assert results(1001).beyond_last_page
    assert not results(1000).beyond_last_page


def test_where_enough_of_the_words_begins() -> None:
    hits = (Hit(card()), Hit(card(), enough_only=True), Hit(card(), enough_only=True))
    assert SearchResults(SearchCriteria(), Understood(), hits).enough_begins_at == 1
    assert SearchResults(SearchCriteria(), Understood(), hits[:1]).enough_begins_at is None


def test_marked_words() -> None:
    assert mark("Three Theatres’ tales", frozenset({"theatr"})) == (
        Segment("Three "),
        Segment("Theatres", marked=True),
        Segment("’ tales"),
    )
    assert mark("Anything", frozenset()) == (Segment("Anything"),)


@given(st.text(max_size=120))
def test_segments_join_to_the_text(text: str) -> None:
    assert "".join(segment.text for segment in mark(text, frozenset(analyse(text)[:2]))) == text
