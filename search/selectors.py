"""Searching: what was typed is read, an engine is asked, and its answer becomes results to show."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils import timezone

from search.criteria import KM_PER_MILE, SearchCriteria
from search.document import DocumentType
from search.engines import get_engine
from search.engines.base import Answer, Health, Match, Request
from search.facets import FACETS, FacetDefinition, Vocabularies
from search.gazetteer import Gazetteer
from search.highlighting import highlights
from search.results import Hit, SearchResults, Understood
from search.text import plain_words
from search.understanding import understand
from search.vocabulary import gazetteer, vocabularies, vocabulary

#: Facets whose values are suggested while typing, and how many at most.
_SUGGESTED_FACETS = ("kind", "skill", "sector", "theme", "subject")
_MOST_TERMS = 3


@dataclass(frozen=True, slots=True)
class Completion:
    """Something to go on with while typing.

    `type` is opportunity or partner (then `url` leads there) or term (then `facet` and `value` say
    what to choose in a search).
    """

    type: str
    title: str
    url: str = ""
    facet: str = ""
    value: str = ""


def read(text: str, undone: Collection[str] = ()) -> Understood:
    """What a typed text is understood as. Its `typed` holds no full postcode: show and keep that, not the input."""
    return understand(text, vocabulary(get_engine()), undone)


def search(criteria: SearchCriteria, understood: Understood | None = None) -> SearchResults:
    """A page of results.

    `understood` is what `read` made of the criteria's text; it is read here when not given. The results say how it was
    read in the end: a corrected spelling that finds nothing gives way to what was typed, if that finds anything. Raises
    SearchUnavailableError, with a message for the operator, when no engine can answer.
    """
    if understood is None:
        understood = read(criteria.text, criteria.undone)
    request = _request(criteria, understood)
    answer = get_engine().search(request)
    if understood.corrected and not answer.total:
        as_typed = read(
            criteria.text, criteria.undone | {each.key for each in understood.readings if each.job == "spelling"}
        )
        uncorrected = _request(criteria, as_typed)
        found = get_engine().search(uncorrected)
        if found.total:
            understood, request, answer = as_typed, uncorrected, found
    return SearchResults(
        criteria=criteria,
        understood=understood,
        hits=_hits(answer, request),
        total=answer.total,
        exact_total=answer.exact_total,
        open_total=answer.open_total,
        facets=_facets(answer, criteria, vocabularies()),
        engine=answer.engine,
    )


def count(criteria: SearchCriteria, understood: Understood) -> int:
    """How many results a search has, for less than searching: what one choice more or less would find."""
    return get_engine().count(_request(criteria, understood))


def suggest(typed: str, limit: int = 8) -> tuple[Completion, ...]:
    """Terms, partners and opportunities whose names have words that begin as the typed ones."""
    found = [*_suggested_terms(typed)][:_MOST_TERMS]
    for each in get_engine().suggest(typed, timezone.now(), limit):
        kind = "partner" if each.type is DocumentType.PARTNER else "opportunity"
        found.append(Completion(kind, each.title, each.url))
    return tuple(found[:limit])


def facets() -> tuple[FacetDefinition, ...]:
    """All facets, in the order of the page."""
    return FACETS.definitions


def facet_values(name: str) -> dict[str, str]:
    """The values of a facet with their labels, in order, for the choices of a form. Raises KeyError for no facet."""
    return dict(FACETS.by_name[name].labels(vocabularies()))


def health() -> Health:
    """Whether search answers, in words; raises nothing."""
    return get_engine().health()


def _request(criteria: SearchCriteria, understood: Understood) -> Request:
    places = gazetteer() if criteria.near else Gazetteer()
    distances = places.distances(criteria.near) if criteria.near and criteria.near in places else {}
    return Request(criteria, understood.query, timezone.now(), distances)


def _hits(answer: Answer, request: Request) -> tuple[Hit, ...]:
    tokens = request.query.tokens()
    return tuple(
        Hit(
            card=match.card,
            distance_miles=_miles(match, request),
            highlights=highlights(match.card, tokens),
            enough_only=match.enough_only,
            adjacent_years=match.adjacent_years,
        )
        for match in answer.matches
    )


def _miles(match: Match, request: Request) -> float | None:
    km = request.distances.get(match.card.outcode)
    return None if km is None else km / KM_PER_MILE


def _facets(answer: Answer, criteria: SearchCriteria, labels: Vocabularies) -> tuple:
    return tuple(each.facet(answer.counts.get(each.name, {}), criteria, labels) for each in FACETS.definitions)


def _suggested_terms(typed: str) -> Iterable[Completion]:
    words = plain_words(typed)
    kept = vocabularies()
    for name in _SUGGESTED_FACETS if words else ():
        for value, label in FACETS.by_name[name].labels(kept).items():
            begun = plain_words(label)
            if all(any(each.startswith(word) for each in begun) for word in words):
                yield Completion("term", label, facet=name, value=value)
