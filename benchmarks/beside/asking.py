"""The same question to Wagtail's search: hits, their number and the counts of all facets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from modelsearch.backends import get_search_backend

from benchmarks.beside.models import SEVERAL, SINGLE, Listing, Term
from search.criteria import PAGE_SIZE
from search.document import moment


@dataclass(frozen=True, slots=True)
class Found:
    """The first page, how many there are, and for each facet counts by value."""

    page: tuple[Listing, ...]
    total: int
    counts: Mapping[str, Mapping[Any, int]]


class PlainSearch:
    """Asks as a team would write it with what Wagtail offers: `search()` and `facet()` of its results.

    Counts leave out their own facet's choices, as ours do. Numbers and counts are asked without the
    order by relevance, which costs and would not change them.
    """

    def __init__(self) -> None:
        self._backend = get_search_backend()
        self._terms = {(term.facet, term.slug): term.pk for term in Term.objects.all()}

    def ask(self, text: str, chosen: Mapping[str, tuple[str, ...]], *, facets: bool = True) -> Found:
        """A page of listings that hold all words and are visible."""
        found = self._listings(chosen)
        prefetched = found.prefetch_related("skill", "audience")
        page = tuple(self._backend.search(text, prefetched, operator="and")[:PAGE_SIZE])
        results = self._unordered(text, found)
        counts: dict[str, Mapping[Any, int]] = {}
        for name in (*SINGLE, *SEVERAL) if facets else ():
            if name in chosen:
                others = {other: values for other, values in chosen.items() if other != name}
                counts[name] = self._unordered(text, self._listings(others)).facet(name)
            else:
                counts[name] = results.facet(name)
        return Found(page, results.count(), counts)

    def _unordered(self, text: str, listings: QuerySet[Listing]) -> Any:
        return self._backend.search(text, listings, operator="and", order_by_relevance=False)

    def _listings(self, chosen: Mapping[str, tuple[str, ...]]) -> QuerySet[Listing]:
        found: QuerySet[Listing] = Listing.objects.filter(visible_until__gt=moment(timezone.now()))
        for name, values in chosen.items():
            if name in SINGLE:
                found = found.filter(**{f"{name}__in": values})
            else:
                # Not by a join: a listing with two of the terms would be counted twice.
                through = Listing._meta.get_field(name).remote_field.through  # type: ignore[union-attr]
                terms = [self._terms[name, value] for value in values if (name, value) in self._terms]
                found = found.filter(pk__in=through.objects.filter(term__in=terms).values("listing_id"))
        return found
