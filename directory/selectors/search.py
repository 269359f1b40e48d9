"""Searching for the search page: results, and the ways on where there are none or few."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from directory.forms import Known, SearchForm
from search.criteria import SearchCriteria
from search.results import Hit, SearchResults, Understood
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
    understood = results.understood
    # Such as a drawing, or "the": nothing is looked for, so nothing found may be said to be for it.
    unread = understood.text if understood.query.empty else ""
    context: dict[str, Any] = {
        "form": form,
        "results": results,
        "search_words": "" if unread else understood.text,
        "unread": unread,
        "carried": form.carried,
        "near": form.place.label if form.place else "",
        "narrowed": criteria.narrowed,
        "open_count": results.open_total,
    }
    return context | _onward(form, criteria, results, understood)


def all_results(form: SearchForm) -> tuple[SearchResults, Iterator[Hit]]:
    """The first page of a search, and the hits of all pages that can be turned, each once.

    Raises SearchUnavailableError when no engine answers, also while the hits are read.
    """
    criteria = form.criteria().on_page(1)
    understood = read(criteria.text, criteria.undone)
    first = search(criteria, understood)
    return first, _turned(first, first.understood)


def _turned(first: SearchResults, understood: Understood) -> Iterator[Hit]:
    seen: set[int] = set()
    for page in range(1, first.pages + 1):
        results = first if page == 1 else search(first.criteria.on_page(page), understood)
        for hit in results.hits:
            # The index may have changed meanwhile.
            if hit.card.id not in seen:
                seen.add(hit.card.id)
                yield hit


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
