"""Searching for the search page: results, and the ways on where there are none or few."""

from __future__ import annotations

from typing import Any

from directory.forms import Known, SearchForm
from search.criteria import SearchCriteria
from search.results import SearchResults, Understood
from search.selectors import facet_values, facets, read, search

from .ways_on import fewer_words, ways_on, without_choices

CLOSE = 3
#: With so few results or fewer, what a choice less would find is worth knowing.
FEW = 3


def facet_labels() -> Known:
    """Every value of every facet of a search, with its label."""
    return {each.name: facet_values(each.name) for each in facets()}


def results_context(form: SearchForm) -> dict[str, Any]:
    """What the template `directory/search.html` asks for. Raises SearchUnavailableError when no engine answers."""
    criteria = form.criteria()
    understood = read(criteria.text, criteria.undone)
    results = search(criteria, understood)
    if results.total and criteria.page > results.pages:
        results = search(criteria.on_page(results.pages), understood)
    context: dict[str, Any] = {
        "form": form,
        "results": results,
        "search_words": understood.text,
        "carried": form.carried,
        "near": form.place.label if form.place else "",
        "narrowed": criteria.narrowed,
        "open_count": results.open_total,
    }
    return context | _onward(form, criteria, results, understood)


def _onward(
    form: SearchForm, criteria: SearchCriteria, results: SearchResults, understood: Understood
) -> dict[str, Any]:
    """Where to go on from few results or none."""
    if results.total:
        few = criteria.narrowed and results.total <= FEW
        return {"nearly": ways_on(form, results, understood) if few else []}
    nearly = ways_on(form, results, understood) if criteria.narrowed else []
    return {
        "nearly": nearly,
        "fewer": [] if nearly else fewer_words(form, criteria, understood),
        "close": search(without_choices(criteria), understood).hits[:CLOSE] if nearly else (),
    }
