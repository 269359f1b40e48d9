"""Searching as pages do it."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from search.criteria import FACET_NAMES, SearchCriteria, Sort
from search.engines.base import SearchUnavailableError
from search.models import Synonym
from search.results import SearchResults
from search.selectors import count, facet_values, facets, health, read, search, suggest
from search.vocabulary import forget_vocabulary
from taxonomy.models import Audience
from tests.factories import OpportunityFactory, PartnerFactory, SessionFactory
from tests.search.conftest import LiveIndex

pytestmark = pytest.mark.django_db


def ids(results: SearchResults) -> list[int]:
    return [hit.card.id for hit in results.hits]


def exact(results: SearchResults) -> list[int]:
    """Those that match all words; the rest follow."""
    found = [hit.card.id for hit in results.hits if not hit.enough_only]
    assert ids(results)[: len(found)] == found
    assert len(found) == results.exact_total
    return found


@pytest.fixture
def theatre(index: LiveIndex) -> list[int]:
    """Three theatre workshops: for Year 9 near with a place, for Year 9 near and full, for Year 7 far away."""
    made = []
    for years, postcode, taken in (((9, 9), "EC2Y 8DS", 3), ((8, 11), "EC1A 9HF", 30), ((7, 7), "E17 4QJ", 0)):
        opportunity = OpportunityFactory.create(
            title="A theatre workshop", years=years, postcode=postcode, availability="dated", skills=["creativity"]
        )
        SessionFactory.create(opportunity=opportunity, capacity=30, taken=taken)
        made.append(opportunity.pk)
    OpportunityFactory.create(title="Pottery", years=(9, 9), postcode="EC2Y 8DS")
    index.drain()
    return made


def test_misspelt_inflected_and_with_a_year(theatre: list[int]) -> None:
    results = search(SearchCriteria(text="theater workshops year 9"))
    assert exact(results) == theatre[:2]
    results = search(SearchCriteria(text="theatr workshps year 9"))
    assert exact(results) == theatre[:2]
    assert results.understood.corrected


def test_a_correction_that_finds_nothing_hides_nothing(theatre: list[int], index: LiveIndex) -> None:
    puppets = OpportunityFactory.create(title="Canary puppets", postcode="EC2Y 8DS")
    index.drain()
    assert read("canary wharff puppets").corrected
    results = search(SearchCriteria(text="canary wharff puppets"))
    assert ids(results) == [puppets.pk]
    assert results.understood.text == "canary wharff puppets"
    assert not results.understood.corrected


def test_no_name_of_a_partner_is_corrected(theatre: list[int], index: LiveIndex) -> None:
    assert read("theatrix").text == "theatre"
    PartnerFactory.create(name="Theatrix")
    index.drain()
    forget_vocabulary()
    assert not read("theatrix").corrected


def test_adjacent_years_follow(theatre: list[int]) -> None:
    results = search(SearchCriteria(text="theatre workshop year 6"))
    assert [(hit.card.id, hit.adjacent_years) for hit in results.hits] == [(theatre[2], True)]


def test_facets_distance_and_open_places_combine(theatre: list[int]) -> None:
    near = SearchCriteria(text="theater workshops year 9", near="EC2Y", radius_km=3 * 1.609344)
    assert exact(search(near)) == theatre[:2]
    both = SearchCriteria(
        text="theater workshops year 9",
        near="EC2Y",
        radius_km=4.83,
        open_only=True,
        kind=("visit",),
        skill=("creativity",),
    )
    results = search(both)
    assert exact(results) == theatre[:1]
    assert results.hits[0].distance_miles == 0
    assert count(both.with_selection("kind", ["job"]), results.understood) == 0


def test_nearest_says_how_far(theatre: list[int]) -> None:
    results = search(SearchCriteria(text="theatre", near="EC2Y", sort=Sort.NEAREST))
    assert ids(results) == theatre
    miles = [hit.distance_miles for hit in results.hits]
    assert miles[0] == 0
    assert 0 < (miles[1] or 0) < 1 < 5 < (miles[2] or 0) < 7


def test_matched_words_are_marked(theatre: list[int]) -> None:
    (hit, *_) = search(SearchCriteria(text="workshops")).hits
    assert [(each.text, each.marked) for each in hit.highlights.title] == [("A theatre ", False), ("workshop", True)]


def test_facets_have_labels_and_chosen_ones_without_results(theatre: list[int]) -> None:
    results = search(SearchCriteria(text="theatre", kind=("visit", "job"), skill=("analysis",)))
    assert [facet.name for facet in results.facets] == [facet.name for facet in facets()]
    assert {facet.name for facet in results.facets} == set(FACET_NAMES)
    kind = results.facet("kind")
    assert [(each.value, each.label, each.count, each.selected) for each in kind.choices] == [
        ("visit", "Cultural visit or workshop", 0, True),
        ("job", "Job", 0, True),
    ]
    skill = {each.value: (each.count, each.selected) for each in results.facet("skill").choices}
    assert skill == {"creativity": (3, False), "analysis": (0, True)}
    assert results.facet("borough").chosen == ()
    with pytest.raises(KeyError):
        results.facet("colour")


def test_values_for_forms() -> None:
    assert facet_values("kind")["cpd"] == "Teacher CPD"
    assert list(facet_values("audience")) == list(Audience.objects.order_by("order").values_list("slug", flat=True))
    with pytest.raises(KeyError):
        facet_values("colour")


def test_retired_terms_keep_their_label(theatre: list[int]) -> None:
    Audience.objects.filter(slug="ks3").update(active=False)
    assert "ks3" in facet_values("audience")


def test_suggestions_of_terms_partners_and_titles(index: LiveIndex) -> None:
    OpportunityFactory.create(title="Creating with clay", offered_by=PartnerFactory.create(name="Creekmouth Pottery"))
    index.drain()
    found = suggest("cre")
    assert ("term", "Creativity", "skill", "creativity") in [(c.type, c.title, c.facet, c.value) for c in found]
    assert [(c.type, c.title) for c in found if c.type != "term"] == [
        ("partner", "Creekmouth Pottery"),
        ("opportunity", "Creating with clay"),
    ]
    assert all(c.url for c in found if c.type != "term")
    assert suggest(" ") == ()
    assert len(suggest("c", limit=2)) == 2


def test_an_editors_synonym_is_in_force_at_once(theatre: list[int]) -> None:
    assert ids(search(SearchCriteria(text="thespian fun"))) == []
    synonym = Synonym.objects.create(words="thespian", equivalents="theatre")
    assert ids(search(SearchCriteria(text="thespian"))) == theatre
    synonym.active = False
    synonym.save()
    assert ids(search(SearchCriteria(text="thespian"))) == []


def test_the_starting_list_of_synonyms(index: LiveIndex) -> None:
    OpportunityFactory.create(title="Write your curriculum vitae")
    OpportunityFactory.create(title="Design and technology day")
    OpportunityFactory.create(title="English for speakers of other languages")
    index.drain()
    for typed, title in (("CV", "Write"), ("d&t", "Design"), ("esol", "English")):
        (hit,) = search(SearchCriteria(text=typed)).hits
        assert hit.card.title.startswith(title)


def test_a_search_asks_the_database_nothing_once_the_vocabulary_is_there(
    theatre: list[int], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    search(SearchCriteria(text="theatre"))
    with django_assert_num_queries(0):
        search(SearchCriteria(text="theater workshops year 9 hackney", near="EC2Y", radius_km=5, kind=("visit",)))


def test_loading_the_vocabulary_takes_few_queries(
    index: LiveIndex, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(5):
        read("theatre")


def test_an_outward_code_that_does_not_exist_has_no_distances(theatre: list[int]) -> None:
    assert search(SearchCriteria(near="ZZ9", radius_km=1, sort=Sort.NEAREST)).total == 4


def test_full_ones_are_shown_as_full(theatre: list[int]) -> None:
    cards = {hit.card.id: hit.card for hit in search(SearchCriteria()).hits}
    assert cards[theatre[1]].full
    assert not cards[theatre[0]].full


def test_dates_of_a_search(theatre: list[int]) -> None:
    day = timezone.localdate() + timedelta(days=14)
    assert set(ids(search(SearchCriteria(date_from=day, date_to=day)))) == set(theatre)
    assert ids(search(SearchCriteria(date_to=day - timedelta(days=1)))) == []


def test_without_an_index_it_says_so(settings: LazySettings, tmp_path: object) -> None:
    settings.SEARCH_INDEX_DIR = f"{tmp_path}/nothing"
    with pytest.raises(SearchUnavailableError, match="rebuild_index"):
        search(SearchCriteria(text="theatre"))
    assert not health().ok
    assert read("theatre year 9").query.clauses


def test_an_engine_that_does_not_exist_is_named(settings: LazySettings) -> None:
    settings.SEARCH_ENGINE = "oracle"
    with pytest.raises(SearchUnavailableError, match="oracle"):
        search(SearchCriteria())
