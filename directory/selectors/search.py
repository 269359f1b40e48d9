"""Searching for the search page: results, and the ways on where there are none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from directory import words
from directory.addresses import address_with
from directory.forms import Known, SearchForm
from search.criteria import SearchCriteria
from search.results import Facet, SearchResults, Understood
from search.selectors import count, facet_values, facets, read, search

#: Each way on is a search of its own.
MOST_WAYS_ON = 6
CLOSE = 3


@dataclass(frozen=True, slots=True)
class WayOn:
    """One choice taken away: in words, what is found without it, and the address of that."""

    label: str
    count: int
    url: str


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
    if not results.total and criteria.narrowed:
        context["nearly"] = ways_on(form, results, understood)
        context["close"] = search(without_choices(criteria), understood).hits[:CLOSE]
    return context


def without_choices(criteria: SearchCriteria) -> SearchCriteria:
    """The same text and order, and nothing that narrows."""
    return SearchCriteria(text=criteria.text, near=criteria.near, sort=criteria.sort, undone=criteria.undone)


def ways_on(form: SearchForm, results: SearchResults, understood: Understood) -> list[WayOn]:
    """What each choice taken away would find, most first; where none would find anything, what all of them would."""
    found = [
        WayOn(label, total, address_with(form.data, dict.fromkeys(names)))
        for label, names, wider in list(_taken_away(form, results))[:MOST_WAYS_ON]
        if (total := count(wider, understood))
    ]
    if not found and (total := count(without_choices(results.criteria), understood)):
        every = [name for name in form.data if name not in ("q", "near", "sort", "as_typed")]
        found = [WayOn("Without any of these choices", total, address_with(form.data, dict.fromkeys(every)))]
    return sorted(found, key=lambda way: -way.count)


def _taken_away(form: SearchForm, results: SearchResults) -> Iterator[tuple[str, tuple[str, ...], SearchCriteria]]:
    """Each choice in words, the parameters that hold it, and the search without it."""
    criteria = results.criteria
    for name in criteria.selections:
        yield f"Without {_chosen(results.facet(name))}", (name,), criteria.with_selection(name, ())
    if form.place and criteria.radius_km is not None:
        yield f"Any distance from {form.place.label}", ("within",), replace(criteria, radius_km=None, page=1)
    if criteria.date_from or criteria.date_to:
        yield "On any date", ("from", "to"), replace(criteria, date_from=None, date_to=None, page=1)
    if criteria.open_only:
        yield "Full ones too", ("open",), replace(criteria, open_only=False, page=1)


def _chosen(facet: Facet) -> str:
    return words.list_words([f"“{choice.label}”" for choice in facet.chosen])
